//! What every page shows now and then, the same for everybody: preview, palette, overview of keys, and the
//! banners of a request that failed. A browser fetches most of it once and keeps it for ever, because
//! its address changes with its content.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::LazyLock;

use maud::{Markup, html};
use values::Language;

use super::{icon, icon_large, notices};
use crate::texts;

/// The dialogs in a language, under the name by which browsers ask for them.
struct Dialogs {
    name: String,
    html: String,
}

static GERMAN: LazyLock<Dialogs> = LazyLock::new(|| Dialogs::print(Language::German));
static ENGLISH: LazyLock<Dialogs> = LazyLock::new(|| Dialogs::print(Language::English));

impl Dialogs {
    fn of(language: Language) -> &'static Self {
        match language {
            Language::German => &GERMAN,
            Language::English => &ENGLISH,
        }
    }

    fn print(language: Language) -> Self {
        let html = html! { (notices::templates(language)) (palette(language)) (keys(language)) }.0;
        let content = BuildHasherDefault::<DefaultHasher>::default().hash_one(&html);
        Self { name: format!("{}-{content:016x}", language.code()), html }
    }
}

/// The dialogs with this name, unless they are of another version.
pub fn dialogs(name: &str) -> Option<&'static str> {
    let found = [&*GERMAN, &*ENGLISH].into_iter().find(|dialogs| dialogs.name == name);
    found.map(|dialogs| dialogs.html.as_str())
}

/// The place where the dialogs will be.
pub(super) fn place(language: Language) -> Markup {
    let name = &Dialogs::of(language).name;
    html! { div id="dialogs" hx-get={ "/dialogs/" (name) } hx-trigger="load" {} }
}

/// The place of the preview; the script fills it with a ticket's fragment.
pub(super) fn peek(language: Language) -> Markup {
    html! { dialog class="peek" id="peek" aria-label=(texts::common(language).preview()) {} }
}

/// Search and commands; the results come from `/palette`.
fn palette(language: Language) -> Markup {
    let texts = texts::common(language);
    html! {
        dialog class="palette" id="palette" aria-label=(texts.search_title()) {
            div class="q" {
                (icon_large("search"))
                input type="text" name="q" role="combobox" aria-expanded="true" aria-controls="palette-results"
                    aria-autocomplete="list" aria-label=(texts.search_or_command()) autocomplete="off"
                    spellcheck="false" placeholder=(texts.search_or_command()) hx-get="/palette"
                    hx-trigger="input changed delay:80ms, palette:open" hx-target="#palette-results"
                    hx-sync="this:replace";
                kbd { (texts.key_escape()) }
            }
            div class="res" role="listbox" id="palette-results" aria-label=(texts.hits()) {}
            footer {
                span { kbd { "↑" } kbd { "↓" } " " (texts.choose()) }
                span { kbd { "↵" } " " (texts.run()) }
            }
        }
    }
}

/// Keys that do something, and what.
type Row = (&'static [&'static str], &'static str);

/// The overview of keys.
fn keys(language: Language) -> Markup {
    let texts = texts::common(language);
    html! {
        dialog class="keysdialog" id="keys" aria-labelledby="keys-title" {
            header {
                h2 id="keys-title" { (texts.all_keys()) }
                button class="btn btn-quiet end" type="button" data-close aria-label=(texts.close()) { (icon("x")) }
            }
            div class="body" { (key_list(language)) }
        }
    }
}

/// The inside of the overview of keys: only keys that act.
fn key_list(language: Language) -> Markup {
    let texts = texts::common(language);
    html! {
        div class="keysgrid" {
            (group(language, texts.keys_everywhere(), &everywhere(language)))
            (group(language, texts.keys_go_to(), &places(language)))
            (group(language, texts.keys_list(), &list(language)))
            (group(language, texts.keys_ticket(), &ticket(language)))
        }
    }
}

fn group(language: Language, name: &str, rows: &[Row]) -> Markup {
    let then = texts::common(language).key_then();
    html! {
        div {
            h3 { (name) }
            dl class="keys" {
                @for (keys, meaning) in rows {
                    dt {
                        @for (position, key) in keys.iter().enumerate() {
                            @if position > 0 { " " }
                            @if *key == "then" { span class="muted" { (then) } } @else { kbd { (key) } }
                        }
                    }
                    dd { (meaning) }
                }
            }
        }
    }
}

fn everywhere(language: Language) -> Vec<Row> {
    let texts = texts::common(language);
    let palette: &'static [&'static str] = match language {
        Language::German => &["Strg K"],
        Language::English => &["Ctrl K"],
    };
    vec![
        (palette, texts.search_title()),
        (&["/", "Q"], texts.keys_search_list()),
        (&["?"], texts.keys_overview()),
        (&["Z"], texts.keys_undo()),
        (&["Esc"], texts.keys_close()),
    ]
}

fn places(language: Language) -> Vec<Row> {
    let texts = texts::common(language);
    vec![
        (&["C"], texts.new_ticket()),
        (&["G", "then", "E"], texts.inbox()),
        (&["G", "then", "M"], texts.my_tickets()),
        (&["G", "then", "W"], texts.resubmissions()),
        (&["G", "then", "N"], texts.not_assigned()),
        (&["G", "then", "J"], texts.mails()),
        (&["G", "then", "P"], texts.mailboxes()),
        (&["G", "then", "T"], texts.text_blocks()),
    ]
}

fn list(language: Language) -> Vec<Row> {
    let texts = texts::common(language);
    let (space, all): (&'static [&'static str], &'static [&'static str]) = match language {
        Language::German => (&["Leer"], &["Strg A"]),
        Language::English => (&["Space"], &["Ctrl A"]),
    };
    vec![
        (&["J", "K"], texts.keys_next_previous()),
        (&["X"], texts.keys_select()),
        (&["⇧ J", "⇧ K"], texts.keys_extend()),
        (all, texts.keys_select_all()),
        (&["Enter"], texts.open()),
        (space, texts.preview()),
        (&["F"], texts.filter()),
    ]
}

fn ticket(language: Language) -> Vec<Row> {
    let texts = texts::common(language);
    vec![
        (&["A"], texts.keys_assign()),
        (&["I"], texts.keys_assign_me()),
        (&["S"], texts.status()),
        (&["P"], texts.priority()),
        (&["B"], texts.area()),
        (&["T"], texts.tag()),
        (&["H"], texts.keys_resubmit()),
        (&["E"], texts.keys_solve()),
        (&["M"], texts::regroup(language).merge()),
        (&["!"], texts.keys_spam()),
        (&["#"], texts.keys_trash()),
        (&["U"], texts.keys_back()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dialogs_are_found_by_the_name_that_the_page_asks_for() {
        for language in [Language::German, Language::English] {
            let place = place(language).0;
            let name = place.split(['"', '/']).find(|part| part.starts_with(language.code()));
            let html = name.and_then(dialogs).unwrap_or_default();
            super::super::samples::check(language, &maud::PreEscaped(html.to_owned()));
            assert!(html.contains(texts::common(language).search_title()), "{html}");
        }
        assert_eq!(dialogs("de-0000000000000000"), None);
    }
}
