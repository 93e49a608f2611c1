//! The page that makes text blocks: one list of those for all, one of one's own.

use maud::{Markup, PreEscaped, html};
use values::Language;

use super::Direction;
use crate::record::frame::{self, Frame, Layout, icon, icon_small};
use crate::texts;

/// The text blocks.
#[derive(Clone, Debug)]
pub struct TextBlocksPage {
    /// Those for all and one's own.
    pub groups: Vec<Group>,
    /// The areas that a block may be for.
    pub areas: Vec<Choice>,
}

/// Blocks that belong together.
#[derive(Clone, Debug)]
pub struct Group {
    /// Whose they are.
    pub whose: Whose,
    /// The blocks in their order.
    pub rows: Vec<BlockRow>,
    /// Whether the reader may make one here.
    pub may_add: bool,
}

/// Whose blocks are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's.
    Shared,
    /// The reader's own.
    Own,
}

impl Whose {
    /// The word that the form sends.
    pub fn code(self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::Own => "own",
        }
    }
}

/// An entry of a list that may be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its name for programs.
    pub key: String,
    /// Its name on the screen.
    pub name: String,
}

/// One block.
#[derive(Clone, Debug)]
pub struct BlockRow {
    /// Its name in addresses.
    pub key: String,
    /// Its name on the screen.
    pub name: String,
    /// The only area it is offered in.
    pub area: Option<Choice>,
    /// The language it is written in.
    pub language: Option<String>,
    /// What it says, as HTML.
    pub html: String,
    /// The same as text.
    pub text: String,
    /// Whether it can be chosen.
    pub active: bool,
    /// Whether the reader may change it.
    pub editable: bool,
    /// Whether its text is being written.
    pub open: bool,
}

/// Prints the whole page.
pub fn page(frame: &Frame, page: &TextBlocksPage) -> Markup {
    let language = frame.language;
    let common = texts::common(language);
    let main = html! {
        header {
            div class="bar" { (frame::navigation_button(language)) h1 { (common.text_blocks()) } }
            (frame::banners(frame))
        }
        div class="page" tabindex="0" role="region" aria-label=(common.text_blocks()) {
            (lists(language, page))
        }
    };
    frame::page(frame, Layout::Overview, common.text_blocks(), &main)
}

/// Both lists: the fragment that every change replaces.
pub fn lists(language: Language, page: &TextBlocksPage) -> Markup {
    let texts = texts::text_blocks(language);
    html! {
        div class="setpage tblocks" id="text-blocks" {
            header { p class="soft" { (texts.about()) } }
            @for group in &page.groups { (list(language, group, &page.areas)) }
            p class="muted fine" { (texts.keys_html(html! { kbd { "Alt ↑" } " " kbd { "Alt ↓" } })) }
            p class="muted fine" { (texts.variables(VARIABLES)) }
        }
    }
}

/// The variables that are told of.
const VARIABLES: &str =
    "{kontakt:anrede}, {kontakt:name}, {ticket:nummer}, {ticket:betreff}, {agent:name}, {bereich}";

fn list(language: Language, group: &Group, areas: &[Choice]) -> Markup {
    let texts = texts::text_blocks(language);
    let (heading, none) = match group.whose {
        Whose::Shared => (texts.shared(), texts.no_shared()),
        Whose::Own => (texts.own(), texts.no_own()),
    };
    let id = format!("h-{}", group.whose.code());
    html! {
        h2 id=(id) { (heading) " " span class="muted num" { (group.rows.len()) } }
        div class="sortlist" {
            @if group.rows.is_empty() { p class="srow soft" { (none) } }
            @if !group.rows.is_empty() {
                ol aria-labelledby=(id) { @for one in &group.rows { (row(language, one, areas)) } }
            }
            @if group.may_add { (add(language, group.whose)) }
        }
    }
}

fn row(language: Language, block: &BlockRow, areas: &[Choice]) -> Markup {
    let texts = texts::text_blocks(language);
    let action = format!("/text-blocks/{}", block.key);
    html! {
        li class="srow" id={ "block-" (block.key) } data-sort data-off[!block.active] {
            @if block.editable { (rename(language, block, &action)) } @else { span class="name" { (block.name) } }
            span class="kind soft trunc" { (kind(language, block)) }
            @if block.editable {
                (arrows(language, block, &action))
                (switch(language, block, &action))
            }
            details class="tbody" open[block.open] {
                summary { @if block.editable { (texts.edit(&block.name)) } @else { (texts.read(&block.name)) } }
                @if block.editable { (body(language, block, areas, &action)) } @else {
                    p class="tsaid" { (block.text) }
                }
            }
        }
    }
}

