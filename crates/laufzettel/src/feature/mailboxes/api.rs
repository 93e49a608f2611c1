//! Mailboxes in the API.

use axum::extract::Path;
use axum::http::HeaderMap;
use rules::right::{Place, Right, allows};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{IfMatch, Json, Problem, Query};

use super::{
    DeleteMailbox, Deleted, MailboxForm, SaveMailbox, Saved, TestResult, Which, check,
    gives_tokens_away, test,
};
use crate::App;
use crate::api::{
    Call, Caller, Nothing, Page, Post, Problems, Settings, conflict, created, done, invalid,
    location, once, shown, stale, versioned,
};
use crate::feature::lists::api::AskedPage;
use crate::http::error::{Answer, HttpError};
use crate::record::actor::Denied;
use crate::record::directory::by_name;
use crate::record::mailbox::Mailbox;

mod autoresponder;
mod body;
mod muted;
mod options;
mod shown_mailbox;

use body::{Body, NewBody};
use shown_mailbox::ShownMailbox;

/// The routes of mailboxes.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list, create))
        .routes(routes!(read, change, delete))
        .routes(routes!(try_account))
        .merge(muted::routes())
}

/// Lists all mailboxes
///
/// By name, those of the areas whose mails the agent may read.
#[utoipa::path(
    get,
    path = "/api/v1/mailboxes",
    params(AskedPage),
    responses((status = 200, description = "A page", body = Page<ShownMailbox>), Problems),
    security(("token" = ["settings"]))
)]
async fn list(caller: Caller<Settings>, Query(asked): Query<AskedPage>) -> Answer {
    let states = shown_mailbox::states(&caller).await?;
    let visible = caller.directory.mailboxes.iter().filter(|mailbox| may_see(&caller, mailbox));
    let visible: Vec<&Mailbox> = visible.collect();
    let page = asked.cut("mailboxes", &visible, |mailbox| vec![mailbox.id.number()])?;
    let items = page.rows.iter().map(|mailbox| ShownMailbox::of(&caller, mailbox, &states));
    Ok(shown(&Page { items: items.collect(), next: page.next }))
}

/// Makes a mailbox
#[utoipa::path(
    post,
    path = "/api/v1/mailboxes",
    request_body = NewBody,
    responses((status = 201, description = "The mailbox", body = ShownMailbox), Problems),
    security(("token" = ["settings"]))
)]
async fn create(caller: Caller<Settings>, post: Post<NewBody>) -> Answer {
    let form = post.body.form(&caller)?;
    manage_area(&caller, &form.area)?;
    checked(&caller, &form, None)?;
    let sealed = seal(&caller, &form);
    let save = save(&caller, &form, Which::New, sealed.as_deref());
    let answer = once(&caller, &post.repeat, &save, |saved| {
        let version = saved_version(saved)?;
        let shown = ShownMailbox::of_form(&caller, &form, version);
        Ok::<_, HttpError>(created(&location("mailboxes", &form.name), Some(version), &shown))
    })
    .await;
    caller.forget_lists();
    answer
}

/// Reads a mailbox
#[utoipa::path(
    get,
    path = "/api/v1/mailboxes/{name}",
    params(("name" = String, Path, description = "The mailbox")),
    responses((status = 200, description = "The mailbox", body = ShownMailbox), Problems),
    security(("token" = ["settings"]))
)]
async fn read(caller: Caller<Settings>, Path(name): Path<String>) -> Answer {
    let mailbox = find(&caller, &name)?;
    let states = shown_mailbox::states(&caller).await?;
    Ok(versioned(&ShownMailbox::of(&caller, mailbox, &states), mailbox.version))
}

/// Changes a mailbox
///
/// `source` is changed as a whole. Its password may be left out as long as it goes to the same user of
/// the same server.
#[utoipa::path(
    patch,
    path = "/api/v1/mailboxes/{name}",
    params(("name" = String, Path, description = "The mailbox")),
    request_body = Body,
    responses((status = 200, description = "The mailbox", body = ShownMailbox), Problems),
    security(("token" = ["settings"]))
)]
async fn change(
    caller: Caller<Settings>,
    Path(name): Path<String>,
    headers: HeaderMap,
    Json(body): Json<Body>,
) -> Answer {
    let mailbox = find(&caller, &name)?;
    manage(&caller, mailbox)?;
    let if_match = IfMatch::read(&headers);
    if_match.allow(mailbox.version)?;
    let form = body.form(&caller, mailbox)?;
    manage_area(&caller, &form.area)?;
    checked(&caller, &form, Some(mailbox))?;
    let sealed = seal(&caller, &form);
    let version = matches!(if_match, IfMatch::Versions(_)).then_some(mailbox.version);
    let save = save(&caller, &form, Which::Existing(version), sealed.as_deref());
    let version = saved_version(caller.app.db.write(&save).await?)?;
    caller.forget_lists();
    Ok(versioned(&ShownMailbox::of_form(&caller, &form, version), version))
}

