//! Handlers of the composer.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use maud::{Markup, html};
use web::{Form, see_other};

use super::basis::{Basis, ReadBasis};
use super::page::Problem;
use super::recall::{Recall, Recalled};
use super::refusal::{Refusal, Remedy};
use super::send::{Sent, Wanted};
use super::{composer as show, filing, form, prepare};
use crate::feature::change::undo;
use crate::feature::ticket::{answer, refusing_page};
use crate::feature::uploads::ReadWaiting;
use crate::http::encode;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::OutboundId;
use crate::record::actor::Denied;
use crate::record::draft::{Draft, Kind};
use crate::record::frame::{Toast, Undo, toasts_out_of_band};
use crate::texts;

/// The composer alone.
pub async fn composer(screen: Screen, Path(number): Path<String>) -> Answer {
    let basis = read(&screen, &number).await?;
    Ok(show::composer(&screen, &basis).into_response())
}

/// Answers the customer; or writes down what he was told elsewhere, and sends nothing (F-OUT-18).
pub async fn reply(screen: Screen, Path(number): Path<String>, form: Form) -> Answer {
    if form.text("then") == "keep" {
        return file(&screen, &number, Kind::Reply, &form).await;
    }
    send(&screen, &number, Kind::Reply, &form).await
}

/// Hands a mail on.
pub async fn forward(screen: Screen, Path(number): Path<String>, form: Form) -> Answer {
    send(&screen, &number, Kind::Forward, &form).await
}

async fn send(screen: &Screen, number: &str, kind: Kind, form: &Form) -> Answer {
    let typed = form::draft(form);
    let uploads = typed.uploads();
    let draft = with_names(screen, typed).await?;
    let wanted = form::wanted(form, kind, draft.clone(), screen.actor.undo_seconds);
    let wanted = wanted.and_then(|wanted| {
        let (at, concerns) = filing::circumstances(screen, &draft)?;
        // A file that is missing is told, not left out.
        Ok(Wanted { uploads, at, concerns, ..wanted })
    });
    let wanted = match wanted {
        Ok(wanted) => wanted,
        Err(refusal) => return refuse(screen, number, kind, draft, refusal).await,
    };
    match prepare::send(&screen.app, &screen.actor, number, &wanted, screen.now).await? {
        Sent::Done { mail, undo, .. } => {
            let toast = toast(screen, number, kind, mail, undo);
            done(screen, number, toast).await
        }
        Sent::Refused(refusal) => refuse(screen, number, kind, draft, refusal).await,
        Sent::Stale => {
            let sentence = texts::reply(screen.language).ticket_moves().to_owned();
            let problem = Problem { sentence, field: "", confirm: None };
            show_problem(screen, number, kind, draft, problem).await
        }
    }
}

/// The draft with the names and sizes of its files, for the case that it is shown again.
async fn with_names(screen: &Screen, draft: Draft) -> Result<Draft, HttpError> {
    let ids = draft.uploads();
    let read = ReadWaiting { agent: screen.actor.agent, ids: &ids };
    let files = screen.app.db.read(&read).await?;
    Ok(Draft { files, ..draft })
}

fn toast(
    screen: &Screen,
    number: &str,
    kind: Kind,
    mail: OutboundId,
    changes: Vec<crate::feature::change::Change>,
) -> Toast {
    let texts = texts::reply(screen.language);
    let seconds = u64::try_from(screen.actor.undo_seconds).unwrap_or_default();
    if seconds == 0 {
        let text = if kind == Kind::Note { texts.note_sent() } else { texts.sent() };
        return Toast { text: text.to_owned(), undo: None };
    }
    let way = undo::seal(
        &screen.app.keys,
        vec![(number.to_owned(), changes)],
        screen.actor.agent,
        screen.now,
    );
    Toast {
        text: match kind {
            Kind::Forward => texts.will_be_forwarded(seconds),
            Kind::Note => texts.note_will_be_sent(seconds),
            Kind::Reply => texts.will_be_sent(seconds),
        },
        undo: Some(Undo {
            action: format!("/tickets/{}/recall", encode(number)),
            fields: vec![("mail".to_owned(), mail.to_string()), ("way".to_owned(), way)],
        }),
    }
}

/// Files a note; with recipients it is a mail as well.
pub async fn note(screen: Screen, Path(number): Path<String>, form: Form) -> Answer {
    if !form.text("to").is_empty() {
        return send(&screen, &number, Kind::Note, &form).await;
    }
    file(&screen, &number, Kind::Note, &form).await
}

