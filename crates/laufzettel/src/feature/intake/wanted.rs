//! What a new ticket gets: the settings of its mailbox and, above them, what rules want.

use db::{Result, Tx};
use rules::intake::rule::{Empty, Entry, Mark, NamedCompany, Plan, Verdict};
use rules::status::StatusKind;

use super::apply::ApplyMail;
use super::facts::Gathered;
use super::store::company;
use crate::feature::companies;
use crate::feature::contacts::Editor;
use crate::record::contact::{self, Contact};
use crate::record::directory::{Status, by_id};
use crate::record::tags::Tag;
use crate::record::{AgentId, AreaId, CompanyId, EntryId};

/// The tag of advertising, as people set it (`Change::Spam`).
const SPAM: &str = "spam";
/// Letters of the name of a company that a mail brings.
const NAME_LETTERS_MAX: usize = 200;

/// What a new ticket gets.
pub struct Wanted<'a> {
    /// The area.
    pub area: AreaId,
    /// The queue.
    pub queue: Option<EntryId>,
    /// The category.
    pub category: Option<EntryId>,
    /// The request type.
    pub request_type: Option<EntryId>,
    /// The priority.
    pub priority: Option<EntryId>,
    /// The status.
    pub status: Option<&'a Status>,
    /// The agent responsible.
    pub assignee: Option<AgentId>,
    /// Tags.
    pub tags: Vec<Tag>,
    /// Marks.
    pub marks: Vec<Mark>,
    /// The subject.
    pub subject: String,
    /// Who asks, if that is not the sender.
    pub requester: Option<Contact>,
    /// The company, if it is not the contact's.
    pub company: Option<CompanyId>,
    /// The company that the contact gets if he has none.
    pub employer: Option<CompanyId>,
}

/// Which properties a new ticket of this mail has no value for, before any rule.
pub fn empty(apply: &ApplyMail<'_>, contact: Option<&Contact>) -> Empty {
    let is_set = |entry: Entry| match entry {
        Entry::Area | Entry::Priority | Entry::Status => true,
        Entry::Queue => apply.mailbox.queue.is_some(),
        Entry::Category => apply.mailbox.category.is_some(),
        Entry::RequestType => apply.directory.default_request_type().is_some(),
        Entry::Assignee => false,
    };
    Empty {
        entries: Entry::ALL.into_iter().filter(|entry| !is_set(*entry)).collect(),
        company: contact.is_none_or(|contact| contact.company.is_none()),
    }
}

/// The area of a new ticket, which decides about its number.
pub fn area(apply: &ApplyMail<'_>, plan: &Plan) -> AreaId {
    plan.entries.get(&Entry::Area).map_or(apply.mailbox.area, |id| AreaId::from_number(*id))
}

/// What the ticket gets. Persons and companies that rules name are looked up, the person is made
/// where nobody has the address.
pub async fn wanted<'a>(
    tx: &mut Tx<'_>,
    apply: &ApplyMail<'a>,
    gathered: &Gathered,
    plan: &Plan,
) -> Result<Wanted<'a>> {
    let directory = apply.directory;
    let entry = |what: Entry| plan.entries.get(&what).map(|id| EntryId::from_number(*id));
    let area = area(apply, plan);
    let category = entry(Entry::Category).or(apply.mailbox.category);
    let default_type = || directory.default_request_type().map(|one| one.id);
    let is_spam = plan.verdict == Some(Verdict::Spam);
    let agent = plan.entries.get(&Entry::Assignee).map(|id| AgentId::from_number(*id));
    let assignee = agent.filter(|agent| directory.can_get(*agent, area) && !apply.waiting.archive);
    let company = match &plan.company {
        Some(named) => the_company(tx, apply, named).await?,
        None => None,
    };
    let requester = match &plan.requester {
        Some((address, name)) => match contact::by_address(tx, address).await? {
            Some(known) => Some(known),
            None => {
                let name = name.clone().unwrap_or_else(|| address.to_string());
                Some(contact::make(tx, &name, address, apply.ids, apply.now).await?)
            }
        },
        None => gathered.contact.clone(),
    };
    Ok(Wanted {
        area,
        queue: entry(Entry::Queue).or(apply.mailbox.queue),
        category,
        request_type: entry(Entry::RequestType).or_else(default_type),
        priority: entry(Entry::Priority).or_else(|| directory.priority_in(category)),
        status: status(apply, entry(Entry::Status), area, assignee, is_spam),
        assignee,
        tags: tags(plan, is_spam),
        marks: plan.marks.clone(),
        subject: plan.subject.clone().unwrap_or_else(|| apply.read.ticket_subject()),
        requester,
        company,
        employer: company.filter(|_| plan.company.as_ref().is_some_and(|one| one.make)),
    })
}

/// The company that a rule names. One that may be made is the oldest of several with its name, or is made if
/// none is called so (F-MAIL-47).
async fn the_company(
    tx: &mut Tx<'_>,
    apply: &ApplyMail<'_>,
    named: &NamedCompany,
) -> Result<Option<CompanyId>> {
    let name = named.text.trim();
    if let Some(company) = company::find(tx, name).await? {
        return Ok(Some(company));
    }
    if !named.make || name.is_empty() || name.chars().count() > NAME_LETTERS_MAX {
        return Ok(None);
    }
    let editor = Editor { actor: None, now: apply.now, ids: apply.ids };
    companies::named(tx, editor, name).await.map(Some)
}

/// Advertising lies in the trash, history is done; else what rules say, if the area has that status.
fn status<'a>(
    apply: &ApplyMail<'a>,
    wanted: Option<EntryId>,
    area: AreaId,
    assignee: Option<AgentId>,
    is_spam: bool,
) -> Option<&'a Status> {
    let directory = apply.directory;
    let kind = match () {
        () if apply.waiting.archive => StatusKind::Done,
        () if is_spam => StatusKind::Trash,
        // What a mailbox completes stays done unless a rule sets a status (F-STAT-15, K-32).
        () if apply.mailbox.options().completed => StatusKind::Done,
        () if assignee.is_some() => StatusKind::Assigned,
        () => StatusKind::Unread,
    };
    let is_there = |status: &&Status| status.area.is_none_or(|only| only == area);
    let wanted = wanted.filter(|_| !apply.waiting.archive && !is_spam);
    let wanted = wanted.and_then(|id| by_id(&directory.statuses, id.number())).filter(is_there);
    wanted.or_else(|| directory.status_of_kind(kind))
}

fn tags(plan: &Plan, is_spam: bool) -> Vec<Tag> {
    let spam = is_spam.then_some(SPAM);
    plan.tags.iter().map(String::as_str).chain(spam).filter_map(Tag::parse).collect()
}
