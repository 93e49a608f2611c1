//! The search over all settings: pages, their fields, and the entries of lists, by words of both
//! languages.

use rules::text::fold_text;
use values::Language;

use crate::feature::lists::{List, words};
use crate::feature::mailboxes::{Tab, words as mailboxes};
use crate::feature::senders::words as senders;
use crate::http::screen::Screen;
use crate::record::directory::{Directory, Listed};
use crate::texts;

/// Hits that are shown.
const HITS_MAX: usize = 40;
/// Letters that are looked for.
const LETTERS_MAX: usize = 200;

/// A place in the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What is set there.
    pub name: String,
    /// The page it stands on.
    pub on: String,
    /// The address.
    pub href: String,
    /// What it is called in both languages, folded.
    words: String,
}

/// The places that fit all words.
pub fn find(screen: &Screen, typed: &str) -> Vec<Place> {
    let typed: String = typed.chars().take(LETTERS_MAX).collect();
    let wanted = fold_text(&typed);
    let wanted: Vec<&str> = wanted.split_whitespace().collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let is_meant = |place: &Place| wanted.iter().all(|word| place.words.contains(word));
    let places = all(screen.language, &screen.directory, screen.actor.is_administrator());
    places.into_iter().filter(is_meant).take(HITS_MAX).collect()
}

/// Fields of an entry's page that people look for.
const AREA_FIELDS: [&str; 16] = [
    "group_name",
    "description",
    "hue",
    "sender",
    "quote",
    "mail_header",
    "mail_footer",
    "on_answer",
    "on_customer_answer",
    "after_closing",
    "closing_mail",
    "closing_text",
    "confirm_closing",
    "inform_assignee",
    "notify_requester",
    "number_mask",
];

fn all(language: Language, directory: &Directory, administrates: bool) -> Vec<Place> {
    let mut places = Places { language, places: Vec::new() };
    for list in List::ALL {
        places.page(|language| list.title(language), &list.href());
    }
    places.pages(administrates);
    for field in AREA_FIELDS {
        let name = |language| words::field(language, field).unwrap_or_default();
        places.field(name, |language| List::Areas.title(language), &List::Areas.href());
    }
    for field in ["short_name", "responsible"] {
        let name = |language| words::field(language, field).unwrap_or_default();
        places.field(name, |language| List::Queues.title(language), &List::Queues.href());
    }
    for field in ["parent", "priority", "is_public"] {
        let name = |language| words::field(language, field).unwrap_or_default();
        places.field(name, |language| List::Categories.title(language), &List::Categories.href());
    }
    places.new_ticket_fields();
    places.sender_fields();
    places.senders(directory);
    places.entries(List::Areas, &directory.areas);
    places.entries(List::Queues, &directory.queues);
    places.entries(List::Statuses, &directory.statuses);
    places.entries(List::Priorities, &directory.priorities);
    places.entries(List::RequestTypes, &directory.request_types);
    places.entries(List::Categories, &directory.categories);
    if administrates {
        places.mailboxes(directory);
        for person in &directory.agents {
            let href = format!("/settings/people/{}", person.id);
            let words = format!("{} {}", person.name, person.email);
            places.push(
                person.name.clone(),
                |language| texts::settings(language).people(),
                href,
                &words,
            );
        }
    }
    places.places
}

/// The places so far.
struct Places {
    language: Language,
    places: Vec<Place>,
}

/// A name in a language.
type Name = fn(Language) -> &'static str;

impl Places {
    fn push(
        &mut self,
        name: String,
        on: impl Fn(Language) -> &'static str,
        href: String,
        words: &str,
    ) {
        let [german, english] = [on(Language::German), on(Language::English)];
        let words = fold_text(&format!("{words} {german} {english}"));
        self.places.push(Place { name, on: on(self.language).to_owned(), href, words });
    }

    fn page(&mut self, name: impl Fn(Language) -> &'static str, href: &str) {
        let settings = |language| texts::settings(language).settings();
        self.field(name, settings, href);
    }

    fn field(
        &mut self,
        name: impl Fn(Language) -> &'static str,
        on: impl Fn(Language) -> &'static str,
        href: &str,
    ) {
        let words = format!("{} {}", name(Language::German), name(Language::English));
        self.push(name(self.language).to_owned(), on, href.to_owned(), &words);
    }

