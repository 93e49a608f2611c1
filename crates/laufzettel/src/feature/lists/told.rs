//! Addresses that an area tells of new tickets (F-MAIL-63).

use values::{EmailAddress, Language};

use crate::record::directory::Directory;
use crate::record::mail_rules::is_mailbox;
use crate::texts;

/// Addresses of one area.
const ADDRESSES_MAX: usize = 50;

/// What cannot be, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The stable code.
    pub code: &'static str,
    /// The address.
    pub text: String,
}

/// The list as it is stored, of addresses separated by lines or commas; `None` for none.
pub fn list(directory: &Directory, typed: &str) -> Result<Option<String>, Wrong> {
    let mut list: Vec<String> = Vec::new();
    for text in typed.split(['\n', ',']).map(str::trim).filter(|text| !text.is_empty()) {
        let wrong = |code| Wrong { code, text: text.to_owned() };
        let address = EmailAddress::parse(text).map_err(|_| wrong("invalid_email"))?;
        if is_mailbox(directory, &address) {
            return Err(wrong("own_mailbox"));
        }
        if !list.iter().any(|known| known == address.as_str()) {
            list.push(address.to_string());
        }
        if list.len() > ADDRESSES_MAX {
            return Err(wrong("too_many"));
        }
    }
    Ok((!list.is_empty()).then(|| list.join(",")))
}

/// The sentence for who typed it.
pub fn sentence(language: Language, wrong: &Wrong) -> String {
    let texts = texts::lists(language);
    match wrong.code {
        "own_mailbox" => texts.told_own_mailbox(&wrong.text),
        "too_many" => texts.told_too_many().to_owned(),
        _ => texts.told_no_address(&wrong.text),
    }
}

/// The addresses of a stored list.
pub fn shown(stored: Option<&str>) -> Vec<String> {
    let list = stored.unwrap_or_default().split(',');
    list.filter(|text| !text.is_empty()).map(str::to_owned).collect()
}
