//! What came into a ticket since somebody began to write.

use db::{Result, View, from_row, params, sql};

use crate::record::message::{self, Message};
use crate::record::{AgentId, AttachmentId, MessageId, TicketId};

/// What the agent himself may have written from another tab, or by a click before this one.
#[derive(Clone, Copy, Debug)]
pub struct Own<'a> {
    /// The agent.
    pub agent: AgentId,
    /// `internal` or `external`.
    pub visibility: &'a str,
    /// The kind of the mail by which it leaves; empty if it leaves as none.
    pub mail_kind: &'a str,
}

/// What came after a message was stored.
#[derive(Clone, Debug)]
pub struct News {
    /// Whether somebody else wrote.
    pub from_others: bool,
    /// The newest of his own messages of the same kind.
    pub own: Option<Message>,
}

from_row! {
    struct Row {
        others: Option<i64>,
        own: Option<MessageId>,
    }
}

/// What is new since a message was stored. Ids follow the date of a mail, which may come late; what
/// was called back is no message any more.
pub async fn since(
    view: &mut View<'_>,
    ticket: TicketId,
    seen: MessageId,
    own: Own<'_>,
) -> Result<News> {
    let row: Row = view
        .one(
            sql!(
                "select max(case when m.agent is null or m.agent <> $3 then m.id end) as others,
                        max(case when m.agent = $3 and m.visibility = $4
                                  and coalesce(o.kind, '') = $5 then m.id end) as own
                 from message m left join outbound_mail o on o.message = m.id
                 join message s on s.id = $2 and s.ticket = m.ticket
                 where m.ticket = $1
                   and (m.created_at > s.created_at
                        or (m.created_at = s.created_at and m.id > s.id))"
            ),
            params![ticket, seen, own.agent, own.visibility, own.mail_kind],
        )
        .await?;
    let own = match row.own {
        Some(id) => one(view, ticket, id).await?,
        None => None,
    };
    Ok(News { from_others: row.others.is_some(), own })
}

from_row! {
    struct PlaceRow {
        ticket: TicketId,
    }
}

/// Whether a message lies in another ticket. One that was called back lies nowhere.
pub async fn is_elsewhere(
    view: &mut View<'_>,
    ticket: TicketId,
    message: MessageId,
) -> Result<bool> {
    let row: Option<PlaceRow> =
        view.optional(sql!("select ticket from message where id = $1"), params![message]).await?;
    Ok(row.is_some_and(|row| row.ticket != ticket))
}

from_row! {
    struct SentRow {
        id: MessageId,
    }
}

/// Whether the agent has sent these words in the ticket with this upload. A click after the one that
/// sent them finds its files gone.
pub async fn is_sent_with(
    view: &mut View<'_>,
    ticket: TicketId,
    agent: AgentId,
    upload: Option<AttachmentId>,
    words: &str,
) -> Result<bool> {
    let row: Option<SentRow> = view
        .optional(
            sql!(
                "select m.id from attachment a join message m on m.id = a.message
                 where a.id = $1 and m.ticket = $2 and m.agent = $3"
            ),
            params![upload, ticket, agent],
        )
        .await?;
    let Some(row) = row else { return Ok(false) };
    Ok(one(view, ticket, row.id).await?.is_some_and(|own| own.says(words)))
}

async fn one(view: &mut View<'_>, ticket: TicketId, message: MessageId) -> Result<Option<Message>> {
    let after = MessageId::from_number(message.number().saturating_add(1));
    Ok(message::of_ticket(view, ticket, Some(after), 1).await?.pop())
}
