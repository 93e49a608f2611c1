//! SQL of tickets in the API: messages and events, oldest first, page by page.

use db::{Query, Result, View, from_row, params, sql};

use crate::record::actor::ids_json;
use crate::record::message::Message;
use crate::record::packed::Packed;
use crate::record::{AttachmentId, MessageId, TicketId};
use crate::service::history::Recorded;

/// Messages of a ticket after the given moment and id, in the order in which they were written, and
/// one more than wanted. Whoever asks has loaded the ticket with a right.
pub async fn messages(
    view: &mut View<'_>,
    ticket: TicketId,
    (at, id): (i64, i64),
    limit: u32,
) -> Result<Vec<Message>> {
    view.all(
        sql!(
            "select m.id, m.visibility, m.direction, m.channel, m.author_name, m.author_email,
                    m.agent, m.at, m.created_at, m.subject, m.recipients, m.segments,
                    m.attachments, m.blocked_remote, m.mail, m.mail_class, m.evidence, m.oddities,
                    m.concerns, m.corrected_at, m.regrouped, o.id as outbound, o.state as delivery, o.words as delivery_words,
                    o.perhaps_twice,
                    (select string_agg(r.address, ', ') from outbound_recipient r
                     where r.mail = o.id and r.state in ('failed', 'bounced')) as missed
             from message m left join outbound_mail o on o.message = m.id
             where m.id in (select id from message
                            where ticket = $1 and (at > $2 or (at = $2 and id > $3))
                            order by at, id
                            limit $4)
             order by m.at, m.id
             limit $4"
        ),
        params![ticket, at, id, i64::from(limit) + 1],
    )
    .await
}

/// Events of a ticket, and of those that were merged into it, after the given one, oldest first, and one more than wanted. Whoever asks has
/// loaded the ticket with a right.
pub async fn events(
    view: &mut View<'_>,
    ticket: TicketId,
    after: i64,
    limit: u32,
) -> Result<Vec<Recorded>> {
    view.all(
        sql!(
            "select id, ticket, kind, agent, at, detail
             from history_event
             where ticket in (select cast($1 as bigint)
                              union all select id from ticket where merged_into = $1)
               and id > $2
             order by id
             limit $3"
        ),
        params![ticket, after, i64::from(limit) + 1],
    )
    .await
}

from_row! {
    /// The HTML of one segment.
    #[derive(Clone, Debug)]
    pub struct SegmentHtml {
        /// The message.
        pub message: MessageId,
        /// The place of the segment.
        pub segment: i64,
        /// The HTML, cleaned.
        pub html: Packed,
        /// The version of the cleaner that made it.
        pub cleaner: i64,
    }
}

/// The HTML of messages.
pub async fn html(view: &mut View<'_>, messages: &[MessageId]) -> Result<Vec<SegmentHtml>> {
    let mut query = Query::new(
        "select h.message, h.segment, h.html, m.cleaner
         from message_html h join message m on m.id = h.message where",
    );
    query.push_in_ids("h.message", ids_json(messages)).push("order by h.message, h.segment");
    query.push("limit 50000");
    view.list(&query).await
}

from_row! {
    /// A picture inside a text.
    #[derive(Clone, Debug)]
    pub struct Picture {
        /// The message.
        pub message: MessageId,
        /// The attachment.
        pub id: AttachmentId,
        /// Its name inside its mail.
        pub content_id: String,
    }
}

/// The pictures inside the texts of messages.
pub async fn pictures(view: &mut View<'_>, messages: &[MessageId]) -> Result<Vec<Picture>> {
    let mut query = Query::new("select message, id, content_id from attachment where");
    query.push_in_ids("message", ids_json(messages));
    query.push("and content_id is not null order by id limit 10000");
    view.list(&query).await
}

from_row! {
    struct FileOfLast {
        id: AttachmentId,
    }
}

/// The files of a ticket's last external message. Whoever asks has loaded the ticket with a right.
pub async fn files_of_last(view: &mut View<'_>, ticket: TicketId) -> Result<Vec<AttachmentId>> {
    let rows: Vec<FileOfLast> = view
        .all(
            sql!(
                "select id from attachment
                 where message = (select id from message
                                  where ticket = $1 and visibility = 'external'
                                  order by id desc limit 1)
                   and is_inline = 0
                 order by id
                 limit 200"
            ),
            params![ticket],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
