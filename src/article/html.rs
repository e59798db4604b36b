//! HTML pages: the main text, without menus and advertisements, and the metadata.

use super::charset;
use super::error::Reason;
use super::metadata::{self, Metadata};
use dom_smoothie::{Config, Readability, TextMode};

/// Pages of more elements are not articles; the limit keeps hostile ones from taking minutes.
const MAX_ELEMENTS: usize = 100_000;

/// Fewer words are no article.
const MIN_WORDS: usize = 5;

/// Reads a page: its text, paragraphs separated by blank lines and the headline first, and
/// its metadata.
pub fn read(bytes: &[u8]) -> Result<(String, Metadata), Reason> {
    let (html, replaced) = charset::decode_html(bytes)?;
    let mut page = parse(&html)?;
    let metadata = metadata::of_page(&page);
    let body = main_text(&mut page, &html).ok_or(Reason::NoHtmlText)?;
    let text = with_headline(body, metadata.title.as_deref());
    if replaced && text.contains('\u{FFFD}') {
        let offset = std::str::from_utf8(bytes)
            .err()
            .map_or(0, |e| e.valid_up_to());
        return Err(Reason::BrokenUtf8 { offset });
    }
    Ok((text, metadata))
}

fn parse(html: &str) -> Result<Readability, Reason> {
    let config = Config {
        text_mode: TextMode::Formatted,
        max_elements_to_parse: MAX_ELEMENTS,
        ..Config::default()
    };
    Readability::new(html, None, Some(config)).map_err(|_| Reason::NoHtmlText)
}

/// The main text: what Readability finds, else the body given in JSON-LD, else the paragraphs.
fn main_text(page: &mut Readability, html: &str) -> Option<String> {
    let linked = metadata::linked_body(page);
    let found = page
        .parse()
        .ok()
        .map(|article| paragraphs(&article.text_content));
    found
        .filter(|text| is_enough(text))
        .or_else(|| {
            linked
                .map(|body| paragraphs(&body))
                .filter(|text| is_enough(text))
        })
        .or_else(|| loose_paragraphs(html).filter(|text| is_enough(text)))
}

/// The paragraphs of a page too small or too broken for Readability.
fn loose_paragraphs(html: &str) -> Option<String> {
    let page = parse(html).ok()?;
    page.doc
        .select("nav, header, footer, aside, script, style, form")
        .remove();
    let found: Vec<String> = page
        .doc
        .select("p")
        .nodes()
        .iter()
        .map(|p| p.formatted_text().to_string())
        .collect();
    Some(paragraphs(&found.join("\n\n")))
}

fn is_enough(text: &str) -> bool {
    text.split_whitespace().count() >= MIN_WORDS
}

/// Single blanks within lines, one blank line between paragraphs.
fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = "";
    for line in text.lines() {
        let mut words = line.split_whitespace().peekable();
        if words.peek().is_none() {
            gap = if out.is_empty() { "" } else { "\n\n" };
            continue;
        }
        out.push_str(gap);
        words.for_each(|word| {
            out.push_str(word);
            out.push(' ');
        });
        out.pop();
        gap = "\n";
    }
    out
}

/// The text with the headline as its first paragraph, unless it begins with it.
fn with_headline(body: String, title: Option<&str>) -> String {
    match title {
        Some(title) if !body.starts_with(title) => format!("{title}\n\n{body}"),
        _ => body,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><title>Mill shuts - The Daily</title></head><body>
        <nav><a href="/">Home</a> <a href="/news">News</a></nav>
        <article><h1>Mill shuts</h1><p>The old paper mill in Northam shut its gates on Friday,
        its owner said in a statement to the press.</p>
        <p>Some 300 workers, many of whom had been there for decades, lose their <b>jobs</b>, and the
        town&rsquo;s mayor called it a sad day for everybody who lives there.</p></article>
        <script>var x = "no text";</script><footer>All rights reserved</footer></body></html>"#;

    #[test]
    fn headline_and_paragraphs_without_the_rest() {
        let (text, metadata) = read(PAGE.as_bytes()).unwrap();
        let paragraphs: Vec<&str> = text.split("\n\n").collect();
        assert_eq!(paragraphs.len(), 3, "{text}");
        assert_eq!(paragraphs[0], "Mill shuts");
        assert!(
            paragraphs[1]
                .starts_with("The old paper mill in Northam shut its gates on Friday, its owner")
        );
        assert!(paragraphs[2].contains("lose their jobs, and the town’s mayor"));
        assert_eq!(metadata.title.as_deref(), Some("Mill shuts"));
    }

    #[test]
    fn small_and_mildly_broken_pages_are_read() {
        for html in [
            "<html><body><p>Acme Corp bought Widget Ltd on Monday.</p></body></html>",
            "<html><body><div><p>Acme Corp bought <b>Widget Ltd on Monday.<p>It paid little",
        ] {
            assert!(
                read(html.as_bytes())
                    .unwrap()
                    .0
                    .contains("Acme Corp bought Widget Ltd on Monday.")
            );
        }
    }

    #[test]
    fn a_page_without_text_is_named() {
        for html in [
            "<html></html>",
            "<!doctype html><html><head><title>Some page</title><scri",
            "<html><body><nav><ul><li><a href='/a'>Home</a><li><a href='/b'>Sports</a></ul></nav>",
            "<html><body><p>Too short",
        ] {
            assert!(
                matches!(read(html.as_bytes()), Err(Reason::NoHtmlText)),
                "{html}"
            );
        }
    }
}
