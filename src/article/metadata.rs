//! What an input says about its article beside the text.

use super::date;
use dom_smoothie::Readability;
use serde_json::Value;
use std::collections::HashMap;

/// Metadata of one article; every field is trimmed and never empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The headline.
    pub title: Option<String>,
    /// Publication date, ISO 8601.
    pub published: Option<String>,
    /// The publisher's name.
    pub publisher: Option<String>,
    /// The author's name; several are joined by ", ".
    pub author: Option<String>,
    /// The article's address.
    pub url: Option<String>,
    /// Language tag.
    pub language: Option<String>,
}

impl Metadata {
    /// These fields, and those of `other` where these are missing.
    pub fn or(self, other: Metadata) -> Metadata {
        Metadata {
            title: self.title.or(other.title),
            published: self.published.or(other.published),
            publisher: self.publisher.or(other.publisher),
            author: self.author.or(other.author),
            url: self.url.or(other.url),
            language: self.language.or(other.language),
        }
    }
}

/// Metadata of a page: JSON-LD first, then `<meta>`, then the page's elements.
pub fn of_page(page: &Readability) -> Metadata {
    let linked = linked_articles(page).iter().map(of_linked_article).reduce(Metadata::or);
    linked.unwrap_or_default().or(of_meta(page)).or(of_elements(page))
}

/// The text that JSON-LD carries (`articleBody`), if any.
pub fn linked_body(page: &Readability) -> Option<String> {
    linked_articles(page).iter().find_map(|article| string(article.get("articleBody")?))
}

/// Every JSON-LD object of the page that describes an article.
fn linked_articles(page: &Readability) -> Vec<Value> {
    let mut found = Vec::new();
    for node in page.doc.select(r#"script[type="application/ld+json"]"#).nodes() {
        if let Ok(value) = serde_json::from_str(node.text().trim()) {
            collect_articles(value, &mut found);
        }
    }
    found
}

fn collect_articles(value: Value, found: &mut Vec<Value>) {
    match value {
        Value::Array(items) => items.into_iter().for_each(|item| collect_articles(item, found)),
        Value::Object(ref object) if is_article(object.get("@type")) => found.push(value),
        Value::Object(mut object) => {
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner @ (Value::Array(_) | Value::Object(_))) = object.remove(key) {
                    collect_articles(inner, found);
                }
            }
        }
        _ => {}
    }
}

/// schema.org's kinds of articles all end alike: NewsArticle, BlogPosting, …
fn is_article(kind: Option<&Value>) -> bool {
    match kind {
        Some(Value::String(name)) => {
            ["Article", "BlogPosting", "Report", "Review"].iter().any(|end| name.ends_with(end))
        }
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| is_article(Some(kind))),
        _ => false,
    }
}

fn of_linked_article(article: &Value) -> Metadata {
    let get = |key: &str| article.get(key);
    let id = |value: &Value| string(value).or_else(|| string(value.get("@id")?));
    Metadata {
        title: get("headline").or(get("name")).and_then(string).map(|t| unescape(&t)),
        published: get("datePublished").and_then(string).and_then(|d| date::normalise(&d)),
        publisher: get("publisher").and_then(names),
        author: get("author").and_then(names),
        url: get("url").or(get("mainEntityOfPage")).and_then(id).filter(|u| is_address(u)),
        language: get("inLanguage").and_then(string),
    }
}

/// OpenGraph, `article:` and the usual other names.
fn of_meta(page: &Readability) -> Metadata {
    let mut values: HashMap<String, String> = HashMap::new();
    for node in page.doc.select("meta[content]").nodes() {
        let key = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| node.attr(key));
        if let (Some(key), Some(content)) = (key, node.attr("content").and_then(|c| clean(&c))) {
            values.entry(key.to_ascii_lowercase()).or_insert(content);
        }
    }
    let first = |keys: &[&str]| keys.iter().find_map(|key| values.get(*key).cloned());
    const DATES: [&str; 9] = [
        "article:published_time",
        "og:article:published_time",
        "datepublished",
        "parsely-pub-date",
        "dcterms.created",
        "dc.date.issued",
        "dc.date",
        "date",
        "pubdate",
    ];
    Metadata {
        title: first(&["og:title", "twitter:title", "headline", "dc.title"]),
        published: DATES.iter().find_map(|key| date::normalise(values.get(*key)?)),
        publisher: first(&["og:site_name", "dc.publisher", "publisher", "application-name"]),
        author: first(&["author", "article:author", "parsely-author", "dc.creator", "byl"]).filter(|a| !is_address(a)),
        url: first(&["og:url"]).filter(|u| is_address(u)),
        language: first(&["og:locale", "content-language", "language"]),
    }
}

