//! The navigation at the side, and the tab bar on phones.

use maud::{Markup, html};
use values::Language;

use super::{Frame, avatar_beside_name, brand, icon, menu};
use crate::texts;

/// The entry of the navigation that a page belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// All open tickets.
    Inbox,
    /// The person's own tickets.
    Mine,
    /// Tickets without an assignee.
    Unassigned,
    /// Tickets that come back.
    Resubmissions,
    /// The tickets of one area, by its key.
    Area(String),
    /// The journal of mails.
    Mails,
    /// The mailboxes.
    Mailboxes,
    /// The text blocks.
    TextBlocks,
    /// The customers.
    Customers,
    /// The settings.
    Settings,
    /// The search.
    Search,
    /// None of them.
    Elsewhere,
}

impl Place {
    /// The word under which the counters are asked for again.
    pub fn code(&self) -> String {
        match self {
            Self::Inbox => "inbox".to_owned(),
            Self::Mine => "mine".to_owned(),
            Self::Unassigned => "unassigned".to_owned(),
            Self::Resubmissions => "resubmissions".to_owned(),
            Self::Area(key) => format!("area:{key}"),
            Self::Mails => "mails".to_owned(),
            Self::Mailboxes => "mailboxes".to_owned(),
            Self::TextBlocks => "text-blocks".to_owned(),
            Self::Customers => "customers".to_owned(),
            Self::Settings => "settings".to_owned(),
            Self::Search => "search".to_owned(),
            Self::Elsewhere => "elsewhere".to_owned(),
        }
    }

    /// The place with this word; an unknown word is elsewhere.
    pub fn from_code(code: &str) -> Self {
        let fixed = [
            Self::Inbox,
            Self::Mine,
            Self::Unassigned,
            Self::Resubmissions,
            Self::Mails,
            Self::Mailboxes,
            Self::TextBlocks,
            Self::Customers,
            Self::Settings,
            Self::Search,
        ];
        match code.strip_prefix("area:") {
            Some(key) => Self::Area(key.to_owned()),
            None => fixed.into_iter().find(|place| place.code() == code).unwrap_or(Self::Elsewhere),
        }
    }
}

/// The figures of the navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counters {
    /// The present entry.
    pub place: Place,
    /// Open tickets the person may see, ready to print: `38` or `1.000+`.
    pub open: String,
    /// The person's own open tickets.
    pub mine: String,
    /// Open tickets without an assignee.
    pub unassigned: String,
    /// Tickets that come back today.
    pub resubmissions: String,
    /// New tickets in the person's queues, if there are such queues (F-QUEUE-04).
    pub in_my_queues: Option<NewTickets>,
    /// New tickets without a queue, if there are queues.
    pub in_no_queue: Option<NewTickets>,
    /// New tickets without a category, if there are some (F-CTRL-11).
    pub without_category: Option<NewTickets>,
    /// Mails that somebody has to place, if there are some (F-CTRL-12).
    pub unplaced_mails: Option<NewTickets>,
    /// Open tickets with something unread, for the title of the tab.
    pub unseen: u64,
    /// Mailboxes that need someone.
    pub mailboxes_in_trouble: u64,
    /// Whether the person may set the house up (F-PERM-04).
    pub has_settings: bool,
    /// The areas the person may see.
    pub areas: Vec<AreaCount>,
    /// Whether the figures may be older than the last change. Then they are fetched once more.
    pub is_doubtful: bool,
}

/// New tickets that nobody has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTickets {
    /// How many, ready to print.
    pub count: String,
    /// The address of their list.
    pub href: String,
}

/// One area with its open tickets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaCount {
    /// The key, as [`Place::Area`] names it.
    pub key: String,
    /// The name the administrator gave.
    pub name: String,
    /// What it is for, if somebody said so (F-TYPE-03).
    pub about: Option<String>,
    /// The colour, 1 to 6.
    pub hue: u8,
    /// Open tickets, ready to print.
    pub open: String,
    /// The address of its list.
    pub href: String,
}

