//! What surrounds every page of a signed-in person: head, navigation, toasts, the dialogs of keys and palette.
//!
//! Pages give their `main` to [`page`]. The frame asks no database; whoever prints a page fills a [`Frame`] once.

mod bare;
mod dialogs;
mod errors;
mod evidence;
pub mod fields;
mod menu;
mod notices;
mod odd;
mod parts;
mod question;
#[cfg(test)]
pub mod samples;
mod side;

use maud::{DOCTYPE, Markup, html};
use values::Language;

pub use bare::{Bare, bare_page};
pub use dialogs::dialogs;
pub use errors::{Around, Refusal, refusal_page};
pub use evidence::{Evidence, clue_sentence, evidence};
pub use menu::{Density, Keys, Theme, own_settings};
pub use notices::{Act, Banner, BannerKind, Toast, Undo, banner, toasts, toasts_out_of_band};
pub use odd::{mail_class, notice, oddity};
pub use parts::{
    Current, Deadline, DeadlineState, Link, Moment, Person, Priority, Status, Tinted, assignee,
    avatar, avatar_beside_name, brand, deadline, drawing, icon, icon_large, icon_small, moment,
    nobody, priority, resubmission, short_moment, status, status_pill, tag, unread,
};
pub use question::{Question, question_out_of_band};
pub use side::{AreaCount, Counters, NewTickets, Place, counters};

use crate::texts;

/// What every page of a signed-in person shows around its own content.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The language of the screen.
    pub language: Language,
    /// The reader's time zone, by its name.
    pub zone: String,
    /// Light, dark, or as the system says.
    pub theme: Theme,
    /// How close together everything stands.
    pub density: Density,
    /// Whether single keys act.
    pub keys: Keys,
    /// Who is signed in.
    pub person: Person,
    /// The figures of the navigation, and which entry is the present one.
    pub counters: Counters,
    /// Path and query of this page; forms of the profile menu come back here.
    pub here: String,
    /// What the page before asked to say here, for browsers without JavaScript.
    pub toasts: Vec<Toast>,
    /// What the page asks at once, for browsers without JavaScript.
    pub question: Option<Question>,
    /// States of the whole product, for example a full disk.
    pub banners: Vec<Banner>,
    /// Whether the reader may make tickets.
    pub can_create: bool,
    /// Whether what is sent is caught and shown (the demo).
    pub has_sandbox: bool,
    /// Whether the reader sees how the server fares.
    pub administrates: bool,
}

/// How a page uses its space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A list or an overview; phones show the tab bar.
    Overview,
    /// One thing, opened from a list; phones give the tab bar's space to it.
    Detail,
}

/// The whole page: `main` is the inside of the element `main`, beginning with its `header`.
pub fn page(frame: &Frame, layout: Layout, title: &str, main: &Markup) -> Markup {
    let texts = texts::common(frame.language);
    html! {
        (DOCTYPE)
        html lang=(frame.language.code()) data-theme=[frame.theme.forced()]
            data-density=[frame.density.wide()] data-keys=[frame.keys.off()] {
            (head(&title_text(frame.counters.unseen, title), Some(frame.counters.unseen)))
            body class=[(layout == Layout::Detail).then_some("has-detail")] hx-ext="morph" data-live="/live"
                data-zone=(frame.zone) {
                a class="skip" href="#content" { (texts.skip_to_content()) }
                div class="app" {
                    (side::side(frame))
                    main class="main" id="content" {
                        (main)
                        (side::tab_bar(frame))
                    }
                }
                (notices::regions(frame.language, &frame.toasts))
                (question::place(frame.question.as_ref()))
                (dialogs::peek(frame.language))
                (dialogs::place(frame.language))
            }
        }
    }
}

/// The element `head` of a page on paper: the style alone.
pub fn head_of_print(title: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { (title) " · Laufzettel" }
            link rel="icon" href=(asset("favicon.svg"));
            link rel="stylesheet" href=(asset("app.css"));
        }
    }
}

/// The element `head` of a page that is made by somebody else.
pub fn head_of_page(title: &str) -> Markup {
    head(title, None)
}

/// The element `head`, the same on every page.
fn head(title: &str, count: Option<u64>) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
            meta name="color-scheme" content="light dark";
            title data-count=[count] { (title) }
            link rel="icon" href=(asset("favicon.svg"));
            link rel="stylesheet" href=(asset("app.css"));
            script type="module" src=(asset("app.js")) {}
        }
    }
}

fn title_text(unseen: u64, title: &str) -> String {
    match unseen {
        0 => format!("{title} · Laufzettel"),
        _ => format!("({unseen}) {title} · Laufzettel"),
    }
}

/// The banners of the frame, for the end of a page's header.
pub fn banners(frame: &Frame) -> Markup {
    html! { @for one in &frame.banners { (banner(one)) } }
}

/// The button that opens the navigation on phones.
pub fn navigation_button(language: Language) -> Markup {
    html! {
        button class="btn btn-quiet only-narrow" type="button" popovertarget="navigation"
            aria-label=(texts::common(language).open_navigation()) { (icon_large("menu")) }
    }
}

/// The hashed address of a bundled file.
fn asset(name: &str) -> &'static str {
    assets::path(name)
}
