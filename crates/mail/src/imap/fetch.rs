//! Lists and fetches mails without changing anything on the server (`BODY.PEEK`).

use std::collections::{BTreeMap, VecDeque};
use std::ops::RangeInclusive;

use imap_proto::{AttributeValue, MessageSection, Response, SectionPath};
use values::Timestamp;

use super::connect::said;
use super::date::read_date_time;
use super::problem::ImapProblem;
use super::response::{Incoming, Status, StatusLine};
use super::session::{Session, finished};
use super::uid_set::{groups, sequence_set};
use super::wire::{Command, Wire};

/// Most mails in one command.
const MAILS_PER_COMMAND_MAX: usize = 50;
/// Octets of the header that are fetched of a mail that is too large.
const HEADER_BYTES_MAX: usize = 256 * 1024;
/// The attributes of a mail beside its octets.
const FACTS: &str = "UID RFC822.SIZE INTERNALDATE FLAGS";

/// What the server says of a mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Its number in the folder.
    pub uid: u32,
    /// Its size by the server, in octets. Some servers only estimate it.
    pub size: u32,
    /// When the server took it, if the server gives a moment that can be read.
    pub internal_date: Option<Timestamp>,
    /// Its marks.
    pub flags: Flags,
}

/// The marks of a mail (RFC 3501 section 2.3.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// Somebody has read it.
    pub seen: bool,
    /// Somebody has answered it.
    pub answered: bool,
    /// Somebody has marked it.
    pub flagged: bool,
    /// Marked for removal.
    pub deleted: bool,
    /// Not finished.
    pub draft: bool,
}

/// A whole mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// What the server says of it.
    pub listed: Listed,
    /// Its octets, as the server sent them.
    pub bytes: Vec<u8>,
}

impl Fetched {
    /// Whether the octets are not as many as the server's size says: the mail is cut off, or the
    /// server only estimates sizes. Fetch it again before it is believed.
    pub fn size_differs(&self) -> bool {
        u32::try_from(self.bytes.len()) != Ok(self.listed.size)
    }
}

/// What came of fetching a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchOutcome {
    /// All of it.
    Whole(Fetched),
    /// It is larger than the settings allow; its header, at most 256 KiB.
    TooLarge {
        /// What the server says of it.
        listed: Listed,
        /// The octets of its header.
        header: Vec<u8>,
    },
    /// It is not there any more.
    Gone(u32),
}

impl Session {
    /// The mails in a range of UIDs, in rising order.
    pub async fn list_uids(
        &mut self,
        range: RangeInclusive<u32>,
    ) -> Result<Vec<Listed>, ImapProblem> {
        let uids = self.uids(range).await?;
        self.list(&uids).await
    }

    /// What the server says of these mails, in rising order. Those that are gone are left out.
    pub async fn list(&mut self, uids: &[u32]) -> Result<Vec<Listed>, ImapProblem> {
        let mut listed = Vec::new();
        for group in groups(uids) {
            let command = fetch(&group, FACTS, "listing mails");
            let mut found = BTreeMap::new();
            let line = self
                .run(command, |data| {
                    if let Some(Facts { listed, size: Some(_), .. }) = facts(&data) {
                        found.insert(listed.uid, listed);
                    }
                })
                .await?;
            found.retain(|uid, _| group.binary_search(uid).is_ok());
            let missing: Vec<u32> =
                group.into_iter().filter(|uid| !found.contains_key(uid)).collect();
            self.check_gone(&missing, &line).await?;
            listed.extend(found.into_values());
        }
        Ok(listed)
    }

    /// The Message-ID of each of these mails, for finding known mails again after UIDVALIDITY has
    /// changed. It is the header's text, or `None` if it has none.
    pub async fn message_ids(
        &mut self,
        uids: &[u32],
    ) -> Result<Vec<(u32, Option<String>)>, ImapProblem> {
        let mut ids = BTreeMap::new();
        for group in groups(uids) {
            let command =
                fetch(&group, "UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]", "listing mails");
            let line = self
                .run(command, |data| {
                    if let Some(Facts { listed, octets: Some(header), .. }) = facts(&data) {
                        ids.insert(listed.uid, field_value(header));
                    }
                })
                .await?;
            finished(&line)?;
        }
        Ok(ids.into_iter().collect())
    }

    /// Fetches one mail.
    pub async fn fetch(&mut self, uid: u32) -> Result<FetchOutcome, ImapProblem> {
        let mut batch = self.fetch_batch(&[uid]).await?;
        let outcome = batch.next().await?;
        // Reads on to the end of the command.
        while batch.next().await?.is_some() {}
        Ok(outcome.unwrap_or(FetchOutcome::Gone(uid)))
    }

