#!/usr/bin/env python3
"""Write the lemma dictionaries of the simplemma package (MIT) as tab-separated text.

    pip install simplemma && python3 tools/lemmas.py OUT_DIR

OUT_DIR/<language>.tsv: one form a line, a tab, its lemma; sorted by the form's bytes.
`cargo run --release --example lemma_fst OUT_DIR` turns them into languages/<language>/lemmas.fst.
Forms with digits or inner blanks are left out, and of German the rare long compounds whose last
part is listed itself (the program splits compounds).
"""
import pathlib
import sys

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory


def wanted(form, lemma):
    if not 2 <= len(form) <= 40 or any(c.isdigit() or c.isspace() for c in form + lemma):
        return False
    return all(c.isalpha() or c in "-'’" for c in form)


def compound(form, table):
    """A German form of 14 letters or more whose tail of 6 letters or more is a listed form."""
    if len(form) < 14 or not form[0].isupper():
        return False
    return any(form[i:].capitalize() in table for i in range(4, len(form) - 5))


def main(out):
    out.mkdir(parents=True, exist_ok=True)
    for language in ("de", "en", "fr", "id"):
        table = dict(DefaultDictionaryFactory().get_dictionary(language).items())
        table = {f if isinstance(f, str) else f.decode(): l if isinstance(l, str) else l.decode() for f, l in table.items()}
        kept = {f: l for f, l in table.items() if wanted(f, l)}
        if language == "de":
            kept = {f: l for f, l in kept.items() if not compound(f, kept)}
        lines = sorted((f.encode(), l.encode()) for f, l in kept.items())
        (out / f"{language}.tsv").write_bytes(b"".join(f + b"\t" + l + b"\n" for f, l in lines))
        print(language, len(table), "forms,", len(lines), "kept", file=sys.stderr)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
