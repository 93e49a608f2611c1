//! People as their pages show them.

use rules::right::{Actor as Rights, Flag, Level, Role};
use rules::text::fold_text;
use web::Form;

use super::form::level_field;
use super::page::{PeoplePage, PersonPage, PersonRow, Standing};
use super::store::{self, Detailed, ReadAgents};
use super::{form, words};
use crate::feature::settings::history;
use crate::http::error::HttpError;
use crate::http::screen::Screen;
use crate::record::administration::Subject;
use crate::record::area::NO_ACCESS;
use crate::record::directory::Listed;
use crate::record::frame::{Current, Link};
use crate::record::{AgentId, show};
use crate::texts;

/// The people who work here, or those who left, that fit what was typed.
pub async fn people(screen: &Screen, typed: &str, left: bool) -> Result<PeoplePage, HttpError> {
    let texts = texts::agents(screen.language);
    let all = screen.app.db.read(&ReadAgents { agent: None }).await?;
    let invited = screen.app.db.read(&ReadInvited).await?;
    let count = |active: bool| all.iter().filter(|one| one.active == active).count();
    let tab = |label: &str, href: &str, count: usize, is_here: bool| Link {
        label: format!("{label} {count}"),
        href: href.to_owned(),
        state: if is_here { Current::Yes } else { Current::No },
    };
    let tabs = vec![
        tab(texts.active(), "/settings/people", count(true), !left),
        tab(texts.inactive(), "/settings/people?left=yes", count(false), left),
    ];
    let wanted = fold_text(typed);
    let is_meant = |one: &&Detailed| {
        let said = fold_text(&format!("{} {}", one.name, one.email));
        one.active != left && wanted.split_whitespace().all(|word| said.contains(word))
    };
    let people = all.iter().filter(is_meant);
    let areas = screen.directory.areas.iter().filter(|area| area.active);
    Ok(PeoplePage {
        tabs,
        typed: typed.to_owned(),
        left,
        areas: areas.map(|area| show::area(&screen.directory, area.id, screen.language)).collect(),
        people: people.map(|one| row(screen, one, invited.contains(&one.id))).collect(),
    })
}

/// Whether a person was invited and never chose a password.
pub async fn is_invited(screen: &Screen, agent: AgentId) -> Result<bool, HttpError> {
    Ok(screen.app.db.read(&ReadInvited).await?.contains(&agent))
}

struct ReadInvited;

impl db::Reading for ReadInvited {
    type Outcome = Vec<AgentId>;

    async fn run(&self, view: &mut db::View<'_>) -> db::Result<Vec<AgentId>> {
        store::invited(view).await
    }
}

fn row(screen: &Screen, one: &Detailed, is_invited: bool) -> PersonRow {
    let rights = rights(one);
    let areas = screen.directory.areas.iter().filter(|area| area.active);
    let flag = |flag: Flag| (words::flag(screen.language, flag), rights.has(flag));
    let role = Role::from_code(&one.role).unwrap_or(Role::ReadOnly);
    PersonRow {
        person: show::person(&one.name),
        href: format!("/settings/people/{}", one.id),
        role: words::role(screen.language, role),
        is_invited,
        levels: areas.map(|area| rights.level(area.number())).collect(),
        flags: Flag::ALL.map(flag).into(),
    }
}

/// What a person may do: the defaults of the role, changed by what is stored.
fn rights(one: &Detailed) -> Rights {
    let role = Role::from_code(&one.role).unwrap_or(Role::ReadOnly);
    let mut rights = Rights::of_role(role);
    if role == Role::Administrator {
        return rights;
    }
    let level = |code: &str| if code == NO_ACCESS { None } else { Level::from_code(code) };
    if let Some(code) = &one.level_elsewhere {
        rights = rights.everywhere(level(code));
    }
    for (area, code) in &one.areas {
        rights = rights.in_area(area.number(), level(code));
    }
    if let Some(flags) = &one.flags {
        let is_set = |flag: Flag| flags.split(' ').any(|code| code == flag.code());
        for flag in Flag::ALL {
            rights = if is_set(flag) { rights.with(flag) } else { rights.without(flag) };
        }
    }
    rights
}

/// The page of a person, with what was typed or what is stored.
pub async fn person(
    screen: &Screen,
    one: &Detailed,
    typed: Option<Form>,
) -> Result<PersonPage, HttpError> {
    let texts = texts::agents(screen.language);
    let invited = screen.app.db.read(&ReadInvited).await?;
    let tickets = screen.app.db.read(&Tickets(one.id)).await?;
    let standing = match (one.active, invited.contains(&one.id)) {
        (false, _) => Standing::Left,
        (true, true) if tickets == 0 => Standing::Invited,
        (true, _) => Standing::Active(tickets),
    };
    let areas = screen.directory.areas.iter();
    let others = screen.directory.agents.iter().filter(|other| other.active && other.id != one.id);
    let other = others.map(|other| (other.id.to_string(), other.name.clone()));
    let nobody = (String::new(), texts.hand_over_nobody().to_owned());
    Ok(PersonPage {
        id: one.id.to_string(),
        name: one.name.clone(),
        version: one.version,
        form: typed.unwrap_or_else(|| form::values(one)),
        areas: areas
            .map(|area| (level_field(area.id), area.name(screen.language).to_owned()))
            .collect(),
        standing,
        successors: std::iter::once(nobody).chain(other).collect(),
        changes: history::recent(screen, Subject::Agent, one.id.number()).await?,
    })
}

/// Counts the open tickets of an agent.
struct Tickets(AgentId);

impl db::Reading for Tickets {
    type Outcome = u64;

    async fn run(&self, view: &mut db::View<'_>) -> db::Result<u64> {
        let tickets = store::open_tickets(view, self.0).await?;
        Ok(u64::try_from(tickets.len()).unwrap_or_default())
    }
}
