//! HTML pages: the main text, without menus and advertisements, and the metadata.

use super::charset;
use super::error::Reason;
use super::metadata::{self, Metadata};
use dom_smoothie::{Config, Readability, TextMode};

/// Pages of more elements are not articles; the limit keeps hostile ones from taking minutes.
const MAX_ELEMENTS: usize = 100_000;

/// Pages nested deeper are not articles either, and take time by the square of the depth.
const MAX_DEPTH: usize = 512;

/// Elements that are never closed, or need not be.
const UNCLOSED: [&str; 27] = [
    "area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
    "optgroup", "option", "p", "param", "rp", "rt", "source", "tbody", "td", "th", "tr", "track", "wbr",
];

/// Fewer words are no article.
const MIN_WORDS: usize = 5;

/// Reads a page: its text, paragraphs separated by blank lines and the headline first, and
/// its metadata.
pub fn read(bytes: &[u8]) -> Result<(String, Metadata), Reason> {
    let (html, replaced) = charset::decode_html(bytes)?;
    if depth(&html) > MAX_DEPTH {
        return Err(Reason::NoHtmlText);
    }
    let mut page = parse(&html)?;
    let metadata = metadata::of_page(&page);
    let body = main_text(&mut page, &html).ok_or(Reason::NoHtmlText)?;
    let text = with_headline(body, metadata.title.as_deref());
    if replaced && text.contains('\u{FFFD}') {
        let offset = std::str::from_utf8(bytes).err().map_or(0, |e| e.valid_up_to());
        return Err(Reason::BrokenUtf8 { offset });
    }
    Ok((text, metadata))
}

/// How deep the elements of a page are nested at most, by its tags alone.
fn depth(html: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut code: Option<String> = None;
    for tag in html.split('<').skip(1) {
        let (closing, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let name = tag_name(tag);
        if code.as_ref().is_some_and(|code| !closing || *code != name) {
            continue;
        }
        code = (!closing && (name == "script" || name == "style")).then(|| name.clone());
        let ends_itself = tag.split('>').next().is_some_and(|tag| tag.ends_with('/'));
        if closing {
            depth = depth.saturating_sub(usize::from(!is_unclosed(&name)));
        } else if !name.is_empty() && !ends_itself && !is_unclosed(&name) {
            depth += 1;
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn tag_name(tag: &str) -> String {
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
    tag[..end].to_ascii_lowercase()
}

fn is_unclosed(name: &str) -> bool {
    UNCLOSED.binary_search(&name).is_ok()
}

fn parse(html: &str) -> Result<Readability, Reason> {
    let config = Config { text_mode: TextMode::Formatted, max_elements_to_parse: MAX_ELEMENTS, ..Config::default() };
    Readability::new(html, None, Some(config)).map_err(|_| Reason::NoHtmlText)
}

/// The main text: what Readability finds, else the body given in JSON-LD, else the paragraphs.
fn main_text(page: &mut Readability, html: &str) -> Option<String> {
    let linked = metadata::linked_body(page);
    let found = page.parse().ok().map(|article| paragraphs(&article.text_content));
    found
        .filter(|text| is_enough(text))
        .or_else(|| linked.map(|body| paragraphs(&body)).filter(|text| is_enough(text)))
        .or_else(|| loose_paragraphs(html).filter(|text| is_enough(text)))
}

/// The paragraphs of a page too small or too broken for Readability.
fn loose_paragraphs(html: &str) -> Option<String> {
    let page = parse(html).ok()?;
    page.doc.select("nav, header, footer, aside, script, style, form").remove();
    let found: Vec<String> = page.doc.select("p").nodes().iter().map(|p| p.formatted_text().to_string()).collect();
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
        assert!(paragraphs[1].starts_with("The old paper mill in Northam shut its gates on Friday, its owner"));
        assert!(paragraphs[2].contains("lose their jobs, and the town’s mayor"));
        assert_eq!(metadata.title.as_deref(), Some("Mill shuts"));
    }

    #[test]
    fn small_and_mildly_broken_pages_are_read() {
        for html in [
            "<html><body><p>Acme Corp bought Widget Ltd on Monday.</p></body></html>",
            "<html><body><div><p>Acme Corp bought <b>Widget Ltd on Monday.<p>It paid little",
        ] {
            assert!(read(html.as_bytes()).unwrap().0.contains("Acme Corp bought Widget Ltd on Monday."));
        }
    }

    #[test]
    fn a_page_nested_without_end_is_refused_at_once() {
        assert!(UNCLOSED.is_sorted());
        assert_eq!(depth("<html><body><div><p>a<br>b<p>c</div><div></div></body></html>"), 3);
        let code = "<script>for(a<b;c<d;e<f)</script><svg><path d='m'/><path/></svg>";
        assert_eq!(depth(&format!("<div>{}</div>", code.repeat(1000))), 2);
        let html = format!("{}<p>The council met on Tuesday to talk about the bridge.", "<div>".repeat(100_000));
        assert!(matches!(read(html.as_bytes()), Err(Reason::NoHtmlText)));
    }

    #[test]
    fn a_page_without_text_is_named() {
        for html in [
            "<html></html>",
            "<!doctype html><html><head><title>Some page</title><scri",
            "<html><body><nav><ul><li><a href='/a'>Home</a><li><a href='/b'>Sports</a></ul></nav>",
            "<html><body><p>Too short",
        ] {
            assert!(matches!(read(html.as_bytes()), Err(Reason::NoHtmlText)), "{html}");
        }
    }
}
