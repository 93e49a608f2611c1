//! Which messages belong together: what may be moved and merged, and which tickets may be about the
//! same.

use values::Timestamp;

use crate::status::Stage;
use crate::subject::{base_subject, similarity_percent};

/// From so many percent on, two subjects of one person speak of the same.
const ALIKE_OF_PERSON: u8 = 50;
/// From so many percent on, two subjects of one company do.
const ALIKE_OF_COMPANY: u8 = 75;
/// Subjects with fewer letters share some of them by chance.
const SHORT_LETTERS: usize = 12;
/// How alike such subjects have to be.
const ALIKE_IF_SHORT: u8 = 85;
/// Tickets that lie further apart are rarely about the same.
const APART_DAYS_MAX: i64 = 30;
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// Tickets that one step makes one, with the one that stays.
pub const TICKETS_MAX: usize = 20;

/// Why messages stay where they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// Both are one ticket.
    SameTicket,
    /// They are one ticket since a merging.
    MergedBefore,
    /// The ticket they lie in is in the trash.
    SourceInTrash,
    /// The ticket they shall go to is in the trash.
    TargetInTrash,
    /// None was chosen.
    NothingChosen,
    /// One of them is not in the ticket any more.
    Gone,
    /// The ticket would be empty.
    NothingLeft,
    /// They are more than one step may carry.
    TooMany,
    /// There is only one ticket.
    OneTicket,
    /// The tickets are more than one step may merge.
    TooManyTickets,
}

impl Hindrance {
    /// The stable code of the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::SameTicket => "same_ticket",
            Self::MergedBefore => "merged_before",
            Self::SourceInTrash => "in_trash",
            Self::TargetInTrash => "target_in_trash",
            Self::NothingChosen => "nothing_chosen",
            Self::Gone => "messages_gone",
            Self::NothingLeft => "nothing_left",
            Self::TooMany => "too_many_messages",
            Self::OneTicket => "one_ticket",
            Self::TooManyTickets => "too_many_tickets",
        }
    }

    /// Whether somebody was quicker, so that it could be done a moment ago.
    pub fn is_lost_race(self) -> bool {
        matches!(self, Self::MergedBefore | Self::Gone | Self::SourceInTrash | Self::TargetInTrash)
    }
}

/// What is known of the two tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Whether both are one.
    pub is_one: bool,
    /// Whether one of them was named by a number that it had before a merging.
    pub is_former_number: bool,
    /// Where the one stands that the messages leave.
    pub source: Stage,
    /// Where the one stands that they go to.
    pub target: Stage,
}

/// Whether messages may go from one ticket to the other.
///
/// ```
/// use rules::regroup::{Hindrance, Pair, between};
/// use rules::status::Stage;
///
/// let pair = Pair { is_one: false, is_former_number: false, source: Stage::Open, target: Stage::Closed };
/// assert_eq!(between(pair), Ok(()));
/// assert_eq!(between(Pair { is_one: true, ..pair }), Err(Hindrance::SameTicket));
/// assert_eq!(between(Pair { target: Stage::Trash, ..pair }), Err(Hindrance::TargetInTrash));
/// ```
pub fn between(pair: Pair) -> Result<(), Hindrance> {
    match pair {
        Pair { is_one: true, is_former_number: true, .. } => Err(Hindrance::MergedBefore),
        Pair { is_one: true, .. } => Err(Hindrance::SameTicket),
        Pair { source: Stage::Trash, .. } => Err(Hindrance::SourceInTrash),
        Pair { target: Stage::Trash, .. } => Err(Hindrance::TargetInTrash),
        _ => Ok(()),
    }
}

/// Whether so many tickets, with the one that stays, may become one in one step.
///
/// ```
/// use rules::regroup::{Hindrance, TICKETS_MAX, several};
///
/// assert_eq!(several(2), Ok(()));
/// assert_eq!(several(TICKETS_MAX), Ok(()));
/// assert_eq!(several(1), Err(Hindrance::OneTicket));
/// assert_eq!(several(TICKETS_MAX + 1), Err(Hindrance::TooManyTickets));
/// ```
pub fn several(tickets: usize) -> Result<(), Hindrance> {
    match tickets {
        0 | 1 => Err(Hindrance::OneTicket),
        2..=TICKETS_MAX => Ok(()),
        _ => Err(Hindrance::TooManyTickets),
    }
}

/// How many messages are carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// Some stay.
    Some,
    /// None stays: moving them is merging.
    All,
}

/// What moving comes to: `chosen` messages were named, `found` of them lie in a ticket that has
/// `total`; one step carries `max` at most.
///
/// ```
/// use rules::regroup::{Hindrance, Share, share};
///
/// assert_eq!(share(2, 2, 5, 100), Ok(Share::Some));
/// assert_eq!(share(5, 5, 5, 100), Ok(Share::All));
/// assert_eq!(share(0, 0, 5, 100), Err(Hindrance::NothingChosen));
/// assert_eq!(share(2, 1, 5, 100), Err(Hindrance::Gone));
/// ```
pub fn share(chosen: usize, found: usize, total: usize, max: usize) -> Result<Share, Hindrance> {
    match () {
        () if chosen == 0 => Err(Hindrance::NothingChosen),
        () if found < chosen => Err(Hindrance::Gone),
        () if chosen > max => Err(Hindrance::TooMany),
        () if found >= total => Ok(Share::All),
        () => Ok(Share::Some),
    }
}

/// A ticket with which another one may be about the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour<'a> {
    /// What it is about.
    pub subject: &'a str,
    /// Where it stands.
    pub stage: Stage,
    /// Whether the same person asks; else it is the same company.
    pub is_of_person: bool,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// Whether somebody said that they are not about the same.
    pub is_distinct: bool,
}

