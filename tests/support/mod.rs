//! What the tests of exports, queries and the server share.
#![allow(dead_code, reason = "each test binary uses a part")]

use newsgraph::prefix::Prefixes;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad};
use oxigraph::store::Store;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The base of the fixture's IRIs.
pub const BASE: &str = "https://w3id.org/newsgraph/data/";
/// The fixture: an invented story in four languages.
pub const FIXTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/sample.trig");

/// The fixture's quads.
pub fn fixture() -> Vec<Quad> {
    let text = std::fs::read(FIXTURE).unwrap();
    read(&text, RdfFormat::TriG)
}

/// The fixture ready for queries.
pub fn fixture_store() -> Store {
    newsgraph::store::load(fixture()).unwrap()
}

/// The prefixes of the fixture.
pub fn prefixes() -> Prefixes {
    Prefixes::standard(BASE)
}

/// Reads RDF with Oxigraph.
pub fn read(bytes: &[u8], format: RdfFormat) -> Vec<Quad> {
    RdfParser::from_format(format).for_slice(bytes).map(|quad| quad.unwrap()).collect()
}

/// Literals that serializers get wrong, and IRIs that look like something else.
pub fn nasty() -> Vec<Quad> {
    let xsd = |name: &str| NamedNode::new(format!("http://www.w3.org/2001/XMLSchema#{name}")).unwrap();
    let mut literals: Vec<Literal> = [
        "",
        " ",
        "\"",
        "'",
        "\"\"\"",
        "\\",
        "\\n",
        "\n",
        "\r",
        "\r\n",
        "\t",
        "\u{8}\u{c}",
        "\u{1}",
        "\u{7f}",
        "\u{85}",
        "\u{2028}",
        "ends with \\",
        "ends with \"",
        "😎 👩‍👩‍👧",
        "e\u{301} é",
        "العربية \u{202e}rtl",
        "\u{feff}bom",
        "<a href=\"x\">&amp;</a>",
        "]]>",
        "{} [] ; . , @prefix",
        "\u{10ffff}",
        "\u{fffd}",
        "  two  spaces  ",
        "„Ministère“ — …",
    ]
    .map(Literal::new_simple_literal)
    .into();
    for tag in ["en", "zh-hant-tw", "de-1996", "id"] {
        literals.push(Literal::new_language_tagged_literal("a \"tag\"\n", tag).unwrap());
    }
    for (value, datatype) in [
        ("1", "integer"),
        ("-7", "integer"),
        ("+1", "integer"),
        ("007", "integer"),
        ("1.0", "integer"),
        ("0.5", "decimal"),
        ("-.5", "decimal"),
        ("5.", "decimal"),
        ("5", "decimal"),
        ("12.50", "decimal"),
        ("1e3", "double"),
        ("true", "boolean"),
        ("1", "boolean"),
        ("2024-07-20", "date"),
        ("--07-20", "gMonthDay"),
        ("2024", "gYear"),
        ("2024-07", "gYearMonth"),
        ("not a date", "date"),
    ] {
        literals.push(Literal::new_typed_literal(value, xsd(datatype)));
    }
    let node = |iri: String| NamedNode::new(iri).unwrap();
    let subject = node(format!("{BASE}entity/nasty"));
    let mut quads: Vec<Quad> = literals
        .into_iter()
        .enumerate()
        .map(|(i, literal)| {
            let predicate = node(format!("https://example.org/p{i}"));
            Quad::new(subject.clone(), predicate, literal, GraphName::DefaultGraph)
        })
        .collect();
    for local in ["a.b", "a.", "-a", "a/b", "a%20b", "é", "", "a#b", "a'b", "a,b", "1a", "a:b", "~", "_a"] {
        let object = node(format!("{BASE}entity/{local}"));
        let predicate = node("https://example.org/see".to_owned());
        let graph = node(format!("{BASE}article/{local}"));
        quads.push(Quad::new(subject.clone(), predicate.clone(), object.clone(), graph));
        quads.push(Quad::new(object, predicate, subject.clone(), GraphName::DefaultGraph));
    }
    quads
}

/// The program.
pub fn newsgraph() -> assert_cmd::Command {
    assert_cmd::Command::new(env!("CARGO_BIN_EXE_newsgraph"))
}

/// A Python with rdflib, networkx and SPARQLWrapper, in `target/python-tests`; made once.
/// None, with the reason printed, where there is no Python or no package index.
pub fn python() -> Option<PathBuf> {
    static PYTHON: OnceLock<Option<PathBuf>> = OnceLock::new();
    PYTHON
        .get_or_init(|| {
            make_python("python-tests", &PACKAGES)
                .inspect_err(|reason| eprintln!("skipped: no Python tools: {reason}"))
                .ok()
        })
        .clone()
}

const PACKAGES: [&str; 3] = ["rdflib>=7,<8", "networkx>=3,<4", "SPARQLWrapper>=2,<3"];

/// A Python with packages, in a folder of `target/`; made once.
pub fn make_python(name: &str, packages: &[&str]) -> Result<PathBuf, String> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().ok_or("no target folder")?;
    let home = target.join(name);
    let python = home.join("bin/python");
    if python.exists() {
        return Ok(python);
    }
    // Made beside and renamed when it is whole, so that two test runs do not see half of it.
    let fresh = target.join(format!("{name}.{}", std::process::id()));
    let fresh_python = fresh.join("bin/python");
    run(Command::new("python3").args(["-m", "venv"]).arg(&fresh))?;
    let mut pip = Command::new(&fresh_python);
    let made = run(pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(packages));
    let renamed = made.and_then(|()| std::fs::rename(&fresh, &home).map_err(|e| e.to_string()));
    if let Err(reason) = renamed {
        let _ = std::fs::remove_dir_all(&fresh);
        return if python.exists() { Ok(python) } else { Err(reason) };
    }
    Ok(python)
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|e| format!("{command:?}: {e}"))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr).trim())),
    }
}

/// Runs a Python script with arguments; its output, or None where there is no Python.
pub fn run_python(script: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(python()?).arg("-c").arg(script).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}
