//! "Was wäre geschehen?": the decisions about the mails of the last days, made again with other rules or
//! settings over what was known then. Nothing is changed.

use std::collections::BTreeMap;

use db::Result;
use rules::filter::MailToMatch;
use rules::intake::rule::{Entry, Plan, Rule};
use rules::intake::{Decision, Ruled, decide_with_rules};
use tokio::task::block_in_place;

use super::store::{Decided, FactsRow};
use super::text_of::{TextOf, text_of};
use crate::App;
use crate::feature::intake::facts::settings;
use crate::feature::intake::kept::Kept;
use crate::feature::journal::store::Mailboxes;
use crate::record::directory::Directory;
use crate::record::mailbox::Mailbox;
use crate::record::{EntryId, MailId, TicketId};

/// Mails that one look takes from the journal.
const AT_A_TIME: i64 = 1_000;
/// Mails that are looked at in all; the oldest of them are left out.
pub const MAILS_MAX: usize = 100_000;
/// Differences that are shown.
pub const SHOWN_MAX: usize = 200;

/// What is tried.
pub struct Machine<'a> {
    /// Mails from this one on.
    pub since: MailId,
    /// Mails up to this one: further looks go on before it.
    pub until: MailId,
    /// The mailboxes whose mails are looked at.
    pub looked_at: &'a Mailboxes,
    /// The lists, with rules and mailboxes as they are.
    pub directory: &'a Directory,
    /// The rules as they would be.
    pub rules: &'a [Rule],
    /// The mailboxes as they would be.
    pub mailboxes: &'a [Mailbox],
}

/// What came out of one look.
#[derive(Clone, Debug, Default)]
pub struct Looked {
    /// Mails that were decided again.
    pub checked: usize,
    /// Mails without facts: they are older than these.
    pub without_facts: usize,
    /// Mails that would become a ticket no more.
    pub lost: usize,
    /// How many would go elsewhere, and the newest of them.
    pub differing: usize,
    /// Those that are shown.
    pub differences: Vec<Difference>,
    /// Where the next look ends; `None` if there is no more.
    pub next: Option<MailId>,
}

/// A mail that would go elsewhere.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The mail.
    pub mail: MailId,
    /// Its author.
    pub author: String,
    /// Its subject.
    pub subject: String,
    /// Its ticket.
    pub ticket: Option<TicketId>,
    /// What the present rules say.
    pub was: Course,
    /// What the new ones say.
    pub is: Course,
}

/// What becomes of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// The outcome.
    pub outcome: &'static str,
    /// The ticket that it joins.
    pub joins: Option<i64>,
    /// What rules set.
    pub plan: Plan,
    /// The rules that fired.
    pub fired: Vec<i64>,
    /// The area, queue and category of the mailbox.
    pub defaults: BTreeMap<Entry, i64>,
}

impl Machine<'_> {
    /// Decides about the next mails again.
    pub async fn look(&self, app: &App) -> Result<Looked> {
        let decided = Decided {
            since: self.since,
            until: self.until,
            mailboxes: self.looked_at,
            limit: AT_A_TIME,
        };
        let rows = app.db.read(&decided).await?;
        let is_full = i64::try_from(rows.len()).is_ok_and(|count| count == AT_A_TIME);
        let mut looked =
            Looked { next: rows.last().filter(|_| is_full).map(|row| row.id), ..Looked::default() };
        let unread = block_in_place(|| self.compare_all(rows, &mut looked));
        for (row, facts) in unread {
            let text = text_of(app, row.raw_hash.as_deref()).await?;
            self.compare(&row, &facts, Some(&text), &mut looked);
        }
        Ok(looked)
    }

    /// Compares what the facts alone decide, and gives back what needs the mail itself.
    fn compare_all(&self, rows: Vec<FactsRow>, looked: &mut Looked) -> Vec<(FactsRow, Kept)> {
        let mut unread = Vec::new();
        for row in rows {
            let facts = row.facts.as_ref().and_then(|facts| serde_json::from_str(facts).ok());
            match facts {
                None => looked.without_facts += 1,
                Some(facts) if self.compare(&row, &facts, None, looked) => {}
                Some(facts) => unread.push((row, facts)),
            }
        }
        unread
    }

    /// Compares both courses of a mail. `false` if its text has to be read first.
    fn compare(
        &self,
        row: &FactsRow,
        facts: &Kept,
        text: Option<&TextOf>,
        looked: &mut Looked,
    ) -> bool {
        let now = self.directory.mailbox_by_id(row.mailbox);
        let then = self.mailboxes.iter().find(|one| one.id == row.mailbox);
        let (Some(now), Some(then)) = (now, then) else { return true };
        let was = course(facts, now, &self.directory.ready_rules, text);
        let is = course(facts, then, self.rules, text);
        let (Some(was), Some(is)) = (was, is) else { return text.is_some() };
        looked.checked += 1;
        let is_ticket = |course: &Course| matches!(course.outcome, "new_ticket" | "follow_up");
        looked.lost += usize::from(is_ticket(&was) && !is_ticket(&is));
        if was.differs(&is) {
            looked.differing += 1;
            if looked.differences.len() < SHOWN_MAX {
                let (author, subject) = (facts.author().to_owned(), facts.subject().to_owned());
                let (mail, ticket) = (row.id, row.ticket);
                looked.differences.push(Difference { mail, author, subject, ticket, was, is });
            }
        }
        true
    }
}

impl Course {
    /// Whether the mail would go elsewhere: which rule says it does not matter.
    fn differs(&self, other: &Self) -> bool {
        let goes = |one: &Self| {
            let mut entries = one.defaults.clone();
            entries.extend(one.plan.entries.clone());
            let plan = Plan { entries, ..one.plan.clone() };
            (one.outcome, one.joins, plan)
        };
        goes(self) != goes(other)
    }
}

/// What a set of rules makes of a mail; `None` if its text has to be read first.
fn course(
    facts: &Kept,
    mailbox: &Mailbox,
    rules: &[Rule],
    text: Option<&TextOf>,
) -> Option<Course> {
    let from = facts.address();
    let (mail, known, empty) = (facts.mail(from.as_ref()), facts.known(), facts.empty());
    let settings = settings(mailbox, false);
    let view = MailToMatch {
        text: text.map(|read| read.text.as_str()),
        words: text.map(|read| &read.words),
        headers: text.map(|read| read.headers.as_slice()),
        ..facts.view(mailbox.id.number())
    };
    let ruled = decide_with_rules(&mail, &known, &settings, rules, &view, &empty).ok()?;
    Some(of(&ruled, mailbox))
}

fn of(ruled: &Ruled, mailbox: &Mailbox) -> Course {
    let is_new = matches!(ruled.decided.decision, Decision::NewTicket(_));
    let joins = match ruled.decided.decision {
        Decision::FollowUp { ticket, .. } => Some(ticket),
        _ => None,
    };
    let ids = [
        (Entry::Area, Some(mailbox.area.number())),
        (Entry::Queue, mailbox.queue.map(EntryId::number)),
        (Entry::Category, mailbox.category.map(EntryId::number)),
    ];
    let defaults = ids.into_iter().filter_map(|(entry, id)| Some((entry, id?)));
    Course {
        outcome: ruled.decided.decision.outcome(),
        joins,
        plan: if is_new { ruled.plan.clone() } else { Plan::default() },
        fired: ruled.fired.clone(),
        defaults: if is_new { defaults.collect() } else { BTreeMap::new() },
    }
}
