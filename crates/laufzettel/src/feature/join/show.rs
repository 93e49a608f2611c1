//! What two customers have, side by side.

use db::{Reading, Result, View};

use super::page::{Candidate, JoinPage, Preview, Row};
use crate::feature::customers::{company_href, contact_href, count_tickets, language_name};
use crate::feature::{companies, contacts};
use crate::http::screen::Screen;
use crate::record::actor::Actor;
use crate::record::customers::events::Customer;
use crate::record::customers::{FindCustomers, Found};
use crate::record::show;
use crate::record::{CompanyId, ContactId};
use crate::texts;

/// Customers that are proposed.
const PROPOSED_MAX: i64 = 20;

/// Two customers, or one and those that could be the same.
pub struct Pair<T> {
    /// The one that stays.
    pub kept: T,
    /// The one that goes, with the tickets of both.
    pub gone: Option<(T, i64, i64)>,
    /// Those that could be the same.
    pub found: Found,
}

/// Reads two contacts.
pub struct ReadContacts<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// The one that stays.
    pub kept: ContactId,
    /// The one that goes.
    pub gone: Option<ContactId>,
    /// What is looked for.
    pub query: Option<&'a str>,
}

impl Reading for ReadContacts<'_> {
    type Outcome = Option<Pair<contacts::Detailed>>;

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        let Some(kept) = contact(view, self.actor, self.kept).await? else { return Ok(None) };
        let gone = match self.gone.filter(|gone| *gone != self.kept) {
            Some(gone) => contact(view, self.actor, gone).await?,
            None => None,
        };
        let Some(gone) = gone else {
            let found = found(view, self.actor, self.query.unwrap_or(&kept.name)).await?;
            return Ok(Some(Pair { kept, gone: None, found }));
        };
        let of_kept = count_tickets(view, self.actor, Customer::Contact(kept.id)).await?;
        let of_gone = count_tickets(view, self.actor, Customer::Contact(gone.id)).await?;
        let gone = Some((gone, of_kept, of_gone));
        Ok(Some(Pair { kept, gone, found: Found::default() }))
    }
}

async fn contact(
    view: &mut View<'_>,
    actor: &Actor,
    contact: ContactId,
) -> Result<Option<contacts::Detailed>> {
    let listing = contacts::Listing::of(contact, Some(actor));
    Ok(listing.run(view).await?.into_iter().next())
}

async fn found(view: &mut View<'_>, actor: &Actor, words: &str) -> Result<Found> {
    FindCustomers { actor, words, limit: PROPOSED_MAX }.run(view).await
}

/// Reads two companies.
pub struct ReadCompanies<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// The one that stays.
    pub kept: CompanyId,
    /// The one that goes.
    pub gone: Option<CompanyId>,
    /// What is looked for.
    pub query: Option<&'a str>,
}

impl Reading for ReadCompanies<'_> {
    type Outcome = Option<Pair<companies::Detailed>>;

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        let Some(kept) = company(view, self.actor, self.kept).await? else { return Ok(None) };
        let gone = match self.gone.filter(|gone| *gone != self.kept) {
            Some(gone) => company(view, self.actor, gone).await?,
            None => None,
        };
        let Some(gone) = gone else {
            let found = found(view, self.actor, self.query.unwrap_or(&kept.name)).await?;
            return Ok(Some(Pair { kept, gone: None, found }));
        };
        let of_kept = count_tickets(view, self.actor, Customer::Company(kept.id)).await?;
        let of_gone = count_tickets(view, self.actor, Customer::Company(gone.id)).await?;
        let gone = Some((gone, of_kept, of_gone));
        Ok(Some(Pair { kept, gone, found: Found::default() }))
    }
}

async fn company(
    view: &mut View<'_>,
    actor: &Actor,
    company: CompanyId,
) -> Result<Option<companies::Detailed>> {
    let listing = companies::Listing::of(company, Some(actor));
    Ok(listing.run(view).await?.into_iter().next())
}

/// The page that joins contacts.
pub fn contacts(screen: &Screen, pair: &Pair<contacts::Detailed>, query: Option<&str>) -> JoinPage {
    let kept = &pair.kept;
    let here = contact_href(kept.id);
    let others = pair.found.contacts.iter().filter(|one| one.id != kept.id);
    let candidates = others.map(|one| Candidate {
        href: format!("{here}/join?with={}", one.id),
        disc: show::person(&one.name),
        about: about([one.addresses.first(), one.phones.first(), one.company_name.as_ref()]),
    });
    JoinPage {
        kept: show::person(&kept.name),
        is_company: false,
        query: query.unwrap_or(&kept.name).to_owned(),
        candidates: candidates.collect(),
        preview: pair.gone.as_ref().map(|(gone, of_kept, of_gone)| Preview {
            gone: gone.id.to_string(),
            disc: show::person(&gone.name),
            rows: contact_rows(screen, kept, gone),
            both: contact_both(screen, kept, gone, (*of_kept, *of_gone)),
        }),
        here,
    }
}

