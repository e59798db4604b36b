//! Numbers that look random, the same for the same seed on every machine (SplitMix64; Steele, Lea and Flood 2014).

/// A sequence of numbers.
pub struct Random(u64);

impl Random {
    /// The sequence of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`, which is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        ((u128::from(self.next()) * limit as u128) >> 64) as usize
    }

    /// A number from 0 up to, not including, 1.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True so often of a hundred times.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of a list that is not empty.
    pub fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// Ranks with Zipf's frequencies: the first is drawn twice as often as the second, three times as often as the third.
pub struct Zipf {
    up_to: Vec<f64>,
}

impl Zipf {
    /// For ranks below `count`, at least one.
    pub fn new(count: usize) -> Self {
        let mut sum = 0.0;
        let up_to = (1..=count).map(|rank| {
            sum += 1.0 / rank as f64;
            sum
        });
        Self { up_to: up_to.collect() }
    }

    /// A rank.
    pub fn draw(&self, random: &mut Random) -> usize {
        let at = random.unit() * self.up_to[self.up_to.len() - 1];
        self.up_to.partition_point(|sum| *sum <= at).min(self.up_to.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_have_zipfs_frequencies() {
        let (mut random, zipf) = (Random::new(1), Zipf::new(50));
        let mut counts = [0; 50];
        (0..100_000).for_each(|_| counts[zipf.draw(&mut random)] += 1);
        let times = |rank: usize| f64::from(counts[0]) / f64::from(counts[rank]);
        assert!((times(1) - 2.0).abs() < 0.1 && (times(9) - 10.0).abs() < 1.0, "{counts:?}");
    }
}
