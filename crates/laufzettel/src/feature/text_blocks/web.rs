//! Handlers of the text blocks.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use values::Language;
use web::{Form, go_to, see_other};

use super::page::{self, Whose};
use super::save::{Ended, Fields, RemoveBlock, SaveBlock, Which};
use super::store::{Block, ReadBlocks};
use super::{BODY_BYTES_MAX, Direction, MoveBlock, may_edit, may_see, show};
use crate::api::line;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::record::body::edited_piece;
use crate::record::directory::by_name;
use crate::record::frame::{Place, Toast, Undo, toasts_out_of_band};
use crate::texts;

/// The page. `open` in the address is the key of the block whose text is being written.
pub async fn page(screen: Screen, form: Form) -> Answer {
    let blocks = blocks(&screen).await?;
    let open = Some(form.text("open")).filter(|key| !key.is_empty());
    let shown = show::page(&screen, &blocks, open);
    Ok(page::page(&screen.frame(Place::TextBlocks).await?, &shown).into_response())
}

/// Makes a block, whose text is then written.
pub async fn add(screen: Screen, form: Form) -> Answer {
    let which = match form.text("whose") == Whose::Shared.code() {
        true => Which::NewShared,
        false => Which::NewOwn,
    };
    let Some(name) = line(form.text("name")) else { return answer(&screen, None, None).await };
    let fields = Fields { name: Some(name), ..Fields::default() };
    let block = saved(&screen, which, &fields).await?;
    let text = texts::text_blocks(screen.language).added(&block.name);
    let undo = undo(format!("/text-blocks/{}/delete", block.key), Vec::new());
    answer(&screen, Some(&block.key), Some(Toast { text, undo })).await
}

/// Changes what the form names: the name, the switch, or the text with area and language.
pub async fn change(screen: Screen, Path(key): Path<String>, form: Form) -> Answer {
    let before = find(&screen, &key).await?;
    let texts = texts::text_blocks(screen.language);
    let path = format!("/text-blocks/{key}");
    let (fields, text, back) = if form.has("switched") {
        let active = form.has("active");
        let mut back = vec![("switched".to_owned(), "yes".to_owned())];
        back.extend(before.active.then(|| ("active".to_owned(), "on".to_owned())));
        let text = if active { texts.on(&before.name) } else { texts.off(&before.name) };
        (Fields { active: Some(active), ..Fields::default() }, text, back)
    } else if form.has("name") {
        let Some(name) = line(form.text("name")) else { return answer(&screen, None, None).await };
        let back = vec![("name".to_owned(), before.name.clone())];
        let text = texts.renamed(&name);
        (Fields { name: Some(name), ..Fields::default() }, text, back)
    } else {
        (written(&screen, &form, &before)?, texts.saved(&before.name), way_back(&screen, &before))
    };
    saved(&screen, Which::Existing(before.id), &fields).await?;
    answer(&screen, None, Some(Toast { text, undo: undo(path, back) })).await
}

/// Deletes a block: the way back after it was made.
pub async fn delete(screen: Screen, Path(key): Path<String>) -> Answer {
    let block = find(&screen, &key).await?;
    let remove =
        RemoveBlock { actor: &screen.actor, block: block.id, version: None, by: screen.by() };
    ended_well(screen.app.db.write(&remove).await?)?;
    answer(&screen, None, None).await
}

/// Moves a block.
pub async fn move_it(screen: Screen, Path(key): Path<String>, form: Form) -> Answer {
    let block = find(&screen, &key).await?;
    let direction = Direction::from_code(form.text("direction")).ok_or(Denied::NotFound)?;
    let moving = MoveBlock { actor: &screen.actor, block: block.id, direction, by: screen.by() };
    ended_well(screen.app.db.write(&moving).await?)?;
    let back = vec![("direction".to_owned(), direction.opposite().code().to_owned())];
    let text = texts::text_blocks(screen.language).moved(&block.name);
    let undo = undo(format!("/text-blocks/{key}/move"), back);
    answer(&screen, None, Some(Toast { text, undo })).await
}

