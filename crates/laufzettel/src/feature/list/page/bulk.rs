//! The bar that appears with the first selected row: one change for many tickets.

use maud::{Markup, html};
use values::Language;

use crate::record::frame::{Person, Priority, Status, Tinted, avatar_beside_name, icon, nobody};
use crate::texts;

/// What a selection can be changed to.
#[derive(Clone, Debug, Default)]
pub struct BulkChoices {
    /// Statuses by key.
    pub statuses: Vec<Choice<Status>>,
    /// Team members by id.
    pub assignees: Vec<Choice<Person>>,
    /// Areas by key.
    pub areas: Vec<Choice<Tinted>>,
    /// Priorities by key.
    pub priorities: Vec<Choice<Priority>>,
    /// Queues by key.
    pub queues: Vec<Choice<String>>,
    /// Categories by key.
    pub categories: Vec<Choice<String>>,
    /// Days on which tickets can come back.
    pub resubmissions: Vec<Choice<String>>,
    /// Tags that exist.
    pub tags: Vec<Tinted>,
    /// Whether the reader may write intake rules.
    pub may_write_rules: bool,
}

/// One value: what the form sends and what the screen shows.
#[derive(Clone, Debug)]
pub struct Choice<T> {
    /// What the form sends.
    pub value: String,
    /// What the screen shows.
    pub shown: T,
}

/// What stands in the last menu and has a key of its own.
const UNSEEN: [(&str, &str); 5] =
    [("solve", "e"), ("mine", "i"), ("merge", "m"), ("spam", "!"), ("trash", "#")];

/// The bar. What it offers is fetched with the first selected row, so that a list stays small.
pub(super) fn bar(language: Language, has_areas: bool) -> Markup {
    let texts = texts::list(language);
    let common = texts::common(language);
    html! {
        div class="bulk" role="toolbar" aria-label=(texts.bulk_label()) {
            span class="sum" role="status" data-selected data-one=(texts.one_selected()) data-many=(texts.many_selected()) {
                (texts.selected())
            }
            span class="sep" {}
            (opener("bulk-assignee", "user-plus", common.keys_assign(), "a"))
            (opener("bulk-status", "st-offen", common.status(), "s"))
            (opener("bulk-priority", "pr-hoch", common.priority(), "p"))
            @if has_areas { (opener("bulk-area", "folder", common.area(), "b")) }
            (opener("bulk-tag", "tag", common.tag(), "t"))
            (opener("bulk-resubmit", "wiedervorlage", common.resubmission(), "h"))
            (small("bulk-queue", "list-checks", common.queue()))
            (small("bulk-category", "folder-input", common.category()))
            button class="btn" type="button" popovertarget="bulk-more" aria-label=(texts.more_actions())
                title=(texts.more_actions()) { (icon("ellipsis")) }
            @for (action, key) in UNSEEN {
                button type="submit" form="selection" name="do" value=(action) data-key=(key) hidden {}
            }
            span class="sep" {}
            button class="btn" type="reset" form="selection" data-unselect {
                span class="vh" { (texts.clear_selection()) } (icon("x")) " " kbd { (common.key_escape()) }
            }
        }
        div id="choices" hx-get="/inbox/choices" hx-trigger="change from:#selection once" hx-swap="morph:innerHTML" {
            (menu("bulk-assignee", &Markup::default()))
            (menu("bulk-status", &Markup::default()))
            (menu("bulk-priority", &Markup::default()))
            (menu("bulk-area", &Markup::default()))
            (menu("bulk-tag", &Markup::default()))
            (menu("bulk-resubmit", &Markup::default()))
            (menu("bulk-queue", &Markup::default()))
            (menu("bulk-category", &Markup::default()))
            // Merging is a page of its own and needs no script.
            (menu("bulk-more", &merge(language)))
        }
    }
}

/// A menu that is needed less often.
fn small(target: &str, symbol: &str, label: &str) -> Markup {
    html! {
        button class="btn only-wide" type="button" popovertarget=(target) aria-label=(label) title=(label) { (icon(symbol)) }
    }
}

/// Entries that are words alone; the first one clears the property.
fn entries(name: &str, symbol: &str, none: Option<&str>, choices: &[Choice<String>]) -> Markup {
    html! {
        @if let Some(none) = none { (submit(name, "", &html! { (none) })) }
        @for one in choices { (submit(name, &one.value, &with_icon(symbol, &one.shown))) }
    }
}

