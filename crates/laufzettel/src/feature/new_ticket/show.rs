//! From what was typed and what is known to what the page shows.

use values::Language;

use super::begun::Begun;
use super::check::{Odd, Problems, input};
use super::form::{Kind, Typed, areas};
use super::keep;
use super::known::{ReadAsked, ReadCaller, ReadCompany, split};
use super::page::{BegunCard, Beside, Card, Choice, Choices, Customer, NewTicketPage, Proposal};
use super::store::Asked;
use super::typing::files_of;
use crate::feature::uploads::page::ShownFile;
use crate::http::error::HttpError;
use crate::http::screen::Screen;
use crate::record::customers::{FindCustomers, Found};
use crate::record::directory::{Listed, Person};
use crate::record::show;
use crate::record::{AgentId, AreaId, CompanyId, ContactId};
use crate::texts;

/// People and companies that are proposed.
const PROPOSALS_MAX: i64 = 6;
/// Tickets that may be about the same.
const SAME_MAX: usize = 3;

/// The page around a form.
pub async fn page(
    screen: &Screen,
    typed: Typed,
    problems: Vec<(&'static str, String)>,
) -> Result<NewTicketPage, HttpError> {
    let beside = beside(screen, &typed).await?;
    let files = files_of(screen, &typed).await?;
    Ok(NewTicketPage {
        choices: choices(screen, &typed),
        proposals: Vec::new(),
        files: files.iter().map(|file| ShownFile::of(file, screen.language)).collect(),
        saved_at: None,
        restored: None,
        others: Vec::new(),
        typed,
        problems,
        beside,
    })
}

/// The page around a form that was begun before.
pub async fn restored(screen: &Screen, begun: Begun) -> Result<NewTicketPage, HttpError> {
    let shown = page(screen, begun.typed, Vec::new()).await?;
    let restored = Some(show::moment(&screen.times(), begun.saved_at));
    Ok(NewTicketPage { saved_at: Some(begun.saved_at), restored, ..shown })
}

/// The page with the other tickets that were begun.
pub fn with_others(screen: &Screen, page: NewTicketPage, begun: Vec<Begun>) -> NewTicketPage {
    let times = screen.times();
    let others = begun.into_iter().filter(|one| one.typed.once != page.typed.once);
    let card = |one: Begun| {
        let Typed { subject, text, name, company_name, .. } = &one.typed;
        let words = [subject, text, name, company_name].into_iter();
        let line = |words: &String| words.trim().lines().next().map(str::to_owned);
        BegunCard {
            href: keep::here(&one.typed.once),
            words: words.filter_map(line).find(|line| !line.is_empty()).unwrap_or_default(),
            time: show::moment(&times, one.saved_at),
        }
    };
    let others = others.map(card).collect();
    NewTicketPage { others, ..page }
}

/// What is wrong, in sentences.
pub fn sentences(language: Language, problems: &Problems) -> Vec<(&'static str, String)> {
    let texts = texts::new_ticket(language);
    let sentence = |odd: Odd| match odd {
        Odd::Missing => texts.missing(),
        Odd::TooLong => texts.too_long(),
        Odd::NoAddress => texts.no_address(),
        Odd::NoPhone => texts.no_phone(),
        Odd::OwnAddress => texts.own_address(),
        Odd::NotThere => texts.not_there(),
        Odd::MayNot => texts.may_not(),
        Odd::NoMoment => texts.no_moment(),
        Odd::NoSender => texts.no_sender(),
        Odd::FileGone => texts.file_gone(),
        Odd::FilesTooLarge => texts::uploads(language).too_large(),
    };
    problems.iter().map(|(field, odd)| (*field, sentence(*odd).to_owned())).collect()
}

fn choices(screen: &Screen, typed: &Typed) -> Choices {
    let (directory, language) = (&screen.directory, screen.language);
    let mut required = vec!["subject", "text"];
    required.extend(directory.new_tickets.required.iter().map(|field| input(*field)));
    let areas = areas(&screen.actor, directory);
    Choices {
        areas: listed(areas, language),
        request_types: listed(&directory.request_types, language),
        categories: listed(&directory.categories, language),
        priorities: listed(&directory.priorities, language),
        queues: listed(&directory.queues, language),
        agents: assignees(screen, typed),
        required,
    }
}

/// Who can get a ticket in the area that is chosen, the reader first (F-PERM-10).
pub fn assignees(screen: &Screen, typed: &Typed) -> Vec<Choice> {
    let (directory, reader) = (&screen.directory, screen.actor.agent);
    let areas: Vec<AreaId> = match typed.area(&screen.actor, directory) {
        Some(area) => vec![area],
        None => areas(&screen.actor, directory).iter().map(|area| area.id).collect(),
    };
    let can_get = |agent: AgentId| areas.iter().any(|area| directory.can_get(agent, *area));
    let agents = directory.agents.iter().filter(|agent| agent.active && can_get(agent.id));
    let (own, others): (Vec<_>, Vec<_>) = agents.partition(|agent| agent.id == reader);
    let choice = |agent: &Person| Choice {
        number: agent.id.to_string(),
        name: match agent.id == reader {
            true => texts::new_ticket(screen.language).yourself(&agent.name),
            false => agent.name.clone(),
        },
    };
    own.into_iter().chain(others).map(choice).collect()
}

fn listed<'a, T: Listed + 'a>(
    entries: impl IntoIterator<Item = &'a T>,
    language: Language,
) -> Vec<Choice> {
    let active = entries.into_iter().filter(|entry| entry.is_active());
    let choice = |entry: &T| Choice {
        number: entry.number().to_string(),
        name: entry.name(language).to_owned(),
    };
    active.map(choice).collect()
}

/// Who may be meant by what was typed.
pub async fn proposals(screen: &Screen, typed: &Typed) -> Result<Vec<Proposal>, HttpError> {
    let of_company = screen.htmx.trigger_name.as_deref() == Some("company_name");
    let mut words = [&typed.name, &typed.phone, &typed.company_name].into_iter();
    let words = match of_company {
        true => &typed.company_name,
        false => words.find(|words| !words.is_empty()).unwrap_or(&typed.name),
    };
    if words.chars().count() < 2 {
        return Ok(Vec::new());
    }
    let find = FindCustomers { actor: &screen.actor, words, limit: PROPOSALS_MAX };
    Ok(proposed(screen.app.db.read(&find).await?))
}

fn proposed(found: Found) -> Vec<Proposal> {
    let joined = |parts: &[Option<&str>]| {
        let parts: Vec<&str> = parts.iter().flatten().copied().collect();
        parts.join(" · ")
    };
    let contacts = found.contacts.into_iter().map(|contact| Proposal {
        which: "contact",
        detail: joined(&[
            contact.company_name.as_deref(),
            contact.addresses.first().map(String::as_str),
            contact.phones.first().map(String::as_str),
        ]),
        id: contact.id.to_string(),
        name: contact.name,
    });
    let companies = found.companies.into_iter().map(|company| Proposal {
        which: "company",
        detail: joined(&[company.customer_number.as_deref(), company.phone.as_deref()]),
        id: company.id.to_string(),
        name: company.name,
    });
    contacts.chain(companies).collect()
}

/// Takes over what is known of a contact (F-NEW-08, F-NEW-19).
pub async fn with_contact(
    screen: &Screen,
    typed: Typed,
    contact: ContactId,
) -> Result<Typed, HttpError> {
    let read = ReadCaller { actor: &screen.actor, contact };
    let Some(contact) = screen.app.db.read(&read).await? else { return Ok(typed) };
    Ok(Typed {
        contact: Some(contact.id),
        company: contact.company,
        company_name: contact.company_name.unwrap_or_default(),
        name: contact.name,
        email: contact.email.unwrap_or_default(),
        phone: contact.phone.unwrap_or_default(),
        ..typed
    })
}

/// Takes over a company (F-NEW-19).
pub async fn with_company(
    screen: &Screen,
    typed: Typed,
    company: CompanyId,
) -> Result<Typed, HttpError> {
    let read = ReadCompany { actor: &screen.actor, company };
    Ok(match screen.app.db.read(&read).await? {
        Some(name) => Typed { company: Some(company), company_name: name, ..typed },
        None => typed,
    })
}

/// What stands beside the form.
pub async fn beside(screen: &Screen, typed: &Typed) -> Result<Beside, HttpError> {
    if typed.kind == Kind::Internal {
        return Ok(Beside::default());
    }
    let asked = screen.app.db.read(&ReadAsked { actor: &screen.actor, typed }).await?;
    let (same, others) = split(&typed.subject, asked);
    let cards = |asked: Vec<Asked>| asked.into_iter().map(|one| card(screen, one)).collect();
    Ok(Beside {
        same: cards(same.into_iter().take(SAME_MAX).collect()),
        others: cards(others),
        customer: customer(typed),
    })
}

fn customer(typed: &Typed) -> Option<Customer> {
    let (name, company, href) = match (typed.contact, typed.company) {
        (Some(contact), _) => {
            let href = format!("/customers/contacts/{contact}");
            (typed.name.clone(), typed.company_name.clone(), href)
        }
        (None, Some(company)) => {
            let href = format!("/customers/companies/{company}");
            (typed.company_name.clone(), String::new(), href)
        }
        (None, None) => return None,
    };
    Some(Customer { name, company, href })
}

fn card(screen: &Screen, asked: Asked) -> Card {
    let times = screen.times();
    Card {
        status: show::status(&screen.directory, asked.status, screen.language),
        deadline: show::deadline(&times, asked.due_at, asked.stage.0),
        time: show::moment(&times, asked.updated_at),
        number: asked.number,
        subject: asked.subject,
    }
}
