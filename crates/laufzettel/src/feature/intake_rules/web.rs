//! Handlers of the rules.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use rules::right::{Place as At, Right, allows};
use web::{Form, go_to, see_other};

use super::form::{self, ActionRow, ConditionRow, Rows};
use super::machine_web::wanted_rules;
use super::names::ReadCondition;
use super::page::{Face, RulesPage, edit, list, rule_form, rules_page};
use super::save::{Ended, HandleRule, Handling, Refused, RuleForm, SaveRule};
use super::show::{self, Shown};
use super::{choices, from_ticket, names, words};
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::record::frame::{Place, Toast, toasts_out_of_band};
use crate::record::intake_rule::IntakeRule;
use crate::record::{MailId, RuleId};
use crate::texts;

/// Goes on only for whoever may write rules.
pub fn may(screen: &Screen) -> Result<(), Denied> {
    match allows(&screen.actor.rights, Right::ManageRules, At::House) {
        true => Ok(()),
        false => Err(Denied::NotAllowed),
    }
}

/// The list, with the mail that rules are tried on.
pub async fn page(screen: Screen, asked: Form) -> Answer {
    may(&screen)?;
    let page = show::rules_page(&screen, MailId::parse(asked.text("mail"))).await?;
    let frame = screen.frame_with(Place::Settings, told(&screen, &asked)).await?;
    Ok(rules_page(&frame, &page).into_response())
}

/// The form for a new rule, filled in from a ticket if one is named (F-MAIL-44).
pub async fn new(screen: Screen, asked: Form) -> Answer {
    may(&screen)?;
    let rows = match asked.text("ticket") {
        "" => Rows { all: true, goes_on: true, ..Rows::default() },
        number if asked.has("spam") => from_ticket::spam_rows(&screen, number).await?,
        number => from_ticket::rows(&screen, number).await?,
    };
    let form = Form::with_values([("active", "on"), ("name", asked.text("name"))]);
    let face = choices::face(&screen.directory, screen.language, &rows);
    shown(&screen, StatusCode::OK, None, form, face, MailId::parse(asked.text("mail"))).await
}

/// One rule.
pub async fn one(screen: Screen, Path(id): Path<String>, asked: Form) -> Answer {
    let rule = find(&screen, &id)?;
    let (form, face) = stored(&screen, rule).await?;
    shown(&screen, StatusCode::OK, Some(rule.id), form, face, MailId::parse(asked.text("mail")))
        .await
}

/// What a stored rule says in the form.
async fn stored(screen: &Screen, rule: &IntakeRule) -> Result<(Form, Face), HttpError> {
    let known = show::known(screen, None).await?;
    let read = known.rules.iter().find(|read| read.rule.id == rule.id).ok_or(Denied::NotFound)?;
    let mailbox = rule.mailbox.and_then(|id| screen.directory.mailbox_by_id(id));
    let (condition, actions) = show::texts_of(read, screen.language, screen);
    let version = rule.version.to_string();
    let on = rule.active.then_some(("active", "on"));
    let values = [
        ("name", rule.name.as_str()),
        ("mailbox", mailbox.map_or("", |one| one.name.as_str())),
        ("condition", &condition),
        ("actions", &actions),
        ("version", &version),
    ];
    let form = Form::with_values(values.into_iter().chain(on));
    let names = read.names(screen.language, &screen.directory);
    let rows = form::rows(&read.tree, &read.actions, screen.language, &names);
    Ok(match rows {
        Some(rows) => {
            let face = choices::face(&screen.directory, screen.language, &rows);
            (with_rows(form, &rows), face)
        }
        None => (form, Face::Text { has_rows: false }),
    })
}

/// The rows as the form would send them, so that sentence and texts follow from it.
pub fn with_rows(form: Form, rows: &Rows) -> Form {
    let mut form = form.with("face", "rows").with("all", if rows.all { "all" } else { "any" });
    if rows.goes_on {
        form = form.with("goes_on", "on");
    }
    for row in &rows.conditions {
        form = form.and("cf", &row.field).and("co", &row.comparison).and("cv", &row.value);
    }
    for row in &rows.actions {
        let [first, second, third] = &row.values;
        let only_empty = if row.only_empty { "empty" } else { "" };
        form = form.and("af", &row.action).and("ao", only_empty);
        form = form.and("av", first).and("aw", second).and("ax", third);
    }
    form
}

