//! Sets the sample company up: lists, agents with their rights, mailboxes, customers.

use db::{Failure, Operation, Result, Tx};
use futures_util::future::try_join_all;
use maud::html;
use rules::right::{Level, Role};
use values::{EmailAddress, Timestamp};

use super::COMPANY;
use super::company::{Agent, Company, Firm, Mailbox, Person};
use crate::App;
use crate::feature::agents::{AddAgent, Added, OwnAccount, SetProfile, SetRights};
use crate::feature::companies::{self, Namesakes, SaveCompany};
use crate::feature::contacts::{self, Editor, SaveContact};
use crate::feature::lists::{self, AddEntry, Ended, Fields, List, RemoveEntry};
use crate::feature::mailboxes::{self, MailboxForm, SaveMailbox, Which};
use crate::feature::signin::password;
use crate::record::administration::By;
use crate::record::company_name;
use crate::record::directory::{Directory, by_name};
use crate::record::number::MASK_SETTING;
use crate::record::{AreaId, CompanyId};
use crate::service::setting;

/// The area that a new installation begins with.
const DELIVERED_AREA: i64 = 1;
/// The category that a new installation begins with.
const DELIVERED_CATEGORY: i64 = 1;
/// Numbers as on the screens: 48001 is the first.
const NUMBER_MASK: &str = "{00000+48000}";
/// Seconds in which an answer can be called back.
const UNDO_SECONDS: i64 = 10;

/// Sets the company up as at a moment before its past begins.
pub async fn set_up(app: &App, company: &Company, at: Timestamp) -> Result<()> {
    add_lists(app, company, at).await?;
    app.forget_lists();
    let directory = app.directory().await?;
    let hash = password::hash(super::PASSWORD).await?;
    let agents =
        company.agents.iter().map(|agent| add_agent(app, &directory, company, agent, (&hash, at)));
    try_join_all(agents).await?;
    let mailboxes =
        company.mailboxes.iter().map(|mailbox| add_mailbox(app, &directory, company, mailbox, at));
    try_join_all(mailboxes).await?;
    let known = company.firms.iter().filter(|firm| firm.is_known);
    try_join_all(known.map(|firm| add_firm(app, company, firm, at))).await?;
    app.forget_lists();
    Ok(())
}

/// Names the company and sets the mask of ticket numbers.
struct SetHouse;

impl Operation for SetHouse {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        company_name::set(tx, COMPANY).await?;
        setting::set(tx, MASK_SETTING, NUMBER_MASK).await
    }
}

/// Areas, queues and categories take the place of what a new installation begins with.
async fn add_lists(app: &App, company: &Company, at: Timestamp) -> Result<()> {
    app.db.write(&SetHouse).await?;
    for (position, area) in (1..).zip(&company.areas) {
        let named = named(position, area.name, area.name_en);
        let fields = Fields { hue: Some(Some(area.hue)), ..named };
        add_entry(app, List::Areas, area.key, &fields, at).await?;
    }
    let by = By::command(&app.ids, at);
    let delivered = RemoveEntry { list: List::Areas, id: DELIVERED_AREA, version: None, by };
    lists::remove(&app.db, &delivered).await?;
    let delivered =
        RemoveEntry { list: List::Categories, id: DELIVERED_CATEGORY, version: None, by };
    lists::remove(&app.db, &delivered).await?;
    for (position, [key, name, name_en]) in (1..).zip(&company.queues) {
        add_entry(app, List::Queues, key, &named(position, name, name_en), at).await?;
    }
    let mut parents: Vec<(&str, i64)> = Vec::new();
    for (position, category) in (1..).zip(&company.categories) {
        let parent = parents.iter().find(|(key, _)| Some(*key) == category.parent);
        let fields = Fields {
            parent: Some(parent.map(|(_, id)| *id)),
            is_public: Some(true),
            ..named(position, category.name, category.name_en)
        };
        let id = add_entry(app, List::Categories, category.key, &fields, at).await?;
        parents.push((category.key, id));
    }
    Ok(())
}

fn named(position: i64, name: &str, name_en: &str) -> Fields {
    Fields {
        name: Some(name.to_owned()),
        name_en: Some(Some(name_en.to_owned())),
        position: Some(position),
        ..Fields::default()
    }
}

async fn add_entry(
    app: &App,
    list: List,
    key: &str,
    fields: &Fields,
    at: Timestamp,
) -> Result<i64> {
    let (id, by) = (app.ids.next(at), By::command(&app.ids, at));
    match app.db.write(&AddEntry { list, id, key, fields, by }).await? {
        Ended::Done(..) => Ok(id.number()),
        _ => Err(unexpected("an entry was not taken", key)),
    }
}

