//! To whom nobody answers automatically, whatever sort of mail it is (RFC 3834 section 2).

use crate::read::{Mail, ReturnPath};

/// Whether an automatic answer to this mail would go nowhere, or to somebody who does not want one:
/// no return path, an address that nobody reads, a list, a mail to many, a request of the sender.
pub fn wants_no_answer(mail: &Mail) -> bool {
    let precedence = mail.header("Precedence").unwrap_or_default().trim().to_ascii_lowercase();
    let suppressed =
        mail.header("X-Auto-Response-Suppress").unwrap_or_default().to_ascii_lowercase();
    let suppresses = |word: &str| matches!(word.trim(), "all" | "autoreply" | "oof");
    let from = mail.from.as_ref().and_then(|from| from.address.as_ref());
    let reply_to = mail.reply_to.list.iter().filter_map(|to| to.address.as_ref());
    let returns = match &mail.return_path {
        ReturnPath::Null => return true,
        ReturnPath::Address(address) => address.split('@').next().unwrap_or_default().to_owned(),
        ReturnPath::Missing => String::new(),
    };
    from.into_iter().chain(reply_to).any(|address| is_unattended(address.local_part()))
        || is_unattended(&returns)
        || matches!(precedence.as_str(), "bulk" | "junk" | "list" | "auto_reply" | "auto-reply")
        || suppressed.split(',').any(suppresses)
        || mail.headers.iter().any(|field| is_of_list(&field.name))
}

fn is_of_list(name: &str) -> bool {
    let names = ["list-id", "list-post", "list-unsubscribe", "list-help", "mailing-list", "x-loop"];
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether nobody reads what is sent to this address: never answer it automatically.
pub fn is_unattended(local_part: &str) -> bool {
    let name = local_part.to_ascii_lowercase().replace(['-', '_', '.'], "");
    let exact = [
        "mailerdaemon",
        "postmaster",
        "bounce",
        "bounces",
        "mailer",
        "daemon",
        "majordomo",
        "listserv",
    ];
    let starts = [
        "noreply",
        "donotreply",
        "neantworten",
        "nichtantworten",
        "bittenichtantworten",
        "keineantwort",
        "nepasrepondre",
        "noresponder",
        "bounce+",
        "bounces+",
    ];
    exact.contains(&name.as_str())
        || starts.iter().any(|start| name.starts_with(start))
        || name.ends_with("noreply")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read;

    #[test]
    fn whoever_cannot_or_will_not_read_an_answer_gets_none() {
        let refuses = |header: &str| {
            let mail = format!("{header}\r\nTo: hilfe@example.de\r\n\r\nHallo\r\n");
            wants_no_answer(&read(mail.as_bytes()))
        };
        for header in [
            "Return-Path: <>\r\nFrom: ann@example.org",
            "From: no-reply@example.org",
            "From: ann@example.org\r\nReply-To: noreply@example.org",
            "Return-Path: <bounces+7@example.org>\r\nFrom: ann@example.org",
            "From: MAILER-DAEMON@example.org",
            "From: ann@example.org\r\nPrecedence: junk",
            "From: ann@example.org\r\nX-Auto-Response-Suppress: DR, OOF, AutoReply",
            "From: ann@example.org\r\nList-Id: <a.example.org>",
            "From: ann@example.org\r\nX-Loop: help@example.org",
        ] {
            assert!(refuses(header), "{header}");
        }
        for header in [
            "From: ann@example.org",
            "Return-Path: <ann@example.org>\r\nFrom: ann@example.org\r\nPrecedence: first-class",
            "From: ann@example.org\r\nX-Auto-Response-Suppress: DR, NDR, RN, NRN",
        ] {
            assert!(!refuses(header), "{header}");
        }
    }

    #[test]
    fn addresses_that_nobody_reads_are_known() {
        for name in
            ["noreply", "No-Reply", "do-not-reply", "MAILER-DAEMON", "bounces+1", "shop.noreply"]
        {
            assert!(is_unattended(name), "{name}");
        }
        for name in ["ann", "norbert", "info"] {
            assert!(!is_unattended(name), "{name}");
        }
    }
}