/// The area and the language of a block in a few words.
fn kind(language: Language, block: &BlockRow) -> String {
    let texts = texts::text_blocks(language);
    let area = block.area.as_ref().map_or(texts.all_areas(), |area| area.name.as_str());
    match block.language.as_deref() {
        Some("de") => format!("{area}, {}", texts.german()),
        Some("en") => format!("{area}, {}", texts.english()),
        _ => area.to_owned(),
    }
}

fn rename(language: Language, block: &BlockRow, action: &str) -> Markup {
    html! {
        form class="name" method="post" action=(action) hx-post=(action) hx-trigger="change, submit"
            hx-target="#text-blocks" hx-swap="morph:outerHTML" {
            input class="input" id={ "name-" (block.key) } name="name" required maxlength="200" autocomplete="off"
                value=(block.name) aria-label=(texts::text_blocks(language).name_of(&block.name));
        }
    }
}

fn arrows(language: Language, block: &BlockRow, action: &str) -> Markup {
    let texts = texts::text_blocks(language);
    let action = format!("{action}/move");
    let arrow = |direction: Direction, symbol: &str, label: &str, title: &str| {
        html! {
            button class="btn btn-quiet btn-sm" id={ (direction.code()) "-" (block.key) } name="direction"
                value=(direction.code()) data-move=(direction.code()) aria-label=(label) title=(title) {
                (icon_small(symbol))
            }
        }
    };
    html! {
        form class="mv" method="post" action=(action) hx-post=(action) hx-target="#text-blocks"
            hx-swap="morph:outerHTML" {
            (arrow(Direction::Up, "arrow-up", &texts.up(&block.name), texts.up_title()))
            (arrow(Direction::Down, "arrow-down", &texts.down(&block.name), texts.down_title()))
        }
    }
}

fn switch(language: Language, block: &BlockRow, action: &str) -> Markup {
    let texts = texts::text_blocks(language);
    html! {
        form class="on" method="post" action=(action) hx-post=(action) hx-trigger="change, submit"
            hx-target="#text-blocks" hx-swap="morph:outerHTML" {
            input type="hidden" name="switched" value="yes";
            input class="switch" type="checkbox" role="switch" id={ "on-" (block.key) } name="active" value="on"
                checked[block.active] aria-label=(texts.active_of(&block.name));
            noscript { button class="btn btn-sm" { (texts.save()) } }
        }
    }
}

fn body(language: Language, block: &BlockRow, areas: &[Choice], action: &str) -> Markup {
    let texts = texts::text_blocks(language);
    let id = |part: &str| format!("{part}-{}", block.key);
    html! {
        form class="stack" method="post" action=(action) hx-post=(action) hx-target="#text-blocks"
            hx-swap="morph:outerHTML" {
            div class="field" {
                label for=(id("text")) { (texts.text()) }
                textarea class="input" id=(id("text")) name="text" rows="6" data-editor {
                    (PreEscaped("\n")) (block.text)
                }
                input type="hidden" name="html" value=(block.html);
            }
            div class="fields" {
                div class="field" {
                    label for=(id("area")) { (texts.area()) }
                    select class="select" id=(id("area")) name="area" {
                        option value="" { (texts.all_areas()) }
                        @for choice in areas {
                            option value=(choice.key) selected[block.area.as_ref() == Some(choice)] { (choice.name) }
                        }
                    }
                }
                div class="field" {
                    label for=(id("language")) { (texts.language()) }
                    select class="select" id=(id("language")) name="language" {
                        option value="" { (texts.any_language()) }
                        option value="de" selected[block.language.as_deref() == Some("de")] { (texts.german()) }
                        option value="en" selected[block.language.as_deref() == Some("en")] { (texts.english()) }
                    }
                }
            }
            div { button class="btn btn-primary" { (texts.save()) } }
        }
    }
}

fn add(language: Language, whose: Whose) -> Markup {
    let texts = texts::text_blocks(language);
    let label = match whose {
        Whose::Shared => texts.new_shared(),
        Whose::Own => texts.new_own(),
    };
    html! {
        form class="srow sadd" method="post" action="/text-blocks" hx-post="/text-blocks" hx-target="#text-blocks"
            hx-swap="morph:outerHTML" {
            (icon("plus"))
            input type="hidden" name="whose" value=(whose.code());
            input class="input" id={ "new-" (whose.code()) } name="name" required maxlength="200" autocomplete="off"
                aria-label=(label) placeholder=(label);
            button class="btn btn-primary" { (texts.add()) }
        }
    }
}
