//! Encoded bytes with the places at which they stand, so that what is changed in them can be written
//! back without moving anything.

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

/// Decodes and encodes whatever its last letters are filled up with.
static BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Changes the bytes behind base64, in place; what is no base64 stays. `false` if nothing could be
/// decoded.
pub(super) fn in_base64(bytes: &mut [u8], change: impl FnOnce(&mut [u8])) -> bool {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let end = bytes.iter().position(|byte| *byte == b'=').unwrap_or(bytes.len());
    let Some(body) = bytes.get_mut(..end) else { return false };
    let letters: Vec<u8> = body.iter().copied().filter(|byte| is_letter(byte)).collect();
    // A single letter at the end stands for nothing.
    let whole = if letters.len() % 4 == 1 { letters.len() - 1 } else { letters.len() };
    let Ok(mut decoded) = BASE64.decode(letters.get(..whole).unwrap_or_default()) else {
        return false;
    };
    change(&mut decoded);
    let encoded = BASE64.encode(&decoded);
    let places = body.iter_mut().filter(|byte| is_letter(byte));
    for (place, letter) in places.zip(encoded.bytes()) {
        *place = letter;
    }
    true
}

/// Changes the bytes behind quoted-printable, in place. `blank` is the sign for a blank, which encoded
/// words of headers have.
pub(super) fn in_quoted(bytes: &mut [u8], blank: Option<u8>, change: impl FnOnce(&mut [u8])) {
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut places = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let pair = bytes.get(at + 1..at + 3).filter(|_| *byte == b'=');
        let hex = pair.and_then(|pair| std::str::from_utf8(pair).ok());
        let code = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if let Some(code) = code {
            decoded.push(code);
            places.push((at, true));
            at += 3;
        } else if *byte == b'=' && matches!(bytes.get(at + 1), Some(b'\r' | b'\n')) {
            // The line goes on behind a soft end.
            let is_crlf = bytes.get(at + 1..at + 3) == Some(b"\r\n");
            at += if is_crlf { 3 } else { 2 };
        } else {
            decoded.push(if Some(*byte) == blank { b' ' } else { *byte });
            places.push((at, false));
            at += 1;
        }
    }
    let before = decoded.clone();
    change(&mut decoded);
    for (((place, is_code), byte), was) in places.into_iter().zip(decoded).zip(before) {
        if byte == was {
            continue;
        }
        match is_code {
            true => {
                let code = format!("{byte:02X}");
                if let Some(digits) = bytes.get_mut(place + 1..place + 3) {
                    digits.copy_from_slice(code.as_bytes());
                }
            }
            false => {
                if let Some(letter) = bytes.get_mut(place) {
                    *letter = byte;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_stays_where_it_was() {
        let mut text = *b"R3V0ZW4g\r\nVGFn\r\n";
        assert!(in_base64(&mut text, |bytes| bytes.make_ascii_uppercase()));
        assert_eq!(text, *b"R1VURU4g\r\nVEFH\r\n");
        let mut text = *b"gr=FC=\r\nn =3D x_y";
        in_quoted(&mut text, Some(b'_'), |bytes| bytes.make_ascii_uppercase());
        assert_eq!(text, *b"GR=FC=\r\nN =3D X_Y");
    }
}
