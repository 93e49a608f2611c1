//! Puts conversations together from building blocks: always the same ones, no two alike.

use std::collections::HashSet;

use rules::right::{Level, Role};

use super::calendar::Calendar;
use super::chance::Chance;
use super::company::{Agent, Company, Firm, Person};
use super::concern::{Concern, Concerns};
use super::conversation::{Conversation, Deed, Step};
use super::draft::{Draft, Later};
use super::{BadData, Read};

/// The first ticket number.
pub const FIRST: u32 = 48_001;
/// The last ticket number.
pub const LAST: u32 = 48_221;
/// Working minutes before today at which the past begins.
const BEGINS_BEFORE: i64 = 18 * 600;
/// What is closed was closed at least so many working minutes before today.
const ENDS_BEFORE: i64 = 5;
/// Out of 16 tickets, so many belong to each area.
const SHARES: [(&str, i64); 5] =
    [("bestellungen", 6), ("retouren", 4), ("buchhaltung", 3), ("it", 2), ("haustechnik", 1)];
/// Draws after which the building blocks do not suffice.
const DRAWS_MAX: usize = 200;

/// Conversations for all numbers that are not written out.
pub fn invent(
    company: &Company,
    calendar: &Calendar,
    written: &[Conversation],
) -> Read<Vec<Conversation>> {
    let concerns = Concerns::load()?;
    let anchors = anchors(calendar, written);
    let mut inventor = Inventor {
        company,
        calendar,
        concerns: &concerns,
        chance: Chance::new(48),
        used: vec![0; concerns.list.len()],
        texts: HashSet::new(),
    };
    let mut all = Vec::new();
    for number in FIRST..=LAST {
        if written.iter().all(|conversation| conversation.number != Some(number)) {
            all.push(inventor.conversation(number, between(&anchors, number))?);
        }
    }
    Ok(all)
}

/// Numbers with the working minutes before today at which their tickets began.
fn anchors(calendar: &Calendar, written: &[Conversation]) -> Vec<(u32, i64)> {
    let begun = |conversation: &Conversation| {
        let first = conversation.steps.first()?;
        Some((conversation.number?, calendar.work_minutes_before(first.at)))
    };
    let mut anchors: Vec<_> = written.iter().filter_map(begun).collect();
    anchors.push((FIRST - 1, BEGINS_BEFORE));
    anchors.sort_unstable();
    anchors
}

/// Numbers are drawn in the order of time, so a ticket begins between its neighbours.
fn between(anchors: &[(u32, i64)], number: u32) -> i64 {
    let place = anchors.partition_point(|(anchor, _)| *anchor < number);
    let before = place.checked_sub(1).and_then(|before| anchors.get(before));
    let (low, begin) = before.copied().unwrap_or((FIRST - 1, BEGINS_BEFORE));
    let (high, end) = anchors.get(place).copied().unwrap_or((LAST + 1, 0));
    begin - (begin - end) * i64::from(number - low) / i64::from((high - low).max(1))
}

struct Inventor<'a> {
    company: &'a Company,
    calendar: &'a Calendar,
    concerns: &'a Concerns,
    chance: Chance,
    /// How often each concern was used.
    used: Vec<usize>,
    texts: HashSet<String>,
}

impl<'a> Inventor<'a> {
    fn conversation(&mut self, number: u32, begins: i64) -> Read<Conversation> {
        let place = self.concern()?;
        for _ in 0..DRAWS_MAX {
            let found = self.draw(number, begins, place)?;
            let texts: Vec<&str> =
                found.steps.iter().filter_map(|step| text_of(&step.deed)).collect();
            if texts.iter().all(|text| !self.texts.contains(*text)) {
                self.texts.extend(texts.into_iter().map(str::to_owned));
                return Ok(found);
            }
        }
        Err(BadData(format!("there are too few building blocks for {number}")))
    }

