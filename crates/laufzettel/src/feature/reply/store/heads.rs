//! Messages without their words.

use db::{Result, View, params, sql};

use crate::feature::reply::basis::Head;
use crate::record::TicketId;

/// Messages that the composer looks at.
const HEADS_MAX: i64 = 100;

/// The newest messages of a ticket, oldest first. Whoever asks has loaded it with a right.
pub async fn heads(view: &mut View<'_>, ticket: TicketId) -> Result<Vec<Head>> {
    let mut heads: Vec<Head> = view
        .all(
            sql!(
                "select id, visibility, direction, author_name, author_email, created_at, recipients,
                        attachments, mail_class
                 from message where ticket = $1 order by id desc limit $2"
            ),
            params![ticket, HEADS_MAX],
        )
        .await?;
    heads.reverse();
    Ok(heads)
}
