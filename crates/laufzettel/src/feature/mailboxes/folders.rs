//! The folders of an account, to choose from. Nothing on the server is changed.

use mail::imap::{ImapProblem, ImapSettings, connect};

use super::{MailboxForm, trial};
use crate::App;
use crate::feature::fetch;
use crate::feature::senders::Refused;
use crate::record::mailbox::{Mailbox, Source};

/// Folders that are offered.
const FOLDERS_MAX: usize = 500;

/// The folders of the account that is wanted, by name. Its password is the one that was typed, else
/// the stored one; the form was looked at before, so that this is the same account.
pub async fn list(
    app: &App,
    mailbox: &Mailbox,
    wanted: &MailboxForm,
) -> Result<Vec<String>, Refused> {
    let stored = || mailbox.password.as_deref().and_then(|sealed| app.keys.open(sealed));
    let typed = wanted.password.as_ref().map(|password| password.0.clone());
    let password = typed.or_else(stored).unwrap_or_default();
    // POP3 knows no folders.
    let is_imap = matches!(wanted.source, Source::Imap { .. });
    let settings = fetch::settings(app, &wanted.source, password).filter(|_| is_imap);
    let Some((settings, _)) = settings else { return Ok(Vec::new()) };
    read(&settings).await.map_err(|problem| Refused {
        code: problem.code(),
        words: trial::words(&problem),
        host: settings.host.clone(),
        user: settings.user.clone(),
    })
}

async fn read(settings: &ImapSettings) -> Result<Vec<String>, ImapProblem> {
    let mut session = connect(settings).await?;
    let listed = session.folders().await;
    // What the server answers to a farewell changes nothing.
    session.logout().await.ok();
    let mut folders = listed?;
    folders.sort_by_key(|name| (!name.eq_ignore_ascii_case("INBOX"), name.to_lowercase()));
    folders.truncate(FOLDERS_MAX);
    Ok(folders)
}
