//! Numbers that look like chance and are always the same.

/// A sequence of numbers (xorshift, Marsaglia 2003, shifts 13, 7 and 17).
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// The sequence of this seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// The sequence of a text.
    pub fn of_text(text: &str) -> Self {
        let mix = |seed: u64, byte: u8| (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self::new(text.bytes().fold(0xcbf2_9ce4_8422_2325, mix))
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number from `from` up to, but without `to`.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        let width = u64::try_from(to.saturating_sub(from)).unwrap_or(1).max(1);
        from + i64::try_from((self.bits() >> 11) % width).unwrap_or_default()
    }

    /// Whether one of so many cases is drawn.
    pub fn is_one_in(&mut self, cases: i64) -> bool {
        self.between(0, cases) == 0
    }

    /// A place in a list of this length.
    pub fn place(&mut self, length: usize) -> usize {
        let length = i64::try_from(length).unwrap_or(1);
        usize::try_from(self.between(0, length)).unwrap_or_default()
    }

    /// An entry of a list.
    pub fn one_of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.place(list.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_numbers_within_the_bounds() {
        let drawn: Vec<i64> = {
            let mut chance = Chance::new(48);
            (0..1_000).map(|_| chance.between(3, 9)).collect()
        };
        let mut again = Chance::new(48);
        assert!(drawn.iter().all(|number| *number == again.between(3, 9)));
        for number in 3..9 {
            assert!(drawn.iter().filter(|drawn| **drawn == number).count() > 100, "{number}");
        }
        assert!(drawn.iter().all(|number| (3..9).contains(number)));
        assert_ne!(Chance::of_text("a").bits(), Chance::of_text("b").bits());
        assert_eq!(Chance::new(1).one_of::<u8>(&[]), None);
    }
}