    /// The octets of the head of a mail, or `None` if it is gone.
    pub async fn head(&mut self, uid: u32) -> Result<Option<Vec<u8>>, ImapProblem> {
        let Some(listed) = self.list(&[uid]).await?.into_iter().next() else { return Ok(None) };
        match self.fetch_header(listed).await? {
            FetchOutcome::TooLarge { header, .. } => Ok(Some(header)),
            FetchOutcome::Whole(_) | FetchOutcome::Gone(_) => Ok(None),
        }
    }

    /// Fetches many mails, one after the other: only one is in memory at a time, and the next is
    /// read from the network when it is asked for. A batch that is not read to its end takes the
    /// connection with it.
    pub async fn fetch_batch(&mut self, uids: &[u32]) -> Result<FetchBatch<'_>, ImapProblem> {
        let listed = self.list(uids).await?;
        let is_there = |uid: &u32| listed.binary_search_by_key(uid, |mail| mail.uid).is_ok();
        let gone = groups(uids).concat().into_iter().filter(|uid| !is_there(uid));
        let ready = gone.map(FetchOutcome::Gone).collect();
        let size_max = self.mail_bytes_max;
        let (small, large): (Vec<_>, Vec<_>) =
            listed.iter().partition(|mail| mail.size <= size_max);
        let commands = small.chunks(MAILS_PER_COMMAND_MAX).map(<[Listed]>::to_vec).collect();
        Ok(FetchBatch { session: self, ready, commands, large: large.into(), running: None })
    }

    /// Those of the mails that are still there.
    pub(super) async fn search_in(&mut self, uids: &[u32]) -> Result<Vec<u32>, ImapProblem> {
        match uids.is_empty() {
            true => Ok(Vec::new()),
            false => self.search(&format!("UID {}", sequence_set(uids))).await,
        }
    }

    /// Believes that mails are gone only if a search does not find them either: what a server left
    /// out or we did not understand must not be taken for deleted.
    async fn check_gone(&mut self, uids: &[u32], line: &StatusLine) -> Result<(), ImapProblem> {
        if uids.is_empty() {
            return Ok(());
        }
        self.look_again().await?;
        let there = self.search_in(uids).await?;
        match (there.first(), line.status) {
            (None, _) => Ok(()),
            (Some(uid), Status::Ok) => {
                Err(ImapProblem::broken(format!("the server leaves out mail {uid}")))
            }
            (Some(_), _) => Err(said(line)),
        }
    }

    async fn fetch_header(&mut self, listed: Listed) -> Result<FetchOutcome, ImapProblem> {
        let items = format!("{FACTS} BODY.PEEK[HEADER]<0.{HEADER_BYTES_MAX}>");
        let mut found = None;
        let line = self
            .run(fetch(&[listed.uid], &items, "fetching a header"), |data| {
                if let Some(Facts { listed: of, octets: Some(header), .. }) = facts(&data)
                    && of.uid == listed.uid
                {
                    let end = header.len().min(HEADER_BYTES_MAX);
                    found = header.get(..end).map(<[u8]>::to_vec);
                }
            })
            .await?;
        if let Some(header) = found {
            return Ok(FetchOutcome::TooLarge { listed, header });
        }
        self.check_gone(&[listed.uid], &line).await?;
        Ok(FetchOutcome::Gone(listed.uid))
    }
}

/// Mails on their way, see [`Session::fetch_batch`].
pub struct FetchBatch<'s> {
    session: &'s mut Session,
    ready: VecDeque<FetchOutcome>,
    commands: VecDeque<Vec<Listed>>,
    large: VecDeque<Listed>,
    running: Option<Running>,
}

/// A fetch command whose end has not been read.
struct Running {
    wire: Wire<'static>,
    waiting: BTreeMap<u32, Listed>,
}