/// How likely two tickets are about the same, in percent; `None` if nobody needs to be asked.
///
/// Only open tickets of the same person or company count, and only near ones: what is closed is
/// joined by references or not at all. A person's own words may differ more than those of two
/// colleagues.
///
/// ```
/// use rules::regroup::{Neighbour, may_be_same};
/// use rules::status::Stage;
/// use values::Timestamp;
///
/// let now = Timestamp::from_millis(1_795_251_600_000);
/// let other = Neighbour {
///     subject: "AW: Fotos zu den Tischen",
///     stage: Stage::Open,
///     is_of_person: true,
///     changed_at: now,
///     is_distinct: false,
/// };
/// assert_eq!(may_be_same("Fotos zu den Tischen", now, &other), Some(100));
/// assert_eq!(may_be_same("Rechnung 4711", now, &other), None);
/// assert_eq!(may_be_same("Foto vom Tisch", now, &other), Some(64));
/// let colleague = Neighbour { is_of_person: false, ..other.clone() };
/// assert_eq!(may_be_same("Foto vom Tisch", now, &colleague), None);
/// let told = Neighbour { is_distinct: true, ..other };
/// assert_eq!(may_be_same("Fotos zu den Tischen", now, &told), None);
/// ```
pub fn may_be_same(subject: &str, at: Timestamp, other: &Neighbour<'_>) -> Option<u8> {
    let is_near = other.changed_at.millis_since(at).abs() <= APART_DAYS_MAX * DAY_MILLIS;
    if other.is_distinct || !is_near || !other.stage.is_open() {
        return None;
    }
    let is_short = length(subject).min(length(other.subject)) < SHORT_LETTERS;
    let least = match other.is_of_person {
        _ if is_short => ALIKE_IF_SHORT,
        true => ALIKE_OF_PERSON,
        false => ALIKE_OF_COMPANY,
    };
    Some(similarity_percent(subject, other.subject)).filter(|percent| *percent >= least)
}

fn length(subject: &str) -> usize {
    base_subject(subject).chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAIR: Pair = Pair {
        is_one: false,
        is_former_number: false,
        source: Stage::Open,
        target: Stage::Waiting,
    };

    #[test]
    fn no_ticket_is_merged_with_itself_and_none_out_of_the_trash() {
        let table = [
            (PAIR, Ok(())),
            (Pair { source: Stage::Closed, ..PAIR }, Ok(())),
            (Pair { is_one: true, is_former_number: true, ..PAIR }, Err(Hindrance::MergedBefore)),
            (Pair { is_one: true, source: Stage::Trash, ..PAIR }, Err(Hindrance::SameTicket)),
            (Pair { source: Stage::Trash, ..PAIR }, Err(Hindrance::SourceInTrash)),
        ];
        for (pair, expected) in table {
            assert_eq!(between(pair), expected, "{pair:?}");
        }
    }

    #[test]
    fn what_is_gone_is_said_before_what_is_too_much() {
        assert_eq!(share(101, 101, 200, 100), Err(Hindrance::TooMany));
        assert_eq!(share(101, 90, 200, 100), Err(Hindrance::Gone));
        assert_eq!(share(1, 1, 1, 100), Ok(Share::All));
    }

    #[test]
    fn short_subjects_are_not_alike_by_a_few_letters() {
        let now = Timestamp::from_millis(1_795_251_600_000);
        let of_person = |subject: &'static str| Neighbour {
            subject,
            stage: Stage::Open,
            is_of_person: true,
            changed_at: now,
            is_distinct: false,
        };
        for (subject, other) in [("zwischen", "Re: schwedisch"), ("Nur Bild", "Nur Zitat HTML")] {
            assert_eq!(may_be_same(subject, now, &of_person(other)), None, "{subject}");
            assert!(similarity_percent(subject, other) >= ALIKE_OF_PERSON, "{subject}");
        }
        assert_eq!(may_be_same("Rechnung", now, &of_person("AW: Rechnung")), Some(100));
        assert!(may_be_same("Rechnungen", now, &of_person("Rechnung")).is_some());
    }

    #[test]
    fn what_is_closed_or_long_ago_is_asked_of_nobody() {
        let now = Timestamp::from_millis(1_795_251_600_000);
        let other = Neighbour {
            subject: "Regal",
            stage: Stage::Waiting,
            is_of_person: false,
            changed_at: now,
            is_distinct: false,
        };
        assert_eq!(may_be_same("Regal", now, &other), Some(100));
        let long_ago = now.plus_millis(-31 * DAY_MILLIS);
        for other in [
            Neighbour { stage: Stage::Closed, ..other.clone() },
            Neighbour { changed_at: long_ago, ..other.clone() },
        ] {
            assert_eq!(may_be_same("Regal", now, &other), None);
        }
        assert_eq!(may_be_same("", now, &other), None);
    }

    #[test]
    fn a_race_is_lost_where_somebody_was_quicker() {
        let lost = [
            Hindrance::SameTicket,
            Hindrance::MergedBefore,
            Hindrance::SourceInTrash,
            Hindrance::TargetInTrash,
            Hindrance::NothingChosen,
            Hindrance::Gone,
            Hindrance::NothingLeft,
            Hindrance::TooMany,
            Hindrance::OneTicket,
            Hindrance::TooManyTickets,
        ]
        .into_iter()
        .filter(|one| one.is_lost_race())
        .map(Hindrance::code)
        .collect::<Vec<_>>();
        assert_eq!(lost, ["merged_before", "in_trash", "target_in_trash", "messages_gone"]);
    }
}