pub(super) fn side(frame: &Frame) -> Markup {
    let texts = texts::common(frame.language);
    html! {
        aside class="side" id="navigation" popover aria-label=(texts.navigation()) {
            div class="side-top" {
                div class="row" {
                    a class="brand grow" href="/inbox" { (brand()) }
                    button class="btn btn-quiet only-narrow" type="button" popovertarget="navigation"
                        popovertargetaction="hide" aria-label=(texts.close_navigation()) { (icon("x")) }
                }
                div class="row" {
                    a class="searchbtn" href="/search" data-palette title=(texts.search_title()) {
                        (icon("search"))
                        span class="label" { (texts.search()) }
                        span class="label end" { kbd { (texts.key_palette()) } }
                    }
                    @if frame.can_create { (new_ticket(frame.language)) }
                }
            }
            (counters(frame.language, &frame.counters))
            (foot(frame))
        }
    }
}

fn new_ticket(language: Language) -> Markup {
    let texts = texts::common(language);
    html! {
        a class="btn" href="/tickets/new" data-key="c" title=(texts.new_ticket_title())
            aria-label=(texts.new_ticket()) { (icon("plus")) }
    }
}

fn foot(frame: &Frame) -> Markup {
    html! {
        div class="side-foot" {
            button class="nav-item" type="button" popovertarget="account" {
                (avatar_beside_name(&frame.person))
                span class="trunc" {
                    (frame.person.name)
                    span class="vh" { ", " (texts::common(frame.language).account()) }
                }
                span class="n" { (super::icon_small("chevrons-up-down")) }
            }
            (menu::menu(frame))
        }
    }
}

/// The entries with their figures: a fragment that refreshes itself when tickets change.
pub fn counters(language: Language, counters: &Counters) -> Markup {
    let texts = texts::common(language);
    let refresh = format!("/counters?place={}", counters.place.code());
    let trigger = if counters.is_doubtful { COUNT_SOON } else { COUNT_AGAIN };
    html! {
        nav class="side-scroll" id="counters" aria-label=(texts.areas_and_views()) data-title-count=(counters.unseen)
            hx-get=(refresh) hx-trigger=(trigger) hx-swap="morph:outerHTML" {
            div class="side-group" {
                @for entry in lists(language, counters) { (print(&entry, &counters.place)) }
                @if let Some(new) = &counters.in_my_queues { (of_queues(new, texts.new_in_my_queues())) }
                @if let Some(new) = &counters.in_no_queue { (of_queues(new, texts.new_in_no_queue())) }
                @if let Some(new) = &counters.without_category { (of_queues(new, texts.new_without_category())) }
                @if let Some(mails) = &counters.unplaced_mails { (unplaced(mails, texts.mails_without_ticket())) }
            }
            // What has one choice is no choice.
            @if counters.areas.len() > 1 {
                div class="side-group" {
                    h2 { (texts.areas()) }
                    @for one in &counters.areas { (area(one, &counters.place)) }
                }
            }
            div class="side-group" {
                h2 { (texts.tools()) }
                @for entry in tools(language, counters) { (print(&entry, &counters.place)) }
                @if counters.has_settings { (print(&settings(language), &counters.place)) }
            }
        }
    }
}

/// The server believes a count for a second: what is fetched at once may be the one from before the change.
const COUNT_AGAIN: &str =
    "live:ticket from:body, live:mail from:body, live:settled from:body, live:refresh from:body";
/// The same, and once more when the second is over.
const COUNT_SOON: &str = "live:ticket from:body, live:mail from:body, live:settled from:body, live:refresh from:body, \
                          load delay:1100ms";

/// A figure beside a name. Nothing to do needs none.
fn figure(count: &str) -> Markup {
    html! { @if count != "0" { span class="n" { (count) } } }
}

/// One entry of the navigation.
struct Entry {
    place: Place,
    href: &'static str,
    name: &'static str,
    icon: &'static str,
    /// The two keys that go there.
    keys: &'static str,
    count: Markup,
}