fn opener(target: &str, symbol: &str, label: &str, key: &str) -> Markup {
    html! {
        button class="btn" type="button" popovertarget=(target) data-key=(key) {
            (icon(symbol)) (label) " " kbd { (key.to_uppercase()) }
        }
    }
}

fn menu(id: &str, entries: &Markup) -> Markup {
    html! { div class="pop" id=(id) popover { (entries) } }
}

/// The menus of the bar: the fragment that is fetched with the first selected row.
pub fn choices(language: Language, choices: &BulkChoices) -> Markup {
    let nobody = html! { (nobody(language)) (texts::common(language).not_assigned()) };
    let assignees = html! {
        (submit("assignee", "", &nobody))
        @for one in &choices.assignees {
            (submit("assignee", &one.value, &html! { (avatar_beside_name(&one.shown)) (one.shown.name) }))
        }
    };
    let statuses = html! {
        @for one in &choices.statuses {
            (submit("status", &one.value, &with_icon(&format!("st-{}", one.shown.glyph), &one.shown.name)))
        }
    };
    let priorities = html! {
        @for one in &choices.priorities {
            (submit("priority", &one.value, &with_icon(&format!("pr-{}", one.shown.glyph), &one.shown.name)))
        }
    };
    let areas = html! {
        @for one in &choices.areas { (submit("area", &one.value, &with_icon("folder", &one.shown.name))) }
    };
    html! {
        (menu("bulk-assignee", &assignees))
        (menu("bulk-status", &statuses))
        (menu("bulk-priority", &priorities))
        (menu("bulk-area", &areas))
        (menu("bulk-tag", &tags(language, &choices.tags)))
        (menu("bulk-resubmit", &entries("resubmit", "wiedervorlage", None, &choices.resubmissions)))
        (menu("bulk-queue", &entries("queue", "list-checks", Some("–"), &choices.queues)))
        (menu("bulk-category", &entries("category", "folder-input", Some("–"), &choices.categories)))
        (more(language, choices.may_write_rules))
    }
}

fn with_icon(symbol: &str, label: &str) -> Markup {
    html! { (icon(symbol)) (label) }
}

fn with_key(symbol: &str, label: &str, key: &str) -> Markup {
    html! { (icon(symbol)) (label) kbd { (key) } }
}

/// The type is written out because htmx sends the value of a button outside of its form only then.
fn submit(name: &str, value: &str, shown: &Markup) -> Markup {
    html! {
        button class="menu-item" type="submit" form="selection" name=(name) value=(value) { (shown) }
    }
}

/// What two tickets at least are needed for.
fn merge(language: Language) -> Markup {
    html! {
        button class="menu-item" type="submit" form="selection" name="do" value="merge" data-least="2" {
            (with_key("merge", texts::regroup(language).merge_selected(), "M"))
        }
    }
}

/// A tag is chosen, or typed: then the first entry adds it.
fn tags(language: Language, tags: &[Tinted]) -> Markup {
    let texts = texts::list(language);
    html! {
        label class="vh" for="bulk-new-tag" { (texts.new_tag()) }
        input class="input" id="bulk-new-tag" name="new_tag" form="selection" autocomplete="off" autofocus
            placeholder=(texts.new_tag());
        (submit("do", "tag", &with_icon("plus", texts.add_tag())))
        (submit("do", "untag", &with_icon("minus", texts.remove_tag())))
        @if !tags.is_empty() { hr; }
        @for tag in tags { (submit("tag", &tag.name, &with_icon("tag", &tag.name))) }
    }
}

fn more(language: Language, has_rules: bool) -> Markup {
    let texts = texts::list(language);
    let common = texts::common(language);
    let entries = html! {
        (submit("do", "solve", &with_key("circle-check", common.keys_solve(), "E")))
        (submit("do", "mine", &with_key("user-plus", common.keys_assign_me(), "I")))
        (submit("do", "claim", &with_icon("user", texts.claim())))
        (merge(language))
        hr;
        (submit("do", "seen", &with_icon("check-check", texts.mark_read())))
        (submit("do", "unseen", &with_icon("mail", texts.mark_unread())))
        hr;
        (submit("do", "rules", &with_icon("list-checks", texts.apply_rules())))
        (submit("do", "spam", &with_key("flag", common.keys_spam(), "!")))
        @if has_rules { (submit("do", "spam_rule", &with_icon("flag", texts.spam_rule()))) }
        (submit("do", "trash", &with_key("trash", common.keys_trash(), "#")))
    };
    menu("bulk-more", &entries)
}
