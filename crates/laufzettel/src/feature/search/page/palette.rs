//! The palette's results: commands, places, tickets. The dialog around them is part of every page.

use maud::{Markup, html};
use values::Language;

use super::hit::{Piece, pieces};
use crate::http::encode;
use crate::record::customers::FoundContact;
use crate::record::frame::{Status, icon, status};
use crate::texts;

/// Results of one kind.
#[derive(Clone, Debug)]
pub struct Group {
    /// Which kind.
    pub kind: GroupKind,
    /// The results, best first.
    pub commands: Vec<Command>,
}

/// The kinds of results, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// What can be done here.
    Commands,
    /// Where one can go.
    Places,
    /// Tickets.
    Tickets,
    /// Customers.
    Customers,
}

/// One result.
#[derive(Clone, Debug)]
pub struct Command {
    /// What choosing it does.
    pub run: Run,
    /// What stands before it.
    pub glyph: Glyph,
    /// Its name, with what was typed marked.
    pub name: Vec<Piece>,
    /// What stands small behind it.
    pub note: Option<String>,
    /// Other words by which it is found.
    pub also: &'static str,
    /// The keys that do the same.
    pub keys: Vec<&'static str>,
}

/// What choosing a result does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// It presses a key of the page below.
    Press(&'static str),
    /// It goes to an address.
    Go(String),
}

/// What stands before a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// An icon.
    Icon(&'static str),
    /// A ticket's status.
    Status(Status),
}

/// The ticket over which the palette is open.
#[derive(Clone, Debug)]
pub struct TicketBelow {
    /// Its number.
    pub number: String,
    /// Its status.
    pub status: Status,
    /// Its subject.
    pub subject: String,
}

/// What the palette shows for what was typed, and for which ticket its commands are.
pub fn results(
    language: Language,
    below: Option<&TicketBelow>,
    query: &str,
    groups: &[Group],
) -> Markup {
    html! {
        @if let Some(ticket) = below { (ticket_below(language, ticket)) }
        (options(language, query, groups))
    }
}

/// The line below the field that says for which ticket the commands are.
///
/// The dialog of a page has no place for it, so it is put there, and the line of the results before
/// goes. An empty line goes with it because htmx calls it an error if there is nothing to delete.
fn ticket_below(language: Language, ticket: &TicketBelow) -> Markup {
    // A long subject is cut; the rest of the line stays whole.
    let chip = html! {
        span class="row grow" {
            span class="chip row" {
                span class="row" {
                    (status(language, &ticket.status)) (ticket.number) " "
                    span class="trunc" { (ticket.subject) }
                }
            }
        }
    };
    html! {
        div hx-swap-oob="afterend:#palette > .q" {
            p class="ctx" { (texts::search(language).for_ticket_html(chip)) }
            p class="ctx" hidden {}
        }
        div hx-swap-oob="delete:#palette > .ctx ~ .ctx" {}
    }
}

/// The results, and at the end the way to the whole search.
fn options(language: Language, query: &str, groups: &[Group]) -> Markup {
    let texts = texts::search(language);
    html! {
        @for (number, group) in groups.iter().enumerate() {
            div role="group" aria-labelledby={ "palette-" (number) } {
                div class="grp" id={ "palette-" (number) } { (group_name(language, group.kind)) }
                ul role="presentation" {
                    @for (position, command) in group.commands.iter().enumerate() {
                        (option(language, &format!("option-{number}-{position}"), command))
                    }
                }
            }
        }
        @if !query.is_empty() {
            ul role="presentation" {
                (option(language, "option-all", &Command {
                    run: Run::Go(format!("/search?q={}", encoded(query))),
                    glyph: Glyph::Icon("scan-search"),
                    name: vec![Piece::Plain(texts.search_for(query))],
                    note: None,
                    also: "",
                    keys: Vec::new(),
                }))
            }
        }
    }
}

/// The query as part of an address.
fn encoded(query: &str) -> String {
    query
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

fn group_name(language: Language, kind: GroupKind) -> &'static str {
    let texts = texts::search(language);
    match kind {
        GroupKind::Commands => texts.commands(),
        GroupKind::Places => texts::common(language).keys_go_to(),
        GroupKind::Tickets => texts.tickets(),
        GroupKind::Customers => texts.customers(),
    }
}