    fn pages(&mut self, administrates: bool) {
        let pages: [(Name, &str); 10] = [
            (|language| texts::settings(language).numbers(), "/settings/numbers"),
            (|language| texts::settings(language).new_tickets(), "/settings/new-tickets"),
            (|language| texts::settings(language).tokens(), "/settings/tokens"),
            (|language| texts::settings(language).changes(), "/settings/history"),
            (|language| texts::settings(language).mailboxes(), "/mailboxes"),
            (|language| texts::senders(language).senders(), "/settings/senders"),
            (|language| texts::settings(language).text_blocks(), "/text-blocks"),
            (|language| texts::settings(language).journal(), "/mails"),
            (|language| texts::settings(language).outbox(), "/mails/out"),
            (|language| texts::settings(language).signature(), "/profile"),
        ];
        for (name, href) in pages {
            self.page(name, href);
        }
        if administrates {
            self.page(|language| texts::settings(language).people(), "/settings/people");
            let microsoft: Name = |language| texts::settings(language).microsoft();
            self.page(microsoft, "/settings/oauth/microsoft");
            self.page(|language| texts::settings(language).google(), "/settings/oauth/google");
            self.page(|language| texts::common(language).background(), "/jobs");
        }
    }

    fn sender_fields(&mut self) {
        for field in ["address", "server", "host", "port", "tls", "user", "password"] {
            let name = |language| senders::field(language, field).unwrap_or_default();
            let page = |language| texts::senders(language).senders();
            self.field(name, page, "/settings/senders");
        }
    }

    fn senders(&mut self, directory: &Directory) {
        for sender in &directory.senders {
            let href = format!("/settings/senders/{}", sender.id);
            let words = format!("{} {}", sender.name, sender.address);
            let page = |language| texts::senders(language).senders();
            self.push(sender.address.clone(), page, href, &words);
        }
    }

    /// The mailboxes, and the fields that people look for on the pages of the first one.
    fn mailboxes(&mut self, directory: &Directory) {
        let page = |language| texts::settings(language).mailboxes();
        for mailbox in &directory.mailboxes {
            let words = format!("{} {}", mailbox.label, mailbox.addresses);
            self.push(mailbox.label.clone(), page, Tab::General.href(&mailbox.name), &words);
        }
        let Some(mailbox) = directory.mailboxes.first() else { return };
        for tab in Tab::ALL {
            for field in tab.fields() {
                let name = |language| mailboxes::field(language, field).unwrap_or_default();
                self.field(name, page, &tab.href(&mailbox.name));
            }
        }
    }

    fn new_ticket_fields(&mut self) {
        let fields: [Name; 4] = [
            |language| texts::settings(language).starts_read(),
            |language| texts::settings(language).assigns_creator(),
            |language| texts::settings(language).preselects_type(),
            |language| texts::settings(language).required(),
        ];
        for name in fields {
            self.field(
                name,
                |language| texts::settings(language).new_tickets(),
                "/settings/new-tickets",
            );
        }
        let mask: Name = |language| texts::settings(language).mask();
        self.field(mask, |language| texts::settings(language).numbers(), "/settings/numbers");
    }

    fn entries<T: Listed>(&mut self, list: List, entries: &[T]) {
        for entry in entries {
            let [german, english] = [entry.name(Language::German), entry.name(Language::English)];
            let words = format!("{german} {english}");
            let href = format!("{}/{}", list.href(), entry.number());
            let name = entry.name(self.language).to_owned();
            self.push(name, |language| list.title(language), href, &words);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hrefs(typed: &str, language: Language) -> Vec<String> {
        let wanted = fold_text(typed);
        let places = all(language, &Directory::default(), true).into_iter();
        let found = places.filter(|place| wanted.split(' ').all(|word| place.words.contains(word)));
        found.map(|place| place.href).collect()
    }

    #[test]
    fn a_setting_is_found_by_words_of_both_languages() {
        for language in [Language::German, Language::English] {
            assert_eq!(hrefs("postfäch", language), ["/mailboxes"]);
            assert_eq!(hrefs("mailboxes", language), ["/mailboxes"]);
            assert_eq!(hrefs("quote below", language), ["/settings/areas"]);
            assert_eq!(hrefs("zitat", language), ["/settings/areas"]);
            assert_eq!(hrefs("people rights", language), ["/settings/people"]);
        }
        assert!(
            all(Language::German, &Directory::default(), false)
                .iter()
                .all(|place| place.href != "/settings/people")
        );
    }
}
