//! How records look on a screen: initials, glyphs, moments, deadlines.

use rules::status::{Stage, StatusKind};
use values::{Language, Timestamp};
use web::{Times, iso, iso_minute};

use super::directory::{Directory, Listed, by_id};
use super::frame::{self, Deadline, DeadlineState, Moment, Person, Tinted};
use super::ticket::Due;
use super::{AgentId, AreaId, EntryId};

/// A deadline within this time is drawn as coming soon.
const SOON_MINUTES: i64 = 60;
/// The ring of a deadline begins to fill this long before it.
const RING_MINUTES: i64 = 8 * 60;

/// A person's disc.
pub fn person(name: &str) -> Person {
    let mut words =
        name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphabetic()));
    let first = words.next();
    let initials: String = first.into_iter().chain(words.next_back()).collect();
    Person { name: name.to_owned(), initials: initials.to_uppercase(), hue: hue_of(name) }
}

/// A colour that is always the same for a name (FNV-1a, spread over the circle).
fn hue_of(name: &str) -> u16 {
    let mix = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(16_777_619);
    let hash = name.bytes().fold(2_166_136_261_u32, mix);
    u16::try_from(hash % 360).unwrap_or_default()
}

/// The disc of an agent.
pub fn agent(directory: &Directory, agent: Option<AgentId>) -> Option<Person> {
    agent.and_then(|agent| directory.agent(agent)).map(|agent| person(&agent.name))
}

/// A moment as a list says it.
pub fn moment(times: &Times, at: Timestamp) -> Moment {
    Moment { short: times.short(at), full: times.full(at), machine: iso(at) }
}

/// A moment as a list says it whose tooltip the script makes, see [`frame::short_moment`].
pub fn short_moment(times: &Times, at: Timestamp) -> Moment {
    Moment { short: times.short(at), full: String::new(), machine: iso_minute(at) }
}

/// A moment with its time of day, as a conversation says it.
pub fn exact_moment(times: &Times, at: Timestamp) -> Moment {
    Moment { short: times.exact(at), full: times.full(at), machine: iso(at) }
}

/// A moment on paper, which is read on any day.
pub fn full_moment(times: &Times, at: Timestamp) -> Moment {
    Moment { short: times.date_and_clock(at), full: times.full(at), machine: iso(at) }
}

/// A moment of today as its time, any other one with its date.
pub fn clock(times: &Times, at: Timestamp) -> String {
    let is_today = times.date(at) == times.date(times.now);
    if is_today { times.clock(at) } else { times.date_and_clock(at) }
}

/// A status with its glyph.
pub fn status(directory: &Directory, status: EntryId, language: Language) -> frame::Status {
    match by_id(&directory.statuses, status.number()) {
        Some(entry) => frame::Status {
            glyph: glyph(entry.kind.0).to_owned(),
            name: entry.name(language).to_owned(),
        },
        None => frame::Status { glyph: glyph(StatusKind::Read).to_owned(), name: String::new() },
    }
}

/// The glyph of a kind of status (DESIGN.md section 7).
pub fn glyph(kind: StatusKind) -> &'static str {
    match kind {
        StatusKind::Unread => "neu",
        StatusKind::Read => "gelesen",
        StatusKind::Assigned => "zugewiesen",
        StatusKind::InProgress => "offen",
        StatusKind::WaitingRequester => "wartet",
        StatusKind::WaitingInternal => "rueckfrage",
        StatusKind::ToClarify => "klaeren",
        StatusKind::OnHold => "zurueckgestellt",
        StatusKind::Done => "geloest",
        StatusKind::Cancelled => "abgebrochen",
        StatusKind::Trash => "papierkorb",
    }
}

/// A priority with its glyph: one to three bars by its place in the list, a square for the last.
pub fn priority(directory: &Directory, priority: EntryId, language: Language) -> frame::Priority {
    let list = &directory.priorities;
    let place = list.iter().position(|entry| entry.id == priority);
    let glyph = match place.map(|place| (place + 1, list.len())) {
        Some((place, count)) if place == count && count > 2 => "dringend",
        Some((place, count)) if place * 2 > count => "hoch",
        Some((1, count)) if count > 2 => "niedrig",
        _ => "normal",
    };
    let entry = by_id(list, priority.number());
    let name = entry.map_or("", |entry| entry.name(language)).to_owned();
    let hue = entry.and_then(|entry| u8::try_from(entry.hue?).ok());
    frame::Priority { glyph: glyph.to_owned(), name, hue }
}

