//! Intake rules in the API.

use axum::extract::Path;
use axum::http::HeaderMap;
use db::{Reading, View};
use rules::right::{Place, Right, allows};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use values::Language;
use web::{IfMatch, Json, Problem, Query};

use super::names::{self, Read};
use super::save::{Ended, HandleRule, Handling, Refused, RuleForm, SaveRule};
use super::{RECKONED, store};
use crate::App;
use crate::api::{
    Call, Caller, Page, Post, Problems, Settings, created, done, invalid, location, once, present,
    shown, stale, unknown, versioned,
};
use crate::feature::journal::store::first_id;
use crate::feature::lists::api::AskedPage;
use crate::http::error::{Answer, HttpError};
use crate::record::actor::Denied;
use crate::record::directory::Directory;
use crate::record::intake_rule::{IntakeRule, all};
use crate::record::{MailId, MailboxId, RuleId};

/// The routes of intake rules.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(list, create)).routes(routes!(read, change, delete))
}

/// A rule.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = IntakeRule)]
pub struct ShownRule {
    /// The rule.
    id: String,
    /// Its name.
    name: String,
    /// The only mailbox for whose mails it is, by name.
    mailbox: Option<String>,
    /// Which mails it is for, in the filter language; every mail if empty.
    condition: String,
    /// What it does, in the same language.
    actions: String,
    /// Whether it runs.
    active: bool,
    /// Its place in the order, from 1 on.
    position: usize,
    /// Actions that name what is gone or switched off, and are left out.
    broken: Vec<&'static str>,
    /// On how many mails it fired in the last 30 days.
    hits: i64,
    /// Grows with each change.
    version: i64,
}

/// A new rule.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewIntakeRule)]
struct NewBody {
    /// Its name.
    name: String,
    /// The only mailbox for whose mails it is, by name.
    mailbox: Option<String>,
    /// Which mails it is for; every mail if empty. Both languages are read.
    #[serde(default)]
    condition: String,
    /// What it does.
    actions: String,
    /// Whether it runs; yes without a word.
    active: Option<bool>,
}

/// What is changed of a rule. A field that is missing stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = IntakeRuleChange)]
struct Body {
    /// Its name.
    name: Option<String>,
    /// The only mailbox for whose mails it is; `null` for all.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    mailbox: Option<Option<String>>,
    /// Which mails it is for.
    condition: Option<String>,
    /// What it does.
    actions: Option<String>,
    /// Whether it runs.
    active: Option<bool>,
    /// Its place in the order, from 1 on.
    position: Option<usize>,
}

impl ShownRule {
    /// A rule that was just made, by its id, version and place.
    fn made(form: &RuleForm, mailbox: Option<String>, made: (RuleId, i64, usize)) -> Self {
        let (id, version, position) = made;
        Self {
            id: id.to_string(),
            name: form.name.trim().to_owned(),
            mailbox,
            condition: form.condition.clone(),
            actions: form.actions.clone(),
            active: form.active,
            position,
            broken: Vec::new(),
            hits: 0,
            version,
        }
    }
}

/// Lists the intake rules
///
/// In the order in which they run.
#[utoipa::path(
    get,
    path = "/api/v1/intake_rules",
    params(AskedPage),
    responses((status = 200, description = "A page", body = Page<ShownRule>), Problems),
    security(("token" = ["settings"]))
)]
async fn list(caller: Caller<Settings>, Query(asked): Query<AskedPage>) -> Answer {
    may(&caller)?;
    let all = rules(&caller).await?;
    let page = asked.cut("intake_rules", &all, |one| vec![one.position as i64])?;
    let items: Vec<&ShownRule> = page.rows.iter().collect();
    Ok(shown(&Page { items, next: page.next }))
}

