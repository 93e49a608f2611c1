//! What is read beside an entry: what people did with it, and what its mail says if no message of a
//! ticket says it.

use db::Result;

use super::original::original_of;
use super::page::Words;
use super::read::ReadDeeds;
use super::store::StoredMail;
use crate::App;
use crate::feature::intake::glance::{Glance, glance};
use crate::feature::intake::store::by_hand::Done;
use crate::feature::regroup::{Origin, ReadOrigin};
use crate::feature::ticket::page::{Quote, Segment};
use crate::record::message;

/// Letters of a part that are shown; the original shows all.
const SHOWN_LETTERS_MAX: usize = 20_000;
/// Names of files that are shown.
const FILES_MAX: usize = 50;

/// What is read beside an entry.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// What people did with it, oldest first.
    pub deeds: Vec<Done>,
    /// What its mail says.
    pub glance: Option<Glance>,
    /// The ticket from which its message was brought.
    pub origin: Option<Origin>,
}

/// Reads what stands beside an entry that the reader may see.
pub async fn beside(app: &App, mail: &StoredMail) -> Result<Beside> {
    let deeds = app.db.read(&ReadDeeds(mail.id)).await?;
    let bytes = match is_read_again(mail) {
        true => original_of(app, mail.id).await?.ok(),
        false => None,
    };
    let glance = match bytes {
        Some(bytes) => glance(bytes).await,
        None => None,
    };
    let origin = match mail.regrouped {
        Some(regrouping) => app.db.read(&ReadOrigin { regrouping }).await?,
        None => None,
    };
    Ok(Beside { deeds, glance, origin })
}

/// Whether the original is to be read: no message says what it says, and reading it did no harm before.
fn is_read_again(mail: &StoredMail) -> bool {
    let was_read = matches!(mail.state.as_str(), "applied" | "duplicate" | "filtered");
    was_read && mail.message.is_none() && mail.raw_hash.is_some()
}

/// What a mail says, as the page shows it.
pub fn words(glance: &Glance) -> Words {
    let said = glance.segments.iter().filter(|segment| !segment.text.trim().is_empty());
    let is_long = |segment: &message::Segment| beginning(&segment.text).is_some();
    Words {
        is_cut: glance.segments.iter().any(is_long) || glance.names.len() > FILES_MAX,
        segments: said.map(part).collect(),
        files: glance.names.iter().take(FILES_MAX).cloned().collect(),
    }
}

fn part(segment: &message::Segment) -> Segment {
    let text = beginning(&segment.text).unwrap_or(&segment.text);
    let content = Segment::Text(text.to_owned());
    let lines = segment.text.trim().lines().count() as u64;
    match segment.kind.as_str() {
        "quote" => Segment::Quote(Quote { lines, content: Box::new(content) }),
        "signature" | "disclaimer" => {
            Segment::Signature(Quote { lines, content: Box::new(content) })
        }
        _ => content,
    }
}

/// The beginning of a text that is too long to be shown.
fn beginning(text: &str) -> Option<&str> {
    let (end, _) = text.char_indices().nth(SHOWN_LETTERS_MAX)?;
    text.get(..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glance_of(parts: &[(&str, &str)]) -> Glance {
        let part = |(kind, text): &(&str, &str)| message::Segment {
            kind: (*kind).to_owned(),
            text: (*text).to_owned(),
            html: true,
        };
        let (segments, names) = (parts.iter().map(part).collect(), Vec::new());
        Glance { recipients: message::Recipients::default(), segments, names }
    }

    #[test]
    fn a_mail_is_read_part_by_part_without_its_pictures() {
        let said = words(&glance_of(&[("new", "Guten Tag"), ("quote", "a\nb\n"), ("new", " \n")]));
        let quote = Quote { lines: 2, content: Box::new(Segment::Text("a\nb\n".to_owned())) };
        assert_eq!(said.segments, [Segment::Text("Guten Tag".to_owned()), Segment::Quote(quote)]);
        assert!(!said.is_cut);
    }

    #[test]
    fn a_long_text_is_cut_between_letters() {
        let said = words(&glance_of(&[("new", &"ä".repeat(SHOWN_LETTERS_MAX + 1))]));
        assert!(said.is_cut);
        assert_eq!(said.segments, [Segment::Text("ä".repeat(SHOWN_LETTERS_MAX))]);
        assert!(!words(&glance_of(&[("new", &"ä".repeat(SHOWN_LETTERS_MAX))])).is_cut);
    }
}
