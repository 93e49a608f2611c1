//! What came out of a test as the page says it: what failed, and what helps.

use values::Language;

use super::page::Trial;
use super::trial::{TestResult, TestStep};
use crate::feature::senders::{Refused, Tried};
use crate::record::mailbox::{Mailbox, Server};
use crate::texts;

/// What came out of trying to fetch.
pub fn of_fetching(language: Language, mailbox: &Mailbox, result: &TestResult) -> Trial {
    let texts = texts::mailboxes(language);
    let Some(Server { host, user, folder, oauth, .. }) = mailbox.source().server() else {
        let heading = texts.trial_push().to_owned();
        return Trial { works: true, heading, ..Trial::default() };
    };
    let steps = result.steps.iter();
    let steps = steps.map(|one| (step(language, one.step), one.trouble.is_none())).collect();
    let Some(trouble) = result.trouble() else {
        let before = result.mails_before.filter(|mails| *mails > 0);
        let mails = result.mails.map(|mails| texts.trial_mails(mails));
        let before = before.map(|mails| texts.trial_before(mails));
        let heading = texts.trial_receive_works().to_owned();
        let sentences = mails.into_iter().chain(before).collect();
        return Trial { works: true, heading, steps, sentences, ..Trial::default() };
    };
    let refused = Refused { code: trouble.code, host, user, words: trouble.words.clone() };
    let heading = texts.trial_receive_fails().to_owned();
    let failed = failed(language, &refused, &folder.unwrap_or_default());
    // The provider gave access, and the server does not open the mailbox with it.
    let is_closed = oauth.is_some() && trouble.code == "login_refused";
    let help = if is_closed { Some(texts.not_open_help().to_owned()) } else { failed.help.clone() };
    Trial { heading, steps, help, ..failed }
}

/// What came out of trying to send as an address.
pub fn of_sending(language: Language, address: Option<&str>, tried: &Tried) -> Trial {
    let texts = texts::mailboxes(language);
    let heading = texts.trial_send_fails().to_owned();
    let missing = |sentence: String, help: &str| Trial {
        heading: heading.clone(),
        sentences: vec![sentence],
        help: Some(help.to_owned()),
        ..Trial::default()
    };
    let Some(address) = address else {
        return missing(texts.trial_nobody().to_owned(), texts.trial_nobody_help());
    };
    match tried {
        Tried::NoServer => missing(texts.trial_no_server(address), texts.trial_no_server_help()),
        Tried::Works(host) => Trial {
            works: true,
            heading: texts.trial_send_works().to_owned(),
            sentences: vec![texts.trial_sent_by(host, address)],
            ..Trial::default()
        },
        Tried::Refused(refused) => Trial { heading, ..failed(language, refused, "") },
    }
}

/// Why the folders of an account cannot be read.
pub fn of_listing(language: Language, refused: &Refused) -> Trial {
    let heading = texts::mailboxes(language).trial_receive_fails().to_owned();
    Trial { heading, ..failed(language, refused, "") }
}

fn step(language: Language, step: TestStep) -> &'static str {
    let texts = texts::mailboxes(language);
    match step {
        TestStep::Connected => texts.step_connected(),
        TestStep::Protected => texts.step_protected(),
        TestStep::SignedIn => texts.step_signed_in(),
        TestStep::FolderFound => texts.step_folder(),
    }
}

fn failed(language: Language, refused: &Refused, folder: &str) -> Trial {
    let texts = texts::mailboxes(language);
    let (host, user) = (refused.host.as_str(), refused.user.as_str());
    let words = refused.words.as_deref();
    let (sentence, help) = match refused.code {
        "host_unknown" | "lookup_failed" => {
            (texts.host_unknown(host), texts.host_unknown_help().to_owned())
        }
        "refused" => (texts.refused(host), texts.refused_help().to_owned()),
        "unreachable" | "timed_out" => (texts.silent(host), texts.silent_help().to_owned()),
        "tls_failed" => (texts.tls_failed(host), texts.tls_failed_help().to_owned()),
        "starttls_missing" | "plaintext_refused" => {
            (texts.no_protection(host), texts.no_protection_help().to_owned())
        }
        "login_refused" => (texts.login_refused(host, user), texts.login_refused_help().to_owned()),
        "sign_in_again" => (texts.no_token(host), texts.no_token_help().to_owned()),
        "client_refused" => (texts.no_token(host), texts.registration_help().to_owned()),
        "token_unavailable" => (texts.no_token(host), texts.token_later_help().to_owned()),
        "login_unsupported" => {
            (texts.login_unsupported(host), texts.login_unsupported_help().to_owned())
        }
        // The words are the folders there are.
        "folder_missing" => {
            let help = texts.folder_missing_help(words.unwrap_or_default());
            (texts.folder_missing(folder, host), help)
        }
        _ => (texts.server_said(host), texts.server_said_help().to_owned()),
    };
    let words = words.filter(|_| refused.code != "folder_missing").map(str::to_owned);
    Trial { sentences: vec![sentence], help: Some(help), words, ..Trial::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_of_a_server_says_what_is_wrong_and_what_helps() {
        let codes = [
            "host_unknown",
            "lookup_failed",
            "refused",
            "unreachable",
            "timed_out",
            "tls_failed",
            "starttls_missing",
            "plaintext_refused",
            "login_refused",
            "login_unsupported",
            "sign_in_again",
            "client_refused",
            "token_unavailable",
            "folder_missing",
            "greeting_refused",
            "server_said",
            "connection_lost",
            "protocol_broken",
        ];
        for language in [Language::German, Language::English] {
            for code in codes {
                let words = Some("INBOX, Tickets".to_owned());
                let refused = Refused {
                    code,
                    host: "imap.example".to_owned(),
                    user: "hilfe".to_owned(),
                    words,
                };
                let told = failed(language, &refused, "Weg");
                assert!(!told.works, "{code}");
                assert!(told.sentences.concat().contains("imap.example"), "{code}: {told:?}");
                assert!(told.help.is_some_and(|help| help.len() > 20), "{code}");
                assert_eq!(told.words.is_none(), code == "folder_missing", "{code}");
            }
        }
    }
}
