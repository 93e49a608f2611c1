//! What an agent does one after the other: looks, changes, searches, notes, answers.

use std::time::Duration;

use super::desk::Desk;
use crate::b_writes::work::fields_of;
use crate::cases::Case;
use crate::text::{self, Planted};
use crate::words::{COMMON, NOUNS, RARE};

/// How often a draft is saved before it is sent.
const SAVES: usize = 3;
/// A draft is saved a second after the last change.
const SAVE_AFTER: Duration = Duration::from_secs(1);
/// Keys of priorities and statuses that a ticket gets.
const PRIORITIES: [&str; 3] = ["niedrig", "normal", "hoch"];
const STATUSES: [&str; 2] = ["offen", "wartet"];

/// The tickets of an agent. Nobody else writes in them, so that nobody is in another one's way.
pub struct Own<'a> {
    /// Those that he answers.
    pub cases: Vec<&'a Case>,
    /// One that he takes and gives back, over and over.
    pub free: Option<&'a Case>,
    /// Those of all, at which he only looks.
    pub all: &'a [Case],
}

/// Works until somebody says that it is over.
pub fn work(desk: &mut Desk<'_>, own: &Own<'_>) {
    // Nobody begins at the same moment as all others.
    let first = desk.chance.between(0, 3_000).unsigned_abs();
    desk.wait(Duration::from_millis(first));
    let mut is_taken = false;
    while !desk.is_over() {
        desk.go_to_list();
        desk.think();
        if desk.chance.percent(50) {
            search(desk);
        }
        if desk.chance.percent(40) {
            look_around(desk, own);
        }
        if let Some(free) = own.free.filter(|_| desk.chance.percent(40)) {
            is_taken = take_or_give_back(desk, free, is_taken);
        }
        let place = desk.chance.below(own.cases.len());
        if let Some(case) = own.cases.get(place) {
            work_on(desk, case);
        }
    }
}

fn search(desk: &mut Desk<'_>) {
    let word = match desk.chance.below(4) {
        0 => COMMON,
        1 => RARE,
        _ => desk.chance.pick(&NOUNS),
    };
    let word: String = word.bytes().map(|byte| format!("%{byte:02X}")).collect();
    desk.page("search", &format!("/search?q={word}"));
    desk.think();
}

fn look_around(desk: &mut Desk<'_>, own: &Own<'_>) {
    let place = desk.chance.below(own.all.len());
    if let Some(case) = own.all.get(place) {
        desk.go_to(case);
        desk.think();
        desk.leave(case);
    }
}

/// Claims the ticket, or gives it back; whether it is the agent's now.
fn take_or_give_back(desk: &mut Desk<'_>, free: &Case, is_taken: bool) -> bool {
    desk.go_to(free);
    desk.think();
    let (what, verb) = if is_taken { ("unclaim", "unclaim") } else { ("claim", "claim") };
    let is_done = desk.post(what, free, verb, "sheet", &[]);
    desk.think();
    desk.leave(free);
    is_taken != is_done
}

fn work_on(desk: &mut Desk<'_>, case: &Case) {
    desk.go_to(case);
    desk.think();
    change(desk, case);
    desk.think();
    match desk.chance.below(10) {
        0..3 => note(desk, case),
        3..8 => answer(desk, case),
        _ => {}
    }
    desk.leave(case);
}

fn change(desk: &mut Desk<'_>, case: &Case) {
    let agent = desk.agent.to_string();
    let (what, value) = match desk.chance.below(3) {
        0 => ("assignee", agent.as_str()),
        1 => ("priority", desk.chance.pick(&PRIORITIES)),
        _ => ("status", desk.chance.pick(&STATUSES)),
    };
    desk.post(what, case, what, "sheet", &[("value", value)]);
}

fn note(desk: &mut Desk<'_>, case: &Case) {
    let (text, html) = written(desk, 1);
    desk.post("note", case, "note", "composer", &[("text", &text), ("html", &html)]);
    desk.think();
}

fn answer(desk: &mut Desk<'_>, case: &Case) {
    let (mut text, mut html) = (String::new(), String::new());
    for _ in 0..SAVES {
        desk.post("presence", case, "presence", "presence", &[("state", "typing")]);
        let (more, more_html) = written(desk, 1);
        text.push_str(&more);
        html.push_str(&more_html);
        desk.wait(SAVE_AFTER);
        desk.post("draft", case, "draft/reply", "", &fields_of(case, &text, &html));
    }
    // What is on its way when the time is over is not begun any more.
    if !desk.is_over() {
        desk.post("reply", case, "reply", "composer", &fields_of(case, &text, &html));
    }
    desk.think();
}

/// Paragraphs as text and as HTML of the editor.
fn written(desk: &mut Desk<'_>, count: usize) -> (String, String) {
    let paragraphs = text::paragraphs(&mut desk.chance, Planted::Nothing);
    let taken = paragraphs.get(..count).unwrap_or(&paragraphs);
    let html = taken.iter().map(|text| format!("<p>{text}</p>")).collect();
    (taken.join("\n\n"), html)
}
