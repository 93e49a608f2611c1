//! Answering as the customer: a mail as a mail program writes it, brought by LMTP.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use mail::build::{Address, Outgoing, build};
use mail::read::{Mail, read as read_mail};
use rules::subject::is_reply;
use values::EmailAddress;
use web::Form;

use super::page::CaughtPage;
use super::store::Caught;
use super::web::{back, caught, language, shown_page, times};
use super::{deliver, read};
use crate::App;
use crate::http::error::{Answer, HttpError};

/// Answers a mail of the sandbox.
pub async fn answer(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let caught = caught(&app, &id).await?;
    let text = form.raw("text");
    let from = caught.recipients.iter().find(|one| *one == form.text("from"));
    let from = from.or(caught.recipients.first()).and_then(|one| EmailAddress::parse(one).ok());
    let (Some(from), false) = (from, text.trim().is_empty()) else {
        return refuse(&app, &headers, &caught, text).await;
    };
    let mail = read_mail(&caught.bytes);
    let Some((bytes, to)) = written(&app, &mail, &from, text) else {
        return refuse(&app, &headers, &caught, text).await;
    };
    let Some(place) = app.config.lmtp_listen else { return Err(HttpError::Unreadable) };
    match deliver::by_lmtp(place, from.as_str(), &to, &bytes).await {
        Ok(()) => Ok(back(&caught)),
        Err(error) => {
            tracing::error!(%error, "the sandbox cannot bring an answer");
            refuse(&app, &headers, &caught, text).await
        }
    }
}

async fn refuse(app: &App, headers: &HeaderMap, caught: &Caught, text: &str) -> Answer {
    let language = language(app, headers);
    let opened = CaughtPage {
        refused: Some(text.to_owned()),
        ..read::opened(&times(app, language), caught)
    };
    shown_page(app, language, Some(opened), false).await
}

/// The bytes of the answer and the address it goes to; `None` if the mail has none.
fn written(app: &App, mail: &Mail, from: &EmailAddress, text: &str) -> Option<(Vec<u8>, String)> {
    let back = mail.reply_to.list.first().or(mail.from.as_ref())?;
    let to = back.address.as_ref()?.to_string();
    let all = mail.to.list.iter().chain(&mail.cc.list);
    let own = all.clone().find(|one| one.address.as_ref() == Some(from));
    let name = own.and_then(|one| one.name.as_deref()).unwrap_or_default();
    let subject = match is_reply(&mail.subject) {
        true => mail.subject.clone(),
        false => format!("AW: {}", mail.subject),
    };
    let mut references = mail.references.clone();
    references.extend(mail.message_id.clone());
    let quoted: Vec<String> = read::text(mail).lines().map(|line| format!("> {line}")).collect();
    let text = format!("{}\n\n{}\n", text.trim_end(), quoted.join("\n"));
    let random: [u8; 16] = rand::random();
    let bytes = build(&Outgoing {
        from: Address { name, address: from.as_str() },
        reply_to: None,
        to: &[Address { name: back.name.as_deref().unwrap_or_default(), address: &to }],
        cc: &[],
        subject: &subject,
        at_millis: app.now().millis(),
        offset_seconds: 0,
        message_id: &format!("{}@{}", values::hex(&random), from.domain()),
        in_reply_to: mail.message_id.as_deref(),
        references: &references,
        boundary_seed: random,
        text: &text,
        html: None,
        parts: &[],
        auto_submitted: None,
        headers: &[("X-Mailer", "Laufzettel sandbox")],
    });
    Some((bytes, to))
}
