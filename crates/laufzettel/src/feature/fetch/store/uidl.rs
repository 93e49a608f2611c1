//! SQL of mails that were fetched by POP3 and are known by their unique ids.

use std::collections::BTreeSet;

use db::{Db, Result, from_row, params, sql};

use crate::record::message::json;
use crate::record::{MailId, MailboxId};

from_row! {
    struct UidlRow {
        uidl: String,
    }
}

/// Those of these unique ids of POP3 that are in the journal.
pub async fn known_uidls(
    db: &Db,
    mailbox: MailboxId,
    uidls: &[String],
) -> Result<BTreeSet<String>> {
    let rows: Vec<UidlRow> = db
        .all(
            sql!(
                sqlite: "select uidl from inbound_mail
                         where mailbox = $1 and uidl in (select value from json_each($2))",
                postgres: "select uidl from inbound_mail
                           where mailbox = $1
                             and uidl in (select json_array_elements_text(cast($2 as json)))"
            ),
            params![mailbox, json(&uidls)],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.uidl).collect())
}

from_row! {
    /// A mail fetched by POP3 whose step on the server is still to be done.
    #[derive(Clone, Debug)]
    pub struct PendingUidl {
        /// The mail.
        pub id: MailId,
        /// Its account and unique id.
        pub uidl: String,
        /// Its size, if only its head was taken.
        pub left_bytes: Option<i64>,
    }
}

/// Mails fetched by POP3 that are decided, and whose step on the server is still to be done.
pub async fn pending_uidls(db: &Db, mailbox: MailboxId, limit: i64) -> Result<Vec<PendingUidl>> {
    db.all(
        sql!(
            "select id, uidl, left_bytes from inbound_mail
             where mailbox = $1 and server = 'pending' and uidl is not null
               and state in ('applied', 'duplicate', 'filtered', 'quarantined')
             order by id
             limit $2"
        ),
        params![mailbox, limit],
    )
    .await
}