    fn draw(&mut self, number: u32, begins: i64, place: usize) -> Read<Conversation> {
        let concerns: &'a Concerns = self.concerns;
        let concern = concerns.list.get(place).ok_or_else(missing)?;
        let (firm, person) = self.person(concern)?;
        let agent = self.agent(concern.area)?;
        let draft = Draft {
            concern,
            firm,
            person,
            agent: agent.name,
            product: self.chance.one_of(&concerns.products).copied().unwrap_or_default(),
            thanks: &concerns.thanks,
            calendar: self.calendar,
            day: self.calendar.day_of(self.calendar.before_work(begins)),
            round: self.used.get(place).copied().unwrap_or_default(),
            chance: &mut self.chance,
        };
        let (subject, later) = draft.write();
        Ok(Conversation {
            number: Some(number),
            mailbox: concern.mailbox,
            from: person.addresses.first().cloned().unwrap_or_default(),
            subject,
            steps: timed(self.calendar, begins, later),
        })
    }

    /// The place of a concern: areas by their shares, within an area each as often as the others.
    fn concern(&mut self) -> Read<usize> {
        let mut drawn = self.chance.between(0, 16);
        let area = SHARES.iter().find(|(_, share)| {
            drawn -= share;
            drawn < 0
        });
        let area = area.map_or("bestellungen", |(area, _)| *area);
        let (used, list) = (&self.used, &self.concerns.list);
        let of_area = list.iter().enumerate().filter(|(_, concern)| concern.area == area);
        let uses = |place: usize| used.get(place).copied().unwrap_or_default();
        let least = of_area.clone().map(|(place, _)| uses(place)).min().unwrap_or_default();
        let free: Vec<usize> =
            of_area.map(|(place, _)| place).filter(|place| uses(*place) == least).collect();
        let place = *self.chance.one_of(&free).ok_or_else(missing)?;
        if let Some(used) = self.used.get_mut(place) {
            *used += 1;
        }
        Ok(place)
    }

    /// Somebody who writes about this: colleagues about IT and the building, customers about the
    /// rest, in their language.
    fn person(&mut self, concern: &Concern) -> Read<(&'a Firm, &'a Person)> {
        let is_internal = matches!(concern.area, "it" | "haustechnik");
        let company: &'a Company = self.company;
        let firms = company.firms.iter().filter(|firm| {
            firm.is_known
                && firm.language == concern.language
                && (firm.domain == company.domain) == is_internal
        });
        let people: Vec<_> =
            firms.flat_map(|firm| firm.people.iter().map(move |person| (firm, person))).collect();
        self.chance.one_of(&people).copied().ok_or_else(missing)
    }

    /// An agent who works in the area; now and then an administrator.
    fn agent(&mut self, area: &str) -> Read<&'a Agent> {
        let helps_out = self.chance.is_one_in(8);
        let works = |agent: &&Agent| match agent.role {
            Role::Administrator => helps_out,
            _ => agent.levels.iter().any(|(own, level)| *own == area && *level >= Level::Work),
        };
        let company: &'a Company = self.company;
        let agents: Vec<&Agent> = company.agents.iter().filter(works).collect();
        self.chance.one_of(&agents).copied().ok_or_else(missing)
    }
}

fn missing() -> BadData {
    BadData("a building block finds nobody".to_owned())
}

/// What must not be said twice: all of customers, all but short words of agents.
fn text_of(deed: &Deed) -> Option<&str> {
    match deed {
        Deed::Customer(mail) => Some(&mail.text),
        Deed::Agent { text, .. } if text.chars().count() > 80 => Some(text),
        _ => None,
    }
}

/// Steps in time: as far apart as wanted, or closer, so that all lie before today.
fn timed(calendar: &Calendar, begins: i64, later: Vec<Later>) -> Vec<Step> {
    let total = later.last().map_or(0, |last| last.minutes).max(1);
    let room = (begins - ENDS_BEFORE).max(1);
    let mut earlier = i64::MAX;
    let mut steps = Vec::new();
    for Later { minutes, deed } in later {
        let gone = if total > room { minutes * room / total } else { minutes };
        // Two steps never stand at the same minute.
        let before = (begins - gone).min(earlier - 1);
        earlier = before;
        steps.push(Step { at: calendar.before_work(before), deed });
    }
    steps
}