fn about<const N: usize>(parts: [Option<&String>; N]) -> String {
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    parts.join(" · ")
}

fn contact_rows(screen: &Screen, kept: &contacts::Detailed, gone: &contacts::Detailed) -> Vec<Row> {
    let texts = texts::customers(screen.language);
    let language =
        |code: &Option<String>| language_name(screen.language, code.as_deref()).map(str::to_owned);
    let row = |field, label, kept, gone| Row { field, label, kept, gone };
    vec![
        row("name", texts.name(), Some(kept.name.clone()), Some(gone.name.clone())),
        row("job", texts.job(), kept.job.clone(), gone.job.clone()),
        row("company", texts.company(), kept.company_name.clone(), gone.company_name.clone()),
        row("language", texts.language(), language(&kept.language), language(&gone.language)),
    ]
}

fn contact_both(
    screen: &Screen,
    kept: &contacts::Detailed,
    gone: &contacts::Detailed,
    tickets: (i64, i64),
) -> Vec<(&'static str, String)> {
    let texts = texts::join(screen.language);
    let words = texts::customers(screen.language);
    let all = |kept: &[String], gone: &[String]| {
        let more = gone.iter().filter(|text| !kept.contains(text));
        let all: Vec<&str> = kept.iter().chain(more).map(String::as_str).collect();
        match all.is_empty() {
            true => texts.empty().to_owned(),
            false => texts.both_stay(&all.join(", ")),
        }
    };
    let mut both = vec![
        (words.addresses(), all(&kept.addresses, &gone.addresses)),
        (words.phones(), all(&kept.phones, &gone.phones)),
        (texts.tickets(), tickets_together(screen, tickets)),
    ];
    if kept.notes.is_some() && gone.notes.is_some() {
        both.push((words.notes(), texts.notes_together().to_owned()));
    }
    both
}

fn tickets_together(screen: &Screen, (kept, gone): (i64, i64)) -> String {
    let all = (kept + gone).to_string();
    texts::join(screen.language).tickets_together(&kept.to_string(), &gone.to_string(), &all)
}

/// The page that joins companies.
pub fn companies(
    screen: &Screen,
    pair: &Pair<companies::Detailed>,
    query: Option<&str>,
) -> JoinPage {
    let kept = &pair.kept;
    let here = company_href(kept.id);
    let others = pair.found.companies.iter().filter(|one| one.id != kept.id);
    let candidates = others.map(|one| Candidate {
        href: format!("{here}/join?with={}", one.id),
        disc: show::person(&one.name),
        about: about([one.customer_number.as_ref(), one.domain.as_ref(), one.phone.as_ref()]),
    });
    JoinPage {
        kept: show::person(&kept.name),
        is_company: true,
        query: query.unwrap_or(&kept.name).to_owned(),
        candidates: candidates.collect(),
        preview: pair.gone.as_ref().map(|(gone, of_kept, of_gone)| Preview {
            gone: gone.id.to_string(),
            disc: show::person(&gone.name),
            rows: company_rows(screen, kept, gone),
            both: company_both(screen, kept, gone, (*of_kept, *of_gone)),
        }),
        here,
    }
}

fn company_rows(
    screen: &Screen,
    kept: &companies::Detailed,
    gone: &companies::Detailed,
) -> Vec<Row> {
    let texts = texts::customers(screen.language);
    let row = |field, label, kept: &Option<String>, gone: &Option<String>| Row {
        field,
        label,
        kept: kept.clone(),
        gone: gone.clone(),
    };
    vec![
        row("name", texts.name(), &Some(kept.name.clone()), &Some(gone.name.clone())),
        row(
            "customer_number",
            texts.customer_number(),
            &kept.customer_number,
            &gone.customer_number,
        ),
        row("domain", texts.domain(), &kept.domain, &gone.domain),
        row("phone", texts.phone(), &kept.phone, &gone.phone),
        row("postal_address", texts.postal_address(), &kept.postal_address, &gone.postal_address),
    ]
}

fn company_both(
    screen: &Screen,
    kept: &companies::Detailed,
    gone: &companies::Detailed,
    tickets: (i64, i64),
) -> Vec<(&'static str, String)> {
    let texts = texts::join(screen.language);
    let mut both = vec![(texts.tickets(), tickets_together(screen, tickets))];
    if kept.notes.is_some() && gone.notes.is_some() {
        let words = texts::customers(screen.language);
        both.push((words.notes(), texts.notes_together().to_owned()));
    }
    both
}
