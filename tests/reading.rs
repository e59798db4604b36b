//! Reading inputs, good and bad: whatever is wrong is named in one line and the rest is read.

use newsgraph::article::{Document, Options, Reader};
use newsgraph::language::Language;
use std::fs::{self, File};
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::Path;
use tempfile::TempDir;

const ENGLISH: &str = "Mill shuts in Northam\n\nThe old paper mill in Northam shut its gates on Friday, and \
                       its owner said that 300 workers would lose their jobs.\n";

fn reader() -> Reader {
    Reader::new(Options::default()).unwrap()
}

/// The documents of a path, and the errors in words without the folder's name.
fn read(path: &Path, folder: &Path) -> (Vec<Document>, Vec<String>) {
    let (mut documents, mut errors) = (Vec::new(), Vec::new());
    for result in reader().documents(&[path]) {
        match result {
            Ok(document) => documents.push(document),
            Err(error) => errors.push(error.to_string().replace(&format!("{}/", folder.display()), "")),
        }
    }
    assert!(errors.iter().all(|error| !error.contains('\n')), "{errors:?}");
    (documents, errors)
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    dir
}

#[test]
fn a_folder_of_good_and_bad_files() {
    let dir = folder(&[
        ("a/good.txt", ENGLISH.as_bytes()),
        ("b/binary.bin", b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\0"),
        ("b/broken.txt", "Le préfet a été cité à Évry \u{fffd}".as_bytes()),
        ("b/broken-utf8.txt", b"Le pr\xC3\xA9fet a \xC3\xA9t\xC3 cit\xC3\xA9 hier \xC3\xA0 Lyon"),
        ("b/empty.txt", b""),
        ("b/blank.txt", b" \n\t\r\n"),
        ("b/broken.html", b"<!doctype html><html><head><title>Page</title><scri"),
        ("b/paper.pdf", b"%PDF-1.4\n"),
        (
            "b/spanish.txt",
            "El gobierno anunció el martes que el puente de la ciudad se construirá antes del invierno.".as_bytes(),
        ),
        ("z.html", format!("<html><body><p>{ENGLISH}</p></body></html>").as_bytes()),
    ]);
    let (documents, errors) = read(dir.path(), dir.path());
    assert_eq!(
        errors,
        [
            "b/binary.bin: a binary file, not text",
            "b/blank.txt: empty: there is no text in it",
            "b/broken-utf8.txt: broken UTF-8 at byte 16",
            "b/broken.html: no article text found in the HTML",
            "b/empty.txt: empty: there is no text in it",
            "b/paper.pdf: PDF is not read: give plain text, HTML or JSON Lines",
            "b/spanish.txt: language not supported: Spanish (English, French, German and Indonesian are)",
        ]
    );
    assert_eq!(documents.len(), 3);
    assert_eq!(documents[0].text, ENGLISH);
    assert_eq!(documents[0].headline, "Mill shuts in Northam");
}

#[test]
fn json_lines_with_bad_lines() {
    let good = r#"{"text": "The mill in Northam shut its gates on Friday, its owner said.", "title": "Mill shuts", "date": "2024-07-20"}"#;
    let lines = ["{\"title\": \"no text\"}", good, "{broken", "", "{\"text\": \"\"}", good].join("\r\n");
    let dir = folder(&[("news.jsonl", lines.as_bytes())]);
    let (documents, errors) = read(&dir.path().join("news.jsonl"), dir.path());
    assert_eq!(
        errors,
        [
            "news.jsonl:1: no \"text\" in the JSON object",
            "news.jsonl:3: not JSON: key must be a string at column 2",
            "news.jsonl:5: \"text\" is empty",
        ]
    );
    assert_eq!(documents.len(), 2);
    assert_eq!(documents[0].published.as_deref(), Some("2024-07-20"));
    assert_eq!(documents[0].headline, "Mill shuts");
    assert_eq!(documents[0].headline_span, None);
    // The hash is of the line without its line end.
    let alone = &reader().read("one.jsonl", good.into())[0];
    assert_eq!(alone.as_ref().unwrap().sha256, documents[0].sha256);
}

#[test]
fn a_line_of_200_megabytes_is_passed_over() {
    let good = "{\"text\": \"The mill in Northam shut its gates on Friday, its owner said.\"}\n";
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("long.jsonl");
    let mut file = BufWriter::new(File::create(&path).unwrap());
    file.write_all(good.as_bytes()).unwrap();
    file.write_all(b"{\"text\": \"").unwrap();
    // A hole in the file: 200 MB that take no disk.
    file.seek(SeekFrom::Current(200_000_000)).unwrap();
    file.write_all(b"\"}\n").unwrap();
    file.write_all(good.as_bytes()).unwrap();
    drop(file);
    let (documents, errors) = read(&path, dir.path());
    assert_eq!(errors, ["long.jsonl:2: too long: a line of 190.7 MiB, 16 MiB is the limit"]);
    assert_eq!(documents.len(), 2);
}

#[test]
fn a_text_of_200_megabytes_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("long.txt");
    let mut file = File::create(&path).unwrap();
    file.write_all(ENGLISH.as_bytes()).unwrap();
    file.set_len(200_000_000).unwrap();
    let (documents, errors) = read(&path, dir.path());
    assert!(documents.is_empty());
    assert_eq!(errors, ["long.txt: too large: 64 MiB is the limit for one article's file, this is 190.7 MiB"]);
}

