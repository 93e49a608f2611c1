//! Why a mail lies where it lies: one line per clue, with its weight as bars and as a word.
//!
//! Evidence is stored as a code with a detail, because it outlives the rules that found it; so are notices and
//! oddities. This is where the codes become sentences.

use maud::{Markup, html};
use values::Language;

use super::mail_class;
use crate::texts;

/// One clue and what it counts, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The code of the clue: `own_message_id`, `participant`, …
    pub clue: String,
    /// What it is about: a number, an address, a percentage.
    pub detail: String,
    /// How strongly it speaks for the decision, 0 to 100.
    pub weight: u8,
}

/// The list of clues with their weights.
pub fn evidence(language: Language, clues: &[Evidence]) -> Markup {
    html! {
        ol class="evid" {
            @for one in clues {
                @let (bars, word) = weight(language, one);
                li {
                    span class="weight" data-w=(bars) aria-hidden="true" { i {} i {} i {} }
                    span {
                        (clue_sentence(language, one))
                        @if let Some(detail) = detail(language, one) { small { (detail) } }
                    }
                    span class="w" { (word) }
                }
            }
        }
    }
}

/// The bars of a weight and its word. Some clues count by their kind: without a participant most others are void.
fn weight(language: Language, evidence: &Evidence) -> (&'static str, &'static str) {
    let texts = texts::common(language);
    match (evidence.clue.as_str(), evidence.weight) {
        ("participant", _) => ("3", texts.weight_needed()),
        ("stranger" | "forged_message_id", _) => ("gegen", texts.weight_against()),
        (_, 60..) => ("3", texts.weight_enough()),
        (_, 30..=59) => ("2", texts.weight_supports()),
        (_, 1..=29) => ("1", texts.weight_weak()),
        (_, 0) => ("0", texts.weight_nothing()),
    }
}

/// What a clue says. A code of another version is shown as it is.
pub fn clue_sentence(language: Language, evidence: &Evidence) -> String {
    let texts = texts::common(language);
    let detail = evidence.detail.as_str();
    let plain = match evidence.clue.as_str() {
        "same_delivery" => texts.clue_same_delivery(),
        "same_content" => texts.clue_same_content(),
        "same_fingerprint" => texts.clue_same_fingerprint(),
        "own_mail" => texts.clue_own_mail(),
        "loop_mark" => texts.clue_loop_mark(),
        "age" => texts.clue_age(),
        "reply_token" => texts.clue_reply_token(),
        "own_message_id" => texts.clue_own_message_id(),
        "forged_message_id" => texts.clue_forged_message_id(),
        "references" => texts.clue_references(),
        "similar_subject" => texts.clue_similar_subject(),
        "forwarded" => texts.clue_forwarded(),
        "setting" => texts.clue_setting(),
        _ => return named(language, &evidence.clue, detail),
    };
    plain.to_owned()
}

/// Clues whose sentence names what they are about.
fn named(language: Language, clue: &str, detail: &str) -> String {
    let texts = texts::common(language);
    match clue {
        "returned_mail" => texts.clue_returned_mail(detail),
        "subject_number" => texts.clue_subject_number(detail),
        "participant" => texts.clue_participant(detail),
        "stranger" => texts.clue_stranger(detail),
        "closed_long_ago" => texts.clue_closed_long_ago(detail),
        "mail_class" => texts.clue_mail_class(mail_class(language, detail)),
        "unknown_sender" => texts.clue_unknown_sender(detail),
        "sender_pattern" => texts.clue_sender_pattern(detail),
        _ => format!("{clue} {detail}").trim_end().to_owned(),
    }
}

fn detail(language: Language, evidence: &Evidence) -> Option<String> {
    let texts = texts::common(language);
    match evidence.clue.as_str() {
        "reply_token" | "own_message_id" => Some(texts.clue_genuine_mark().to_owned()),
        "references" | "forged_message_id" => {
            Some(evidence.detail.clone()).filter(|detail| !detail.is_empty())
        }
        "similar_subject" => Some(texts.clue_of_hundred(&evidence.detail)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(clue: &str, detail: &str, weight: u8) -> Evidence {
        Evidence { clue: clue.to_owned(), detail: detail.to_owned(), weight }
    }

    #[test]
    fn every_clue_has_a_sentence_in_both_languages() {
        let codes = [
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
            "subject_number",
            "similar_subject",
            "participant",
            "stranger",
            "forwarded",
            "closed_long_ago",
            "mail_class",
            "unknown_sender",
            "sender_pattern",
            "setting",
        ];
        for language in [Language::German, Language::English] {
            for code in codes {
                assert_ne!(
                    clue_sentence(language, &found(code, "48213", 50)),
                    format!("{code} 48213")
                );
            }
        }
    }

    #[test]
    fn weights_are_said_in_words() {
        let word = |clue, points| weight(Language::German, &found(clue, "", points));
        assert_eq!(word("own_message_id", 90), ("3", "genügt"));
        assert_eq!(word("participant", 10), ("3", "nötig dafür, erfüllt"));
        assert_eq!(word("subject_number", 50), ("2", "stützt"));
        assert_eq!(word("similar_subject", 19), ("1", "schwach"));
        assert_eq!(word("mail_class", 0), ("0", "zählt nicht"));
        assert_eq!(word("stranger", 0), ("gegen", "spricht dagegen"));
    }

    #[test]
    fn a_code_of_another_version_is_shown_as_it_is() {
        assert_eq!(
            clue_sentence(Language::German, &found("moon_phase", "full", 1)),
            "moon_phase full"
        );
    }
}
