//! The form of one rule, with its two faces.

use maud::{Markup, html};
use values::Language;
use web::Form;

use super::panel::{Panel, panel};
use crate::record::frame::fields::{Labelled, Typed, line, select};
use crate::record::frame::{self, Frame, Layout, icon, icon_small};
use crate::texts;

/// A rule, or a new one.
#[derive(Clone, Debug)]
pub struct EditPage {
    /// The address of the rule; that of the list for a new one.
    pub action: String,
    /// Its id, if it is there.
    pub id: Option<i64>,
    /// The heading.
    pub title: String,
    /// What was typed, and what is wrong.
    pub form: Form,
    /// The face that is shown.
    pub face: Face,
    /// What it says, as one sentence.
    pub sentence: String,
    /// Mailboxes to choose from.
    pub mailboxes: Vec<(String, String)>,
    /// What can be chosen in the rows.
    pub fields: Vec<(String, String)>,
    /// What can be done.
    pub actions: Vec<(String, String)>,
    /// The last mails on which it fired: words and address.
    pub fired: Vec<(String, String)>,
    /// Its last changes.
    pub changes: Markup,
    /// The test panel.
    pub panel: Panel,
}

/// How the rule is written.
#[derive(Clone, Debug)]
pub enum Face {
    /// By rows.
    Rows {
        /// Whether all conditions have to hold.
        all: bool,
        /// The conditions.
        conditions: Vec<ConditionLine>,
        /// The actions.
        actions: Vec<ActionLine>,
        /// Whether the rules below are looked at afterwards.
        goes_on: bool,
    },
    /// As text; whether it could be shown as rows.
    Text {
        /// Whether rows can show it.
        has_rows: bool,
    },
}

/// How a value is put in.
#[derive(Clone, Debug)]
pub enum Inputs {
    /// A text.
    Line(String),
    /// One of these.
    Choice(String, Vec<(String, String)>),
}

/// A row of the conditions.
#[derive(Clone, Debug)]
pub struct ConditionLine {
    /// The chosen field.
    pub field: String,
    /// The comparisons to choose from, and the chosen one.
    pub comparison: (String, Vec<(String, String)>),
    /// The value.
    pub value: Inputs,
}

/// A row of the actions.
#[derive(Clone, Debug)]
pub struct ActionLine {
    /// The chosen action.
    pub action: String,
    /// Whether it can be for empty properties alone, and is.
    pub only_empty: Option<bool>,
    /// Its values with their labels.
    pub values: Vec<(String, Inputs)>,
}

/// Prints the page of a rule.
pub fn edit(frame: &Frame, page: &EditPage) -> Markup {
    let language = frame.language;
    let texts = texts::intake_rules(language);
    let common = texts::common(language);
    let main = html! {
        header {
            div class="bar" {
                (frame::navigation_button(language))
                nav class="row row-tight trunc" aria-label=(texts.rules()) {
                    a class="soft only-wide" href="/settings" { (common.settings()) }
                    span class="muted only-wide" aria-hidden="true" { "/" }
                    a class="soft" href="/settings/rules" { (texts.rules()) }
                    span class="muted" aria-hidden="true" { "/" }
                }
                h1 class="trunc" { (page.title) }
                span class="end row" { button class="btn btn-primary" form="rule" name="do" value="save" { (texts.save()) } }
            }
            (frame::banners(frame))
        }
        div class="split settings" {
            div class="pane" tabindex="0" role="region" aria-label=(page.title) {
                div class="setpage" {
                    (rule_form(language, page))
                    (fired(language, page))
                    (page.changes)
                    @if let Some(id) = page.id { (delete(language, id)) }
                }
            }
            aside class="pane pane-aside flow" aria-labelledby="h-test" { (panel(language, &page.panel)) }
        }
    };
    frame::page(frame, Layout::Overview, &page.title, &main)
}