#[cfg(unix)]
#[test]
fn a_folder_without_rights_is_named_and_the_rest_read() {
    use std::os::unix::fs::PermissionsExt;
    let dir = folder(&[("closed/a.txt", ENGLISH.as_bytes()), ("open/a.txt", ENGLISH.as_bytes())]);
    let closed = dir.path().join("closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let refused = fs::read_dir(&closed).is_err();
    let (documents, errors) = read(dir.path(), dir.path());
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
    if !refused {
        eprintln!("skipped: this user may read everything");
        return;
    }
    assert_eq!(errors, ["closed: cannot be read: permission denied"]);
    assert_eq!(documents.len(), 1);
}

#[test]
fn bytes_decide_and_not_names() {
    let latin1: Vec<u8> = "Le préfet a été reçu à la mairie, selon le maire, où il est resté après la fête."
        .chars()
        .map(|c| c as u8)
        .collect();
    let document = reader().read("german.txt", latin1).remove(0).unwrap();
    assert_eq!(document.language, Language::Fr);
    assert!(document.text.starts_with("Le préfet a été reçu"));
    assert_eq!(document.sha256.len(), 64);
}

#[test]
fn a_language_can_be_forced() {
    let options = Options { language: Some(Language::De), ..Options::default() };
    let read = Reader::new(options).unwrap().read("a.txt", ENGLISH.into());
    assert_eq!(read[0].as_ref().unwrap().language, Language::De);
}

#[test]
fn a_page_gives_text_and_metadata() {
    let page = r#"<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Mühle schließt | Bote</title>
        <meta property="og:title" content="Mühle schließt"><meta property="og:site_name" content="Bote">
        <meta property="article:published_time" content="2024-07-20T08:30:00+02:00">
        <link rel="canonical" href="https://bote.example/muehle"></head><body><nav><a href="/">Start</a></nav>
        <article><h1>Mühle schließt</h1><p>Die alte Mühle in Nordheim hat am Freitag geschlossen, sagte der Besitzer
        in einer Mitteilung an die Presse, und 300 Beschäftigte verlieren ihre Stelle.</p><p>Lesen Sie auch: Noch eine
        Mühle</p><p>Der Bürgermeister nannte es einen traurigen Tag für alle, die in der Stadt leben und
        arbeiten.</p></article></body></html>"#;
    let document = reader().read("page", page.into()).remove(0).unwrap();
    assert_eq!(document.language, Language::De);
    assert_eq!(document.headline_span.unwrap().of(&document.text), "Mühle schließt");
    assert_eq!(document.published.as_deref(), Some("2024-07-20T08:30:00+02:00"));
    assert_eq!(document.publisher.as_deref(), Some("Bote"));
    assert_eq!(document.url.as_deref(), Some("https://bote.example/muehle"));
    let furniture: Vec<&str> = document.furniture.iter().map(|f| f.of(&document.text)).collect();
    assert_eq!(furniture, ["Lesen Sie auch: Noch eine Mühle"]);
}
