//! Settings in the API.

mod hints;
mod mails;
mod new_tickets;

use axum::http::HeaderMap;
use rules::number::Mask;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{IfMatch, Json, Query};

use super::{ChangeSettings, Changed, ReadCounter, ReadSettings, Settings as Stored};
use hints::{HintsChange, ShownHints};
use mails::{MailsChange, ShownMails};
use new_tickets::{RulesChange, ShownRules};

use crate::App;
use crate::api::{
    AnyScope, Call, Caller, Named, Problems, Settings, ShownAgent, area, invalid_mask, present,
    shown, stale, versioned,
};
use crate::http::error::Answer;
use crate::record::actor::Scope;
use crate::record::directory::by_id;
use rules::right::Flag;

/// The routes of settings, and of what a token is told of itself.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(read, change))
        .routes(routes!(preview))
        .routes(routes!(me))
}

/// The settings of the installation.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Settings)]
pub struct ShownSettings {
    /// The mask of ticket numbers.
    number_mask: String,
    /// How people make tickets by hand.
    new_tickets: ShownRules,
    /// What holds for the mails of the house.
    mails: ShownMails,
    /// What the navigation points out.
    hints: ShownHints,
    /// The language where nothing else decides, from the configuration file.
    language: &'static str,
    /// The zone that decides numbering, deadlines and filters, from the configuration file.
    time_zone: String,
    /// The address under which people reach it, from the configuration file.
    base_url: String,
    /// Grows with each change.
    version: i64,
}

/// What is changed of the settings. A field that is missing stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SettingsChange)]
pub struct Body {
    /// The mask of ticket numbers.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    number_mask: Option<String>,
    /// How people make tickets by hand. Of it, too, a field that is missing stays.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    new_tickets: Option<RulesChange>,
    /// What holds for the mails of the house. Of it, too, a field that is missing stays.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    mails: Option<MailsChange>,
    /// What the navigation points out. Of it, too, a field that is missing stays.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    hints: Option<HintsChange>,
}

impl ShownSettings {
    fn of(call: &Call, settings: &Stored) -> Self {
        let config = &call.app.config;
        Self {
            number_mask: settings.number_mask.clone(),
            new_tickets: ShownRules::of(&settings.new_tickets),
            mails: ShownMails::of(&settings.mails),
            hints: ShownHints::of(settings.hints),
            language: config.language.code(),
            time_zone: config.time_zone_name.clone(),
            base_url: config.base_url.clone(),
            version: settings.version,
        }
    }
}

/// Reads the settings
#[utoipa::path(
    get,
    path = "/api/v1/settings",
    responses((status = 200, description = "The settings", body = ShownSettings), Problems),
    security(("token" = ["settings"]))
)]
async fn read(caller: Caller<Settings>) -> Answer {
    caller.manage_house()?;
    let settings = caller.app.db.read(&ReadSettings).await?;
    Ok(versioned(&ShownSettings::of(&caller, &settings), settings.version))
}

/// Changes settings
#[utoipa::path(
    patch,
    path = "/api/v1/settings",
    request_body = Body,
    responses((status = 200, description = "The settings", body = ShownSettings), Problems),
    security(("token" = ["settings"]))
)]
async fn change(caller: Caller<Settings>, headers: HeaderMap, Json(body): Json<Body>) -> Answer {
    caller.manage_house()?;
    let settings = caller.app.db.read(&ReadSettings).await?;
    let if_match = IfMatch::read(&headers);
    if_match.allow(settings.version)?;
    if let Some(mask) = &body.number_mask {
        Mask::parse(mask).map_err(|problem| invalid_mask("number_mask", &problem))?;
    }
    let rules = body.new_tickets.map(|change| change.applied(settings.new_tickets)).transpose()?;
    let mails = match body.mails {
        Some(changes) => Some(mails::changed(&settings.mails, changes, &caller.directory)?),
        None => None,
    };
    let change = ChangeSettings {
        number_mask: body.number_mask.as_deref(),
        new_tickets: rules,
        mails,
        hints: body.hints.map(|change| change.applied(settings.hints)),
        version: matches!(if_match, IfMatch::Versions(_)).then_some(settings.version),
        by: caller.by(),
    };
    match caller.app.db.write(&change).await? {
        Changed::Done(settings) => {
            caller.forget_lists();
            Ok(versioned(&ShownSettings::of(&caller, &settings), settings.version))
        }
        Changed::Stale => Err(stale().into()),
    }
}

