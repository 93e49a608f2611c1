//! Reading the journal with the rights of an actor: those of the area of each mail's mailbox.

use db::{Reading, Result, View};
use rules::right::{Place, Right, allows};
use values::Timestamp;

use super::narrow::Narrow;
use super::sought::{self, Sought};
use super::store::{self, Counted, Key, List, ListedMail, Mailboxes, StoredMail, Within, first_id};
use crate::feature::intake::store::by_hand::{Done, deeds};
use crate::record::actor::{Actor, Denied};
use crate::record::directory::Directory;
use crate::record::found::{self, Words};
use crate::record::mailbox::Mailbox;
use crate::record::{MailId, MailboxId};

/// Rows of a page.
pub const ROWS: i64 = 50;
/// Entries of a kind are counted up to here.
pub const COUNTED_MAX: i64 = 1_000;
/// Mails since yesterday are counted up to here.
const SINCE_COUNTED_MAX: i64 = 10_000;
/// Documents that one look-up of words considers, newest first (decision 34).
const DOCUMENTS_MAX: usize = 1_000;

/// A kind of entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// All.
    #[default]
    All,
    /// A person has to say where they belong.
    Undecided,
    /// They wait for their decision.
    Waiting,
    /// They are decided and in no ticket. A duplicate is none of them: its mail is told by what came first.
    WithoutTicket,
    /// They could not be read.
    Quarantined,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 5] =
        [Self::All, Self::Undecided, Self::Waiting, Self::WithoutTicket, Self::Quarantined];
    /// Those that the page has tabs for. What waits is decided within moments and has a filter.
    pub const TABS: [Self; 4] =
        [Self::All, Self::Undecided, Self::WithoutTicket, Self::Quarantined];

    /// The word for it in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Undecided => "undecided",
            Self::Waiting => "waiting",
            Self::WithoutTicket => "without_ticket",
            Self::Quarantined => "quarantined",
        }
    }

    /// The kind with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The entries of this kind.
    pub fn within(self) -> Within {
        let states: &'static [&'static str] = match self {
            Self::All | Self::Undecided => &[],
            Self::Waiting => &["seen", "stored"],
            Self::WithoutTicket => &["filtered", "quarantined", "gone"],
            Self::Quarantined => &["quarantined"],
        };
        let outcome = (self == Self::Undecided).then_some("unassigned");
        Within { states, outcome, class: None }
    }
}

/// Whether an actor has a right on the mails of a mailbox.
pub fn may(actor: &Actor, directory: &Directory, right: Right, mailbox: MailboxId) -> bool {
    let area = directory.mailbox_by_id(mailbox).map(|mailbox| mailbox.area);
    area.is_some_and(|area| allows(&actor.rights, right, Place::Area(area.number())))
}

/// The mailboxes whose mails an actor may read, or one of them.
pub fn readable(actor: &Actor, directory: &Directory, only: Option<MailboxId>) -> Mailboxes {
    let is_readable = |mailbox: &MailboxId| may(actor, directory, Right::ReadMails, *mailbox);
    match only {
        Some(mailbox) => Mailboxes::Some(Some(mailbox).into_iter().filter(is_readable).collect()),
        None if actor.is_administrator() => Mailboxes::All,
        None => {
            let all = directory.mailboxes.iter().map(|mailbox| mailbox.id);
            Mailboxes::Some(all.filter(is_readable).collect())
        }
    }
}

/// The mailboxes whose mails an actor may read, by their names on the screen.
pub fn readable_ones<'a>(actor: &Actor, directory: &'a Directory) -> Vec<&'a Mailbox> {
    let all = directory.mailboxes.iter();
    let mut readable: Vec<&Mailbox> =
        all.filter(|mailbox| may(actor, directory, Right::ReadMails, mailbox.id)).collect();
    readable.sort_by_key(|mailbox| mailbox.label.to_lowercase());
    readable
}

/// Reads a page of the journal, newest first.
pub struct ReadMails<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// The lists.
    pub directory: &'a Directory,
    /// The search as typed.
    pub text: &'a str,
    /// The time that the search means, if it means one.
    pub between: Option<(Timestamp, Timestamp)>,
    /// Which entries.
    pub kind: Kind,
    /// What they are limited to beside it.
    pub narrow: Narrow,
    /// The time that they are limited to.
    pub period: Option<(Timestamp, Timestamp)>,
    /// Only this mailbox.
    pub mailbox: Option<MailboxId>,
    /// Entries before this one.
    pub before: Option<MailId>,
    /// How many.
    pub limit: i64,
}

/// A page of the journal.
#[derive(Clone, Debug)]
pub struct Mails {
    /// The entries.
    pub rows: Vec<ListedMail>,
    /// The entry before which the next page begins.
    pub next: Option<MailId>,
}

impl Reading for ReadMails<'_> {
    type Outcome = Mails;

    async fn run(&self, view: &mut View<'_>) -> Result<Mails> {
        let few = usize::try_from(self.limit).unwrap_or(DOCUMENTS_MAX).saturating_mul(2);
        let (mut rows, is_all) = self.rows(view, few.min(DOCUMENTS_MAX)).await?;
        // Mailbox, tab or time may leave out most of the newest: then more of them are looked at.
        if !is_all && i64::try_from(rows.len()).is_ok_and(|count| count <= self.limit) {
            (rows, _) = self.rows(view, DOCUMENTS_MAX).await?;
        }
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let has_more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| has_more).map(|row| row.id);
        Ok(Mails { rows, next })
    }
}

