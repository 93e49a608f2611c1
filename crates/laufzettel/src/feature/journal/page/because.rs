//! Why a mail became what it became: the sentence that follows the decision.

use values::Language;

use super::reason::Reason;
use crate::record::frame::{Evidence, clue_sentence, mail_class};
use crate::texts;

/// The reason as a whole sentence about the mail.
pub fn because(language: Language, reason: &Reason) -> String {
    let texts = texts::journal(language);
    match reason {
        Reason::Found(evidence) => found(language, evidence),
        Reason::NothingKnown => texts.because_nothing_known().to_owned(),
        Reason::NotYet => texts.because_not_yet().to_owned(),
        Reason::GivenUp { attempts } => texts.because_given_up(*attempts),
        Reason::Vanished => texts.because_vanished().to_owned(),
        Reason::Moved => texts.because_moved().to_owned(),
    }
}

fn found(language: Language, evidence: &Evidence) -> String {
    let texts = texts::journal(language);
    let plain = match evidence.clue.as_str() {
        "same_delivery" => texts.because_same_delivery(),
        "same_content" => texts.because_same_content(),
        "same_fingerprint" => texts.because_same_fingerprint(),
        "own_mail" => texts.because_own_mail(),
        "loop_mark" => texts.because_loop_mark(),
        "age" => texts.because_age(),
        "reply_token" => texts.because_reply_token(),
        "own_message_id" => texts.because_own_message_id(),
        "forged_message_id" => texts.because_forged_message_id(),
        "references" => texts.because_references(),
        "answered_before" => texts.because_answered_before(),
        "similar_subject" => texts.because_similar_subject(),
        "forwarded" => texts.because_forwarded(),
        _ => return named(language, evidence),
    };
    plain.to_owned()
}

/// Clues whose sentence names what they are about. A code of another version is shown as it is.
fn named(language: Language, evidence: &Evidence) -> String {
    let texts = texts::journal(language);
    let detail = evidence.detail.as_str();
    match evidence.clue.as_str() {
        "returned_mail" => texts.because_returned_mail(detail),
        "subject_number" => texts.because_subject_number(&evidence.subject_number()),
        "participant" => texts.because_participant(detail),
        "stranger" => texts.because_stranger(detail),
        "closed_long_ago" => texts.because_closed_long_ago(detail),
        "mail_class" => texts.because_mail_class(mail_class(language, detail)),
        "unknown_sender" => texts.because_unknown_sender(detail),
        "sender_pattern" => texts.because_sender_pattern(detail),
        "placed_by" => texts.because_placed_by(detail),
        "discarded_by" => texts.because_discarded_by(detail),
        "rule" => texts.because_rule(detail),
        "setting" => setting(language, detail).to_owned(),
        _ => format!("{}.", clue_sentence(language, evidence)),
    }
}

/// Which setting decided. That of another version is not named.
fn setting(language: Language, code: &str) -> &'static str {
    let texts = texts::journal(language);
    match code {
        "linked_ticket" => texts.because_setting_linked(),
        "append" => texts.because_setting_append(),
        "unassigned" => texts.because_setting_unassigned(),
        "customers_only" => texts.because_setting_customers(),
        _ => texts.because_setting(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::frame::samples::{LANGUAGES, clue};

    /// Every clue of the rules whose detail is not a code of its own.
    const CLUES: [&str; 26] = [
        "same_delivery",
        "same_content",
        "same_fingerprint",
        "own_mail",
        "loop_mark",
        "age",
        "returned_mail",
        "reply_token",
        "own_message_id",
        "forged_message_id",
        "references",
        "answered_before",
        "subject_number",
        "similar_subject",
        "participant",
        "stranger",
        "forwarded",
        "closed_long_ago",
        "mail_class",
        "back_on",
        "unknown_sender",
        "sender_pattern",
        "setting",
        "placed_by",
        "discarded_by",
        "rule",
    ];

    #[test]
    fn every_reason_is_a_whole_sentence_in_both_languages() {
        let found = CLUES.map(|code| Reason::Found(clue(code, "48213", 50)));
        let others = [
            Reason::NothingKnown,
            Reason::NotYet,
            Reason::GivenUp { attempts: 1 },
            Reason::GivenUp { attempts: 3 },
            Reason::Vanished,
            Reason::Moved,
        ];
        for language in LANGUAGES {
            for reason in found.iter().chain(&others) {
                let sentence = because(language, reason);
                assert!(sentence.ends_with('.') && sentence.contains(' '), "{sentence}");
                assert!(!sentence.contains('_'), "{reason:?}: {sentence}");
            }
        }
    }

    #[test]
    fn a_reason_speaks_of_the_mail() {
        let said = |code, detail, weight| {
            because(Language::German, &Reason::Found(clue(code, detail, weight)))
        };
        assert_eq!(said("own_message_id", "<a@b>", 90), "Sie antwortet auf eine Mail von uns.");
        assert_eq!(said("subject_number", "48213", 50), "Ihr Betreff trägt [#48213].");
        assert_eq!(
            said("mail_class", "out_of_office", 0),
            "Sie wurde als automatisch erkannt: Abwesenheit."
        );
        for code in ["linked_ticket", "append", "unassigned", "customers_only"] {
            assert_ne!(said("setting", code, 50), said("setting", "moon", 50), "{code}");
        }
        assert_eq!(said("moon_phase", "full", 1), "moon_phase full.");
    }
}
