//! Panics that become errors: a damaged file or one odd article must not end a build.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How much of a panic's message is kept.
const LONGEST: usize = 200;

thread_local! {
    static CAUGHT: Cell<bool> = const { Cell::new(false) };
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `work`; its panic becomes one line: the message and, if noted, the place.
pub fn catch<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let before = CAUGHT.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    CAUGHT.set(before);
    result.map_err(|panic| match PLACE.take() {
        Some(place) => format!("{} ({place})", message(panic.as_ref())),
        None => message(panic.as_ref()),
    })
}

/// For a panic hook: notes where in the source the panic that [`catch`] reports was raised.
pub fn note_place(place: String) {
    PLACE.set(Some(place));
}

/// Whether a panic on this thread is caught and reported by who caught it, so that a panic hook
/// can keep quiet.
pub fn is_caught() -> bool {
    CAUGHT.get()
}

/// The words of a panic, on one line that is not too long.
pub fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    let words: Vec<_> = text.unwrap_or("unknown cause").split_whitespace().collect();
    words.join(" ").chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_one_line() {
        assert_eq!(catch(|| 1), Ok(1));
        assert_eq!(catch(|| -> u8 { panic!("first\n  second") }), Err("first second".to_owned()));
        assert!(!is_caught());
    }
}
