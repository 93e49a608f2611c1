//! The HTML of a mail, in a frame without scripts and under a policy of its own (decision 28).

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use mail::clean::{CLEANER_VERSION, ImageSource, address_images, clean};
use maud::{DOCTYPE, PreEscaped, html};

use super::read::ReadMessage;
use super::store;
use crate::http::error::Answer;
use crate::http::screen::Screen;
use crate::record::MessageId;
use crate::record::actor::Denied;

/// The HTML of one segment. What an older cleaner made is cleaned again.
pub async fn body(screen: Screen, Path((id, segment)): Path<(String, i64)>) -> Answer {
    let message = MessageId::parse(&id).ok_or(Denied::NotFound)?;
    screen.app.db.read(&ReadMessage { actor: &screen.actor, message }).await??;
    let row = store::html(&screen.app.db, message, segment).await?;
    let row = row.ok_or(Denied::NotFound)?;
    let html = match row.cleaner < i64::from(CLEANER_VERSION) {
        true => clean(&row.html).html,
        false => row.html.into(),
    };
    let files = store::inline_files(&screen.app.db, message).await?;
    let address = |source: ImageSource<'_>| match source {
        ImageSource::Inline(id) => files.iter().find_map(|file| {
            (file.content_id.as_deref() == Some(&*id))
                .then(|| format!("/attachments/{}/view", file.id))
        }),
        ImageSource::Remote(_) => None,
    };
    Ok(framed(&screen, &address_images(&html, address)))
}

/// The document in the frame: nothing of ours but the typeface, the width of pictures, and no gaps
/// between the lines of Outlook, whose own styles do not come through the cleaning.
fn framed(screen: &Screen, content: &str) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang=(screen.language.code()) {
            head {
                meta charset="utf-8";
                style {
                    "body{margin:0;font:14px/1.5 Inter,system-ui,sans-serif;overflow-wrap:anywhere;color:#1b2530}"
                    "body>:first-child{margin-top:0}body>:last-child{margin-bottom:0}.MsoNormal{margin:0}"
                    "img,table{max-width:100%}img{height:auto}blockquote{margin:0 0 0 .8em;padding-left:.8em;border-left:2px solid #d5dbe0}"
                }
            }
            body { (PreEscaped(content)) }
        }
    };
    let policy = HeaderValue::from_static(web::MAIL_POLICY);
    ([(header::CONTENT_SECURITY_POLICY, policy)], page).into_response()
}
