//! A table in two figures that are the same on both engines if its rows are.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::Value;

/// How many rows a table has, and a hash over all of them in the order of their keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// The number of rows.
    pub rows: u64,
    /// SHA-256 (FIPS 180-4) over every value with its kind and length.
    pub hash: [u8; 32],
}

impl fmt::Display for Digest {
    /// The first 64 bits: enough for people to compare.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.hash.iter().take(8).try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

#[derive(Default)]
pub(super) struct Digesting {
    rows: u64,
    hasher: Sha256,
}

impl Digesting {
    pub(super) fn begin_row(&mut self) {
        self.rows += 1;
    }

    pub(super) fn value(&mut self, value: Value<'_>) {
        match value {
            Value::Null => self.add(0, &[]),
            Value::Int(value) => self.add(1, &value.to_be_bytes()),
            Value::Real(value) => self.add(2, &value.to_be_bytes()),
            Value::Text(text) => self.add(3, text.as_bytes()),
            Value::Blob(bytes) => self.add(4, bytes),
        }
    }

    pub(super) fn end(self) -> Digest {
        Digest { rows: self.rows, hash: self.hasher.finalize().into() }
    }

    /// With its length before it, no value can pass for the end of another one.
    fn add(&mut self, kind: u8, bytes: &[u8]) {
        self.hasher.update([kind]);
        self.hasher.update((bytes.len() as u64).to_be_bytes());
        self.hasher.update(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(rows: &[&[Value<'_>]]) -> Digest {
        let mut digesting = Digesting::default();
        for row in rows {
            digesting.begin_row();
            row.iter().for_each(|value| digesting.value(*value));
        }
        digesting.end()
    }

    #[test]
    fn rows_differ_by_every_value_and_its_kind() {
        let one: &[Value<'_>] = &[Value::Text("ab"), Value::Text("c")];
        let all = [
            digest(&[one]),
            digest(&[&[Value::Text("a"), Value::Text("bc")]]),
            digest(&[&[Value::Blob(b"ab"), Value::Text("c")]]),
            digest(&[&[Value::Null, Value::Text("c")]]),
            digest(&[&[Value::Text(""), Value::Text("c")]]),
            digest(&[&[Value::Int(0), Value::Text("c")]]),
        ];
        for (place, this) in all.iter().enumerate() {
            assert!(all.iter().skip(place + 1).all(|other| other != this), "{this:?}");
        }
        assert_eq!(digest(&[one]), digest(&[one]));
        assert_eq!(digest(&[one]).to_string().len(), 16);
    }
}