/// Switches a mailbox off
///
/// It stays on record, because tickets came by it.
#[utoipa::path(
    delete,
    path = "/api/v1/mailboxes/{name}",
    params(("name" = String, Path, description = "The mailbox")),
    responses((status = 204, description = "It is off"), Problems),
    security(("token" = ["settings"]))
)]
async fn delete(caller: Caller<Settings>, Path(name): Path<String>, headers: HeaderMap) -> Answer {
    let mailbox = find(&caller, &name)?;
    manage(&caller, mailbox)?;
    let if_match = IfMatch::read(&headers);
    if_match.require(mailbox.version)?;
    let version = matches!(if_match, IfMatch::Versions(_)).then_some(mailbox.version);
    let delete = DeleteMailbox { name: &mailbox.name, version, by: caller.by() };
    let deleted = caller.app.db.write(&delete).await?;
    caller.forget_lists();
    match deleted {
        Deleted::Done => Ok(done()),
        Deleted::NotFound => Err(Denied::NotFound.into()),
        Deleted::Stale(_) => Err(stale().into()),
    }
}

/// How trying an account went.
#[derive(Debug, Serialize, ToSchema)]
struct Trial {
    /// The steps as far as it got; none for a mailbox whose mails are brought.
    steps: Vec<TrialStep>,
    /// How many mails are in the folder.
    mails: Option<u64>,
    /// How many of them came before the day from which mails are fetched.
    mails_before: Option<u64>,
}

/// One step of trying an account.
#[derive(Debug, Serialize, ToSchema)]
struct TrialStep {
    /// `connected`, `protected`, `signed_in` or `folder_found`.
    step: &'static str,
    /// What is wrong, or `null` if it worked.
    problem: Option<&'static str>,
    /// What the server or the system said.
    words: Option<String>,
}

/// Tries the account of a mailbox
///
/// It is signed in to as far as it works; nothing there is changed. A repeated request tries again.
#[utoipa::path(
    post,
    path = "/api/v1/mailboxes/{name}/test",
    params(("name" = String, Path, description = "The mailbox")),
    request_body = Nothing,
    responses((status = 200, description = "How far it got", body = Trial), Problems),
    security(("token" = ["settings"]))
)]
async fn try_account(
    caller: Caller<Settings>,
    Path(name): Path<String>,
    _: Post<Nothing>,
) -> Answer {
    let mailbox = find(&caller, &name)?;
    manage(&caller, mailbox)?;
    Ok(shown(&trial(test(&caller.app, mailbox).await)))
}

fn trial(result: TestResult) -> Trial {
    let steps = result.steps.into_iter().map(|tested| TrialStep {
        step: tested.step.code(),
        problem: tested.trouble.as_ref().map(|trouble| trouble.code),
        words: tested.trouble.and_then(|trouble| trouble.words),
    });
    Trial { steps: steps.collect(), mails: result.mails, mails_before: result.mails_before }
}

fn has(call: &Call, right: Right, mailbox: &Mailbox) -> bool {
    allows(&call.actor.rights, right, Place::Area(mailbox.area.number()))
}

fn may_see(call: &Call, mailbox: &Mailbox) -> bool {
    call.may_manage_house() || has(call, Right::ReadMails, mailbox)
}

fn find<'a>(call: &'a Call, name: &str) -> Result<&'a Mailbox, Denied> {
    let mailbox = call.directory.mailbox(name).filter(|mailbox| may_see(call, mailbox));
    mailbox.ok_or(Denied::NotFound)
}

fn manage(call: &Call, mailbox: &Mailbox) -> Result<(), Denied> {
    match call.may_manage_house() || has(call, Right::ManageArea, mailbox) {
        true => Ok(()),
        false => Err(Denied::NotAllowed),
    }
}

/// Whoever sets up a mailbox must be allowed to set up the area of its tickets.
fn manage_area(call: &Call, name: &str) -> Result<(), HttpError> {
    if call.may_manage_house() {
        return Ok(());
    }
    let area = by_name(&call.directory.areas, name).map(|area| Place::Area(area.id.number()));
    match area.is_some_and(|area| allows(&call.actor.rights, Right::ManageArea, area)) {
        true => Ok(()),
        false => Err(Denied::NotAllowed.into()),
    }
}

fn checked(call: &Call, form: &MailboxForm, stored: Option<&Mailbox>) -> Result<(), Problem> {
    let present = stored.map(Mailbox::source);
    if gives_tokens_away(&form.source, present.as_ref(), call.actor.is_administrator()) {
        let message = "only an administrator says what is opened with the tokens of a sign-in";
        return Err(invalid("source.oauth", "not_allowed", message));
    }
    let problems = check(form, &call.directory, call.app.config.allow_plaintext_mail);
    if problems.is_empty() { Ok(()) } else { Err(Problem { problems, ..invalid("", "", "") }) }
}

fn seal(call: &Call, form: &MailboxForm) -> Option<Vec<u8>> {
    let password = form.password.as_ref()?;
    call.app.keys.seal(&password.0, rand::random())
}

fn save<'a>(
    call: &'a Call,
    form: &'a MailboxForm,
    which: Which,
    sealed: Option<&'a [u8]>,
) -> SaveMailbox<'a> {
    let directory = &call.directory;
    SaveMailbox { form, which, sealed, directory, by: call.by() }
}

fn saved_version(saved: Saved) -> Result<i64, HttpError> {
    match saved {
        Saved::Done(_, version) => Ok(version),
        Saved::NameTaken => Err(conflict("name_taken", "another mailbox has this name").into()),
        Saved::NotFound => Err(Denied::NotFound.into()),
        Saved::Stale(_) => Err(stale().into()),
        Saved::Refused(problems) => Err(Problem { problems, ..invalid("", "", "") }.into()),
    }
}