/// Which mask is tried.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Tried {
    /// The mask; without one the present one.
    mask: Option<String>,
    /// The area whose own counter counts, by key or name; without one that of the installation.
    area: Option<String>,
}

/// What a mask gives.
#[derive(Debug, Serialize, ToSchema)]
struct MaskPreview {
    /// The mask.
    mask: String,
    /// The first number that it gives.
    first: String,
    /// The number that the next ticket gets.
    next: String,
}

/// Tries a mask of ticket numbers
///
/// Nothing is drawn. A mask that cannot be read is a problem of the field `mask`, with its kind as
/// code and its place in the message.
#[utoipa::path(
    get,
    path = "/api/v1/settings/number_mask/preview",
    params(Tried),
    responses((status = 200, description = "The numbers", body = MaskPreview), Problems),
    security(("token" = ["settings"]))
)]
async fn preview(caller: Caller<Settings>, Query(tried): Query<Tried>) -> Answer {
    caller.manage_house()?;
    let text = match tried.mask {
        Some(mask) => mask,
        None => caller.app.db.read(&ReadSettings).await?.number_mask,
    };
    let mask = Mask::parse(&text).map_err(|problem| invalid_mask("mask", &problem))?;
    let owner = match tried.area.as_deref() {
        Some(name) => format!("{}/", area(&caller, "area", name)?),
        None => String::new(),
    };
    let day = caller.app.today();
    let last = caller.app.db.read(&ReadCounter { mask: &mask, owner, day }).await?;
    let preview = mask.preview(last, day);
    Ok(shown(&MaskPreview { mask: text, first: preview.first, next: preview.next }))
}

/// What a token is told of itself.
#[derive(Debug, Serialize, ToSchema)]
struct Me {
    /// The agent as whom it acts.
    agent: ShownAgent,
    /// The agent's role.
    role: &'static str,
    /// The agent's language, if one was chosen.
    language: Option<&'static str>,
    /// What the token is made for.
    scopes: Vec<&'static str>,
    /// How far the agent may go in each area that he may enter.
    areas: Vec<LevelIn>,
    /// What the agent may do in the whole house.
    flags: Vec<&'static str>,
    /// The name of the program, as the token or the header `Laufzettel-Caller` has it.
    caller: Option<String>,
}

/// A level in an area.
#[derive(Debug, Serialize, ToSchema)]
struct LevelIn {
    /// The area.
    area: Named,
    /// `own`, `read`, `work` or `manage`.
    level: &'static str,
}

/// Reads who the token is
#[utoipa::path(
    get,
    path = "/api/v1/me",
    responses((status = 200, description = "The agent", body = Me), Problems),
    security(("token" = []))
)]
async fn me(caller: Caller<AnyScope>) -> Answer {
    let actor = &caller.actor;
    let areas = actor.levels.iter().filter_map(|(area, level)| {
        let area = by_id(&caller.directory.areas, area.number())?;
        let area = Named { key: area.key.clone(), name: area.name.clone() };
        Some(LevelIn { area, level: level.code() })
    });
    let flags = Flag::ALL.into_iter().filter(|flag| actor.rights.has(*flag)).map(Flag::code);
    let agent = ShownAgent {
        id: actor.agent.to_string(),
        name: actor.name.clone(),
        email: actor.email.clone(),
    };
    Ok(shown(&Me {
        agent,
        role: actor.role.code(),
        language: actor.language.map(values::Language::code),
        scopes: actor.scopes.iter().flatten().copied().map(Scope::code).collect(),
        areas: areas.collect(),
        flags: flags.collect(),
        caller: actor.caller.clone(),
    }))
}
