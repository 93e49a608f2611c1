//! The end of the second step: the mailbox and its sender are there, and mails are fetched.

use mail::imap::connect;

use super::form::{Account, Odd};
use super::probe::{Inbox, Probed};
use crate::App;
use crate::feature::fetch;
use crate::feature::mailboxes::{self, MailboxForm, Saved, Which};
use crate::feature::senders::{Ended, SaveSender, SenderForm};
use crate::record::administration::By;
use crate::record::company_name::ReadCompanyName;
use crate::record::directory::{Directory, Listed};
use crate::record::sender::{Relay, by_address};

/// Why the mailbox was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// The form.
    Odd(Odd),
    /// A sentence of what refused it, and its field.
    Refused(String),
}

/// Makes sender and mailbox of an account that was tried. Without a mail server of its own the
/// sender's mails leave by the configured one, if there is one.
pub async fn take(
    app: &App,
    account: &Account,
    probed: &Probed,
    (after_import, folder): (&str, &str),
    by: By<'_>,
) -> db::Result<Result<(), NotTaken>> {
    let Ok(inbox) = &probed.receive else { return Ok(Err(NotTaken::Odd(Odd::NoAddress))) };
    app.forget_lists();
    let directory = app.directory().await?;
    if directory.mailboxes.iter().any(|other| other.addresses().contains(&account.address)) {
        return Ok(Err(NotTaken::Odd(Odd::Taken)));
    }
    if after_import == "move" {
        make_folder(app, account, inbox, folder).await;
    }
    save_sender(app, &directory, account, probed.send.as_ref().ok(), by).await?;
    app.forget_lists();
    let form = mailbox(&directory, account, inbox, after_import, folder);
    Ok(match mailboxes::save(app, &form, Which::New, by).await? {
        Saved::Done(..) => Ok(()),
        Saved::Refused(problems) => {
            let sentences: Vec<String> =
                problems.into_iter().map(|problem| problem.message).collect();
            Err(NotTaken::Refused(sentences.join("; ")))
        }
        Saved::NameTaken | Saved::NotFound | Saved::Stale(_) => Err(NotTaken::Odd(Odd::Taken)),
    })
}

/// The folder that mails are moved to. Where it cannot be made, the mailbox says so later.
async fn make_folder(app: &App, account: &Account, inbox: &Inbox, folder: &str) {
    let password = account.typed_password();
    let Some((settings, _)) = fetch::settings(app, &inbox.source, password) else { return };
    let Ok(mut session) = connect(&settings).await else { return };
    session.create_folder(folder).await.ok();
    session.logout().await.ok();
}

async fn save_sender(
    app: &App,
    directory: &Directory,
    account: &Account,
    relay: Option<&Relay>,
    by: By<'_>,
) -> db::Result<()> {
    let password = relay.and(account.password.as_ref()).map(|password| password.0.as_str());
    let sealed = password.and_then(|password| app.keys.seal(password, rand::random()));
    let known = by_address(&directory.senders, account.address.as_str());
    let form = SenderForm {
        address: account.address.to_string(),
        name: app.db.read(&ReadCompanyName).await?,
        active: true,
        is_default: known.map_or(directory.senders.is_empty(), |known| known.is_default),
        relay: relay.cloned(),
    };
    let save = SaveSender {
        form: &form,
        sender: known.map(|known| known.id),
        version: None,
        sealed: sealed.as_deref(),
        by,
    };
    match app.db.write(&save).await? {
        Ended::Done(..) => Ok(()),
        other => Err(db::Failure::other(format!("the sender cannot be saved: {other:?}"))),
    }
}

fn mailbox(
    directory: &Directory,
    account: &Account,
    inbox: &Inbox,
    after_import: &str,
    folder: &str,
) -> MailboxForm {
    let area = directory.areas.iter().find(|area| area.is_active());
    let address = account.address.to_string();
    MailboxForm {
        label: address.clone(),
        addresses: vec![address.clone()],
        source: inbox.source.clone(),
        password: account.password.clone(),
        after_import: after_import.to_owned(),
        move_to: (after_import == "move").then(|| folder.to_owned()),
        from_date: Some(account.from),
        sender: Some(address),
        ..MailboxForm::new(
            &free_name(directory, account),
            area.map_or("", |area| area.key.as_str()),
        )
    }
}

/// A name for programs made of the address, which no other mailbox has.
fn free_name(directory: &Directory, account: &Account) -> String {
    let local = account.address.as_str().split('@').next().unwrap_or_default();
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let name: String = local.to_lowercase().chars().map(plain).take(40).collect();
    let name = match name.trim_matches('-') {
        "" => "postfach",
        name => name,
    };
    let is_free = |name: &String| directory.mailbox(name).is_none();
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}