/// Makes an intake rule
///
/// It becomes the last one. Refused is what cannot be understood, what would throw every mail away,
/// and what another active rule with the same condition undoes.
#[utoipa::path(
    post,
    path = "/api/v1/intake_rules",
    request_body = NewBody,
    responses((status = 201, description = "The rule", body = ShownRule), Problems),
    security(("token" = ["settings"]))
)]
async fn create(caller: Caller<Settings>, post: Post<NewBody>) -> Answer {
    may(&caller)?;
    let body = &post.body;
    let form = RuleForm {
        name: body.name.clone(),
        mailbox: mailbox(&caller, body.mailbox.as_deref())?,
        condition: body.condition.clone(),
        actions: body.actions.clone(),
        active: body.active.unwrap_or(true),
    };
    let directory = &caller.directory;
    let save = SaveRule { form: &form, rule: None, version: None, directory, by: caller.by() };
    let answer = once(&caller, &post.repeat, &save, |ended| {
        let (id, version) = ended_well(ended)?;
        let place = directory.intake_rules.len() + 1;
        let shown = ShownRule::made(&form, body.mailbox.clone(), (id, version, place));
        Ok::<_, HttpError>(created(
            &location("intake_rules", &id.to_string()),
            Some(version),
            &shown,
        ))
    })
    .await;
    caller.forget_lists();
    answer
}

/// Reads an intake rule
#[utoipa::path(
    get,
    path = "/api/v1/intake_rules/{rule}",
    params(("rule" = String, Path, description = "The rule's id")),
    responses((status = 200, description = "The rule", body = ShownRule), Problems),
    security(("token" = ["settings"]))
)]
async fn read(caller: Caller<Settings>, Path(id): Path<String>) -> Answer {
    let found = shown_rule(&caller, find(&caller, &id)?.id).await?;
    Ok(versioned(&found, found.version))
}

/// Changes an intake rule
#[utoipa::path(
    patch,
    path = "/api/v1/intake_rules/{rule}",
    params(("rule" = String, Path, description = "The rule's id")),
    request_body = Body,
    responses((status = 200, description = "The rule", body = ShownRule), Problems),
    security(("token" = ["settings"]))
)]
async fn change(
    caller: Caller<Settings>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(body): Json<Body>,
) -> Answer {
    let rule = find(&caller, &id)?;
    let if_match = IfMatch::read(&headers);
    if_match.allow(rule.version)?;
    let form = body.form(&caller, rule)?;
    let version = matches!(if_match, IfMatch::Versions(_)).then_some(rule.version);
    let (by, directory) = (caller.by(), &caller.directory);
    let save = SaveRule { form: &form, rule: Some(rule.id), version, directory, by };
    let ended = caller.app.db.write(&save).await?;
    if let (Ended::Done(..), Some(position)) = (&ended, body.position) {
        let what = Handling::To(position.saturating_sub(1));
        let place = HandleRule { rule: rule.id, what, version: None, by: caller.by() };
        caller.app.db.write(&place).await?;
    }
    caller.forget_lists();
    ended_well(ended)?;
    let found = shown_rule(&caller, rule.id).await?;
    Ok(versioned(&found, found.version))
}

/// Deletes an intake rule
///
/// Tickets keep what it did.
#[utoipa::path(
    delete,
    path = "/api/v1/intake_rules/{rule}",
    params(("rule" = String, Path, description = "The rule's id")),
    responses((status = 204, description = "It is gone"), Problems),
    security(("token" = ["settings"]))
)]
async fn delete(caller: Caller<Settings>, Path(id): Path<String>, headers: HeaderMap) -> Answer {
    let rule = find(&caller, &id)?;
    let if_match = IfMatch::read(&headers);
    if_match.require(rule.version)?;
    let version = matches!(if_match, IfMatch::Versions(_)).then_some(rule.version);
    let what = Handling::Delete;
    let delete = HandleRule { rule: rule.id, what, version, by: caller.by() };
    let ended = caller.app.db.write(&delete).await?;
    caller.forget_lists();
    ended_well(ended)?;
    Ok(done())
}

impl Body {
    /// The rule as it shall be.
    fn form(&self, call: &Call, rule: &IntakeRule) -> Result<RuleForm, Problem> {
        let or = |text: &Option<String>, stored: &String| text.clone().unwrap_or(stored.clone());
        Ok(RuleForm {
            name: or(&self.name, &rule.name),
            mailbox: match &self.mailbox {
                Some(name) => mailbox(call, name.as_deref())?,
                None => rule.mailbox,
            },
            condition: or(&self.condition, &rule.condition),
            actions: or(&self.actions, &rule.actions),
            active: self.active.unwrap_or(rule.active),
        })
    }
}