/// Makes a rule.
pub async fn add(screen: Screen, typed: Form) -> Answer {
    may(&screen)?;
    save(&screen, None, typed).await
}

/// Changes a rule.
pub async fn change(screen: Screen, Path(id): Path<String>, typed: Form) -> Answer {
    let rule = find(&screen, &id)?.id;
    save(&screen, Some(rule), typed).await
}

async fn save(screen: &Screen, rule: Option<RuleId>, mut typed: Form) -> Answer {
    if typed.text("do") == "refresh" {
        let face = face_of(screen, &typed).await?;
        return shown(screen, StatusCode::OK, rule, typed, face, None).await;
    }
    if words::refuse_half(screen.language, &mut typed) {
        return refused(screen, rule, typed).await;
    }
    let wanted = wanted(screen, &typed);
    let version = typed.text("version").parse().ok().filter(|_| rule.is_some());
    let directory = &screen.directory;
    let save = SaveRule { form: &wanted, rule, version, directory, by: screen.by() };
    let ended = screen.app.db.write(&save).await?;
    screen.app.forget_lists();
    match ended {
        Ended::Done(id, _) => {
            let told = if rule.is_some() { "saved" } else { "added" };
            return Ok(see_other(&format!("/settings/rules?told={told}&rule={id}")));
        }
        Ended::NotFound => return Err(Denied::NotFound.into()),
        Ended::Stale => typed = stale(screen, rule, typed).await?,
        Ended::Refused(refused) => {
            let (field, sentence) =
                words::refused(screen.language, &refused, &wanted.condition, &wanted.actions);
            typed.refuse(field, sentence);
        }
    }
    refused(screen, rule, typed).await
}

/// The form with what is wrong in it.
async fn refused(screen: &Screen, rule: Option<RuleId>, typed: Form) -> Answer {
    let face = face_of(screen, &typed).await?;
    shown(screen, StatusCode::UNPROCESSABLE_ENTITY, rule, typed, face, None).await
}

/// The form with the version that is stored now, so that saving once more counts.
async fn stale(screen: &Screen, rule: Option<RuleId>, mut typed: Form) -> Result<Form, HttpError> {
    let now = screen.app.directory_anew().await?;
    let stored = now.intake_rules.iter().find(|one| Some(one.id) == rule);
    typed = typed.with("version", &stored.map_or(String::new(), |one| one.version.to_string()));
    typed.refuse("save", texts::intake_rules(screen.language).stale());
    Ok(typed)
}

/// The rule that a form means.
pub fn wanted(screen: &Screen, typed: &Form) -> RuleForm {
    let (condition, actions) = match typed.text("face") {
        "text" => (typed.raw("condition").to_owned(), typed.raw("actions").to_owned()),
        _ => form::typed(typed).texts(screen.language),
    };
    let mailbox = screen.directory.mailbox(typed.text("mailbox")).map(|one| one.id);
    let name = typed.text("name").to_owned();
    RuleForm { name, mailbox, condition, actions, active: typed.has("active") }
}

/// The face of a form that was sent.
async fn face_of(screen: &Screen, typed: &Form) -> Result<Face, HttpError> {
    Ok(match typed.text("face") {
        "text" => {
            let turned = turned(screen, typed).await?;
            Face::Text { has_rows: !matches!(turned, Turned::Nested) }
        }
        _ => choices::face(&screen.directory, screen.language, &form::typed(typed)),
    })
}

/// What the text of a form is as rows.
enum Turned {
    Rows(Rows),
    /// Its condition has a shape that rows cannot show.
    Nested,
    /// It cannot be read.
    Unreadable(Refused),
}

