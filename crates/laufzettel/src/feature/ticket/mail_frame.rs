//! The HTML of a mail, in a frame without scripts and under a policy of its own (decision 28).

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use db::{from_row, params, sql};
use mail::clean::{CLEANER_VERSION, ImageSource, address_images, clean};
use maud::{DOCTYPE, PreEscaped, html};

use super::read::ReadMessage;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::record::{AttachmentId, MessageId};

from_row! {
    struct HtmlRow {
        html: String,
        cleaner: i64,
    }
}

from_row! {
    struct FileRow {
        id: AttachmentId,
        content_id: Option<String>,
    }
}

/// The HTML of one segment. What an older cleaner made is cleaned again.
pub async fn body(screen: Screen, Path((id, segment)): Path<(String, i64)>) -> Answer {
    let message = MessageId::parse(&id).ok_or(Denied::NotFound)?;
    screen.app.db.read(&ReadMessage { actor: &screen.actor, message }).await??;
    let row: Option<HtmlRow> = screen
        .app
        .db
        .optional(
            sql!(
                "select h.html, m.cleaner
                 from message_html h join message m on m.id = h.message
                 where h.message = $1 and h.segment = $2"
            ),
            params![message, segment],
        )
        .await?;
    let row = row.ok_or(Denied::NotFound)?;
    let html = match row.cleaner < i64::from(CLEANER_VERSION) {
        true => clean(&row.html).html,
        false => row.html,
    };
    let files = files(&screen, message).await?;
    let address = |source: ImageSource<'_>| match source {
        ImageSource::Inline(id) => files.iter().find_map(|file| {
            (file.content_id.as_deref() == Some(&*id))
                .then(|| format!("/attachments/{}/view", file.id))
        }),
        ImageSource::Remote(_) => None,
    };
    Ok(framed(&screen, &address_images(&html, address)))
}

async fn files(screen: &Screen, message: MessageId) -> Result<Vec<FileRow>, HttpError> {
    Ok(screen
        .app
        .db
        .all(
            sql!("select id, content_id from attachment where message = $1 order by id limit 1000"),
            params![message],
        )
        .await?)
}

/// The document in the frame: nothing of ours but the typeface and the width of pictures.
fn framed(screen: &Screen, content: &str) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang=(screen.language.code()) {
            head {
                meta charset="utf-8";
                style {
                    "body{margin:0;font:14px/1.5 Inter,system-ui,sans-serif;overflow-wrap:anywhere;color:#1b2530;background:#fff}"
                    "img,table{max-width:100%}img{height:auto}blockquote{margin:0 0 0 .8em;padding-left:.8em;border-left:2px solid #d5dbe0}"
                }
            }
            body { (PreEscaped(content)) }
        }
    };
    let policy = HeaderValue::from_static(web::MAIL_POLICY);
    ([(header::CONTENT_SECURITY_POLICY, policy)], page).into_response()
}
