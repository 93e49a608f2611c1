//! Reading the outbox with the rights of an actor: those of the area of each mail's ticket. Mails
//! without a ticket are for administrators.

use db::{Reading, Result, View};
use rules::right::{Place, Right, allows};
use rules::sending::MailState;

use super::sought::{Sought, holds};
use super::store::{
    self, Attempted, Key, List, ListedOut, Readable, Recipient, Report, StoredOut, recipients_of,
};
use crate::feature::journal::sought::terms;
use crate::feature::journal::store::first_id;
use crate::record::OutboundId;
use crate::record::actor::{Actor, Denied};
use crate::record::directory::Directory;
use crate::record::found::{self, Words};
use crate::record::sent_copy::{self, SentCopy};

/// Rows of a page.
pub const ROWS: i64 = 50;
/// Mails of a kind are counted up to here.
pub const COUNTED_MAX: i64 = 1_000;
/// Documents that one look-up of words considers, newest first (decision 34).
const DOCUMENTS_MAX: usize = 1_000;

/// A kind of mails to look at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// All.
    #[default]
    All,
    /// They have not left yet.
    Waiting,
    /// They did not arrive, or nobody knows.
    Lost,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::All, Self::Waiting, Self::Lost];

    /// The word for it in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Waiting => "waiting",
            Self::Lost => "lost",
        }
    }

    /// The kind with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The states of such mails; none for all.
    pub fn states(self) -> &'static [&'static str] {
        match self {
            Self::All => &[],
            Self::Waiting => &["queued", "sending", "dot", "uncertain", "deferred"],
            Self::Lost => &["failed", "bounced", "unconfirmed"],
        }
    }
}

/// The areas whose mails an actor may read.
pub fn readable(actor: &Actor, directory: &Directory) -> Readable {
    if actor.is_administrator() {
        return Readable::All;
    }
    let all = directory.areas.iter().map(|area| area.id);
    let may = |right, area: &crate::record::AreaId| {
        allows(&actor.rights, right, Place::Area(area.number()))
    };
    Readable::Some(all.filter(|area| may(Right::ReadMails, area)).collect())
}

/// Whether an actor has a right on a mail.
pub fn may(actor: &Actor, right: Right, mail: &StoredOut) -> bool {
    match mail.area {
        Some(area) => allows(&actor.rights, right, Place::Area(area.number())),
        None => actor.is_administrator(),
    }
}

/// Reads a page of the outbox, newest first.
pub struct ReadOutbox<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// The lists.
    pub directory: &'a Directory,
    /// What is looked for.
    pub sought: &'a Sought,
    /// Which mails.
    pub kind: Kind,
    /// Mails before this one.
    pub before: Option<OutboundId>,
    /// How many.
    pub limit: i64,
}

/// A page of the outbox.
#[derive(Clone, Debug)]
pub struct Outbox {
    /// The mails with those who get them.
    pub rows: Vec<(ListedOut, Vec<Recipient>)>,
    /// The mail before which the next page begins.
    pub next: Option<OutboundId>,
}

impl Reading for ReadOutbox<'_> {
    type Outcome = Outbox;

    async fn run(&self, view: &mut View<'_>) -> Result<Outbox> {
        let readable = readable(self.actor, self.directory);
        let keys = self.keys(view).await?;
        let states = self.states();
        let before = self.before.unwrap_or(OutboundId::from_number(i64::MAX));
        let (since, until) = match self.sought {
            Sought::Moment { from, to } => {
                (first_id(*from).number(), first_id(*to).number().min(before.number()))
            }
            _ => (0, before.number()),
        };
        let list = List {
            readable: &readable,
            states: &states,
            keys: keys.as_deref(),
            since: OutboundId::from_number(since),
            before: OutboundId::from_number(until),
            limit: self.limit + 1,
        };
        let mut rows = store::list(view, &list).await?;
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let has_more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| has_more).map(|row| row.id);
        let recipients = recipients_of(view, rows.iter().map(|row| row.id)).await?;
        let of = |mail: OutboundId| -> Vec<Recipient> {
            recipients.iter().filter(|one| one.mail == mail).cloned().collect()
        };
        let rows = rows.into_iter().map(|row| (row.clone(), of(row.id))).collect();
        Ok(Outbox { rows, next })
    }
}

