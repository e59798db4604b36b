//! Sums of products of whole numbers, by the widest instructions that the processor has.
//!
//! The sums are exact, so every set of instructions gives the same. This is the one module that is not
//! safe Rust throughout: the compiler finds no such instructions by itself.

use std::sync::OnceLock;

/// Outputs in a block.
pub const LANES: usize = 16;
/// Blocks in a strip.
pub const BLOCKS: usize = 4;
/// Outputs in a strip.
pub const STRIP: usize = LANES * BLOCKS;
/// Most rows looked at together.
pub const ROWS: usize = 6;

/// Two neighbouring inputs of a row.
pub type Pair = [i16; 2];

/// The weights of two inputs for [`LANES`] outputs, those of an output side by side.
#[derive(Debug, Clone, Copy, Default)]
#[repr(C, align(64))]
pub struct Block(pub [Pair; LANES]);

/// The sums of some rows for a strip of outputs.
pub type Sums = [[[i32; LANES]; BLOCKS]; ROWS];

/// Some rows of inputs one after the other, a strip of weights by pairs of inputs, the sums.
type Function = unsafe fn(&[Pair], &[[Block; BLOCKS]], &mut Sums);

/// One way of computing sums.
#[derive(Debug, Clone, Copy)]
pub struct Kernel(Function);

impl Kernel {
    /// The fastest that this processor can.
    pub fn best() -> Self {
        static BEST: OnceLock<Kernel> = OnceLock::new();
        *BEST.get_or_init(|| Self::all()[0])
    }

    /// Every one that this processor can, the fastest first.
    pub fn all() -> Vec<Self> {
        let mut all = Vec::new();
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vnni") {
                all.push(Self(x86::avx512));
            }
            if is_x86_feature_detected!("avx2") {
                all.push(Self(x86::avx2));
            }
        }
        all.push(Self(plain));
        all
    }

    /// Writes the sums of at most [`ROWS`] rows, as many as `x` has of the length of a strip.
    ///
    /// No sum may leave the range of `i32`.
    pub fn sums(self, x: &[Pair], strip: &[[Block; BLOCKS]], sums: &mut Sums) {
        assert!(x.len() <= ROWS * strip.len(), "at most {ROWS} rows");
        // SAFETY: `all` makes kernels only of functions whose instructions the processor has.
        #[allow(unsafe_code)]
        unsafe {
            (self.0)(x, strip, sums);
        }
    }
}

