#!/usr/bin/env python3
"""Writes the Brown clusters of frequent words that train/recipe.toml names.

Usage: clusters.py LANGUAGE > clusters/LANGUAGE.tsv

Reads the tables of the package spacy-lookups-data (MIT), which must be installed. A line has a word and
its cluster's path as a number, lowest bit first; the most frequent word comes first.
"""

import gzip
import importlib.util
import json
import pathlib
import sys

WORDS = 120_000


def table(language, name):
    spec = importlib.util.find_spec("spacy_lookups_data")
    if spec is None:
        sys.exit("clusters.py: install spacy-lookups-data first")
    folder = pathlib.Path(spec.submodule_search_locations[0]) / "data"
    with gzip.open(folder / f"{language}_lexeme_{name}.json.gz") as file:
        return json.load(file)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    clusters, frequencies = table(sys.argv[1], "cluster"), table(sys.argv[1], "prob")
    words = [w for w in sorted(frequencies, key=lambda w: -frequencies[w]) if clusters.get(w) and w.strip()]
    for word in [w for w in words if not set(w) & set("\t\n\r")][:WORDS]:
        if clusters[word] <= 0xFFFF:
            print(f"{word}\t{clusters[word]}")


if __name__ == "__main__":
    main()
