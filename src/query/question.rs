//! The named questions: SPARQL files whose leading comments give title and parameters.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr;

static EMBEDDED: include_dir::Dir<'_> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/queries");

/// What a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParamKind {
    /// Any entity, by IRI or name.
    Entity,
    /// The like, of one class by preference.
    Person,
    /// An organization.
    Organization,
    /// A place.
    Place,
    /// A product.
    Product,
    /// An article, by IRI or headline.
    Article,
    /// A class or relation: `Person`, `schema:Person`, an IRI.
    Term,
    /// Any text.
    Text,
    /// `2024`, `2024-07`, `2024-07-20`.
    Date,
    /// A number.
    Number,
}

impl ParamKind {
    const NAMES: [(&str, ParamKind); 10] = [
        ("entity", ParamKind::Entity),
        ("person", ParamKind::Person),
        ("organization", ParamKind::Organization),
        ("place", ParamKind::Place),
        ("product", ParamKind::Product),
        ("article", ParamKind::Article),
        ("term", ParamKind::Term),
        ("text", ParamKind::Text),
        ("date", ParamKind::Date),
        ("number", ParamKind::Number),
    ];

    /// The name in a question's comments.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// What stands for a parameter that is not given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Default {
    /// It must be given.
    Required,
    /// Anything matches.
    Any,
    /// This value.
    Value(String),
}

/// One parameter: a variable of the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// The variable.
    pub name: String,
    /// What it takes.
    pub kind: ParamKind,
    /// What stands for it if not given.
    pub default: Default,
    /// What it is, for people.
    pub description: String,
}

/// One named question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The file's name without `.rq`.
    pub name: String,
    /// One line.
    pub title: String,
    /// What it tells.
    pub description: String,
    /// Its parameters, in order.
    pub parameters: Vec<Parameter>,
    /// The SPARQL text.
    pub text: String,
}

/// Why a question's file cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {line}: {message}")]
pub struct QuestionError {
    file: String,
    line: usize,
    message: String,
}

impl Question {
    /// Reads a question from the text of `{name}.rq`.
    pub fn parse(name: &str, text: &str) -> Result<Self, QuestionError> {
        let mut question = Question {
            name: name.to_owned(),
            title: String::new(),
            description: String::new(),
            parameters: Vec::new(),
            text: text.to_owned(),
        };
        for (i, line) in text.lines().enumerate().take_while(|(_, line)| line.starts_with('#')) {
            let error = |message| QuestionError { file: format!("{name}.rq"), line: i + 1, message };
            let Some((key, value)) = line.trim_start_matches('#').split_once(':') else {
                continue;
            };
            match key.trim() {
                "title" => question.title = value.trim().to_owned(),
                "description" => question.description = value.trim().to_owned(),
                "param" => question.parameters.push(value.parse().map_err(error)?),
                other => {
                    let hint = "one of title, description, param";
                    return Err(error(format!("unknown comment key {other:?}: {hint}")));
                }
            }
        }
        question.check(name)
    }

    fn check(self, name: &str) -> Result<Self, QuestionError> {
        let error = |message| Err(QuestionError { file: format!("{name}.rq"), line: 1, message });
        if self.title.is_empty() {
            return error("no title: begin with a line `# title: …`".to_owned());
        }
        match self.parameters.iter().find(|p| !super::bind::has_place(&self.text, &p.name)) {
            Some(p) => {
                let name = &p.name;
                error(format!("no place for {name}: write `VALUES ?{name} {{ UNDEF }}` in the query"))
            }
            None => Ok(self),
        }
    }
}

impl FromStr for Parameter {
    type Err = String;

    /// `name type [default=…] description`; `default=*` means that anything matches.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut words = text.trim().splitn(3, ' ');
        let name = words.next().filter(|n| !n.is_empty()).ok_or("a parameter needs a name")?;
        let kind = words.next().ok_or_else(|| format!("the parameter {name} needs a type"))?;
        let kind = ParamKind::NAMES.iter().find(|(n, _)| *n == kind).map(|(_, k)| *k).ok_or_else(|| {
            let names = ParamKind::NAMES.map(|(n, _)| n).join(", ");
            format!("unknown type {kind:?} of {name}: one of {names}")
        })?;
        let rest = words.next().unwrap_or("").trim();
        let (default, description) = match rest.strip_prefix("default=") {
            None => (Default::Required, rest),
            Some(rest) => {
                let (value, description) = rest.split_once(' ').unwrap_or((rest, ""));
                let any = value == "*";
                (if any { Default::Any } else { Default::Value(value.to_owned()) }, description)
            }
        };
        let description = description.trim().to_owned();
        Ok(Parameter { name: name.to_owned(), kind, default, description })
    }
}

/// All questions by name.
#[derive(Debug, Clone)]
pub struct Questions(BTreeMap<String, Question>);

impl Questions {
    /// The questions that come with the program.
    pub fn embedded() -> Result<Self, QuestionError> {
        let files = EMBEDDED.files().filter_map(|file| Some((file.path(), file.contents_utf8()?)));
        Self::default_empty().with(files.map(|(path, text)| (path.to_owned(), text.to_owned())))
    }

    /// These, and those of the folder `dir` beside or in place of them.
    pub fn with_folder(self, dir: &Path) -> Result<Self, QuestionError> {
        let error = |path: &Path, e: std::io::Error| QuestionError {
            file: path.display().to_string(),
            line: 1,
            message: e.to_string(),
        };
        let mut files = Vec::new();
        for entry in std::fs::read_dir(dir).map_err(|e| error(dir, e))? {
            let path = entry.map_err(|e| error(dir, e))?.path();
            if path.extension().is_some_and(|e| e == "rq") {
                let text = std::fs::read_to_string(&path).map_err(|e| error(&path, e))?;
                files.push((path, text));
            }
        }
        self.with(files.into_iter())
    }

    /// The question called `name`.
    pub fn get(&self, name: &str) -> Option<&Question> {
        self.0.get(name)
    }

    /// Every question, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Question> {
        self.0.values()
    }

    fn default_empty() -> Self {
        Self(BTreeMap::new())
    }

    fn with(mut self, files: impl Iterator<Item = (PathBuf, String)>) -> Result<Self, QuestionError> {
        for (path, text) in files.filter(|(path, _)| path.extension().is_some_and(|e| e == "rq")) {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let question = Question::parse(&name, &text)?;
            self.0.insert(name, question);
        }
        Ok(self)
    }
}