fn plain(x: &[Pair], strip: &[[Block; BLOCKS]], sums: &mut Sums) {
    for (row, sums) in x.chunks_exact(strip.len()).zip(sums) {
        *sums = Default::default();
        for ([a, b], blocks) in row.iter().map(|pair| pair.map(i32::from)).zip(strip) {
            for (sums, block) in sums.iter_mut().zip(blocks) {
                for (sum, w) in sums.iter_mut().zip(block.0) {
                    *sum += a * i32::from(w[0]) + b * i32::from(w[1]);
                }
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code)]
mod x86 {
    use super::{BLOCKS, Block, LANES, Pair, Sums};
    use std::arch::x86_64::*;

    /// Both inputs of a pair in one number, as they lie in memory.
    #[inline(always)]
    fn joined([a, b]: Pair) -> i32 {
        i32::from(b) << 16 | i32::from(a.cast_unsigned())
    }

    /// The rows of a length; without closures, which would not be compiled into their callers here.
    #[inline(always)]
    fn rows<const R: usize>(x: &[Pair], length: usize) -> [&[Pair]; R] {
        let mut rows = [x; R];
        for (r, row) in rows.iter_mut().enumerate() {
            *row = &x[r * length..][..length];
        }
        rows
    }

    /// With 32 registers of 16 sums: a strip for all rows at once.
    #[target_feature(enable = "avx512f,avx512vnni")]
    pub fn avx512(x: &[Pair], strip: &[[Block; BLOCKS]], sums: &mut Sums) {
        match x.len() / strip.len().max(1) {
            0 => {}
            1 => strip512::<1>(x, strip, sums),
            2 => strip512::<2>(x, strip, sums),
            3 => strip512::<3>(x, strip, sums),
            4 => strip512::<4>(x, strip, sums),
            5 => strip512::<5>(x, strip, sums),
            _ => strip512::<6>(x, strip, sums),
        }
    }

    #[target_feature(enable = "avx512f,avx512vnni")]
    fn strip512<const R: usize>(x: &[Pair], strip: &[[Block; BLOCKS]], sums: &mut Sums) {
        let n = strip.len();
        let x: [&[Pair]; R] = rows(x, n);
        let mut s = [[_mm512_setzero_si512(); BLOCKS]; R];
        for k in 0..n {
            let mut w = [_mm512_setzero_si512(); BLOCKS];
            for b in 0..BLOCKS {
                // SAFETY: a block is 64 bytes, aligned to 64.
                w[b] = unsafe { _mm512_load_si512((&raw const strip[k][b]).cast()) };
            }
            for r in 0..R {
                let pair = _mm512_set1_epi32(joined(x[r][k]));
                for b in 0..BLOCKS {
                    s[r][b] = _mm512_dpwssd_epi32(s[r][b], pair, w[b]);
                }
            }
        }
        for (s, sums) in s.iter().zip(sums) {
            for (s, sums) in s.iter().zip(sums) {
                // SAFETY: 16 sums are 64 bytes; any alignment will do.
                unsafe { _mm512_storeu_si512((&raw mut *sums).cast(), *s) };
            }
        }
    }

    /// With 16 registers of eight sums: block by block.
    #[target_feature(enable = "avx2")]
    pub fn avx2(x: &[Pair], strip: &[[Block; BLOCKS]], sums: &mut Sums) {
        for b in 0..BLOCKS {
            match x.len() / strip.len().max(1) {
                0 => {}
                1 => block256::<1>(b, x, strip, sums),
                2 => block256::<2>(b, x, strip, sums),
                3 => block256::<3>(b, x, strip, sums),
                4 => block256::<4>(b, x, strip, sums),
                5 => block256::<5>(b, x, strip, sums),
                _ => block256::<6>(b, x, strip, sums),
            }
        }
    }

    #[target_feature(enable = "avx2")]
    fn block256<const R: usize>(b: usize, x: &[Pair], strip: &[[Block; BLOCKS]], sums: &mut Sums) {
        let n = strip.len();
        let x: [&[Pair]; R] = rows(x, n);
        let mut s = [[_mm256_setzero_si256(); 2]; R];
        for k in 0..n {
            let halves: &[[Pair; LANES / 2]; 2] = strip[k][b].0.as_chunks().0.first_chunk().expect("two halves");
            // SAFETY: half a block is 32 bytes, aligned to 32.
            let w = unsafe {
                [_mm256_load_si256((&raw const halves[0]).cast()), _mm256_load_si256((&raw const halves[1]).cast())]
            };
            for r in 0..R {
                let pair = _mm256_set1_epi32(joined(x[r][k]));
                for h in 0..2 {
                    s[r][h] = _mm256_add_epi32(s[r][h], _mm256_madd_epi16(pair, w[h]));
                }
            }
        }
        for (s, sums) in s.iter().zip(sums) {
            for (s, sums) in s.iter().zip(sums[b].chunks_exact_mut(LANES / 2)) {
                // SAFETY: eight sums are 32 bytes; any alignment will do.
                unsafe { _mm256_storeu_si256(sums.as_mut_ptr().cast(), *s) };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look like chance.
    fn numbers(limit: i32) -> impl FnMut() -> i16 {
        let mut state = 7_u32;
        move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            ((state >> 8) as i32 % (2 * limit + 1) - limit) as i16
        }
    }

    #[test]
    fn every_kernel_gives_the_same_sums() {
        for (pairs, limits) in [(1, (4096, 32_767)), (3, (32_767, 4096)), (32, (4096, 8_000)), (128, (4096, 2_000))] {
            let (mut input, mut weight) = (numbers(limits.0), numbers(limits.1));
            let x: Vec<Pair> = (0..pairs * ROWS).map(|_| [input(), input()]).collect();
            let mut block = || Block(std::array::from_fn(|_| [weight(), weight()]));
            let strip: Vec<[Block; BLOCKS]> = (0..pairs).map(|_| std::array::from_fn(|_| block())).collect();
            for rows in 1..=ROWS {
                let told = Kernel::all().into_iter().map(|kernel| {
                    let mut sums = Sums::default();
                    kernel.sums(&x[..pairs * rows], &strip, &mut sums);
                    sums
                });
                let told: Vec<Sums> = told.collect();
                let by_hand = |r: usize, o: usize| -> i32 {
                    let products = (0..pairs).map(|k| {
                        let w = strip[k][o / LANES].0[o % LANES];
                        let pair = x[r * pairs + k];
                        i32::from(pair[0]) * i32::from(w[0]) + i32::from(pair[1]) * i32::from(w[1])
                    });
                    products.sum()
                };
                for sums in &told {
                    assert_eq!(sums, &told[0], "{pairs} pairs, {rows} rows");
                    assert!((0..rows * STRIP).all(|i| {
                        let (r, o) = (i / STRIP, i % STRIP);
                        sums[r][o / LANES][o % LANES] == by_hand(r, o)
                    }));
                }
            }
        }
    }
}
