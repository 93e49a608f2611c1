//! What is odd about a mail or about its decision, and of what sort it is: codes become sentences.

use values::Language;

use crate::texts;

/// What the reader found odd in a mail. A code of another version is shown as it is.
pub fn oddity(language: Language, code: &str, detail: &str) -> String {
    let texts = texts::common(language);
    let sentence = match code {
        "empty" => texts.odd_empty(),
        "not_a_mail" => texts.odd_not_a_mail(),
        "no_from" => texts.odd_no_from(),
        "two_from" => texts.odd_two_from(),
        "invalid_from" => texts.odd_invalid_from(),
        "no_message_id" => texts.odd_no_message_id(),
        "invalid_message_id" => texts.odd_invalid_message_id(),
        "no_date" => texts.odd_no_date(),
        "invalid_date" => texts.odd_invalid_date(),
        "implausible_date" => texts.odd_implausible_date(),
        "no_text" => texts.odd_no_text(),
        "text_cut" => texts.odd_text_cut(),
        "unknown_charset" | "wrong_charset" => texts.odd_charset(),
        "unknown_encoding" => texts.odd_encoding(),
        "broken_base64" => texts.odd_base64(),
        _ => return structure(language, code, detail),
    };
    with_detail(sentence, detail)
}

/// Oddities of a mail's inner structure.
fn structure(language: Language, code: &str, detail: &str) -> String {
    let texts = texts::common(language);
    let sentence = match code {
        "left_on_server" => return texts.odd_left(&size(language, detail)),
        "truncated_multipart" => texts.odd_truncated(),
        "missing_boundary" => texts.odd_boundary(),
        "text_after_end" => texts.odd_after_end(),
        "too_many_parts" => texts.odd_parts(),
        "depth_limit" => texts.odd_depth(),
        "header_cut" => texts.odd_header_cut(),
        "header_garbage" => texts.odd_header_garbage(),
        "missing_blank_line" => texts.odd_blank_line(),
        "recipients_cut" => texts.odd_recipients(),
        "references_cut" => texts.odd_references(),
        "nul_bytes" => texts.odd_nul(),
        "bare_cr" | "bare_lf" => texts.odd_line_ends(),
        _ => code,
    };
    with_detail(sentence, detail)
}

/// A number of octets as people say it.
fn size(language: Language, bytes: &str) -> String {
    bytes.parse().map_or_else(|_| bytes.to_owned(), |bytes| web::bytes_size(bytes, language))
}

fn with_detail(sentence: &str, detail: &str) -> String {
    if detail.is_empty() { sentence.to_owned() } else { format!("{sentence} ({detail})") }
}

/// What an agent should know about a decision. A code of another version is shown as it is.
pub fn notice(language: Language, code: &str, detail: &str) -> String {
    let texts = texts::common(language);
    match code {
        "claims_ticket" => texts.notice_claims_ticket(detail),
        "stranger_joined" => texts.notice_stranger_joined().to_owned(),
        "unknown_number" => texts.notice_unknown_number(detail),
        "other_tickets" => texts.notice_other_tickets(detail),
        "closed_long_ago" => texts.notice_closed_long_ago(detail),
        "forwarded_from" => texts.notice_forwarded_from(detail),
        "agent_without_proof" => texts.notice_agent_without_proof().to_owned(),
        "own_address_as_sender" => texts.notice_own_address().to_owned(),
        "reused_message_id" => texts.notice_reused_message_id().to_owned(),
        "forged_reference" => texts.notice_forged_reference().to_owned(),
        "unmatched_report" => texts.notice_unmatched_report().to_owned(),
        _ => with_detail(code, detail),
    }
}

/// The name of a mail's class. A code of another version is shown as it is.
pub fn mail_class(language: Language, code: &str) -> &str {
    let texts = texts::common(language);
    match code {
        "personal" => texts.class_personal(),
        "bounce_hard" => texts.class_bounce_hard(),
        "bounce_soft" => texts.class_bounce_soft(),
        "delayed" => texts.class_delayed(),
        "out_of_office" => texts.class_out_of_office(),
        "auto_acknowledgement" => texts.class_acknowledgement(),
        "list" => texts.class_list(),
        "newsletter" => texts.class_newsletter(),
        "calendar_reply" => texts.class_calendar_reply(),
        "read_receipt" => texts.class_read_receipt(),
        "auto_generated" => texts.class_generated(),
        "abuse_report" => texts.class_abuse_report(),
        "aggregate_report" => texts.class_aggregate_report(),
        _ => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ODDITIES: [&str; 29] = [
        "left_on_server",
        "empty",
        "not_a_mail",
        "no_from",
        "two_from",
        "invalid_from",
        "no_message_id",
        "invalid_message_id",
        "no_date",
        "invalid_date",
        "implausible_date",
        "no_text",
        "text_cut",
        "unknown_charset",
        "wrong_charset",
        "unknown_encoding",
        "broken_base64",
        "truncated_multipart",
        "missing_boundary",
        "text_after_end",
        "too_many_parts",
        "depth_limit",
        "header_cut",
        "header_garbage",
        "missing_blank_line",
        "recipients_cut",
        "references_cut",
        "nul_bytes",
        "bare_cr",
    ];

    const NOTICES: [&str; 11] = [
        "claims_ticket",
        "stranger_joined",
        "unknown_number",
        "other_tickets",
        "closed_long_ago",
        "forwarded_from",
        "agent_without_proof",
        "own_address_as_sender",
        "reused_message_id",
        "forged_reference",
        "unmatched_report",
    ];

    #[test]
    fn every_oddity_and_notice_has_a_sentence_in_both_languages() {
        for language in [Language::German, Language::English] {
            for code in ODDITIES {
                let sentence = oddity(language, code, "");
                assert!(sentence != code && sentence.ends_with('.'), "{sentence}");
            }
            for code in NOTICES {
                let sentence = notice(language, code, "48213");
                assert!(!sentence.contains(code) && sentence.ends_with('.'), "{sentence}");
            }
            assert_ne!(oddity(language, "bare_lf", ""), "bare_lf");
        }
    }

    #[test]
    fn the_place_of_an_oddity_stands_behind_it() {
        assert_eq!(
            oddity(Language::German, "unknown_charset", "x-klingon"),
            "Der Zeichensatz ist unbekannt oder falsch angegeben, er wurde erraten. (x-klingon)"
        );
        assert_eq!(oddity(Language::German, "purple", ""), "purple");
    }

    #[test]
    fn every_class_has_a_name() {
        assert_eq!(mail_class(Language::German, "out_of_office"), "Abwesenheit");
        assert_eq!(mail_class(Language::English, "read_receipt"), "read receipt");
        for class in rules::intake::MailClass::ALL {
            assert!(!mail_class(Language::German, class.code()).contains('_'), "{class:?}");
        }
        assert_eq!(mail_class(Language::English, "purple"), "purple");
    }
}
