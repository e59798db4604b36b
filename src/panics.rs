//! Panics that become errors: a damaged file or one odd article must not end a build.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`; its panic becomes the message of it.
pub fn catch<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let before = CAUGHT.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    CAUGHT.set(before);
    result.map_err(|panic| message(panic.as_ref()).to_owned())
}

/// Whether a panic on this thread is caught and reported by who caught it, so that a panic hook
/// can keep quiet.
pub fn is_caught() -> bool {
    CAUGHT.get()
}

/// The words of a panic.
pub fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("unknown cause")
}