async fn add_agent(
    app: &App,
    directory: &Directory,
    company: &Company,
    agent: &Agent,
    (password_hash, now): (&str, Timestamp),
) -> Result<()> {
    let email = address(&agent.email)?;
    let add = AddAgent {
        name: agent.name,
        email: &email,
        role: agent.role,
        password_hash: Some(password_hash),
        ids: &app.ids,
        now,
    };
    let Added::Done(id) = app.db.write(&add).await? else {
        return Err(unexpected("an agent is there already", &agent.email));
    };
    let own = OwnAccount {
        name: agent.name.to_owned(),
        phone: Some(format!("{}-{}", company.phone, agent.extension)),
        signature: None,
        undo_seconds: UNDO_SECONDS,
        notices: None,
    };
    app.db.write(&SetProfile { own: Some(&own), ..SetProfile::of(id) }).await?;
    if agent.role == Role::Administrator {
        return Ok(());
    }
    let level = |(key, level): &(&str, Level)| {
        let area = by_name(&directory.areas, key);
        area.map(|area| (area.id, Some(*level))).ok_or_else(|| unexpected("no area", key))
    };
    let areas: Vec<(AreaId, Option<Level>)> =
        agent.levels.iter().map(level).collect::<Result<_>>()?;
    let rights = SetRights { agent: id, elsewhere: Some(None), areas: &areas, flags: None };
    app.db.write(&rights).await
}

async fn add_mailbox(
    app: &App,
    directory: &Directory,
    company: &Company,
    mailbox: &Mailbox,
    now: Timestamp,
) -> Result<()> {
    let form = MailboxForm {
        label: mailbox.label.to_owned(),
        addresses: vec![mailbox.address.clone()],
        queue: mailbox.queue.map(str::to_owned),
        signature: Some(signature(company)),
        ..MailboxForm::new(mailbox.name, mailbox.area)
    };
    let by = By::command(&app.ids, now);
    let save = SaveMailbox { form: &form, which: Which::New, sealed: None, directory, by };
    match app.db.write(&save).await? {
        mailboxes::Saved::Done(..) => Ok(()),
        _ => Err(unexpected("a mailbox was not taken", mailbox.name)),
    }
}

/// What stands below answers, filled in for whoever writes.
fn signature(company: &Company) -> String {
    let Company { name, street, .. } = company;
    let lines = html! {
        p { "Mit freundlichen Grüßen" br; "{agent:name}" }
        p { (name) br; (street) br; "Telefon {agent:telefon}" }
    };
    lines.into_string()
}

async fn add_firm(app: &App, company: &Company, firm: &Firm, now: Timestamp) -> Result<()> {
    // Colleagues ask, too, but our own domain is no customer's.
    let domain = Some(firm.domain).filter(|domain| *domain != company.domain);
    let fields = companies::Fields {
        name: Some(firm.name.to_owned()),
        customer_number: Some(firm.number.map(str::to_owned)),
        domain: Some(domain.map(str::to_owned)),
        ..companies::Fields::default()
    };
    let editor = Editor { actor: None, now, ids: &app.ids };
    let namesakes = Namesakes::AreAllowed;
    let save = SaveCompany { editor, company: None, version: None, fields: &fields, namesakes };
    let companies::Saved::Done(saved) = app.db.write(&save).await? else {
        return Err(unexpected("a company was not taken", firm.name));
    };
    let people = firm.people.iter().map(|person| add_person(app, firm, person, saved.id, now));
    try_join_all(people).await.map(drop)
}

async fn add_person(
    app: &App,
    firm: &Firm,
    person: &Person,
    company: CompanyId,
    now: Timestamp,
) -> Result<()> {
    let addresses = person.addresses.iter().map(|text| address(text));
    let fields = contacts::Fields {
        name: Some(person.name.to_owned()),
        phones: Some(vec![person.phone.to_owned()]).filter(|phones| phones != &[""]),
        company: Some(Some(company)),
        language: Some(Some(firm.language.code())),
        addresses: Some(addresses.collect::<Result<_>>()?),
        ..contacts::Fields::default()
    };
    let editor = Editor { actor: None, now, ids: &app.ids };
    let save = SaveContact { editor, contact: None, version: None, fields: &fields };
    match app.db.write(&save).await? {
        contacts::Saved::Done(_) => Ok(()),
        _ => Err(unexpected("a contact was not taken", person.name)),
    }
}

fn address(text: &str) -> Result<EmailAddress> {
    EmailAddress::parse(text).map_err(|_| unexpected("not an address", text))
}

fn unexpected(what: &str, name: &str) -> Failure {
    Failure::other(format!("the sample company cannot be written: {what}: {name}"))
}