impl ReadMails<'_> {
    /// The rows, and whether no older document holds the words, among so many of the newest.
    async fn rows(&self, view: &mut View<'_>, documents: usize) -> Result<(Vec<ListedMail>, bool)> {
        let mailboxes = readable(self.actor, self.directory, self.mailbox);
        let (keys, is_all) = self.keys(view, documents).await?;
        let list = List {
            mailboxes: &mailboxes,
            within: self.narrow.within(self.kind.within()),
            keys: keys.as_deref(),
            since: self.since(),
            before: self.until(),
            limit: self.limit + 1,
        };
        Ok((store::list(view, &list).await?, is_all))
    }

    fn since(&self) -> MailId {
        let begins = self.between.iter().chain(&self.period).map(|(from, _)| first_id(*from));
        begins.max().unwrap_or(MailId::from_number(0))
    }

    fn until(&self) -> MailId {
        let before = self.before.unwrap_or(MailId::from_number(i64::MAX));
        let ends = self.between.iter().chain(&self.period).map(|(_, to)| first_id(*to));
        ends.chain([before]).min().unwrap_or(before)
    }

    async fn keys(
        &self,
        view: &mut View<'_>,
        documents: usize,
    ) -> Result<(Option<Vec<Key>>, bool)> {
        if self.between.is_some() {
            return Ok((None, true));
        }
        let words = match Sought::read(self.text) {
            Sought::Everything => return Ok((None, true)),
            Sought::Name { address, message_id } => {
                let address = address.into_iter().map(Key::From);
                let keys = address.chain([Key::MessageId(message_id)]).collect();
                return Ok((Some(keys), true));
            }
            Sought::NumberOrWord(word) => match store::ticket(view, &word).await? {
                Some(ticket) => return Ok((Some(vec![Key::Ticket(ticket)]), true)),
                None => word,
            },
            Sought::Words(words) => words,
        };
        let (key, is_all) = self.with_words(view, &words, documents).await?;
        Ok((Some(vec![key]), is_all))
    }

    /// The entries whose message holds the words, and those outside tickets whose subject or
    /// sender does. The index knows only messages. Says, too, whether no older message holds them.
    async fn with_words(
        &self,
        view: &mut View<'_>,
        words: &str,
        documents: usize,
    ) -> Result<(Key, bool)> {
        let terms = sought::terms(words);
        let words_sought = Words {
            actor: self.actor,
            terms: &terms,
            rest: None,
            before: i64::MAX,
            enough: documents,
            limit: documents,
            window: found::WINDOW,
        };
        let hits = found::newest(view, &words_sought).await?;
        let messages: Vec<i64> = hits.documents.iter().map(|document| document.id).collect();
        let mut ids = store::of_messages(view, &messages).await?;
        let outside = store::newest_outside_tickets(view).await?;
        let found = outside.iter().filter(|mail| {
            let fields = [&mail.from_name, &mail.from_address, &mail.subject];
            sought::holds(words, &fields.map(Option::as_deref))
        });
        ids.extend(found.map(|mail| mail.id));
        Ok((Key::Ids(ids), hits.last.is_none()))
    }
}

/// Reads one entry with everything that is known of it.
pub struct ReadMail<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// The lists.
    pub directory: &'a Directory,
    /// The entry.
    pub mail: MailId,
}

impl Reading for ReadMail<'_> {
    type Outcome = std::result::Result<StoredMail, Denied>;

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        let found = store::one(view, self.mail).await?;
        let is_visible =
            |mail: &StoredMail| may(self.actor, self.directory, Right::ReadMails, mail.mailbox);
        Ok(found.filter(is_visible).ok_or(Denied::NotFound))
    }
}

/// Counts the entries of each kind that an actor may read.
pub struct CountMails<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// The lists.
    pub directory: &'a Directory,
    /// Only this mailbox.
    pub mailbox: Option<MailboxId>,
    /// The beginning of yesterday.
    pub yesterday: Timestamp,
}

/// How many entries there are, each counted only as far as it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MailCounts {
    /// Those of which a person has to say where they belong.
    pub undecided: i64,
    /// Those that are decided and in no ticket.
    pub without_ticket: i64,
    /// Those that could not be read.
    pub quarantined: i64,
    /// Those that came since yesterday.
    pub since_yesterday: i64,
}

impl Reading for CountMails<'_> {
    type Outcome = MailCounts;

    async fn run(&self, view: &mut View<'_>) -> Result<MailCounts> {
        let mailboxes = readable(self.actor, self.directory, self.mailbox);
        let of = |kind: Kind| Counted {
            within: kind.within(),
            since: MailId::from_number(0),
            limit: COUNTED_MAX,
        };
        let recent =
            Counted { since: first_id(self.yesterday), limit: SINCE_COUNTED_MAX, ..of(Kind::All) };
        let kinds = [of(Kind::Undecided), of(Kind::WithoutTicket), of(Kind::Quarantined), recent];
        let counts = store::counts(view, &mailboxes, &kinds).await?;
        let count = |place: usize| counts.get(place).copied().unwrap_or_default();
        Ok(MailCounts {
            undecided: count(0),
            without_ticket: count(1),
            quarantined: count(2),
            since_yesterday: count(3),
        })
    }
}

/// Reads what people did with an entry. Whoever asks has read the entry with the reader's right.
pub struct ReadDeeds(pub MailId);

impl Reading for ReadDeeds {
    type Outcome = Vec<Done>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<Done>> {
        deeds(view, self.0).await
    }
}
