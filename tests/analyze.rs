//! `newsgraph analyze`: what it prints of texts and of treebanks, and that CoNLL-U's own validator takes it.

mod support;

use std::fs;
use std::process::Command;
use support::newsgraph;
use tempfile::TempDir;

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/articles");

struct Run {
    code: i32,
    out: String,
    err: String,
}

/// `newsgraph analyze` with arguments and standard input.
fn analyze(args: &[&str], input: &str) -> Run {
    let mut command = newsgraph();
    command.env_remove("NEWSGRAPH_LANGUAGES").arg("analyze").args(args).write_stdin(input);
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// A line of CoNLL-U with tags that must not count.
fn row(id: &str, form: &str, misc: &str) -> String {
    format!("{id}\t{form}\tWRONG\tINTJ\tUH\tWrong=Yes\t9\twrong\t_\t{misc}\n")
}

fn column(conllu: &str, number: usize) -> Vec<&str> {
    conllu.lines().filter(|l| l.contains('\t')).filter_map(|l| l.split('\t').nth(number)).collect()
}

/// The validator of Universal Dependencies; none, with the reason printed, where it cannot be installed.
fn validator() -> Option<Command> {
    let python = support::make_python("python-udtools", &["udtools>=0.2,<0.3"]);
    let python = python.inspect_err(|reason| eprintln!("skipped: no validator of CoNLL-U: {reason}")).ok()?;
    let mut command = Command::new(&python);
    command.arg(python.with_file_name("udvalidate"));
    Some(command)
}

fn validate(language: &str, conllu: &str) {
    let Some(mut validator) = validator() else { return };
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("out.conllu");
    fs::write(&file, conllu).unwrap();
    let run = validator.args(["--level", "2", "--lang", language]).arg(&file).output().unwrap();
    let said = String::from_utf8_lossy(&run.stdout) + String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{language}: {said}");
}

#[test]
fn the_validator_takes_every_sample_and_untidy_text() {
    if validator().is_none() {
        return;
    }
    for language in ["en", "fr", "de", "id"] {
        let files = fs::read_dir(EXAMPLES).unwrap().map(|f| f.unwrap().path());
        let files: Vec<_> = files.filter(|f| f.to_string_lossy().contains(&format!("-{language}."))).collect();
        let paths: Vec<_> = files.iter().map(|f| f.to_str().unwrap()).collect();
        assert!(!paths.is_empty());
        validate(language, &analyze(&[&["--format", "conllu"], paths.as_slice()].concat(), "").out);
        let untidy =
            "A\u{301}B  \"c\u{feff}d\u{ad}e\" 80\u{a0}000\u{1}x…!?\tdon't du zum katanya\r\n\r\n-\n’s 1-2-3 (a)b";
        let run = analyze(&["--format", "conllu", "--language", language, "-"], untidy);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        validate(language, &run.out);
        // And once more what it wrote itself.
        let again = analyze(&["--input", "conllu", "--language", language, "-"], &run.out);
        assert_eq!((again.code, column(&again.out, 1)), (0, column(&run.out, 1)));
        validate(language, &again.out);
    }
}

#[test]
fn a_text_becomes_words_with_names() {
    let run = analyze(&["--language", "en", "-"], "Halden Robotics, based in Oslo, doesn't pay.\n");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let lines: Vec<_> = run.out.lines().collect();
    assert!(lines[0].starts_with("# newdoc id = ") && lines[1].starts_with("# sent_id = "));
    assert_eq!(lines[2], "# text = Halden Robotics, based in Oslo, doesn't pay.");
    assert_eq!(
        column(&run.out, 1),
        ["Halden", "Robotics", ",", "based", "in", "Oslo", ",", "doesn't", "does", "n't", "pay", "."]
    );
    assert!(lines[3].ends_with("\tNER=B-ORG|EntityType=Organization"), "{}", lines[3]);
    assert!(lines[4].ends_with("\tSpaceAfter=No|NER=I-ORG"), "{}", lines[4]);
    assert!(lines[8].ends_with("\tSpaceAfter=No|NER=B-LOC|EntityType=Place"), "{}", lines[8]);
    assert!(lines[10].starts_with("8-9\tdoesn't\t_\t_\t"), "{}", lines[10]);
    assert!(run.out.ends_with("\n\n") && !run.out.contains('\r'));
}

#[test]
fn a_treebank_keeps_its_words_and_comments_and_nothing_else() {
    let input = [
        "\u{feff}# newdoc id = d1\n# sent_id = a-1\n# global.columns = ID FORM\n# text = Kaspersky's du pain\n"
            .to_owned(),
        row("1-2", "Kaspersky's", "Odd=1"),
        row("1", "Kaspersky", "NER=B-LOC|Gloss=K"),
        row("2", "'s", "_"),
        row("3-4", "du", "_"),
        row("3", "de", "_"),
        row("4", "le", "_"),
        row("4.1", "rien", "_"),
        row("5", "pain", "SpaceAfter=No"),
        "\n\n".to_owned(),
        row("1", "Oui", "_").replace('\n', "\r\n"),
    ]
    .concat();
    let run = analyze(&["--input", "conllu", "--language", "fr", "-"], &input);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(
        run.out.starts_with(
            "# newdoc id = d1\n# sent_id = a-1\n# global.columns = ID FORM\n# text = Kaspersky's du pain\n"
        )
    );
    assert_eq!(column(&run.out, 0), ["1-2", "1", "2", "3-4", "3", "4", "5", "1"]);
    assert_eq!(column(&run.out, 1), ["Kaspersky's", "Kaspersky", "'s", "du", "de", "le", "pain", "Oui"]);
    // What was there stays, but for names, which are the tagger's.
    let misc = column(&run.out, 9);
    let name = misc[1].strip_prefix("Gloss=K|").expect(misc[1]);
    assert!(name.starts_with("NER=B-") && !name.contains("NER=B-LOC|Gloss"), "{name}");
    assert_eq!((misc[0], misc[6].split('|').next()), ("Odd=1", Some("SpaceAfter=No")));
    assert!(!run.out.to_lowercase().contains("wrong"), "{}", run.out);
    assert!(run.out.contains("\n\n# sent_id = 2\n# text = Oui\n1\tOui\t"), "{}", run.out);
}

#[test]
fn faulty_sentences_are_named_and_the_others_written() {
    let cases = [
        ("1\tx\n", "1: 2 columns where CoNLL-U has 10"),
        ("1 x _ _ _ _ _ _ _ _\n", "1: 1 column where CoNLL-U has 10: part 10 columns by tabs"),
        (&row("2", "x", "_"), "1: ID 2 where 1 is due"),
        (&row("1", "", "_"), "1: an empty FORM"),
        (&row("one", "x", "_"), "1: ID one where 1 is due"),
        (&format!("{}{}", row("1-3", "xyz", "_"), row("1", "x", "_")), "a range up to word 3 in a sentence of 1 words"),
        ("# sent_id = 1\n", "a sentence without words"),
    ];
    for (bad, what) in cases {
        let input = format!("{bad}\n{}", row("1", "Good", "_"));
        let run = analyze(&["--input", "conllu", "--language", "en", "-"], &input);
        assert_eq!((run.code, column(&run.out, 1)), (1, vec!["Good"]), "{bad}");
        assert!(run.err.starts_with("newsgraph: bad input: <stdin>:") && run.err.contains(what), "{}", run.err);
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    }
}

#[test]
fn inputs_that_cannot_be_read_are_named() {
    for args in [&["no-such-file.txt"][..], &["--input", "conllu", "no-such-file.conllu"]] {
        let run = analyze(args, "");
        assert_eq!((run.code, run.out.as_str()), (1, ""));
        assert!(run.err.starts_with("newsgraph: bad input: no-such-file"), "{}", run.err);
    }
    let run = analyze(&["--input", "conllu", "-"], &row("1", "Xyzzy", "_"));
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains("--language"), "{}", run.err);
    assert_eq!(analyze(&["--format", "xml", "-"], "").code, 2);
}

