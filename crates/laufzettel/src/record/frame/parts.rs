//! Small things that stand on many pages: people, states, deadlines, moments, icons.

use maud::{Markup, PreEscaped, Render, html};
use values::Language;

use crate::texts;

/// A person's disc: round, with initials in a colour of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The whole name.
    pub name: String,
    /// One or two capital letters.
    pub initials: String,
    /// The hue of the disc, 0 to 359 degrees.
    pub hue: u16,
}

/// A moment as the screen says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// Short, for the eye: `09:12`, `Gestern`, `Mo 14:02`.
    pub short: String,
    /// The whole date and time, for the tooltip.
    pub full: String,
    /// RFC 3339, for machines.
    pub machine: String,
}

/// A ticket's status: its glyph and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The glyph's name without `st-`: `neu`, `offen`, `wartet`, …
    pub glyph: String,
    /// The name the administrator gave.
    pub name: String,
}

/// A ticket's priority: its glyph and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priority {
    /// The glyph's name without `pr-`: `niedrig`, `normal`, `hoch`, `dringend`.
    pub glyph: String,
    /// The name the administrator gave.
    pub name: String,
    /// The colour the administrator gave, 1 to 6.
    pub hue: Option<u8>,
}

/// A name with one of the six colours of areas and tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tinted {
    /// The name of the area or tag.
    pub name: String,
    /// The colour, 1 to 6.
    pub hue: u8,
}

/// A deadline as the ring in a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// How urgent it is.
    pub state: DeadlineState,
    /// What stands beside the ring: `25 Min`, `−1 Std 40`, `pausiert`.
    pub text: String,
    /// How much of the time is gone, 0 to 100.
    pub percent: u8,
}

/// How urgent a deadline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadlineState {
    /// There is time.
    Ahead,
    /// It comes soon.
    Soon,
    /// It has passed.
    Over,
    /// The clock stands still.
    Paused,
    /// There is none.
    None,
}

/// One entry of a list of choices: a link that leads to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What stands on it.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Whether it is the present choice.
    pub state: Current,
}

/// Whether something is the present one of several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Current {
    /// This is the present one.
    Yes,
    /// This is another one.
    #[default]
    No,
}

impl Current {
    /// The value of an `aria-current` attribute.
    pub fn mark(self) -> Option<&'static str> {
        (self == Self::Yes).then_some("true")
    }
}

/// An icon of the sprite beside a word; hidden from screen readers.
pub fn icon(name: &str) -> Markup {
    drawn("i", name)
}

/// A small icon.
pub fn icon_small(name: &str) -> Markup {
    drawn("i i-sm", name)
}

/// A large icon, for buttons of the bar on phones.
pub fn icon_large(name: &str) -> Markup {
    drawn("i i-lg", name)
}

fn drawn(class: &str, name: &str) -> Markup {
    let mut text = format!(
        "<svg class=\"{class}\" aria-hidden=\"true\"><use href=\"{}#i-",
        super::asset("icons.svg")
    );
    name.render_to(&mut text);
    text.push_str("\"/></svg>");
    PreEscaped(text)
}

/// A drawing that says something by itself, with its words as tooltip and for screen readers. The
/// styles draw it.
fn glyph(class: &str, name: &str, label: &str, hue: Option<u8>) -> Markup {
    let mut text = String::with_capacity(80);
    text.push_str("<i class=\"");
    text.push_str(class);
    text.push_str("\" data-");
    text.push_str(class);
    text.push_str("=\"");
    name.render_to(&mut text);
    if let Some(hue) = hue {
        text.push_str("\" data-hue=\"");
        hue.render_to(&mut text);
    }
    text.push_str("\" role=\"img\" title=\"");
    label.render_to(&mut text);
    text.push_str("\"></i>");
    PreEscaped(text)
}

/// The disc with a person's initials; screen readers hear the name.
pub fn avatar(person: &Person) -> Markup {
    html! { span class="av" style={ "--h:" (person.hue) } role="img" title=(person.name) { (person.initials) } }
}

/// The disc beside a name that is written out.
pub fn avatar_beside_name(person: &Person) -> Markup {
    html! { span class="av" style={ "--h:" (person.hue) } aria-hidden="true" { (person.initials) } }
}

/// The empty disc: nobody is responsible.
pub fn nobody(language: Language) -> Markup {
    html! { span class="av" data-none role="img" title=(texts::common(language).not_assigned()) {} }
}

/// The disc of whoever is responsible.
pub fn assignee(language: Language, person: Option<&Person>) -> Markup {
    person.map_or_else(|| nobody(language), avatar)
}

/// A status as a glyph alone.
pub fn status(language: Language, status: &Status) -> Markup {
    glyph("st", &status.glyph, &texts::common(language).status_is(&status.name), None)
}

/// A status as a pill with its word.
pub fn status_pill(status: &Status) -> Markup {
    html! { span class="pill" data-st=(status.glyph) { (icon(&format!("st-{}", status.glyph))) (status.name) } }
}

/// A priority as a glyph alone.
pub fn priority(language: Language, priority: &Priority) -> Markup {
    glyph("pr", &priority.glyph, &texts::common(language).priority_is(&priority.name), priority.hue)
}

/// A tag with its coloured corner.
pub fn tag(tag: &Tinted) -> Markup {
    html! { span class="tag" data-hue=(tag.hue) { (tag.name) } }
}

/// A deadline: the ring fills as time runs out.
pub fn deadline(deadline: &Deadline) -> Markup {
    let state = match deadline.state {
        DeadlineState::Ahead => "ok",
        DeadlineState::Soon => "bald",
        DeadlineState::Over => "ueber",
        DeadlineState::Paused => "pause",
        DeadlineState::None => "kein",
    };
    let ring = matches!(deadline.state, DeadlineState::Ahead | DeadlineState::Soon);
    let share = ring.then(|| format!("--p:{}", deadline.percent));
    html! { span class="sla" data-sla=(state) style=[share] { (deadline.text) } }
}

/// The day on which a ticket comes back, in the place of its deadline: a dashed clock.
pub fn resubmission(language: Language, moment: &Moment) -> Markup {
    let texts = texts::common(language);
    html! {
        span class="sla" data-sla="vorlage" title=(texts.resubmission_at(&moment.full)) {
            (icon("wiedervorlage")) span class="vh" { (texts.resubmission()) " " } (moment.short)
        }
    }
}

/// A moment with its full date for the tooltip and for machines.
pub fn moment(moment: &Moment) -> Markup {
    html! { time datetime=(moment.machine) title=(moment.full) { (moment.short) } }
}

/// A moment whose tooltip the script makes when it is needed: lists have many of them.
pub fn short_moment(moment: &Moment) -> Markup {
    html! { time datetime=(moment.machine) { (moment.short) } }
}

/// The dot of an unread entry.
pub fn unread(language: Language) -> Markup {
    html! { span class="unread" role="img" aria-label=(texts::common(language).unread()) {} }
}

/// The name `Laufzettel` with its mark: a slip whose last line is a stamp.
pub fn brand() -> Markup {
    html! { (drawing("mark", "mark")) span { "Laufzettel" } }
}

/// A drawing of the sprite that is more than an icon; hidden from screen readers.
pub fn drawing(class: &str, name: &str) -> Markup {
    html! {
        svg class=(class) aria-hidden="true" { use href={ (super::asset("icons.svg")) "#" (name) } {} }
    }
}