/// The form: the fragment that adding and taking away of rows replace.
pub fn rule_form(language: Language, page: &EditPage) -> Markup {
    let texts = texts::intake_rules(language);
    let draft = format!("{}/draft", page.action);
    html! {
        form id="rule" class="stack ruleform" method="post" action=(page.action) {
            (frame::fields::trouble(&page.form, texts.save()))
            input type="hidden" name="version" value=(page.form.raw("version"));
            input type="hidden" name="spam_of" value=(page.form.raw("spam_of"));
            div class="fields" {
                (line(&page.form, &Labelled::new("name", texts.name()), Typed::NEEDED))
                (select(&page.form, &Labelled::new("mailbox", texts.mailbox()).with(texts.mailbox_hint()), &page.mailboxes))
            }
            label class="check" {
                input type="checkbox" id="active" name="active" value="on" checked[page.form.has("active")];
                " " (texts.active())
            }
            @if !page.sentence.is_empty() { p class="plain" { (icon("info")) span { (page.sentence) } } }
            @match &page.face {
                Face::Rows { all, conditions, actions, goes_on } => {
                    input type="hidden" name="face" value="rows";
                    (condition_rows(language, page, *all, conditions, &draft))
                    (action_rows(language, page, actions, *goes_on, &draft))
                    @for field in ["condition", "actions"] {
                        @if let Some(sentence) = page.form.problem(field) {
                            p class="error" role="alert" { (icon_small("circle-alert")) (sentence) }
                        }
                    }
                    button class="btn btn-quiet" name="do" value="text" formaction=(draft) formnovalidate { (texts.as_text()) }
                }
                Face::Text { has_rows } => {
                    input type="hidden" name="face" value="text";
                    (frame::fields::lines(&page.form, &Labelled::new("condition", texts.condition()).with(texts.condition_hint()), 3))
                    (frame::fields::lines(&page.form, &Labelled::new("actions", texts.actions()).with(texts.actions_hint()), 3))
                    @if *has_rows {
                        button class="btn btn-quiet" name="do" value="rows" formaction=(draft) formnovalidate { (texts.as_form()) }
                    } @else { p class="muted fine" { (texts.no_rows()) } }
                }
            }
            div class="row wrap" {
                button class="btn" name="do" value="save" { (texts.save()) }
                button class="btn" name="do" value="machine" formaction={ (page.action) "/machine" } { (texts.what_if()) }
            }
        }
    }
}

/// A select whose change shows another row at once where there is a script.
fn chooser(
    name: &str,
    label: &str,
    chosen: &str,
    choices: &[(String, String)],
    draft: &str,
) -> Markup {
    html! {
        select class="select" name=(name) aria-label=(label) hx-post=(draft) hx-trigger="change" hx-include="closest form"
            hx-sync="#rule:replace" hx-target="#rule" hx-swap="morph:outerHTML" hx-vals="{\"do\": \"refresh\"}" {
            @for (value, words) in choices { option value=(value) selected[value == chosen] { (words) } }
        }
    }
}

fn input(name: &str, label: &str, value: &Inputs) -> Markup {
    html! {
        @match value {
            Inputs::Line(text) => {
                input class="input" name=(name) aria-label=(label) value=(text) autocomplete="off";
            }
            Inputs::Choice(chosen, choices) => {
                select class="select" name=(name) aria-label=(label) {
                    @for (value, words) in choices { option value=(value) selected[value == chosen] { (words) } }
                }
            }
        }
    }
}

fn remove(label: &str, what: &str, place: usize, draft: &str) -> Markup {
    html! {
        button class="btn btn-quiet" name="do" value={ "remove-" (what) ":" (place) } formaction=(draft) formnovalidate
            hx-post=(draft) hx-include="closest form" hx-sync="#rule:replace" hx-target="#rule" hx-swap="morph:outerHTML"
            aria-label=(label) title=(label) { (icon_small("x")) }
    }
}

fn add(label: &str, what: &str, draft: &str) -> Markup {
    html! {
        button class="btn btn-quiet btn-sm" name="do" value={ "add-" (what) } formaction=(draft) formnovalidate
            hx-post=(draft) hx-include="closest form" hx-sync="#rule:replace" hx-target="#rule" hx-swap="morph:outerHTML" {
            (icon("plus")) (label)
        }
    }
}