#[test]
fn annotations_point_to_their_words() {
    for file in fs::read_dir(EXAMPLES).unwrap().map(|f| f.unwrap().path()) {
        let text: Vec<char> = fs::read_to_string(&file).unwrap().chars().collect();
        let run = analyze(&["--format", "ann", file.to_str().unwrap()], "");
        let mut kinds = std::collections::BTreeSet::new();
        for line in run.out.lines().filter(|l| l.starts_with('T')) {
            let fields: Vec<_> = line.split('\t').collect();
            let [_, place, words] = fields[..] else { panic!("{line}") };
            let place: Vec<_> = place.split(' ').collect();
            let (start, end) = (place[1].parse::<usize>().unwrap(), place[2].parse::<usize>().unwrap());
            assert_eq!(text[start..end].iter().collect::<String>().replace('\n', " "), words);
            kinds.insert(place[0].to_owned());
        }
        for kind in ["Person", "Organization", "Date", "Quotation"] {
            assert!(kinds.contains(kind), "{}: no {kind}", file.display());
        }
    }
}

#[test]
fn a_table_shows_every_word() {
    let run = analyze(&["--format", "table", "--language", "de", "-"], "Danny Falin wohnt im Harz.\n");
    assert!(run.out.starts_with("Danny Falin wohnt im Harz.\n┌"), "{}", run.out);
    for cell in ["│ 1 ┆ Danny", "┆ B Person ", "┆ I Person ", "┆ in ", "┆ dem ", "deprel"] {
        assert!(run.out.contains(cell), "{cell} not in {}", run.out);
    }
}

#[test]
fn thousands_of_sentences_take_no_time_to_speak_of() {
    let sentence: String = (1..=20).map(|i| row(&i.to_string(), ["Paul", "sees", "the", "city"][i % 4], "_")).collect();
    let input = format!("{sentence}\n").repeat(2000);
    let start = std::time::Instant::now();
    let run = analyze(&["--input", "conllu", "--language", "en", "-"], &input);
    assert_eq!((run.code, run.out.matches("# sent_id").count()), (0, 2000));
    if !cfg!(debug_assertions) {
        assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    }
}
