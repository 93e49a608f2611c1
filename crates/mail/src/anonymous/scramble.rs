//! Words become other words of the same shape.

use std::collections::HashSet;

use sha2::{Digest, Sha256};

/// Words of so many letters never stay, nor come out by chance.
const KEPT_SECRET: usize = 4;
/// How often another word is tried in place of one that stands elsewhere in the mail.
const TRIES: u32 = 64;

/// Makes words into others, the same ones into the same.
pub(super) struct Scrambler {
    key: [u8; 32],
    seen: HashSet<String>,
    is_learning: bool,
}

impl Scrambler {
    pub(super) fn new(key: [u8; 32]) -> Self {
        Self { key, seen: HashSet::new(), is_learning: true }
    }

    /// From now on words are replaced.
    pub(super) fn end_learning(&mut self) {
        self.is_learning = false;
    }

    /// Replaces the words of a text, in place. Bytes that are no UTF-8 are letters as `charset` has
    /// them, else as western ones have them.
    pub(super) fn text(&mut self, text: &mut [u8], charset: Option<&str>) {
        let charset = charset.map(str::to_ascii_lowercase).unwrap_or_default();
        if charset.starts_with("iso-2022") {
            return self.shifted(text);
        }
        if ["utf-16", "utf-32", "ucs", "utf16"].iter().any(|name| charset.starts_with(name)) {
            return fill(text);
        }
        match std::str::from_utf8(text) {
            Ok(valid) => {
                let hidden = self.string(valid);
                if hidden.len() == text.len() {
                    text.copy_from_slice(hidden.as_bytes());
                }
            }
            Err(_) => self.bytes(text, Script::of(&charset)),
        }
    }

    fn string(&mut self, text: &str) -> String {
        let mut hidden = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let is_letter = first.is_alphabetic();
            let is_word = is_letter || first.is_ascii_digit();
            let is_same = |c: char| match is_word {
                true if is_letter => c.is_alphabetic(),
                true => c.is_ascii_digit(),
                false => !c.is_alphabetic() && !c.is_ascii_digit(),
            };
            let end = rest.find(|c: char| !is_same(c)).unwrap_or(rest.len());
            let (run, behind) = rest.split_at(end);
            match is_word {
                true => hidden.push_str(&self.word(run)),
                false => hidden.push_str(run),
            }
            rest = behind;
        }
        hidden
    }

    /// Another word of the same letters' kinds and the same number of bytes.
    pub(super) fn word(&mut self, word: &str) -> String {
        let folded = word.to_lowercase();
        if self.is_learning {
            if word.chars().count() >= KEPT_SECRET {
                self.seen.insert(folded);
            }
            return word.to_owned();
        }
        let mut hidden = self.other(word, &folded, 0);
        for attempt in 1..TRIES {
            if !self.seen.contains(&hidden.to_lowercase()) {
                break;
            }
            hidden = self.other(word, &folded, attempt);
        }
        hidden
    }

    fn other(&self, word: &str, folded: &str, attempt: u32) -> String {
        let mut chance = Chance::new(self.key, folded, attempt);
        word.chars().map(|letter| other_letter(letter, &mut chance)).collect()
    }

    fn bytes(&mut self, text: &mut [u8], script: Script) {
        let mut at = 0;
        while at < text.len() {
            let rest = text.get_mut(at..).unwrap_or_default();
            let ascii = rest.iter().take_while(|byte| byte.is_ascii()).count();
            if let Some(run) = rest.get_mut(..ascii)
                && let Ok(valid) = std::str::from_utf8(run)
            {
                let hidden = self.string(valid);
                run.copy_from_slice(hidden.as_bytes());
            }
            let high = rest.iter().skip(ascii).take_while(|byte| !byte.is_ascii()).count();
            if !self.is_learning
                && let Some(run) = rest.get_mut(ascii..ascii + high)
            {
                hide_high(run, script);
            }
            at += ascii + high;
        }
    }

    /// ISO-2022: escape sequences switch between ASCII and pairs of bytes.
    fn shifted(&mut self, text: &mut [u8]) {
        let (mut at, mut in_pairs) = (0, false);
        while at < text.len() {
            let rest = text.get_mut(at..).unwrap_or_default();
            if rest.first() == Some(&0x1b) {
                let is_pair_mode = rest.get(1) == Some(&b'$');
                in_pairs = is_pair_mode;
                let is_long = is_pair_mode && matches!(rest.get(2), Some(b'(' | b')'));
                at += if is_long { 4 } else { 3 };
                continue;
            }
            let length = rest.iter().take_while(|byte| **byte != 0x1b).count().max(1);
            let Some(run) = rest.get_mut(..length) else { break };
            match in_pairs {
                true if !self.is_learning => hide_pairs(run),
                true => {}
                false => self.bytes(run, Script::Western),
            }
            at += length;
        }
    }
}

