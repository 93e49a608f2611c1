//! Cursors: where the next page of a list begins, as a text that clients pass back unread.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use sha2::{Digest, Sha256};

use crate::Problem;

/// Length of the checksum in front of the keys.
const CHECK_BYTES: usize = 4;

/// A cursor that was changed, or that belongs to another list, order or filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadCursor;

impl From<BadCursor> for Problem {
    fn from(_: BadCursor) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_cursor")
    }
}

/// A cursor behind the row with these sort keys.
///
/// `list` names the list with its order and filter; the same text is needed for reading it. The check
/// tells mistakes apart, it is no secret: what a reader may see is decided by his rights.
pub fn encode_cursor(list: &str, keys: &[i64]) -> String {
    let keys: Vec<u8> = keys.iter().flat_map(|key| key.to_be_bytes()).collect();
    URL_SAFE_NO_PAD.encode([check(list, &keys).as_slice(), keys.as_slice()].concat())
}

/// The sort keys in a cursor of this list.
///
/// # Errors
/// When it was not made by [`encode_cursor`] for the same `list`.
pub fn decode_cursor(list: &str, cursor: &str) -> Result<Vec<i64>, BadCursor> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| BadCursor)?;
    let (found, keys) = bytes.split_at_checked(CHECK_BYTES).ok_or(BadCursor)?;
    let (whole, rest) = keys.as_chunks::<8>();
    if !rest.is_empty() || found != check(list, keys) {
        return Err(BadCursor);
    }
    Ok(whole.iter().map(|key| i64::from_be_bytes(*key)).collect())
}

fn check(list: &str, keys: &[u8]) -> Vec<u8> {
    let digest = Sha256::new().chain_update(list).chain_update([0]).chain_update(keys).finalize();
    digest.iter().copied().take(CHECK_BYTES).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_gives_back_its_keys() {
        let cursor = encode_cursor("tickets due", &[0, -5, i64::MAX, 1_764_000_000_000]);
        let keys = decode_cursor("tickets due", &cursor);
        assert_eq!(keys, Ok(vec![0, -5, i64::MAX, 1_764_000_000_000]));
        assert_eq!(decode_cursor("mails", &encode_cursor("mails", &[])), Ok(vec![]));
    }

    #[test]
    fn a_cursor_of_another_list_is_refused() {
        let cursor = encode_cursor("tickets due", &[1]);
        assert_eq!(decode_cursor("tickets number", &cursor), Err(BadCursor));
    }

    #[test]
    fn a_changed_cursor_is_refused() {
        let cursor = encode_cursor("tickets", &[1]);
        for bad in ["", "x", "!!!!", &cursor[1..], &format!("{cursor}A"), &cursor.replace('A', "B")]
        {
            assert_eq!(decode_cursor("tickets", bad), Err(BadCursor), "{bad}");
        }
        assert_eq!(Problem::from(BadCursor).code, "invalid_cursor");
    }
}
