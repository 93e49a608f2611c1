//! The chips above the list, from the filter's tree: one chip a term, each with its other values
//! and the list without it.

use rules::filter::{Reason, Tree};
use values::Language;

use super::page::{Chip, Comparison, Filter, List, Offer};
use crate::http::encode;
use crate::http::screen::Screen;
use crate::record::counters::{Bundle, Counts, shown};
use crate::record::directory::Listed;
use crate::record::filter_names::Understood;
use crate::record::frame::{Current, Link};

/// Letters of a value that a chip shows.
const VALUE_LETTERS_MAX: usize = 40;

/// The bar for a list.
pub fn filter_bar(
    screen: &Screen,
    list: List,
    text: &str,
    understood: &Understood,
    counts: &Counts,
) -> Filter {
    let bar = Bar { screen, list, understood, counts };
    let terms = terms(understood);
    let chips = (0..terms.len()).map(|place| bar.chip(&terms, place)).collect();
    let here = href(list, text);
    Filter {
        query: bar.print(&understood.tree),
        chips,
        offers: format!("/inbox/filters?{}", here.trim_start_matches("/inbox?")),
        unknown: unknown(text, understood),
    }
}

/// What the menu of a list offers to add to its filter.
pub fn offers(screen: &Screen, list: List, understood: &Understood, counts: &Counts) -> Vec<Offer> {
    Bar { screen, list, understood, counts }.offers(&terms(understood))
}

fn terms(understood: &Understood) -> Vec<Tree> {
    match &understood.tree {
        Tree::All(terms) => terms.clone(),
        term => vec![term.clone()],
    }
}

/// The names in the text that mean nothing.
fn unknown(text: &str, understood: &Understood) -> Vec<String> {
    let is_name = |reason: Reason| matches!(reason, Reason::UnknownField | Reason::UnknownValue);
    let marks = understood.marks.iter().filter(|mark| is_name(mark.reason));
    marks.filter_map(|mark| text.get(mark.at.clone()).map(str::to_owned)).collect()
}

/// The address of a list with this filter.
pub fn href(list: List, filter: &str) -> String {
    let code = match list {
        List::All => "",
        List::Mine => "list=mine&",
        List::Unassigned => "list=unassigned&",
        List::Resubmissions => "list=resubmissions&",
    };
    format!("/inbox?{code}q={}", encode(filter))
}

struct Bar<'a> {
    screen: &'a Screen,
    list: List,
    understood: &'a Understood,
    counts: &'a Counts,
}

