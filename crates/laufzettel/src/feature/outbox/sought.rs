//! What a text in the search field of the outbox looks for.

use jiff::tz::TimeZone;
use rules::sending::MailState;
use rules::text::fold_text;
use values::Timestamp;

use super::read::state;
use crate::feature::journal::sought::moment;

/// Words of one search that are compared with the newest mails.
const WORDS_MAX: usize = 16;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// Everything.
    Everything,
    /// Mails in this state.
    State(MailState),
    /// Mails between two moments, the second one excluded.
    Moment {
        /// The first moment.
        from: Timestamp,
        /// The end.
        to: Timestamp,
    },
    /// The mails to recipients whose address begins so, or the mail with this Message-ID.
    Name {
        /// The beginning of an address, if the text can be one.
        beginning: Option<String>,
        /// The Message-ID without angle brackets.
        message_id: String,
    },
    /// A word that may be a ticket number, else a word like others.
    NumberOrWord(String),
    /// Words.
    Words(String),
}

impl Sought {
    /// Reads what was typed. PostgreSQL stores no NUL, so nothing that has one can be found.
    pub fn read(text: &str, now: Timestamp, zone: &TimeZone) -> Self {
        let text = text.replace('\0', " ");
        let text = text.trim();
        let bare = text.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
        let is_one_word = |text: &str| !text.is_empty() && !text.contains(char::is_whitespace);
        if text.is_empty() {
            return Self::Everything;
        }
        if let Some(state) = of_state(text) {
            return Self::State(state);
        }
        if let Some((from, to)) = moment(text, now, zone) {
            return Self::Moment { from, to };
        }
        match (text, bare) {
            (_, Some(id)) if is_one_word(id) => {
                Self::Name { beginning: None, message_id: id.to_owned() }
            }
            (text, _) if !is_one_word(text) => Self::Words(text.to_owned()),
            (text, _) if text.contains('@') && !text.starts_with('@') => {
                Self::Name { beginning: Some(text.to_lowercase()), message_id: text.to_owned() }
            }
            (text, _) if text.contains(|letter: char| letter.is_ascii_digit()) => {
                Self::NumberOrWord(text.to_owned())
            }
            (text, _) => Self::Words(text.to_owned()),
        }
    }
}

/// `state:failed`, in German `zustand:failed`.
fn of_state(text: &str) -> Option<MailState> {
    let (name, code) = text.split_once(':')?;
    matches!(name.to_lowercase().as_str(), "state" | "zustand")
        .then(|| state(code.trim()))
        .flatten()
}

/// Whether the texts hold all words, or parts of words, of a search.
pub fn holds(text: &str, fields: &[&str]) -> bool {
    let fields = fold_text(&fields.join(" "));
    let wanted = fold_text(text);
    !wanted.is_empty() && wanted.split(' ').take(WORDS_MAX).all(|word| fields.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Saturday, 21 November 2026, 10:00 in Berlin.
    const NOW: Timestamp = Timestamp::from_millis(1_795_251_600_000);

    fn read(text: &str) -> Sought {
        Sought::read(text, NOW, &TimeZone::get("Europe/Berlin").unwrap())
    }

    #[test]
    fn addresses_message_ids_numbers_states_and_words_are_told_apart() {
        let name = |beginning: Option<&str>, id: &str| Sought::Name {
            beginning: beginning.map(str::to_owned),
            message_id: id.to_owned(),
        };
        let table = [
            ("  ", Sought::Everything),
            ("Ann@Kun", name(Some("ann@kun"), "Ann@Kun")),
            ("<M1@kunde.example>", name(None, "M1@kunde.example")),
            ("TS2611-0001", Sought::NumberOrWord("TS2611-0001".to_owned())),
            ("Regal wackelt", Sought::Words("Regal wackelt".to_owned())),
            ("state:failed", Sought::State(MailState::Failed)),
            ("Zustand: deferred", Sought::State(MailState::Deferred)),
            ("state:egal", Sought::Words("state:egal".to_owned())),
            ("a\0b", Sought::Words("a b".to_owned())),
        ];
        for (text, expected) in table {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_time_is_a_day_or_a_quarter_of_an_hour_around_a_clock() {
        let berlin = |text: &str| {
            let local: jiff::civil::DateTime = text.parse().unwrap();
            let at = local.in_tz("Europe/Berlin").unwrap();
            Timestamp::from_millis(at.timestamp().as_millisecond())
        };
        let table = [
            ("heute", "2026-11-21T00:00", "2026-11-22T00:00"),
            ("Gestern", "2026-11-20T00:00", "2026-11-21T00:00"),
            ("19.11.", "2026-11-19T00:00", "2026-11-20T00:00"),
            ("24.12.", "2025-12-24T00:00", "2025-12-25T00:00"),
            ("3.2.2026", "2026-02-03T00:00", "2026-02-04T00:00"),
            ("2026-02-03", "2026-02-03T00:00", "2026-02-04T00:00"),
            ("9:30", "2026-11-21T09:15", "2026-11-21T09:45"),
            ("gestern um 14:10 Uhr", "2026-11-20T13:55", "2026-11-20T14:25"),
        ];
        for (text, from, to) in table {
            let expected = Sought::Moment { from: berlin(from), to: berlin(to) };
            assert_eq!(read(text), expected, "{text}");
        }
        for text in ["25:00", "31.2.", "12.5", "morgen früh"] {
            assert!(!matches!(read(text), Sought::Moment { .. }), "{text}");
        }
    }

    #[test]
    fn words_are_found_whatever_their_spelling_and_their_order() {
        assert!(holds("mueller RECHN", &["rechnung fehlt", "Jörg Müller"]));
        assert!(!holds("rechnung ann", &["rechnung fehlt"]));
        assert!(!holds("", &["rechnung"]));
    }
}
