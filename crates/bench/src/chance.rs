//! Chance that repeats itself: the same seed gives the same mails and tickets on every machine.

/// A sequence of numbers that look random (SplitMix64 by Steele, Lea and Flood).
pub struct Chance {
    state: u64,
}

impl Chance {
    /// The sequence of a seed.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to one below the bound, which is below 2^32.
    pub fn below(&mut self, bound: usize) -> usize {
        let scaled = (self.number() >> 32) * (bound as u64);
        (scaled >> 32) as usize
    }

    /// A number between the two, the first one included. They lie less than 2^32 apart.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = usize::try_from(to.saturating_sub(from)).unwrap_or(0);
        from.saturating_add_unsigned(self.below(span.max(1)) as u64)
    }

    /// Whether something happens that happens in so many of a hundred cases.
    pub fn percent(&mut self, cases: usize) -> bool {
        self.below(100) < cases
    }

    /// One of the list.
    pub fn pick<T: Copy + Default>(&mut self, list: &[T]) -> T {
        let place = self.below(list.len());
        list.get(place).copied().unwrap_or_default()
    }

    /// One of the list, the first ones far more often than the last, as with words.
    pub fn pick_early<T: Copy + Default>(&mut self, list: &[T]) -> T {
        let bound = self.below(list.len()) + 1;
        let place = self.below(bound);
        list.get(place).copied().unwrap_or_default()
    }

    /// Bytes that nothing can compress.
    pub fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(length + 8);
        while bytes.len() < length {
            bytes.extend_from_slice(&self.number().to_le_bytes());
        }
        bytes.truncate(length);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_sequence() {
        let (mut one, mut other) = (Chance::new(7), Chance::new(7));
        assert_eq!(one.bytes(20), other.bytes(20));
        assert_ne!(one.number(), Chance::new(8).number());
    }

    #[test]
    fn numbers_stay_within_their_bounds() {
        let mut chance = Chance::new(1);
        for _ in 0..10_000 {
            assert!(chance.below(3) < 3);
            assert!((-5..5).contains(&chance.between(-5, 5)));
        }
        assert!(!chance.percent(0));
        assert!(chance.percent(100));
    }
}
