//! To whom a mail went, as it is kept for the page.

use mail::read::{Mail, NamedAddress, Recipients as MailRecipients};

use super::read::clean;
use crate::record::message::{Mailbox, Recipients};

/// Recipients kept for the page.
const RECIPIENTS_MAX: usize = 200;

/// To whom a mail went, and how many are left out.
pub fn recipients(mail: &Mail) -> Recipients {
    let mailboxes = |list: &[NamedAddress]| -> Vec<Mailbox> {
        list.iter().take(RECIPIENTS_MAX).map(mailbox).collect()
    };
    let left_out =
        |list: &MailRecipients| list.cut + list.list.len().saturating_sub(RECIPIENTS_MAX);
    Recipients {
        to: mailboxes(&mail.to.list),
        cc: mailboxes(&mail.cc.list),
        bcc: Vec::new(),
        reply_to: mailboxes(&mail.reply_to.list),
        left_out: left_out(&mail.to) + left_out(&mail.cc),
    }
}

fn mailbox(named: &NamedAddress) -> Mailbox {
    Mailbox {
        name: clean(named.name.as_deref().unwrap_or_default()),
        email: clean(&named.address.as_ref().map_or(named.raw.clone(), ToString::to_string)),
    }
}
