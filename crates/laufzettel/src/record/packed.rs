//! Long texts in the database, packed with zstd (RFC 8878): what people write and its HTML, which are a fifth of
//! the disk otherwise. A text that does not become smaller stands as it is; it cannot be mistaken for
//! a packed one, whose first bytes are no UTF-8.

use std::cell::RefCell;
use std::ops::Deref;

use db::{FromColumn, Value};
use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe::{MAGICNUMBER, get_frame_content_size};

/// The level of the blobs.
const LEVEL: i32 = 3;
/// No text is longer; a size above this is a damaged row.
const TEXT_BYTES_MAX: u64 = 256 << 20;

thread_local! {
    // A new context for each text would cost more than the packing.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static DECOMPRESSOR: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

/// A text of a column that is packed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packed(String);

impl Deref for Packed {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<String> for Packed {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<Packed> for String {
    fn from(packed: Packed) -> Self {
        packed.0
    }
}

impl FromColumn for Packed {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Blob(bytes) if bytes.starts_with(&MAGICNUMBER.to_le_bytes()) => unpack(bytes),
            Value::Blob(bytes) => String::from_utf8(bytes.to_vec()).ok(),
            _ => None,
        }
        .map(Self)
    }
}

/// The bytes of a text for its column.
pub fn pack(text: &str) -> Vec<u8> {
    let packed = COMPRESSOR.with_borrow_mut(|compressor| {
        if compressor.is_none() {
            *compressor = Compressor::new(LEVEL).ok();
        }
        compressor.as_mut()?.compress(text.as_bytes()).ok()
    });
    packed.filter(|packed| packed.len() < text.len()).unwrap_or_else(|| text.as_bytes().to_vec())
}

fn unpack(bytes: &[u8]) -> Option<String> {
    let size = get_frame_content_size(bytes).ok()??;
    let size = usize::try_from(size).ok().filter(|_| size <= TEXT_BYTES_MAX)?;
    let text = DECOMPRESSOR.with_borrow_mut(|decompressor| {
        if decompressor.is_none() {
            *decompressor = Decompressor::new().ok();
        }
        decompressor.as_mut()?.decompress(bytes, size).ok()
    })?;
    String::from_utf8(text).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Option<String> {
        Packed::from_value(Value::Blob(bytes)).map(|packed| packed.0)
    }

    #[test]
    fn texts_of_any_length_come_back_and_long_ones_are_shorter_meanwhile() {
        for text in ["", "Ja.", "Straße \u{1F4E6}", &"Sechs Schreibtische. ".repeat(500)] {
            let bytes = pack(text);
            assert!(bytes.len() <= text.len());
            assert_eq!(read(&bytes).unwrap(), text);
        }
        assert!(pack(&"Sechs Schreibtische. ".repeat(500)).len() < 100);
    }

    #[test]
    fn a_damaged_text_is_none() {
        let mut bytes = pack(&"Sechs Schreibtische. ".repeat(500));
        bytes.truncate(20);
        assert_eq!(read(&bytes), None);
        assert_eq!(read(&[0xff, 0xfe]), None);
        assert_eq!(Packed::from_value(Value::Int(1)), None);
    }
}
