//! Which hashes come twice: most of what articles have, one alone has, and is never looked at again.

use rayon::prelude::*;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bits for each hash that is expected: more make fewer errors.
const BITS: usize = 8;

/// A sketch of the hashes seen, and of those seen again (a Bloom filter of one function each). It is the same in whatever order
/// they are seen.
pub(super) struct Repeated {
    once: Vec<AtomicU64>,
    again: Vec<AtomicU64>,
}

impl Repeated {
    /// Of these hashes.
    pub(super) fn new(hashes: &[u64]) -> Self {
        let words = (hashes.len() * BITS / 64).next_power_of_two();
        let empty = || (0..words).map(|_| AtomicU64::new(0)).collect();
        let repeated = Self { once: empty(), again: empty() };
        hashes.par_iter().for_each(|hash| repeated.see(*hash));
        repeated
    }

    fn see(&self, hash: u64) {
        let (word, bit) = self.place(hash);
        if self.once[word].fetch_or(bit, Ordering::Relaxed) & bit != 0 {
            self.again[word].fetch_or(bit, Ordering::Relaxed);
        }
    }

    /// Whether a hash came twice; in a few of a hundred it says so of one that came once.
    pub(super) fn may_have(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.again[word].load(Ordering::Relaxed) & bit != 0
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        let spread = hash.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (spread as usize >> 6 & (self.once.len() - 1), 1 << (spread >> 58))
    }
}