impl Bar<'_> {
    fn print(&self, tree: &Tree) -> String {
        self.understood.print_tree(tree, self.screen.language, &self.screen.directory)
    }

    fn chip(&self, terms: &[Tree], place: usize) -> Chip {
        let Some(term) = terms.get(place) else { return self.empty_chip() };
        let others: Vec<Tree> = terms
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != place)
            .map(|(_, t)| t.clone())
            .collect();
        let rest = self.print(&Tree::All(others));
        let printed = self.print(term);
        let (field, comparison, value) = match term {
            Tree::Field { .. } => split(&printed, Comparison::Is),
            Tree::Not(inner) if matches!(**inner, Tree::Field { .. }) => {
                split(printed.trim_start_matches('-'), Comparison::IsNot)
            }
            _ => (None, Comparison::Contains, printed.clone()),
        };
        let choices = match field.as_deref().map(|field| self.values(field)) {
            Some(values) => values
                .into_iter()
                .map(|(label, filter)| {
                    let is_present = filter == printed;
                    Link {
                        label,
                        href: href(self.list, format!("{rest} {filter}").trim()),
                        state: if is_present { Current::Yes } else { Current::No },
                    }
                })
                .collect(),
            None => Vec::new(),
        };
        // Without any filter the inbox would begin with its usual one again.
        let without = if rest.is_empty() { everything(self.screen.language) } else { &rest };
        Chip {
            field: field.map(|field| self.label(&field)),
            comparison,
            value: alternatives(&value, self.screen.language)
                .chars()
                .take(VALUE_LETTERS_MAX)
                .collect(),
            choices,
            remove: href(self.list, without),
        }
    }

    /// The field's name on a chip: `ist:offen` is a status to a reader.
    fn label(&self, field: &str) -> String {
        match field {
            "ist" | "is" => crate::texts::common(self.screen.language).status().to_owned(),
            field => capital(field),
        }
    }

    fn empty_chip(&self) -> Chip {
        Chip {
            field: None,
            comparison: Comparison::Contains,
            value: String::new(),
            choices: Vec::new(),
            remove: href(self.list, ""),
        }
    }

    /// What can be added: the common fields with their values, and how many open tickets each has.
    fn offers(&self, terms: &[Tree]) -> Vec<Offer> {
        let present = self.print(&Tree::All(terms.to_vec()));
        let fields = match self.screen.language {
            Language::German => ["status", "bereich", "priorität", "zuständig", "ist"],
            Language::English => ["status", "area", "priority", "assignee", "is"],
        };
        fields
            .into_iter()
            .filter(|field| !present.contains(&format!("{field}:")) || *field == "ist")
            .map(|field| Offer {
                field: self.label(field),
                values: self
                    .values(field)
                    .into_iter()
                    .map(|(label, filter)| Link {
                        label,
                        href: href(self.list, format!("{present} {filter}").trim()),
                        state: Current::No,
                    })
                    .collect(),
            })
            .filter(|offer| !offer.values.is_empty())
            .collect()
    }

    /// The values of a field that the menus offer: what to show, and the filter.
    fn values(&self, field: &str) -> Vec<(String, String)> {
        let directory = &self.screen.directory;
        let language = self.screen.language;
        let is_german = language == Language::German;
        match field {
            "status" => {
                self.entries(field, &directory.statuses, |id, bundle| bundle.status.number() == id)
            }
            "bereich" | "area" => {
                let areas = directory.areas.iter();
                let entered = areas.filter(|area| self.screen.actor.level_in(area.id).is_some());
                let entered: Vec<_> = entered.cloned().collect();
                if entered.len() < 2 {
                    return Vec::new();
                }
                self.entries(field, &entered, |id, bundle| bundle.area.number() == id)
            }
            "priorität" | "priority" => directory
                .priorities
                .iter()
                .filter(|entry| entry.active)
                .map(|entry| (entry.name(language).to_owned(), filter(field, entry.name(language))))
                .collect(),
            "zuständig" | "assignee" => {
                let (me, nobody) = if is_german { ("ich", "leer") } else { ("me", "none") };
                [me, nobody].map(|value| (capital(value), filter(field, value))).into()
            }
            "ist" | "is" => {
                let states = match is_german {
                    true => {
                        ["offen", "ungelesen", "überfällig", "geschlossen", "papierkorb", "alle"]
                    }
                    false => ["open", "unread", "overdue", "closed", "trash", "all"],
                };
                states.map(|value| (capital(value), filter(field, value))).into()
            }
            _ => Vec::new(),
        }
    }

    fn entries<T: Listed>(
        &self,
        field: &str,
        list: &[T],
        is_in: impl Fn(i64, &Bundle) -> bool,
    ) -> Vec<(String, String)> {
        let language = self.screen.language;
        let active = list.iter().filter(|entry| entry.is_active());
        active
            .map(|entry| {
                let name = entry.name(language);
                let count = self.counts.sum(|bundle| is_in(entry.number(), bundle));
                let label = match count {
                    0 => name.to_owned(),
                    count => format!("{name} ({})", shown(count, language)),
                };
                (label, filter(field, name))
            })
            .collect()
    }
}

/// The filter that keeps everything.
fn everything(language: Language) -> &'static str {
    match language {
        Language::German => "ist:alle",
        Language::English => "is:all",
    }
}

/// `status:"Wartet auf Kunde"`.
fn filter(field: &str, value: &str) -> String {
    match value.chars().all(char::is_alphanumeric) {
        true => format!("{field}:{value}"),
        false => format!("{field}:\"{value}\""),
    }
}

/// `frist:<2d` as field, comparison and value.
fn split(printed: &str, comparison: Comparison) -> (Option<String>, Comparison, String) {
    let Some((field, value)) = printed.split_once(':') else {
        return (None, Comparison::Contains, printed.to_owned());
    };
    let (comparison, value) = match value.chars().next() {
        Some('<') => (Comparison::Below, value.trim_start_matches(['<', '='])),
        Some('>') => (Comparison::Above, value.trim_start_matches(['>', '='])),
        _ => (comparison, value),
    };
    (Some(field.to_owned()), comparison, value.to_owned())
}

/// `ich,leer` as "ich oder leer", `"Wartet auf Kunde"` without its quotes.
fn alternatives(value: &str, language: Language) -> String {
    let or = if language == Language::German { " oder " } else { " or " };
    let mut is_quoted = false;
    let mut shown = String::new();
    for letter in value.chars() {
        match letter {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => shown.push_str(or),
            letter => shown.push(letter),
        }
    }
    shown
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