/// What the form says about text, area and language.
fn written(screen: &Screen, form: &Form, before: &Block) -> Result<Fields, HttpError> {
    let html = edited_piece(form.raw("text"), form.raw("html"), Some(&before.html));
    let html = html.unwrap_or_default();
    let area = match form.text("area") {
        "" => None,
        key => {
            let area = by_name(&screen.directory.areas, key).map(|area| area.id);
            let area = area.filter(|area| screen.actor.level_in(*area).is_some());
            Some(area.ok_or(Denied::NotFound)?)
        }
    };
    if html.len() > BODY_BYTES_MAX {
        return Err(Denied::NotAllowed.into());
    }
    let language = Language::from_code(form.text("language")).map(Language::code);
    let (area, language) = (Some(area), Some(language));
    Ok(Fields { html: Some(html), area, language, ..Fields::default() })
}

/// The form that makes text, area and language what they were.
fn way_back(screen: &Screen, before: &Block) -> Vec<(String, String)> {
    let areas = &screen.directory.areas;
    let area = areas.iter().find(|area| Some(area.id) == before.area);
    let area = area.map(|area| area.key.clone()).unwrap_or_default();
    let language = before.language.clone().unwrap_or_default();
    let text = mail::text::text_from_html(&before.html);
    let fields = [("text", text), ("html", before.html.clone()), ("area", area)];
    let fields = fields.into_iter().chain([("language", language)]);
    fields.map(|(name, value)| (name.to_owned(), value)).collect()
}

fn undo(action: String, fields: Vec<(String, String)>) -> Option<Undo> {
    Some(Undo { action, fields })
}

async fn blocks(screen: &Screen) -> Result<Vec<Block>, HttpError> {
    Ok(screen.app.db.read(&ReadBlocks(screen.actor.agent)).await?)
}

/// The block with this key, which the reader may change.
async fn find(screen: &Screen, key: &str) -> Result<Block, HttpError> {
    let found = blocks(screen).await?.into_iter().find(|block| block.key == key);
    let Some(block) = found.filter(|block| may_see(&screen.actor, block)) else {
        return Err(Denied::NotFound.into());
    };
    match may_edit(&screen.actor, &block) {
        true => Ok(block),
        false => Err(Denied::NotAllowed.into()),
    }
}

async fn saved(screen: &Screen, which: Which, fields: &Fields) -> Result<Box<Block>, HttpError> {
    let (actor, app) = (&screen.actor, &screen.app);
    let save = SaveBlock { actor, which, version: None, fields, by: screen.by() };
    ended_well(app.db.write(&save).await?)
}

fn ended_well(ended: Ended) -> Result<Box<Block>, HttpError> {
    match ended {
        Ended::Done(block) => Ok(block),
        Ended::NotFound | Ended::Stale => Err(Denied::NotFound.into()),
        Ended::NotAllowed | Ended::KeyTaken => Err(Denied::NotAllowed.into()),
    }
}

/// Both lists as they are now, or the way to the page.
async fn answer(screen: &Screen, open: Option<&str>, toast: Option<Toast>) -> Answer {
    let path = match open {
        Some(key) => format!("/text-blocks?open={key}#block-{key}"),
        None => "/text-blocks".to_owned(),
    };
    // The button that takes something back replaces nothing by itself.
    Ok(match (screen.htmx.fragment, screen.htmx.target.as_deref()) {
        (true, Some("text-blocks")) => fragment(screen, open, toast).await?,
        (true, _) => go_to(&path),
        (false, _) => see_other(&path),
    })
}

async fn fragment(
    screen: &Screen,
    open: Option<&str>,
    toast: Option<Toast>,
) -> Result<Response, HttpError> {
    let shown = show::page(screen, &blocks(screen).await?, open);
    let lists = page::lists(screen.language, &shown);
    let toasts = toasts_out_of_band(screen.language, toast.as_slice());
    Ok(maud::html! { (lists) (toasts) }.into_response())
}