async fn shown_rule(call: &Call, rule: RuleId) -> Result<ShownRule, HttpError> {
    let id = rule.to_string();
    let found = rules(call).await?.into_iter().find(|one| one.id == id);
    Ok(found.ok_or(Denied::NotFound)?)
}

fn may(call: &Call) -> Result<(), Denied> {
    match allows(&call.actor.rights, Right::ManageRules, Place::House) {
        true => Ok(()),
        false => Err(Denied::NotAllowed),
    }
}

fn find<'a>(call: &'a Call, id: &str) -> Result<&'a IntakeRule, Denied> {
    may(call)?;
    let found = call.directory.intake_rules.iter().find(|one| one.id.to_string() == id);
    found.ok_or(Denied::NotFound)
}

fn mailbox(call: &Call, name: Option<&str>) -> Result<Option<MailboxId>, Problem> {
    let found = |name: &str| call.directory.mailbox(name).map(|one| one.id);
    name.map(|name| found(name).ok_or_else(|| unknown("mailbox"))).transpose()
}

fn ended_well(ended: Ended) -> Result<(RuleId, i64), HttpError> {
    let refuse = |field: &str, code: &str, message: &str| Err(invalid(field, code, message).into());
    match ended {
        Ended::Done(rule, version) => Ok((rule, version)),
        Ended::NotFound => Err(Denied::NotFound.into()),
        Ended::Stale => Err(stale().into()),
        Ended::Refused(refused) => match refused {
            Refused::Name => refuse("name", "invalid", "1 to 200 letters"),
            Refused::TooMany => refuse("name", "too_many", "there are too many rules"),
            Refused::Condition(at, reason) => {
                refuse("condition", reason.code(), &format!("at byte {}", at.start))
            }
            Refused::Actions(at, reason) => {
                refuse("actions", reason.code(), &format!("at byte {}", at.start))
            }
            Refused::NoActions => refuse("actions", "empty", "a rule has to do something"),
            Refused::EverythingGone => {
                refuse("condition", "matches_everything", "this rule would throw every mail away")
            }
            Refused::Gone(field) => refuse("actions", "gone", field.name(Language::English)),
            Refused::UndoesItself(field) => {
                let field = field.name(Language::English);
                let message = format!("this rule sets {field} twice, to different values");
                refuse("actions", "undoes_itself", &message)
            }
            Refused::Undoes(name, field) => {
                let field = field.name(Language::English);
                let message =
                    format!("the rule {name} has this condition and sets another {field}");
                refuse("actions", "undoes", &message)
            }
        },
    }
}

struct ReadRules<'a> {
    directory: &'a Directory,
    since: MailId,
}

impl Reading for ReadRules<'_> {
    type Outcome = Vec<ShownRule>;

    async fn run(&self, view: &mut View<'_>) -> db::Result<Vec<ShownRule>> {
        let hits = store::hits(view, self.since).await?;
        let mut shown = Vec::new();
        for (position, rule) in (1..).zip(all(view).await?) {
            let read = names::read(view, &rule).await?;
            let hits = hits.iter().find(|(id, _)| *id == rule.id).map_or(0, |(_, hits)| *hits);
            shown.push(self.shown(&read, position, hits));
        }
        Ok(shown)
    }
}

impl ReadRules<'_> {
    fn shown(&self, read: &Read, position: usize, hits: i64) -> ShownRule {
        let (rule, language) = (&read.rule, Language::English);
        let mailbox = rule.mailbox.and_then(|id| self.directory.mailbox_by_id(id));
        let broken = rule.broken(self.directory);
        ShownRule {
            id: rule.id.to_string(),
            name: rule.name.clone(),
            mailbox: mailbox.map(|one| one.name.clone()),
            condition: read.condition(language, self.directory),
            actions: read.actions(language, self.directory),
            active: rule.active,
            position,
            broken: broken.into_iter().map(|one| one.field().name(language)).collect(),
            hits,
            version: rule.version,
        }
    }
}

async fn rules(call: &Call) -> Result<Vec<ShownRule>, HttpError> {
    let since = first_id(call.now.minus(RECKONED));
    Ok(call.app.db.read(&ReadRules { directory: &call.directory, since }).await?)
}