impl ReadOutbox<'_> {
    fn states(&self) -> Vec<&'static str> {
        match self.sought {
            Sought::State(state) => vec![state.code()],
            _ => self.kind.states().to_vec(),
        }
    }

    async fn keys(&self, view: &mut View<'_>) -> Result<Option<Vec<Key>>> {
        Ok(Some(match self.sought {
            Sought::Everything | Sought::State(_) | Sought::Moment { .. } => return Ok(None),
            Sought::Name { beginning, message_id } => {
                let beginning = beginning.iter().cloned().map(Key::To);
                beginning.chain([Key::MessageId(message_id.clone())]).collect()
            }
            Sought::NumberOrWord(word) => match store::ticket(view, word).await? {
                Some(ticket) => vec![Key::Ticket(ticket)],
                None => vec![self.with_words(view, word).await?],
            },
            Sought::Words(words) => vec![self.with_words(view, words).await?],
        }))
    }

    /// The mails whose message holds the words, and those among the newest whose subject or
    /// recipient does. The index knows only messages.
    async fn with_words(&self, view: &mut View<'_>, words: &str) -> Result<Key> {
        let terms = terms(words);
        let sought = Words {
            actor: self.actor,
            terms: &terms,
            rest: None,
            before: i64::MAX,
            enough: DOCUMENTS_MAX,
            limit: DOCUMENTS_MAX,
            window: found::WINDOW,
        };
        let hits = found::newest(view, &sought).await?;
        let messages: Vec<i64> = hits.documents.iter().map(|document| document.id).collect();
        let mut ids = store::of_messages(view, &messages).await?;
        let newest = store::newest(view).await?;
        let found = newest
            .iter()
            .filter(|mail| holds(words, &[&mail.subject_key, &mail.name, &mail.address]));
        ids.extend(found.map(|mail| mail.id));
        Ok(Key::Ids(ids))
    }
}

/// Reads one mail with everything that is known of it.
pub struct ReadOut<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// The mail.
    pub mail: OutboundId,
}

/// One mail with everything that is known of it.
#[derive(Clone, Debug)]
pub struct Out {
    /// The mail.
    pub mail: StoredOut,
    /// Who gets it, with what became of it for each.
    pub recipients: Vec<Recipient>,
    /// Each try.
    pub attempts: Vec<Attempted>,
    /// Mails that report that it came back.
    pub reports: Vec<Report>,
    /// Its copy in the Sent folder, if one is wanted.
    pub copy: Option<SentCopy>,
}

impl Reading for ReadOut<'_> {
    type Outcome = std::result::Result<Out, Denied>;

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        let found = store::one(view, self.mail).await?;
        let Some(mail) = found.filter(|mail| may(self.actor, Right::ReadMails, mail)) else {
            return Ok(Err(Denied::NotFound));
        };
        let recipients = recipients_of(view, std::iter::once(mail.id)).await?;
        let attempts = store::attempts(view, mail.id).await?;
        let is_back = recipients.iter().any(|one| one.state == "bounced");
        let reports = match mail.ticket.filter(|_| is_back) {
            Some(ticket) => store::reports(view, ticket, first_id(mail.created_at)).await?,
            None => Vec::new(),
        };
        let copy = sent_copy::of_mail(view, mail.id).await?;
        Ok(Ok(Out { mail, recipients, attempts, reports, copy }))
    }
}

/// Counts the mails of each kind that an actor may read.
pub struct CountOutbox<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// The lists.
    pub directory: &'a Directory,
}

impl Reading for CountOutbox<'_> {
    /// Those that wait, and those that did not arrive.
    type Outcome = (i64, i64);

    async fn run(&self, view: &mut View<'_>) -> Result<(i64, i64)> {
        let readable = readable(self.actor, self.directory);
        let groups = [Kind::Waiting.states(), Kind::Lost.states()];
        let counts = store::counts(view, &readable, &groups, COUNTED_MAX).await?;
        let count = |place: usize| counts.get(place).copied().unwrap_or_default();
        Ok((count(0), count(1)))
    }
}

/// The state with this code, for searches.
pub fn state(code: &str) -> Option<MailState> {
    MailState::from_code(&code.to_lowercase())
}