fn lists(language: Language, counters: &Counters) -> [Entry; 4] {
    let texts = texts::common(language);
    [
        Entry {
            place: Place::Inbox,
            href: "/inbox",
            name: texts.inbox(),
            icon: "inbox",
            keys: "g e",
            count: figure(&counters.open),
        },
        Entry {
            place: Place::Mine,
            href: "/inbox?list=mine",
            name: texts.my_tickets(),
            icon: "user",
            keys: "g m",
            count: figure(&counters.mine),
        },
        Entry {
            place: Place::Resubmissions,
            href: "/inbox?list=resubmissions",
            name: texts.resubmissions(),
            icon: "alarm-clock",
            keys: "g w",
            count: figure(&counters.resubmissions),
        },
        Entry {
            place: Place::Unassigned,
            href: "/inbox?list=unassigned",
            name: texts.not_assigned(),
            icon: "user-plus",
            keys: "g n",
            count: figure(&counters.unassigned),
        },
    ]
}

fn tools(language: Language, counters: &Counters) -> [Entry; 4] {
    let texts = texts::common(language);
    let trouble = counters.mailboxes_in_trouble;
    [
        Entry {
            place: Place::Mails,
            href: "/mails",
            name: texts.mails(),
            icon: "mail",
            keys: "g j",
            count: Markup::default(),
        },
        Entry {
            place: Place::Mailboxes,
            href: "/mailboxes",
            name: texts.mailboxes(),
            icon: "server",
            keys: "g p",
            count: html! { @if trouble > 0 { span class="n" data-hot { (trouble) } } },
        },
        Entry {
            place: Place::Customers,
            href: "/customers",
            name: texts::customers(language).customers(),
            icon: "users",
            keys: "g k",
            count: Markup::default(),
        },
        Entry {
            place: Place::TextBlocks,
            href: "/text-blocks",
            name: texts.text_blocks(),
            icon: "text-quote",
            keys: "g t",
            count: Markup::default(),
        },
    ]
}

/// The settings, for whoever may change them.
fn settings(language: Language) -> Entry {
    Entry {
        place: Place::Settings,
        href: "/settings",
        name: texts::common(language).settings(),
        icon: "settings",
        keys: "g s",
        count: Markup::default(),
    }
}

fn print(entry: &Entry, place: &Place) -> Markup {
    let current = (entry.place == *place).then_some("page");
    html! {
        a class="nav-item" href=(entry.href) aria-current=[current] title=(entry.name) data-chord=(entry.keys) {
            (icon(entry.icon)) span class="trunc" { (entry.name) } (entry.count)
        }
    }
}

fn of_queues(new: &NewTickets, name: &str) -> Markup {
    html! {
        a class="nav-item" href=(new.href) title=(name) {
            (icon("list")) span class="trunc" { (name) } (figure(&new.count))
        }
    }
}

fn unplaced(mails: &NewTickets, name: &str) -> Markup {
    html! {
        a class="nav-item" href=(mails.href) title=(name) {
            (icon("circle-help")) span class="trunc" { (name) } (figure(&mails.count))
        }
    }
}

fn area(area: &AreaCount, place: &Place) -> Markup {
    let current = matches!(place, Place::Area(key) if *key == area.key).then_some("page");
    let title = match &area.about {
        Some(about) => format!("{}: {about}", area.name),
        None => area.name.clone(),
    };
    html! {
        a class="nav-item" href=(area.href) aria-current=[current] title=(title) {
            span class="dot" data-hue=(area.hue) aria-hidden="true" {}
            span class="trunc" { (area.name) }
            (figure(&area.open))
        }
    }
}

/// The bar at the bottom on phones.
pub(super) fn tab_bar(frame: &Frame) -> Markup {
    let texts = texts::common(frame.language);
    let tab = |place: Place, href: &str, name: &str, symbol: &str| {
        let current = (place == frame.counters.place).then_some("page");
        html! { a href=(href) aria-current=[current] { (icon(symbol)) (name) } }
    };
    html! {
        nav class="tabbar" aria-label=(texts.main_areas()) {
            (tab(Place::Inbox, "/inbox", texts.inbox(), "inbox"))
            (tab(Place::Mine, "/inbox?list=mine", texts.mine(), "user"))
            @if frame.can_create { a href="/tickets/new" { (icon("plus")) (texts.new_short()) } }
            (tab(Place::Search, "/search", texts.search_noun(), "search"))
            button type="button" popovertarget="navigation" { (icon("menu")) (texts.more()) }
        }
    }
}
