//! What is wrong with signing in at a provider instead of with a password.

use values::EmailAddress;

use super::Problems;
use crate::feature::mailboxes::MailboxForm;
use crate::record::directory::Directory;
use crate::record::mailbox::{Server, Source};

/// Everything that is wrong with the sign-in of a source.
pub(super) fn sign_in(
    form: &MailboxForm,
    server: &Server,
    directory: &Directory,
    found: &mut Problems,
) {
    let account = server.oauth_account.as_deref();
    let Some(provider) = &server.oauth else {
        found.add_if(
            account.is_some(),
            "source.oauth_account",
            "needs_provider",
            "another account signs in at a provider only; with a password the server wants both in the user, like FIRMA\\anna\\hilfe",
        );
        return;
    };
    found.add_if(
        form.password.is_some(),
        "source.password",
        "contradiction",
        "an account has either a password or a sign-in at its provider",
    );
    if account.is_some_and(|account| EmailAddress::parse(account).is_err()) {
        let message = "the account that signs in is an address like anna@example.de";
        found.add("source.oauth_account", "invalid_email", message);
        return;
    }
    found.add_if(
        !directory.may_open(provider, server.signs_in()),
        "source.oauth",
        "not_signed_in",
        "nobody has signed in to this account yet; an administrator does it in the browser, under /settings/oauth/microsoft or /settings/oauth/google",
    );
}

/// Whether the tokens of a sign-in would open what no administrator has chosen. Who may set up the mailboxes of an
/// area is not always one of those who may open any mailbox of the house.
pub fn gives_tokens_away(source: &Source, stored: Option<&Source>, is_administrator: bool) -> bool {
    let has_tokens = source.server().is_some_and(|server| server.oauth.is_some());
    has_tokens && !is_administrator && stored != Some(source)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::mailbox::Tls;

    fn source(host: &str, oauth: Option<&str>) -> Source {
        Source::Imap {
            host: host.to_owned(),
            port: 993,
            tls: Tls::Implicit,
            user: "chef@firma.example".to_owned(),
            folder: "INBOX".to_owned(),
            oauth: oauth.map(str::to_owned),
            oauth_account: None,
        }
    }

    #[test]
    fn tokens_open_only_what_an_administrator_has_chosen() {
        let stored = source("outlook.office365.com", Some("microsoft"));
        let elsewhere = source("mx.attacker.example", Some("microsoft"));
        assert!(!gives_tokens_away(&stored, Some(&stored), false));
        assert!(gives_tokens_away(&stored, None, false));
        assert!(gives_tokens_away(&elsewhere, Some(&stored), false));
        assert!(!gives_tokens_away(&elsewhere, Some(&stored), true));
        assert!(!gives_tokens_away(&source("mx.example", None), Some(&stored), false));
    }
}