async fn file(screen: &Screen, number: &str, kind: Kind, form: &Form) -> Answer {
    let typed = form::draft(form);
    // A file that is missing is told, not left out.
    let uploads = typed.uploads();
    let draft = with_names(screen, typed).await?;
    match filing::file(screen, number, kind, &draft, uploads).await? {
        Ok(()) => {
            let texts = texts::reply(screen.language);
            let text = if kind == Kind::Note { texts.note_filed() } else { texts.kept() };
            done(screen, number, Toast { text: text.to_owned(), undo: None }).await
        }
        Err(refusal) => refuse(screen, number, kind, draft, refusal).await,
    }
}

/// Brings an answer back that has not left yet.
pub async fn recall(screen: Screen, Path(number): Path<String>, form: Form) -> Answer {
    let mail = OutboundId::parse(form.text("mail")).ok_or(Denied::NotFound)?;
    let keys = &screen.app.keys;
    let back = undo::open(keys, screen.actor.agent, form.raw("way"), screen.now);
    let back = back.unwrap_or_default().into_iter().find(|(ticket, _)| *ticket == number);
    let changes = back.map(|(_, changes)| changes).unwrap_or_default();
    let recall = Recall {
        acting: screen.acting(),
        number: &number,
        directory: &screen.directory,
        mail,
        changes: &changes,
    };
    let texts = texts::reply(screen.language);
    let text = match screen.app.db.write(&recall).await? {
        Recalled::Done(Kind::Note) => texts.note_recalled(),
        Recalled::Done(_) => texts.recalled(),
        Recalled::TooLate => texts.recalled_too_late(),
        Recalled::Denied(denied) => return Err(denied.into()),
    };
    done(&screen, &number, Toast { text: text.to_owned(), undo: None }).await
}

/// The fresh composer with a toast; conversation and properties fetch themselves. Without a script the
/// page.
async fn done(screen: &Screen, number: &str, toast: Toast) -> Answer {
    if !screen.htmx.fragment {
        return Ok(see_other(&format!("/tickets/{}", encode(number))));
    }
    let basis = read(screen, number).await?;
    let said = toasts_out_of_band(screen.language, &[toast]);
    let composer = match screen.htmx.target.as_deref() {
        Some("composer") => show::composer(screen, &basis),
        _ => in_place(show::composer(screen, &basis)),
    };
    Ok((web::trigger("live:refresh"), html! { (composer) (said) }).into_response())
}

/// The composer beside an answer that goes elsewhere.
fn in_place(composer: Markup) -> Markup {
    html! { div hx-swap-oob="outerHTML:#composer" { (composer) } }
}

async fn refuse(
    screen: &Screen,
    number: &str,
    kind: Kind,
    draft: Draft,
    refusal: Refusal,
) -> Answer {
    if refusal == Refusal::Denied(Denied::NotFound) {
        return Err(Denied::NotFound.into());
    }
    if refusal == Refusal::SentAlready {
        let toast = Toast { text: refusal.sentence(screen.language), undo: None };
        return done(screen, number, toast).await;
    }
    let mut draft = draft;
    let (field, confirm) = match refusal.remedy() {
        Remedy::Mend(field) => (field, None),
        // The next try is made in the knowledge of what came.
        Remedy::LookAndSend => {
            draft.seen = None;
            ("", None)
        }
        Remedy::Confirm => {
            let means_them = texts::reply(screen.language).means_them();
            ("", Some(("knows_strangers", means_them.to_owned())))
        }
    };
    let problem = Problem { sentence: refusal.sentence(screen.language), field, confirm };
    show_problem(screen, number, kind, draft, problem).await
}

async fn show_problem(
    screen: &Screen,
    number: &str,
    kind: Kind,
    draft: Draft,
    problem: Problem,
) -> Answer {
    let basis = read(screen, number).await?;
    let seen = draft.seen.or_else(|| basis.seen().map(|id| id.to_string()));
    let composer = show::refused(screen, &basis, kind, Draft { seen, ..draft }, problem);
    if screen.htmx.fragment {
        return Ok((web::trigger("live:refresh"), composer).into_response());
    }
    let view = answer::read(screen, number).await?;
    let page = refusing_page(screen, &view, composer).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn read(screen: &Screen, number: &str) -> Result<Basis, HttpError> {
    let read = ReadBasis { actor: &screen.actor, number };
    Ok(screen.app.db.read(&read).await??)
}