fn option(language: Language, id: &str, command: &Command) -> Markup {
    let (press, href) = match &command.run {
        Run::Press(key) => (Some(*key), None),
        Run::Go(href) => (None, Some(href.as_str())),
    };
    html! {
        li role="option" id=(id) aria-selected="false" data-press=[press] data-href=[href] {
            @match &command.glyph {
                Glyph::Icon(name) => { (icon(name)) },
                // An icon that is a child of the option is grey: the colour of a status would be lost.
                Glyph::Status(shown) => { span class="row" { (status(language, shown)) } },
            }
            span class="trunc" {
                (pieces(&command.name))
                @if let Some(note) = &command.note { " " small { (note) } }
            }
            span class="keys" { @for key in &command.keys { kbd { (key) } } }
        }
    }
}

/// All commands for a ticket or a selection, in their order.
pub fn commands(language: Language, number: &str) -> Vec<Command> {
    let (texts, words) = (texts::common(language), texts::search(language));
    let command = |key, shown, symbol, name: &str, also| Command {
        run: Run::Press(key),
        glyph: Glyph::Icon(symbol),
        name: vec![Piece::Plain(name.to_owned())],
        note: None,
        also,
        keys: vec![shown],
    };
    let print = Command {
        run: Run::Go(format!("/tickets/{}/print", encode(number))),
        glyph: Glyph::Icon("printer"),
        name: vec![Piece::Plain(texts::ticket(language).print().to_owned())],
        note: None,
        also: "",
        keys: Vec::new(),
    };
    vec![
        command("a", "A", "user-plus", texts.keys_assign(), words.also_assign()),
        command("i", "I", "user", texts.keys_assign_me(), words.also_assign()),
        command("s", "S", "st-offen", words.change_status(), ""),
        command("p", "P", "pr-hoch", words.change_priority(), words.also_priority()),
        command("b", "B", "folder", words.change_area(), words.also_area()),
        command("t", "T", "tag", words.add_tag(), ""),
        command("h", "H", "wiedervorlage", texts.keys_resubmit(), words.also_resubmit()),
        command("e", "E", "circle-check", texts.keys_solve(), words.also_solve()),
        command("!", "!", "flag", texts.keys_spam(), words.also_spam()),
        command("#", "#", "trash", texts.keys_trash(), words.also_trash()),
        print,
    ]
}

/// Choices of a field that takes the address of a contact.
pub fn addresses(found: &[FoundContact]) -> Markup {
    html! {
        @for contact in found {
            @if let Some(email) = contact.addresses.first() {
                option value=(email) {
                    (contact.name)
                    @if let Some(company) = &contact.company_name { " · " (company) }
                }
            }
        }
    }
}

/// All places, in their order.
pub fn places(language: Language) -> Vec<Command> {
    let (texts, search) = (texts::common(language), texts::search(language));
    let place = |href: &str, key, symbol, name: &str| Command {
        run: Run::Go(href.to_owned()),
        glyph: Glyph::Icon(symbol),
        name: vec![Piece::Plain(name.to_owned())],
        note: None,
        also: "",
        keys: vec!["G", key],
    };
    vec![
        place("/inbox", "E", "inbox", texts.inbox()),
        place("/inbox?list=mine", "M", "user", texts.my_tickets()),
        place("/inbox?list=resubmissions", "W", "alarm-clock", texts.resubmissions()),
        place("/inbox?list=unassigned", "N", "user-plus", texts.not_assigned()),
        place("/mails", "J", "mail", texts.mails()),
        place("/mailboxes", "P", "server", texts.mailboxes()),
        place("/customers", "K", "users", texts::customers(language).customers()),
        place("/text-blocks", "T", "text-quote", texts.text_blocks()),
        unkeyed("/mails/out", "send", search.outbox(), search.also_outbox()),
        unkeyed("/mails/find", "scan-search", search.where_is_mail(), search.also_where_is_mail()),
    ]
}

/// The search for mails with what was typed, if that names a mail or a person.
pub fn mail_with(language: Language, typed: &str) -> Command {
    let name = texts::search(language).mail_with(typed);
    let go = Run::Go(format!("/mails/find?q={}", encode(typed)));
    Command { run: go, name: vec![Piece::Plain(name)], ..unkeyed("", "scan-search", "", "") }
}

/// A place without a key of its own.
fn unkeyed(href: &str, symbol: &'static str, name: &str, also: &'static str) -> Command {
    Command {
        run: Run::Go(href.to_owned()),
        glyph: Glyph::Icon(symbol),
        name: vec![Piece::Plain(name.to_owned())],
        note: None,
        also,
        keys: Vec::new(),
    }
}