async fn turned(screen: &Screen, typed: &Form) -> Result<Turned, HttpError> {
    let (directory, language) = (&screen.directory, screen.language);
    let condition = ReadCondition { text: typed.raw("condition"), directory };
    let read = screen.app.db.read(&condition).await?;
    if let Some(mark) = read.marks.first() {
        let refused = Refused::Condition(mark.at.clone(), mark.reason);
        return Ok(Turned::Unreadable(refused));
    }
    Ok(match names::read_actions(typed.raw("actions"), directory) {
        Ok(actions) => {
            let rows = form::rows(&read.tree, &actions, language, &read.names(language, directory));
            rows.map_or(Turned::Nested, Turned::Rows)
        }
        Err(problem) => Turned::Unreadable(Refused::Actions(problem.at, problem.reason)),
    })
}

/// Adds a row, takes one away, or shows the other face. Nothing is saved.
pub async fn draft_of_new(screen: Screen, typed: Form) -> Answer {
    may(&screen)?;
    draft(&screen, None, typed).await
}

/// As [`draft_of_new`], of a rule that is there.
pub async fn draft_of_one(screen: Screen, Path(id): Path<String>, typed: Form) -> Answer {
    let rule = find(&screen, &id)?.id;
    draft(&screen, Some(rule), typed).await
}

async fn draft(screen: &Screen, rule: Option<RuleId>, typed: Form) -> Answer {
    if typed.text("do") == "try" {
        return try_on_mail(screen, rule, typed).await;
    }
    let (form, face) = drafted(screen, typed).await?;
    if screen.htmx.fragment {
        let shown = Shown { rule, form, face, rules: &screen.directory.ready_rules, mail: None };
        let page = show::edit_page(screen, shown).await?;
        return Ok(rule_form(screen.language, &page).into_response());
    }
    let status = if form.is_fine() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    shown(screen, status, rule, form, face, None).await
}

/// Tries the rules on a mail, with the one that the form means. One that cannot be read is refused as by
/// saving it, with a sentence at its place.
async fn try_on_mail(screen: &Screen, rule: Option<RuleId>, typed: Form) -> Answer {
    let Some(rules) = wanted_rules(screen, rule, &typed).await? else {
        return save(screen, rule, typed).await;
    };
    let (face, mail) = (face_of(screen, &typed).await?, MailId::parse(typed.text("mail")));
    let page =
        show::edit_page(screen, Shown { rule, form: typed, face, rules: &rules, mail }).await?;
    Ok(edit(&screen.frame(Place::Settings).await?, &page).into_response())
}

/// The form after what its button asks for.
async fn drafted(screen: &Screen, mut typed: Form) -> Result<(Form, Face), HttpError> {
    let rows = edited(&typed);
    let bare = bare(&typed);
    let by_rows = |rows: &Rows| {
        let face = choices::face(&screen.directory, screen.language, rows);
        (with_rows(bare.clone(), rows), face)
    };
    Ok(match typed.text("do") {
        "text" => {
            let (condition, actions) = rows.texts(screen.language);
            let form = bare.with("condition", &condition).with("actions", &actions);
            (form.with("face", "text"), Face::Text { has_rows: true })
        }
        "rows" => match turned(screen, &typed).await? {
            Turned::Rows(rows) => by_rows(&rows),
            Turned::Nested => (typed, Face::Text { has_rows: false }),
            Turned::Unreadable(refused) => {
                let (condition, actions) = (typed.raw("condition"), typed.raw("actions"));
                let (field, sentence) =
                    words::refused(screen.language, &refused, condition, actions);
                typed.refuse(field, sentence);
                (typed, Face::Text { has_rows: true })
            }
        },
        _ => by_rows(&rows),
    })
}

/// The rows of a form, one more or one less as its button says.
fn edited(typed: &Form) -> Rows {
    let mut rows = form::typed(typed);
    let wanted = typed.text("do");
    let (verb, place) = wanted.split_once(':').unwrap_or((wanted, ""));
    let place = place.parse::<usize>().ok().and_then(|place| place.checked_sub(1));
    match (verb, place) {
        ("add-condition", _) => rows.conditions.push(ConditionRow::default()),
        ("add-action", _) => rows.actions.push(ActionRow::default()),
        ("remove-condition", Some(at)) if at < rows.conditions.len() => {
            rows.conditions.remove(at);
        }
        ("remove-action", Some(at)) if at < rows.actions.len() => {
            rows.actions.remove(at);
        }
        _ => {}
    }
    rows
}

