//! Handlers of the lists of the settings.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use db::{FailureKind, Operation};
use web::{Form, see_other};

use super::page::{Tickets, entries, entry_page, page as list_page};
use super::store::{CountUses, ReadRows, Row};
use super::{
    AddEntry, ChangeEntry, Direction, Ended, Fields, List, MoveEntry, Refusal, RemoveEntry, form,
    free_key, show,
};
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::record::frame::{Place, Toast, toasts_out_of_band};
use crate::texts;

/// The list.
pub async fn page(screen: Screen, Path(path): Path<String>, asked: Form) -> Answer {
    let list = open(&screen, &path)?;
    let rows = rows(&screen, list).await?;
    let toasts = told(&screen, &asked, None);
    let shown = show::list(&screen, list, &rows, Form::default(), None).await?;
    let frame = screen.frame_with(Place::Settings, toasts).await?;
    Ok(list_page(&frame, &shown).into_response())
}

/// The form for a new entry.
pub async fn new(screen: Screen, Path(path): Path<String>) -> Answer {
    let list = open(&screen, &path)?;
    entry(&screen, list, None, (None, None), Vec::new()).await
}

/// One entry.
pub async fn one(screen: Screen, Path((path, id)): Path<(String, String)>, asked: Form) -> Answer {
    let (list, row) = named(&screen, &path, &id).await?;
    let toasts = told(&screen, &asked, Some(&row));
    entry(&screen, list, Some(&row), (None, None), toasts).await
}

/// Makes an entry, from the short form below the list or from the long one.
pub async fn add(screen: Screen, Path(path): Path<String>, mut typed: Form) -> Answer {
    let list = open(&screen, &path)?;
    let before = rows(&screen, list).await?;
    let fields = form::read(&screen, list, &mut typed, None);
    if typed.is_fine() {
        let keys: Vec<String> = before.iter().map(|row| row.key.clone()).collect();
        let key = free_key(fields.name.as_deref().unwrap_or_default(), "entry", &keys);
        let id = screen.app.ids.next(screen.now);
        let add = AddEntry { list, id, key: &key, fields: &fields, by: screen.by() };
        let ended = write(&screen, &add).await?;
        if let Ended::Done(row, _) = ended {
            return Ok(see_other(&format!("{}/{}?told=added", list.href(), row.id)));
        }
        refuse(&screen, &mut typed, ended)?;
    }
    if !typed.has("quick") {
        return entry(&screen, list, None, (Some(typed), None), Vec::new()).await;
    }
    let shown = show::list(&screen, list, &before, typed, None).await?;
    let page = list_page(&screen.frame(Place::Settings).await?, &shown);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Changes an entry.
pub async fn change(
    screen: Screen,
    Path((path, id)): Path<(String, String)>,
    mut typed: Form,
) -> Answer {
    let (list, row) = named(&screen, &path, &id).await?;
    let fields = form::read(&screen, list, &mut typed, Some(&row));
    if typed.is_fine() {
        let version = typed.text("version").parse().ok();
        let change = ChangeEntry { list, id: row.id, version, fields: &fields, by: screen.by() };
        let ended = write(&screen, &change).await?;
        if let Ended::Done(row, _) = ended {
            return Ok(see_other(&format!("{}/{}?told=saved", list.href(), row.id)));
        }
        refuse(&screen, &mut typed, ended)?;
    }
    entry(&screen, list, Some(&row), (Some(typed), None), Vec::new()).await
}

/// Switches an entry off or on.
pub async fn switch(
    screen: Screen,
    Path((path, id)): Path<(String, String)>,
    typed: Form,
) -> Answer {
    let (list, row) = named(&screen, &path, &id).await?;
    let active = typed.has("active");
    let fields = Fields { active: Some(active), ..Fields::default() };
    let change = ChangeEntry { list, id: row.id, version: None, fields: &fields, by: screen.by() };
    let ended = write(&screen, &change).await?;
    let (texts, name) = (texts::lists(screen.language), show::name(&row, screen.language));
    let text = if active { texts.on(name) } else { texts.off(name) };
    changed(&screen, list, ended, text).await
}

/// Moves an entry up or down.
pub async fn move_it(
    screen: Screen,
    Path((path, id)): Path<(String, String)>,
    typed: Form,
) -> Answer {
    let (list, row) = named(&screen, &path, &id).await?;
    let direction = Direction::from_code(typed.text("direction")).ok_or(HttpError::Unreadable)?;
    let moving = MoveEntry { list, id: row.id, direction, by: screen.by() };
    let ended = write(&screen, &moving).await?;
    let text = texts::lists(screen.language).moved(show::name(&row, screen.language));
    changed(&screen, list, ended, text).await
}

/// Deletes an entry that nothing uses.
pub async fn delete(
    screen: Screen,
    Path((path, id)): Path<(String, String)>,
    typed: Form,
) -> Answer {
    let (list, row) = named(&screen, &path, &id).await?;
    let version = typed.text("version").parse().ok();
    let removal = RemoveEntry { list, id: row.id, version, by: screen.by() };
    let ended = screen.app.db.write(&removal).await;
    screen.app.forget_lists();
    let sentence = match ended {
        Ok(Ended::Deleted) => return Ok(see_other(&format!("{}?told=deleted", list.href()))),
        Ok(ended) => sentence(&screen, &ended)?.to_owned(),
        Err(failure) if failure.kind() == FailureKind::BrokenReference => {
            used(&screen, list, row.id).await?
        }
        Err(failure) => return Err(failure.into()),
    };
    entry(&screen, list, Some(&row), (None, Some(sentence)), Vec::new()).await
}

/// The list with this path, for who may change it.
fn open(screen: &Screen, path: &str) -> Result<List, HttpError> {
    let list = List::from_path(&path.replace('-', "_")).ok_or(Denied::NotFound)?;
    screen.manage_house()?;
    Ok(list)
}

async fn rows(screen: &Screen, list: List) -> Result<Vec<Row>, HttpError> {
    Ok(screen.app.db.read(&ReadRows(list)).await?)
}

/// The entry that an address names, and its list.
async fn named(screen: &Screen, path: &str, id: &str) -> Result<(List, Row), HttpError> {
    let list = open(screen, path)?;
    Ok((list, find(screen, list, id).await?))
}

/// Changes a list; whatever shows it reads it anew.
async fn write<O: Operation>(screen: &Screen, change: &O) -> Result<O::Outcome, HttpError> {
    let ended = screen.app.db.write(change).await;
    screen.app.forget_lists();
    Ok(ended?)
}

async fn find(screen: &Screen, list: List, id: &str) -> Result<Row, HttpError> {
    let found = rows(screen, list).await?.into_iter().find(|row| row.id.to_string() == id);
    Ok(found.ok_or(Denied::NotFound)?)
}

/// The page of an entry: as it is stored, or with what was typed and what is wrong with it.
async fn entry(
    screen: &Screen,
    list: List,
    row: Option<&Row>,
    (typed, trouble): (Option<Form>, Option<String>),
    toasts: Vec<Toast>,
) -> Answer {
    let is_wrong = typed.is_some() || trouble.is_some();
    let all = rows(screen, list).await?;
    let mut shown = show::entry(screen, list, &all, row, typed).await?;
    if let Some(sentence) = trouble {
        shown.form.refuse("form", sentence);
    }
    let page = entry_page(&screen.frame_with(Place::Settings, toasts).await?, &shown);
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, page).into_response())
}

