//! Paths → inputs: files, folders and standard input.

use super::error::{InputError, Reason};
use std::ffi::OsStr;
use std::iter;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// What standard input is called in messages.
pub const STDIN_LABEL: &str = "<stdin>";

/// What a saved page brings along in its folder, and a store: never an article, so skipped inside folders.
const ASSETS: [&str; 39] = [
    "7z", "avi", "avif", "bmp", "bz2", "css", "eot", "flac", "gif", "gz", "ico", "iso", "jpeg", "jpg", "js", "m4a",
    "map", "mjs", "mkv", "mov", "mp3", "mp4", "ogg", "otf", "png", "rar", "redb", "svg", "tar", "tif", "tiff", "ttf",
    "wav", "webm", "webp", "woff", "woff2", "xz", "zip",
];

/// One thing to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Standard input (`-`).
    Stdin,
    /// A file.
    File(PathBuf),
}

impl Input {
    /// Its name in messages.
    pub fn label(&self) -> String {
        match self {
            Input::Stdin => STDIN_LABEL.to_owned(),
            Input::File(path) => path.display().to_string(),
        }
    }
}

type Inputs = Box<dyn Iterator<Item = Result<Input, InputError>> + Send>;

/// Lists what is to be read, lazily and in a fixed order: paths as given, folders recursively
/// in the order of their names, `-` for standard input.
///
/// Inside folders hidden files and the assets of saved pages (images, styles, archives) are
/// skipped quietly; a file named explicitly is always tried.
pub fn walk<P: AsRef<Path>>(paths: &[P]) -> impl Iterator<Item = Result<Input, InputError>> + Send + use<P> {
    let paths: Vec<PathBuf> = paths.iter().map(|p| p.as_ref().to_owned()).collect();
    paths.into_iter().flat_map(inputs_at)
}

fn inputs_at(path: PathBuf) -> Inputs {
    if path == Path::new("-") {
        return Box::new(iter::once(Ok(Input::Stdin)));
    }
    match path.metadata() {
        Err(error) => {
            let label = path.display().to_string();
            Box::new(iter::once(Err(InputError::of(label, Reason::from_io(error)))))
        }
        Ok(meta) if meta.is_dir() => inputs_in(path),
        Ok(_) => Box::new(iter::once(Ok(Input::File(path)))),
    }
}

/// Everything to read below a folder; a folder without any is an error, lest it go unnoticed.
fn inputs_in(folder: PathBuf) -> Inputs {
    let mut inputs = WalkDir::new(&folder)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name()))
        .filter_map(input_of_entry)
        .peekable();
    if inputs.peek().is_none() {
        let label = folder.display().to_string();
        return Box::new(iter::once(Err(InputError::of(label, Reason::EmptyFolder))));
    }
    Box::new(inputs)
}

fn input_of_entry(entry: walkdir::Result<DirEntry>) -> Option<Result<Input, InputError>> {
    match entry {
        Ok(entry) => {
            let wanted = entry.file_type().is_file() && !is_asset(entry.path());
            wanted.then(|| Ok(Input::File(entry.into_path())))
        }
        Err(error) => Some(Err(walk_error(error))),
    }
}

fn walk_error(error: walkdir::Error) -> InputError {
    let label = error.path().unwrap_or(Path::new("?")).display().to_string();
    let words = match error.loop_ancestor() {
        Some(above) => format!("a link that leads back to {}", above.display()),
        None => error.to_string(),
    };
    let io = error.into_io_error().unwrap_or_else(|| std::io::Error::other(words));
    InputError::of(label, Reason::from_io(io))
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn is_asset(path: &Path) -> bool {
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or("");
    ASSETS.binary_search(&extension.to_ascii_lowercase().as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn assets_are_sorted() {
        assert!(ASSETS.is_sorted());
    }

    #[test]
    fn folders_are_walked_in_order_without_hidden_files_and_assets() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("b")).unwrap();
        for name in ["c.txt", "a.html", "b/z.txt", "b/photo.PNG", ".hidden", "b/noext"] {
            fs::write(dir.path().join(name), "x").unwrap();
        }
        let found: Vec<String> = walk(&[dir.path()])
            .map(|i| i.unwrap().label().replace(&format!("{}/", dir.path().display()), ""))
            .collect();
        assert_eq!(found, ["a.html", "b/noext", "b/z.txt", "c.txt"]);
    }

    #[test]
    fn named_files_are_always_tried_and_missing_ones_named() {
        let dir = tempfile::tempdir().unwrap();
        let photo = dir.path().join(".photo.png");
        fs::write(&photo, "x").unwrap();
        let paths = [photo.clone(), PathBuf::from("-"), dir.path().join("none.txt")];
        let found: Vec<_> = walk(&paths).collect();
        assert_eq!(*found[0].as_ref().unwrap(), Input::File(photo));
        assert_eq!(*found[1].as_ref().unwrap(), Input::Stdin);
        assert!(found[2].as_ref().unwrap_err().to_string().ends_with("none.txt: no such file or folder"));
    }

    #[test]
    fn a_folder_with_nothing_to_read_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let found: Vec<_> = walk(&[dir.path()]).collect();
        assert!(matches!(found[..], [Err(InputError { reason: Reason::EmptyFolder, .. })]));
    }
}