impl FetchBatch<'_> {
    /// The next mail, or `None` after the last.
    pub async fn next(&mut self) -> Result<Option<FetchOutcome>, ImapProblem> {
        loop {
            if let Some(outcome) = self.ready.pop_front() {
                return Ok(Some(outcome));
            }
            if let Some(running) = self.running.take() {
                if let Some(fetched) = self.read(running).await? {
                    return Ok(Some(FetchOutcome::Whole(fetched)));
                }
            } else if let Some(mails) = self.commands.pop_front() {
                self.running = Some(self.start(mails).await?);
            } else if let Some(listed) = self.large.pop_front() {
                return self.session.fetch_header(listed).await.map(Some);
            } else {
                return Ok(None);
            }
        }
    }

    async fn start(&mut self, mails: Vec<Listed>) -> Result<Running, ImapProblem> {
        let mut wire = self.session.wire.take().ok_or_else(ImapProblem::lost)?;
        let uids: Vec<u32> = mails.iter().map(|mail| mail.uid).collect();
        // Servers that estimate sizes are off by some per cent.
        let size_max = self.session.mail_bytes_max as usize;
        wire.allow_literals(size_max.saturating_add(size_max / 4));
        let items = format!("{FACTS} BODY.PEEK[]");
        wire.start(&fetch(&uids, &items, "fetching mails")).await?;
        Ok(Running { wire, waiting: mails.into_iter().map(|mail| (mail.uid, mail)).collect() })
    }

    /// Reads on until a mail came or the command ended.
    async fn read(&mut self, mut running: Running) -> Result<Option<Fetched>, ImapProblem> {
        loop {
            let octets = running.wire.receive("fetching mails").await?;
            match running.wire.read(&octets)? {
                Incoming::Done(line) => {
                    running.wire.allow_literals(0);
                    self.session.wire = Some(running.wire);
                    let missing: Vec<u32> = running.waiting.into_keys().collect();
                    self.session.check_gone(&missing, &line).await?;
                    self.ready.extend(missing.into_iter().map(FetchOutcome::Gone));
                    return Ok(None);
                }
                Incoming::Continue => return Err(ImapProblem::broken("a + nobody asked for")),
                data => {
                    let fetched = whole_mail(&data, &mut running.waiting);
                    if let Some(fetched) = fetched {
                        self.running = Some(running);
                        return Ok(Some(fetched));
                    }
                }
            }
        }
    }
}

fn whole_mail(data: &Incoming<'_>, waiting: &mut BTreeMap<u32, Listed>) -> Option<Fetched> {
    let Facts { listed, octets, size } = facts(data)?;
    let octets = octets?;
    let known = waiting.remove(&listed.uid)?;
    let size = size.unwrap_or(known.size);
    let internal_date = listed.internal_date.or(known.internal_date);
    let listed = Listed { size, internal_date, ..listed };
    Some(Fetched { listed, bytes: octets.to_vec() })
}

fn fetch(uids: &[u32], items: &str, doing: &'static str) -> Command {
    Command::new(format!("UID FETCH {} ({items})", sequence_set(uids)), doing)
}

/// What a FETCH response holds of a mail.
struct Facts<'a> {
    listed: Listed,
    size: Option<u32>,
    octets: Option<&'a [u8]>,
}

/// Reads a FETCH response that names a UID. Servers send others unasked, when marks change.
fn facts<'a>(data: &'a Incoming<'_>) -> Option<Facts<'a>> {
    let Incoming::Data(Response::Fetch(_, attributes)) = data else { return None };
    let mut facts = Facts { listed: Listed::default(), size: None, octets: None };
    for attribute in attributes {
        match attribute {
            AttributeValue::Uid(uid) => facts.listed.uid = *uid,
            AttributeValue::Rfc822Size(size) => facts.size = Some(*size),
            AttributeValue::InternalDate(text) => {
                facts.listed.internal_date = read_date_time(text);
            }
            AttributeValue::Flags(names) => facts.listed.flags = flags(names),
            // NIL is how some servers say that they cannot give the mail.
            AttributeValue::BodySection {
                section: None | Some(SectionPath::Full(MessageSection::Header)),
                data,
                ..
            } => facts.octets = Some(data.as_deref().unwrap_or_default()),
            _ => {}
        }
    }
    facts.listed.size = facts.size.unwrap_or(0);
    match facts.listed.uid {
        0 => None,
        _ => Some(facts),
    }
}

fn flags(names: &[std::borrow::Cow<'_, str>]) -> Flags {
    let has = |name: &str| names.iter().any(|flag| flag.eq_ignore_ascii_case(name));
    Flags {
        seen: has("\\Seen"),
        answered: has("\\Answered"),
        flagged: has("\\Flagged"),
        deleted: has("\\Deleted"),
        draft: has("\\Draft"),
    }
}

/// The value of the only field of a header, unfolded.
fn field_value(header: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(header);
    let (_, value) = text.split_once(':')?;
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(value).filter(|value| !value.is_empty())
}