/// What bytes beyond ASCII stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    /// Letters from 0xC0 on, signs below.
    Western,
    /// Letters.
    Letters,
    /// Pairs of bytes.
    Pairs,
}

impl Script {
    fn of(charset: &str) -> Self {
        let begins = |names: &[&str]| names.iter().any(|name| charset.starts_with(name));
        match () {
            () if begins(&["gb", "big5", "euc", "shift", "sjis", "ks_c", "hz"]) => Self::Pairs,
            () if begins(&["koi8", "windows-125", "iso-8859-", "cp", "ibm", "mac"])
                && !begins(&["windows-1252", "windows-1250", "iso-8859-1", "iso-8859-2"]) =>
            {
                Self::Letters
            }
            () => Self::Western,
        }
    }
}

fn hide_high(run: &mut [u8], script: Script) {
    for (place, byte) in run.iter_mut().enumerate() {
        *byte = match (script, *byte) {
            (Script::Western, low @ 0x80..0xC0) => low,
            (Script::Western, 0xC0..0xE0) => 0xC4,
            (Script::Western | Script::Letters, _) => 0xE4,
            (Script::Pairs, _) if place % 2 == 0 => 0xB0,
            (Script::Pairs, _) => 0xA1,
        };
    }
}

fn hide_pairs(run: &mut [u8]) {
    let is_sign = |byte: &u8| (0x21..0x7f).contains(byte);
    let signs = run.iter_mut().filter(|byte| is_sign(byte)).enumerate();
    for (place, byte) in signs {
        *byte = if place % 2 == 0 { 0x30 } else { 0x21 };
    }
}

/// Fills what is no text, or no text that can be read byte by byte. Line ends stay.
pub(super) fn fill(bytes: &mut [u8]) {
    for byte in bytes.iter_mut().filter(|byte| **byte > b' ') {
        *byte = b'x';
    }
}

fn other_letter(letter: char, chance: &mut Chance) -> char {
    let step = |begin: char, count: u32, chance: &mut Chance| {
        let place = u32::from(letter) - u32::from(begin);
        let moved = (place + 1 + chance.below(count - 1)) % count;
        char::from_u32(u32::from(begin) + moved).unwrap_or(begin)
    };
    let from = |begin: u32, count: u32, chance: &mut Chance| {
        let other = char::from_u32(begin + chance.below(count)).unwrap_or(letter);
        if other == letter { char::from_u32(begin + count).unwrap_or(letter) } else { other }
    };
    match (letter, letter.len_utf8()) {
        ('a'..='z', _) => step('a', 26, chance),
        ('A'..='Z', _) => step('A', 26, chance),
        ('0'..='9', _) => step('0', 10, chance),
        (_, 2) if letter.is_uppercase() => from(0xC0, 22, chance),
        (_, 2) => from(0xE0, 22, chance),
        (_, 3) if letter.is_uppercase() || letter.is_lowercase() => from(0x1EA1, 80, chance),
        (_, 3) => from(0x4E00, 20_000, chance),
        (_, 4) => from(0x20000, 40_000, chance),
        (letter, _) => letter,
    }
}

/// Numbers that follow from a word and the key.
struct Chance {
    seed: [u8; 32],
    block: [u8; 32],
    used: usize,
}

impl Chance {
    fn new(key: [u8; 32], word: &str, attempt: u32) -> Self {
        let mut hash = Sha256::new();
        hash.update(key);
        hash.update(attempt.to_be_bytes());
        hash.update(word);
        let seed = hash.finalize().into();
        Self { seed, block: seed, used: 0 }
    }

    fn below(&mut self, count: u32) -> u32 {
        if self.used + 4 > self.block.len() {
            let mut hash = Sha256::new();
            hash.update(self.seed);
            hash.update(self.block);
            self.block = hash.finalize().into();
            self.used = 0;
        }
        let mut number = [0; 4];
        let taken = self.block.get(self.used..self.used + 4).unwrap_or(&[0; 4]);
        number.copy_from_slice(taken);
        self.used += 4;
        u32::from_be_bytes(number) % count
    }
}
