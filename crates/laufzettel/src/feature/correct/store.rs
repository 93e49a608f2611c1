//! SQL of correcting a message.

use db::{Query, Result, Tx, View, from_row, params, sql};

use super::{Correct, Found};
use crate::record::actor::ids_json;
use crate::record::message::{self, Segment};
use crate::record::packed::pack;
use crate::record::{MessageId, TicketId};
use crate::service::search::{self, Document, Visibility};

from_row! {
    struct Place {
        id: Option<MessageId>,
    }
}

/// The message that a ticket began with.
pub async fn first(view: &mut View<'_>, ticket: TicketId) -> Result<Option<MessageId>> {
    let row: Place = view
        .one(sql!("select min(id) as id from message where ticket = $1"), params![ticket])
        .await?;
    Ok(row.id)
}

/// Writes what is different, and the search document.
pub async fn write(
    tx: &mut Tx<'_>,
    correct: &Correct<'_>,
    found: &Found,
    words: Option<&(Vec<Segment>, Vec<i64>, usize)>,
) -> Result<()> {
    let (message, wanted) = (&found.message, correct.wanted);
    let kept = message.segments();
    let segments = words.map_or(&kept, |(segments, _, _)| segments);
    let subject = wanted.subject.as_deref().unwrap_or(&message.subject);
    let concerns = match &wanted.concerns {
        Some(concerns) => concerns.as_deref().map(ids_json),
        None => message.concerns.clone(),
    };
    tx.execute(
        sql!(
            "update message
             set subject = $1, segments = $2, at = $3, concerns = $4, corrected_at = $5
             where id = $6"
        ),
        params![
            subject,
            pack(&message::json(segments)),
            wanted.at.unwrap_or(message.at),
            concerns.as_deref(),
            correct.acting.now,
            message.id,
        ],
    )
    .await?;
    if let (Some((_, gone, place)), Some(body)) = (words, &wanted.body) {
        remove_html(tx, message.id, gone).await?;
        if let Some(html) = &body.html {
            message::insert_html(tx, message.id, *place, html).await?;
        }
    }
    index(tx, found, subject, segments).await?;
    touch(tx, correct, found).await
}

async fn remove_html(tx: &mut Tx<'_>, message: MessageId, places: &[i64]) -> Result<()> {
    let places: Vec<String> = places.iter().map(ToString::to_string).collect();
    let mut query = Query::new("delete from message_html where message =");
    query.bind(message).push("and").push_in_ids("segment", format!("[{}]", places.join(",")));
    tx.execute_query(&query).await.map(drop)
}

async fn index(tx: &mut Tx<'_>, found: &Found, subject: &str, segments: &[Segment]) -> Result<()> {
    let message = &found.message;
    let visibility = match message.visibility.as_str() {
        "external" => Visibility::External,
        _ => Visibility::Internal,
    };
    let text = message::search_text(subject, &message.author_name, segments, &message.files());
    search::remove(tx, message.id.number()).await?;
    let document = Document::new(message.id.number(), &text);
    search::insert(tx, &document, found.ticket.area, visibility).await
}

/// The ticket has changed; lists show its last message with the words it has now.
async fn touch(tx: &mut Tx<'_>, correct: &Correct<'_>, found: &Found) -> Result<()> {
    let newest: Place = tx
        .one(
            sql!("select max(id) as id from message where ticket = $1 and visibility = 'external'"),
            params![found.ticket.id],
        )
        .await?;
    let is_newest = newest.id == Some(found.message.id);
    let preview = correct.wanted.body.as_ref().filter(|_| is_newest).map(|body| body.preview());
    tx.execute(
        sql!(
            "update ticket
             set updated_at = $1, version = version + 1,
                 preview = coalesce(cast($2 as text), preview)
             where id = $3"
        ),
        params![correct.acting.now, preview.as_deref(), found.ticket.id],
    )
    .await
    .map(drop)
}