/// What stands beside the rows and the texts.
fn bare(typed: &Form) -> Form {
    let kept = ["name", "mailbox", "active", "version"];
    Form::with_values(
        kept.into_iter().filter(|name| typed.has(name)).map(|name| (name, typed.raw(name))),
    )
}

/// Switches a rule on or off.
pub async fn switch(screen: Screen, Path(id): Path<String>, typed: Form) -> Answer {
    let active = typed.has("active");
    let texts = texts::intake_rules(screen.language);
    let name = find(&screen, &id)?.name.clone();
    let text = if active { texts.switched_on(&name) } else { texts.switched_off(&name) };
    handle(&screen, &id, Handling::Switch(active), text).await
}

/// Moves a rule.
pub async fn move_it(screen: Screen, Path(id): Path<String>, typed: Form) -> Answer {
    let what = if typed.text("direction") == "up" { Handling::Up } else { Handling::Down };
    let name = find(&screen, &id)?.name.clone();
    handle(&screen, &id, what, texts::intake_rules(screen.language).moved(&name)).await
}

/// Deletes a rule.
pub async fn delete(screen: Screen, Path(id): Path<String>) -> Answer {
    let rule = find(&screen, &id)?.id;
    let delete = HandleRule { rule, what: Handling::Delete, version: None, by: screen.by() };
    screen.app.db.write(&delete).await?;
    screen.app.forget_lists();
    Ok(see_other("/settings/rules?told=deleted"))
}

async fn handle(screen: &Screen, id: &str, what: Handling, done: String) -> Answer {
    let rule = find(screen, id)?.id;
    let handle = HandleRule { rule, what, version: None, by: screen.by() };
    let ended = screen.app.db.write(&handle).await?;
    screen.app.forget_lists();
    let refused = match &ended {
        Ended::Done(..) => None,
        Ended::Refused(refused) => Some(words::refused(screen.language, refused, "", "").1),
        Ended::NotFound | Ended::Stale => return Err(Denied::NotFound.into()),
    };
    if refused.is_none() && !screen.htmx.fragment {
        return Ok(see_other("/settings/rules"));
    }
    if screen.htmx.fragment && screen.htmx.target.as_deref() != Some("rules") {
        return Ok(go_to("/settings/rules"));
    }
    let screen = Screen { directory: screen.app.directory_anew().await?, ..screen.clone() };
    let page = RulesPage { refused, ..show::rules_page(&screen, None).await? };
    if !screen.htmx.fragment {
        let frame = screen.frame(Place::Settings).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, rules_page(&frame, &page)).into_response());
    }
    let toast = Toast { text: done, undo: None };
    let toasts = page.refused.is_none().then(|| toasts_out_of_band(screen.language, &[toast]));
    Ok(maud::html! { (list(screen.language, &page)) @if let Some(toasts) = toasts { (toasts) } }
        .into_response())
}

/// The rule with this id.
pub fn find<'a>(screen: &'a Screen, id: &str) -> Result<&'a IntakeRule, Denied> {
    may(screen)?;
    let id = RuleId::parse(id).ok_or(Denied::NotFound)?;
    screen.directory.intake_rules.iter().find(|rule| rule.id == id).ok_or(Denied::NotFound)
}

async fn shown(
    screen: &Screen,
    status: StatusCode,
    rule: Option<RuleId>,
    form: Form,
    face: Face,
    mail: Option<MailId>,
) -> Answer {
    let rules = &screen.directory.ready_rules;
    let page = show::edit_page(screen, Shown { rule, form, face, rules, mail }).await?;
    let frame = screen.frame(Place::Settings).await?;
    Ok((status, edit(&frame, &page)).into_response())
}

/// What was done before this page, as its address says.
fn told(screen: &Screen, asked: &Form) -> Vec<Toast> {
    let texts = texts::intake_rules(screen.language);
    let rule = RuleId::parse(asked.text("rule"));
    let rule = screen.directory.intake_rules.iter().find(|one| Some(one.id) == rule);
    let name = rule.map_or("", |one| one.name.as_str());
    let text = match asked.text("told") {
        "added" => texts.added(name),
        "saved" => texts.saved(name),
        "deleted" => texts.deleted().to_owned(),
        _ => return Vec::new(),
    };
    vec![Toast { text, undo: None }]
}
