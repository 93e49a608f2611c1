//! "Was wäre geschehen?": the decisions about the mails of the last days, made again with other rules or
//! settings over what was known then. Nothing is changed.

use std::collections::BTreeMap;

use db::Result;
use rules::filter::MailToMatch;
use rules::intake::rule::{Empty, Entry, Plan, Rule};
use rules::intake::{Decision, Known, MailFacts, Ruled, decide_with_rules};
use tokio::task::block_in_place;

use super::store::{Decided, FactsRow, TextRow, Texts};
use super::text_of::{TextOf, text_of};
use crate::App;
use crate::feature::intake::facts::settings;
use crate::feature::intake::kept::Kept;
use crate::feature::journal::store::Mailboxes;
use crate::record::directory::Directory;
use crate::record::mailbox::Mailbox;
use crate::record::packed::Packed;
use crate::record::{EntryId, MailId, TicketId};

/// Mails that one look takes from the journal.
const AT_A_TIME: i64 = 1_000;
/// Texts that one look takes from the messages.
const TEXTS_AT_A_TIME: usize = 200;
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
        let mut unread = unread.into_iter().peekable();
        while unread.peek().is_some() {
            let some = unread.by_ref().take(TEXTS_AT_A_TIME).collect();
            self.read_and_compare(app, some, &mut looked).await?;
        }
        Ok(looked)
    }

    /// Compares with the text of the mails: with the one that is stored of their messages and, only where that
    /// does not decide, with the header in their bytes. Taking the whole mail apart would take most of the time.
    async fn read_and_compare(
        &self,
        app: &App,
        unread: Vec<(FactsRow, Kept)>,
        looked: &mut Looked,
    ) -> Result<()> {
        let mails = unread.iter().map(|(row, _)| row.id).collect();
        let texts = app.db.read(&Texts { mails }).await?;
        for (row, facts, text) in block_in_place(|| self.compare_texts(unread, texts, looked)) {
            let hash = row.raw_hash.as_deref();
            let text = match text {
                Some(text) => text.with_headers(app, hash).await?,
                None => text_of(app, hash, &facts).await?,
            };
            block_in_place(|| self.compare(&row, &facts, &text, looked));
        }
        Ok(())
    }

    /// Compares what the texts decide, and gives back what needs the header or is in no message.
    fn compare_texts(
        &self,
        unread: Vec<(FactsRow, Kept)>,
        texts: Vec<TextRow>,
        looked: &mut Looked,
    ) -> Vec<(FactsRow, Kept, Option<TextOf>)> {
        let texts: BTreeMap<MailId, Packed> =
            texts.into_iter().map(|row| (row.mail, row.segments)).collect();
        let mut left = Vec::new();
        for (row, facts) in unread {
            let Some(text) = texts.get(&row.id).map(|segments| TextOf::stored(segments)) else {
                left.push((row, facts, None));
                continue;
            };
            if self.compare(&row, &facts, &text, looked) {
                continue;
            }
            let text = text.with_words(&facts);
            if !self.compare(&row, &facts, &text, looked) {
                left.push((row, facts, Some(text)));
            }
        }
        left
    }

    /// Compares what the facts alone decide, and gives back what needs the mail itself.
    fn compare_all(&self, rows: Vec<FactsRow>, looked: &mut Looked) -> Vec<(FactsRow, Kept)> {
        let (mut unread, nothing) = (Vec::new(), TextOf::default());
        for row in rows {
            let facts = row.facts.as_ref().and_then(|facts| serde_json::from_str(facts).ok());
            match facts {
                None => looked.without_facts += 1,
                Some(facts) if self.compare(&row, &facts, &nothing, looked) => {}
                Some(facts) => unread.push((row, facts)),
            }
        }
        unread
    }

    /// Compares both courses of a mail. `false` if more of it has to be read first.
    fn compare(&self, row: &FactsRow, facts: &Kept, text: &TextOf, looked: &mut Looked) -> bool {
        let now = self.directory.mailbox_by_id(row.mailbox);
        let then = self.mailboxes.iter().find(|one| one.id == row.mailbox);
        let (Some(now), Some(then)) = (now, then) else { return true };
        let from = facts.address();
        let mail = Tried {
            facts: facts.mail(from.as_ref()),
            known: facts.known(),
            empty: facts.empty(),
            view: text.view(facts, row.mailbox.number()),
        };
        let Some(was) = mail.course(now, &self.directory.ready_rules) else { return false };
        let Some(is) = mail.course(then, self.rules) else { return false };
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

/// A mail that is decided about twice.
struct Tried<'a> {
    facts: MailFacts<'a>,
    known: Known,
    empty: Empty,
    view: MailToMatch<'a>,
}

impl Tried<'_> {
    /// What a set of rules makes of it; `None` if more of it has to be read first.
    fn course(&self, mailbox: &Mailbox, rules: &[Rule]) -> Option<Course> {
        let settings = settings(mailbox, false);
        let (facts, known, view) = (&self.facts, &self.known, &self.view);
        let ruled = decide_with_rules(facts, known, &settings, rules, view, &self.empty).ok()?;
        Some(of(&ruled, mailbox))
    }
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
