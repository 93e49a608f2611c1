//! Bytes as hexadecimal text.

/// Lower-case hexadecimal digits, two for each byte.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(if value < 10 { b'0' + value } else { b'a' + value - 10 });
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The bytes that hexadecimal digits in any case stand for, if that is what the text is.
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let byte = |[high, low]: &[u8; 2]| Some(digit(*high)? << 4 | digit(*low)?);
    if rest.is_empty() { pairs.iter().map(byte).collect() } else { None }
}

#[cfg(test)]
mod tests {
    #[test]
    fn two_lower_case_digits_for_each_byte() {
        assert_eq!(super::hex(&[0, 15, 160, 255]), "000fa0ff");
    }

    #[test]
    fn digits_are_read_back_and_nothing_else_is() {
        assert_eq!(super::from_hex("000fA0ff").as_deref(), Some([0, 15, 160, 255].as_slice()));
        for text in ["0", "0g", "+1", "ää"] {
            assert_eq!(super::from_hex(text), None, "{text}");
        }
    }
}