/// `<link rel=canonical>`, `<time>`, `<h1>`, `<html lang>`.
fn of_elements(page: &Readability) -> Metadata {
    let attribute =
        |selector: &str, name: &str| page.doc.select(selector).nodes().iter().find_map(|node| clean(&node.attr(name)?));
    let text = |selector: &str| page.doc.select(selector).nodes().iter().find_map(|node| clean(&node.text()));
    Metadata {
        title: text("h1").or_else(|| clean(&page.get_article_title())),
        published: attribute("time[datetime]", "datetime").and_then(|d| date::normalise(&d)),
        publisher: None,
        author: text("[rel=author]").or_else(|| text("[itemprop=author]")),
        url: attribute("link[rel=canonical]", "href").filter(|u| is_address(u)),
        language: attribute("html[lang]", "lang"),
    }
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// A JSON string, trimmed, or a number in digits; none if empty.
pub(super) fn string(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => clean(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The names in a JSON value: a string, an object with `name`, or a list of them.
pub(super) fn names(value: &Value) -> Option<String> {
    match value {
        Value::Array(items) => {
            let found: Vec<String> = items.iter().filter_map(names).collect();
            (!found.is_empty()).then(|| found.join(", "))
        }
        Value::Object(object) => names(object.get("name")?),
        _ => string(value).map(|name| unescape(&name)),
    }
}

/// Blanks made single; none if nothing is left.
fn clean(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// JSON-LD is often escaped as if it were HTML.
fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let page = Readability::new(text.replace('<', "&lt;"), None, None);
    page.map_or_else(|_| text.to_owned(), |page| page.doc.text().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(html: &str) -> Metadata {
        of_page(&Readability::new(html, None, None).unwrap())
    }

    #[test]
    fn json_ld_comes_first() {
        let found = page(
            r#"<html lang="fr"><head><meta property="og:title" content="Other"><title>Third</title>
            <script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage"},
            {"@type":["NewsArticle"],"headline":"L&#39;usine ferme","datePublished":"2024-07-20T08:30:00+0200",
             "author":[{"name":"Anne Petit"},{"name":"Luc Roy"}],"publisher":{"name":"Le Journal"},
             "mainEntityOfPage":{"@id":"https://journal.example/usine"}}]}</script></head><body></body></html>"#,
        );
        assert_eq!(found.title.as_deref(), Some("L'usine ferme"));
        assert_eq!(found.published.as_deref(), Some("2024-07-20T08:30:00+02:00"));
        assert_eq!(found.author.as_deref(), Some("Anne Petit, Luc Roy"));
        assert_eq!(found.publisher.as_deref(), Some("Le Journal"));
        assert_eq!(found.url.as_deref(), Some("https://journal.example/usine"));
        assert_eq!(found.language.as_deref(), Some("fr"));
    }

    #[test]
    fn meta_and_elements_fill_the_gaps() {
        let found = page(
            r#"<html lang="de-AT"><head><title>Werk schließt - Zeitung</title>
            <meta property="og:site_name" content="Zeitung"><meta name="author" content=" Eva  Maier ">
            <link rel="canonical" href="https://zeitung.example/werk"></head>
            <body><h1>Werk schließt</h1><time datetime="2024-07-20">gestern</time></body></html>"#,
        );
        assert_eq!(found.title.as_deref(), Some("Werk schließt"));
        assert_eq!(found.published.as_deref(), Some("2024-07-20"));
        assert_eq!(found.publisher.as_deref(), Some("Zeitung"));
        assert_eq!(found.author.as_deref(), Some("Eva Maier"));
        assert_eq!(found.url.as_deref(), Some("https://zeitung.example/werk"));
        assert_eq!(found.language.as_deref(), Some("de-AT"));
    }

    #[test]
    fn broken_json_ld_is_passed_over() {
        let found = page(r#"<script type="application/ld+json">{"@type":</script><h1>Title</h1>"#);
        assert_eq!(found.title.as_deref(), Some("Title"));
    }
}