/// Says beside its field why an entry cannot be so.
fn refuse(screen: &Screen, typed: &mut Form, ended: Ended) -> Result<(), HttpError> {
    let field = match &ended {
        Ended::Refused(Refusal::KeyTaken | Refusal::NameTaken) => "name",
        Ended::Refused(Refusal::Circle) => "parent",
        _ => "form",
    };
    let sentence = sentence(screen, &ended)?;
    typed.refuse(field, sentence);
    Ok(())
}

fn sentence(screen: &Screen, ended: &Ended) -> Result<&'static str, HttpError> {
    let texts = texts::lists(screen.language);
    match ended {
        Ended::Done(..) | Ended::Deleted | Ended::NotFound => Err(Denied::NotFound.into()),
        Ended::Stale => Ok(texts.stale()),
        Ended::Refused(Refusal::KeyTaken | Refusal::NameTaken) => Ok(texts.name_taken()),
        Ended::Refused(Refusal::Circle) => Ok(texts.circle()),
        Ended::Refused(Refusal::IsDefault) => Ok(texts.is_default()),
        Ended::Refused(Refusal::LastOne) => Ok(texts.last_one()),
        Ended::Refused(Refusal::HasMailbox) => Ok(texts.has_mailbox()),
    }
}

/// Why an entry that something uses cannot be deleted (F-TYPE-06).
async fn used(screen: &Screen, list: List, id: i64) -> Result<String, HttpError> {
    let uses = screen.app.db.read(&CountUses { list, id: Some(id) }).await?;
    let tickets = Tickets::of(uses.first().map_or(0, |one| one.tickets));
    let texts = texts::lists(screen.language);
    match tickets {
        Tickets::NONE => Ok(texts.used_elsewhere().to_owned()),
        Tickets::Exactly(tickets) => Ok(texts.used_by_tickets(tickets)),
        Tickets::MoreThan(tickets) => {
            Ok(texts.used_by_many(&texts::number(screen.language, tickets)))
        }
    }
}

/// The list after a change of one row, or why there was none.
async fn changed(screen: &Screen, list: List, ended: Ended, text: String) -> Answer {
    let trouble = match &ended {
        Ended::Done(..) => None,
        ended => Some(sentence(screen, ended)?.to_owned()),
    };
    let is_wrong = trouble.is_some();
    if !screen.htmx.fragment && !is_wrong {
        return Ok(see_other(&list.href()));
    }
    let anew = screen.app.directory().await?;
    let screen = &Screen { directory: anew, ..screen.clone() };
    let shown =
        show::list(screen, list, &rows(screen, list).await?, Form::default(), trouble).await?;
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    if !screen.htmx.fragment {
        let page = list_page(&screen.frame(Place::Settings).await?, &shown);
        return Ok((status, page).into_response());
    }
    let toasts: Vec<Toast> =
        (!is_wrong).then_some(Toast { text, undo: None }).into_iter().collect();
    Ok((status, fragment(screen, &shown, &toasts)).into_response())
}

fn fragment(screen: &Screen, shown: &super::page::ListPage, toasts: &[Toast]) -> Response {
    let list = entries(screen.language, shown);
    let toasts = toasts_out_of_band(screen.language, toasts);
    maud::html! { (list) (toasts) }.into_response()
}

/// What was done before this page, as its address says.
fn told(screen: &Screen, asked: &Form, row: Option<&Row>) -> Vec<Toast> {
    let texts = texts::lists(screen.language);
    let name = row.map(|row| show::name(row, screen.language)).unwrap_or_default();
    let text = match asked.text("told") {
        "added" => texts.added(name),
        "saved" => texts.saved(name),
        "deleted" => texts.deleted().to_owned(),
        _ => return Vec::new(),
    };
    vec![Toast { text, undo: None }]
}
