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

/// The weight of a number that stands in the subject as we write it ourselves.
const OWN_TAG: u8 = 50;

impl Evidence {
    /// The ticket number of the clue `subject_number` as it stands in the subject: `[#48213]`, or
    /// the number alone where it is written otherwise or nobody knows.
    pub fn subject_number(&self) -> String {
        match self.weight {
            OWN_TAG => format!("[#{}]", self.detail),
            _ => self.detail.clone(),
        }
    }
}

/// The list of clues with their weights.
pub fn evidence(language: Language, clues: &[Evidence]) -> Markup {
    let is_by_person = clues.iter().any(is_of_person);
    html! {
        ol class="evid" {
            @for one in in_order(language, clues) {
                @let (bars, word) = match is_by_person && !is_of_person(one) {
                    true => ("0", texts::common(language).weight_before()),
                    false => weight(language, one),
                };
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

/// Whether a person decided. What the rules had found then counts no more.
fn is_of_person(clue: &Evidence) -> bool {
    matches!(clue.clue.as_str(), "placed_by" | "discarded_by")
}

/// The strongest first, what it needs to count second; what would read the same twice stands there once.
fn in_order(language: Language, clues: &[Evidence]) -> Vec<&Evidence> {
    let mut sorted: Vec<&Evidence> = clues.iter().collect();
    sorted.sort_by_key(|one| std::cmp::Reverse(one.weight));
    let mut said: Vec<String> = Vec::new();
    sorted.retain(|one| {
        let sentence = clue_sentence(language, one);
        let is_new = !said.contains(&sentence);
        said.push(sentence);
        is_new
    });
    if let Some(place) = sorted.iter().position(|one| one.clue == "participant")
        && place > 1
    {
        let needed = sorted.remove(place);
        sorted.insert(1, needed);
    }
    sorted
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
        "answered_before" => texts.clue_answered_before(),
        "similar_subject" => texts.clue_similar_subject(),
        "forwarded" => texts.clue_forwarded(),
        _ => return named(language, evidence),
    };
    plain.to_owned()
}

/// Clues whose sentence names what they are about.
fn named(language: Language, evidence: &Evidence) -> String {
    let texts = texts::common(language);
    let (clue, detail) = (evidence.clue.as_str(), evidence.detail.as_str());
    match clue {
        "returned_mail" => texts.clue_returned_mail(detail),
        "subject_number" => texts.clue_subject_number(&evidence.subject_number()),
        "participant" => texts.clue_participant(detail),
        "stranger" => texts.clue_stranger(detail),
        "closed_long_ago" => texts.clue_closed_long_ago(detail),
        "mail_class" => texts.clue_mail_class(mail_class(language, detail)),
        "class_action" => action(language, detail).to_owned(),
        "answered" => texts.clue_answered(detail),
        "not_answered" => silence(language, detail).to_owned(),
        "fell_silent" => texts.clue_fell_silent().to_owned(),
        "back_on" => texts.clue_back_on(&day(language, detail)),
        "unknown_sender" => texts.clue_unknown_sender(detail),
        "sender_pattern" => texts.clue_sender_pattern(detail),
        "placed_by" => texts.clue_placed_by(detail),
        "discarded_by" => texts.clue_discarded_by(detail),
        "rule" => texts.clue_rule(detail),
        "setting" => setting(language, detail).to_owned(),
        _ => format!("{clue} {detail}").trim_end().to_owned(),
    }
}

/// What is done with mails of a class. A code of another version is shown as it is.
fn action(language: Language, code: &str) -> &str {
    let texts = texts::common(language);
    match code {
        "ticket_unanswered" => texts.clue_action_unanswered(),
        "attach" => texts.clue_action_attach(),
        "resubmit" => texts.clue_action_resubmit(),
        "note_delivery" => texts.clue_action_delivery(),
        "event" => texts.clue_action_event(),
        "list" => texts.clue_action_list(),
        _ => code,
    }
}

/// Which setting decided. That of another version is not named.
fn setting(language: Language, code: &str) -> &'static str {
    let texts = texts::common(language);
    match code {
        "linked_ticket" => texts.clue_setting_linked(),
        "append" => texts.clue_setting_append(),
        "unassigned" => texts.clue_setting_unassigned(),
        "customers_only" => texts.clue_setting_customers(),
        _ => texts.clue_setting(),
    }
}

/// Why nobody was answered automatically. A code of another version is shown as it is.
fn silence(language: Language, code: &str) -> &str {
    let texts = texts::common(language);
    match code {
        "not_wanted" => texts.clue_silent_not_wanted(),
        "agent" => texts.clue_silent_agent(),
        "old" => texts.clue_silent_old(),
        "claims_ticket" => texts.clue_silent_claims(),
        "muted" => texts.clue_silent_muted(),
        "once_per_day" => texts.clue_silent_once(),
        "limit" => texts.clue_silent_limit(),
        _ => code,
    }
}

/// A day that is stored as `2026-12-01`, as people write it.
fn day(language: Language, stored: &str) -> String {
    let pieces: Vec<&str> = stored.split('-').collect();
    match (language, pieces.as_slice()) {
        (Language::German, [year, month, day]) => format!("{day}.{month}.{year}"),
        _ => stored.to_owned(),
    }
}

/// The small line below a clue. A Message-ID says nothing to people: it stands in the original.
fn detail(language: Language, evidence: &Evidence) -> Option<String> {
    let texts = texts::common(language);
    match evidence.clue.as_str() {
        "reply_token" | "own_message_id" => Some(texts.clue_genuine_mark().to_owned()),
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
            "answered_before",
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
            "placed_by",
            "discarded_by",
            "rule",
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
    fn what_is_needed_stands_second_and_nothing_twice() {
        let clues = [
            found("own_message_id", "<a@firma.example>", 90),
            found("own_message_id", "<b@firma.example>", 81),
            found("references", "<c@kunde.example>", 61),
            found("references", "<d@kunde.example>", 60),
            found("subject_number", "48213", 50),
            found("participant", "k.brandt@sw-lindenau.example", 10),
            found("stranger", "x@kunde.example", 0),
            found("forged_message_id", "<e@firma.example>", 0),
        ];
        let order = in_order(Language::German, &clues);
        let order: Vec<String> =
            order.iter().map(|one| format!("{} {}", one.clue, one.weight)).collect();
        assert_eq!(
            order,
            [
                "own_message_id 90",
                "participant 10",
                "references 61",
                "subject_number 50",
                "stranger 0",
                "forged_message_id 0"
            ]
        );
        let html = evidence(Language::German, &clues).0;
        assert!(html.contains("Betreff trägt [#48213]"), "{html}");
        assert!(!html.contains("firma.example") && !html.contains("c@kunde"), "{html}");
    }

    #[test]
    fn a_number_is_written_as_the_subject_has_it() {
        let said =
            |weight| clue_sentence(Language::German, &found("subject_number", "48213", weight));
        assert_eq!(said(50), "Betreff trägt [#48213]");
        assert_eq!(said(30), "Betreff trägt 48213");
        assert_eq!(said(0), "Betreff trägt 48213");
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
    fn beside_a_persons_word_nothing_else_is_enough() {
        let clues = [
            found("placed_by", "Ben", 100),
            found("unknown_sender", "a@b.example", 100),
            found("stranger", "a@b.example", 0),
        ];
        let html = evidence(Language::German, &clues).0;
        assert_eq!(html.matches("genügt").count(), 1, "{html}");
        assert_eq!(html.matches("galt zuvor").count(), 2, "{html}");
        assert!(!html.contains("spricht dagegen"), "{html}");
        let english = evidence(Language::English, &clues[1..]).0;
        assert!(english.contains("enough") && !english.contains("held before"), "{english}");
    }

    #[test]
    fn a_code_of_another_version_is_shown_as_it_is() {
        assert_eq!(
            clue_sentence(Language::German, &found("moon_phase", "full", 1)),
            "moon_phase full"
        );
    }
}