/// A moment as a `datetime-local` field has it, in the reader's zone.
pub fn input(times: &Times, at: Timestamp) -> String {
    let at = jiff::Timestamp::from_millisecond(at.millis()).unwrap_or_default();
    times.zone.to_datetime(at).strftime("%Y-%m-%dT%H:%M").to_string()
}

#[derive(serde::Deserialize)]
struct StoredClue {
    clue: String,
    detail: String,
    weight: u8,
}

/// The evidence of a decision, as stored with a message or a journal entry.
pub fn evidence(json: Option<&str>) -> Vec<frame::Evidence> {
    let stored: Vec<StoredClue> =
        json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
    let clue = |stored: StoredClue| frame::Evidence {
        clue: stored.clue,
        detail: stored.detail,
        weight: stored.weight,
    };
    stored.into_iter().map(clue).collect()
}

/// An area with its colour.
pub fn area(directory: &Directory, area: AreaId, language: Language) -> Tinted {
    match by_id(&directory.areas, area.number()) {
        Some(entry) => Tinted {
            name: entry.name(language).to_owned(),
            hue: u8::try_from(entry.hue).unwrap_or(1),
        },
        None => Tinted { name: String::new(), hue: 1 },
    }
}

/// The day on which a ticket comes back; its time if that is today.
pub fn resubmission(times: &Times, at: Timestamp) -> Moment {
    let is_today = times.date(at) == times.date(times.now);
    let short = if is_today { times.clock(at) } else { times.day(at) };
    Moment { short, full: times.full(at), machine: iso(at) }
}

/// A tag; its colour follows from its name.
pub fn tag(name: &str) -> Tinted {
    let hue = u8::try_from(hue_of(&name.to_lowercase()) % 6).unwrap_or_default() + 1;
    Tinted { name: name.to_owned(), hue }
}

/// A deadline as the ring in a list.
pub fn deadline(times: &Times, due: Due, stage: Stage) -> Deadline {
    let after = due.0.map_or(String::new(), |at| times.distance(at));
    match rules::inbox::deadline(stage, due.0, times.now, &times.zone) {
        rules::inbox::Deadline::Overdue { .. } => {
            let is_now = due.0.is_some_and(|at| times.now.millis_since(at) < 60_000);
            let text = match is_now {
                true => crate::texts::list(times.language).due_now().to_owned(),
                false => format!("−{after}"),
            };
            Deadline { state: DeadlineState::Over, text, percent: 100 }
        }
        rules::inbox::Deadline::Today { minutes } => {
            let is_soon = minutes <= SOON_MINUTES;
            let gone = (RING_MINUTES - minutes.min(RING_MINUTES)) * 100 / RING_MINUTES;
            Deadline {
                state: if is_soon { DeadlineState::Soon } else { DeadlineState::Ahead },
                text: after,
                percent: u8::try_from(gone).unwrap_or_default(),
            }
        }
        rules::inbox::Deadline::Later { .. } => Deadline {
            state: DeadlineState::Ahead,
            text: due.0.map_or(String::new(), |at| times.day(at)),
            percent: 0,
        },
        rules::inbox::Deadline::Paused => Deadline {
            state: DeadlineState::Paused,
            text: crate::texts::list(times.language).paused().to_owned(),
            percent: 0,
        },
        rules::inbox::Deadline::None => {
            Deadline { state: DeadlineState::None, text: String::new(), percent: 0 }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_those_of_the_first_and_the_last_name() {
        assert_eq!(person("Mareike Thoms").initials, "MT");
        assert_eq!(person("Dr. Anna Maria Yıldız").initials, "DY");
        assert_eq!(person("einkauf@example.de").initials, "E");
        assert_eq!(person("").initials, "");
        assert_eq!(person("Mareike Thoms").hue, person("Mareike Thoms").hue);
    }
}