fn condition_rows(
    language: Language,
    page: &EditPage,
    all: bool,
    rows: &[ConditionLine],
    draft: &str,
) -> Markup {
    let texts = texts::intake_rules(language);
    html! {
        fieldset class="conds" {
            legend {
                (texts.when()) " "
                select class="inline select" name="all" aria-label=(texts.when()) {
                    option value="all" selected[all] { (texts.all_hold()) }
                    option value="any" selected[!all] { (texts.one_holds()) }
                }
                " " (texts.conditions_hold())
            }
            @for (place, row) in (1_u64..).zip(rows) {
                div class="cond" {
                    (chooser("cf", &texts.field_number(&place.to_string()), &row.field, &page.fields, draft))
                    (input("co", &texts.comparison_number(&place.to_string()), &Inputs::Choice(row.comparison.0.clone(), row.comparison.1.clone())))
                    (input("cv", &texts.value_number(&place.to_string()), &row.value))
                    (remove(&texts.remove_condition(&place.to_string()), "condition", usize::try_from(place).unwrap_or_default(), draft))
                }
            }
            (add(texts.add_condition(), "condition", draft))
        }
    }
}

fn action_rows(
    language: Language,
    page: &EditPage,
    rows: &[ActionLine],
    goes_on: bool,
    draft: &str,
) -> Markup {
    let texts = texts::intake_rules(language);
    html! {
        fieldset class="conds" {
            legend { (texts.then()) }
            @for (place, row) in (1_u64..).zip(rows) {
                div class="cond c2" {
                    (chooser("af", &texts.action_number(&place.to_string()), &row.action, &page.actions, draft))
                    div class="row wrap" { (action_values(language, place, row)) }
                    (remove(&texts.remove_action(&place.to_string()), "action", usize::try_from(place).unwrap_or_default(), draft))
                }
            }
            div class="row wrap" {
                (add(texts.add_action(), "action", draft))
                label class="check end" {
                    input type="checkbox" name="goes_on" value="on" checked[goes_on]; " " (texts.goes_on())
                }
            }
        }
    }
}

/// All fields of a row are sent, those that it does not need as empty ones, so that rows keep together.
fn action_values(language: Language, place: u64, row: &ActionLine) -> Markup {
    let texts = texts::intake_rules(language);
    let names = ["av", "aw", "ax"];
    let label = texts.action_value_number(&place.to_string());
    html! {
        @match row.only_empty {
            Some(is_only) => {
                select class="inline select" name="ao" aria-label=(texts.comparison_number(&place.to_string())) {
                    option value="" selected[!is_only] { (texts.set()) }
                    option value="empty" selected[is_only] { (texts.set_if_empty()) }
                }
            }
            None => { input type="hidden" name="ao" value=""; }
        }
        @for (at, name) in names.iter().enumerate() {
            @match row.values.get(at) {
                Some((own, value)) => {
                    (input(name, if own.is_empty() { &label } else { own }, value))
                }
                None => { input type="hidden" name=(name) value=""; }
            }
        }
    }
}

fn fired(language: Language, page: &EditPage) -> Markup {
    let texts = texts::intake_rules(language);
    html! {
        @if page.id.is_some() {
            section aria-labelledby="h-fired" {
                h2 id="h-fired" { (texts.fired_on()) }
                @if page.fired.is_empty() { p class="soft" { (texts.fired_on_none()) } }
                ul class="hitlist" { @for (words, href) in &page.fired { li { a href=(href) { (words) } } } }
            }
        }
    }
}

fn delete(language: Language, id: i64) -> Markup {
    let texts = texts::intake_rules(language);
    html! {
        details class="delentry" {
            summary class="btn" { (icon("trash")) (texts.delete()) }
            form class="stack stack-tight" method="post" action={ (super::href(id)) "/delete" } {
                p { (texts.delete_text()) }
                button class="btn btn-danger" { (texts.delete_now()) }
            }
        }
    }
}
