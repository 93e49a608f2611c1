//! The rules as a page: a list of sentences, one rule as a form, and what would have happened.

mod edit;
mod machine;
mod panel;

use maud::{Markup, html};
use values::Language;

pub use edit::{ActionLine, ConditionLine, EditPage, Face, Inputs, edit, rule_form};
pub use machine::{DiffRow, MachinePage, Side, TriedKind, TriedThing, machine_page};
pub use panel::{Panel, Step, Tried, Tries, panel};

use crate::record::frame::{self, Frame, Layout, icon, icon_small};
use crate::texts;

/// The rules in their order.
#[derive(Clone, Debug)]
pub struct RulesPage {
    /// Why what was wanted of a rule is refused.
    pub refused: Option<String>,
    /// The rules.
    pub rules: Vec<RuleRow>,
    /// The test panel.
    pub panel: Panel,
}

/// A rule in the list.
#[derive(Clone, Debug)]
pub struct RuleRow {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What it says, as one sentence.
    pub sentence: String,
    /// The only mailbox it is for.
    pub mailbox: Option<String>,
    /// What it names that is gone.
    pub broken: Option<String>,
    /// How often it fired in the last days.
    pub hits: u64,
    /// Whether it runs.
    pub active: bool,
}

/// The address of a rule.
pub fn href(id: i64) -> String {
    format!("/settings/rules/{id}")
}

/// Prints the list.
pub fn rules_page(frame: &Frame, page: &RulesPage) -> Markup {
    let language = frame.language;
    let texts = texts::intake_rules(language);
    let common = texts::common(language);
    let main = html! {
        header {
            div class="bar" {
                (frame::navigation_button(language))
                nav class="row row-tight trunc" aria-label=(common.settings()) {
                    a class="soft" href="/settings" { (common.settings()) }
                    span class="muted" aria-hidden="true" { "/" }
                }
                h1 { (texts.rules()) }
                span class="end row" {
                    a class="btn btn-primary" href="/settings/rules/new" { (icon("plus")) (texts.new_rule()) }
                }
            }
            (frame::banners(frame))
        }
        div class="split settings" {
            div class="pane" tabindex="0" role="region" aria-label=(texts.rules_of_mails()) {
                div class="setpage" {
                    header { h2 { (texts.rules_of_mails()) } p class="soft" { (texts.about()) } }
                    (list(language, page))
                }
            }
            aside class="pane pane-aside flow" aria-labelledby="h-test" { (panel(language, &page.panel)) }
        }
    };
    frame::page(frame, Layout::Overview, texts.rules(), &main)
}

/// The rules: the fragment that moving and switching replace.
pub fn list(language: Language, page: &RulesPage) -> Markup {
    let texts = texts::intake_rules(language);
    html! {
        div id="rules" {
            @if let Some(sentence) = &page.refused {
                p class="error" role="alert" { (icon_small("circle-alert")) span { (sentence) } }
            }
            @if page.rules.is_empty() {
                div class="empty" {
                    (icon("list-checks")) h2 { (texts.none()) } p { (texts.none_text()) }
                    a class="btn" href="/settings/rules/new" { (texts.new_rule()) }
                }
            } @else {
                ol class="rules" {
                    @for (place, rule) in page.rules.iter().enumerate() { (row(language, place + 1, rule)) }
                }
            }
            p class="muted fine" { (texts.otherwise()) }
        }
    }
}

fn row(language: Language, place: usize, rule: &RuleRow) -> Markup {
    let texts = texts::intake_rules(language);
    html! {
        li class="rule" id={ "rule-" (rule.id) } data-sort data-off[!rule.active] {
            span class="num muted" { (place) }
            div class="grow" {
                a class="rt" href=(href(rule.id)) { (rule.name) }
                p { (rule.sentence) }
                @if let Some(mailbox) = &rule.mailbox { p class="muted fine" { (texts.mailbox()) ": " (mailbox) } }
                @if let Some(broken) = &rule.broken {
                    p class="error" role="note" { (icon_small("circle-alert")) (texts.broken(broken)) }
                }
            }
            span class="hits num muted only-wide" {
                @if rule.active { (texts.hits(rule.hits)) } @else { (texts.is_off()) }
            }
            (arrows(language, rule))
            (switch(language, rule))
        }
    }
}

fn arrows(language: Language, rule: &RuleRow) -> Markup {
    let texts = texts::intake_rules(language);
    let action = format!("{}/move", href(rule.id));
    let arrow = |direction: &str, symbol: &str, label: &str| {
        html! {
            button class="btn btn-quiet btn-sm" id={ (direction) "-" (rule.id) } name="direction" value=(direction)
                data-move=(direction) aria-label=(label) title=(label) { (icon_small(symbol)) }
        }
    };
    html! {
        form class="mv" method="post" action=(action) hx-post=(action) hx-target="#rules" hx-swap="morph:outerHTML" {
            (arrow("up", "arrow-up", &texts.up(&rule.name)))
            (arrow("down", "arrow-down", &texts.down(&rule.name)))
        }
    }
}

fn switch(language: Language, rule: &RuleRow) -> Markup {
    let texts = texts::intake_rules(language);
    let action = format!("{}/switch", href(rule.id));
    html! {
        form class="on" method="post" action=(action) hx-post=(action) hx-trigger="change, submit"
            hx-target="#rules" hx-swap="morph:outerHTML" {
            input class="switch" type="checkbox" role="switch" id={ "on-" (rule.id) } name="active" value="on"
                checked[rule.active] aria-label=(texts.active_of(&rule.name));
            noscript { button class="btn btn-sm" { (texts.save()) } }
        }
    }
}
