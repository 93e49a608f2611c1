//! The composer on the page: three kinds of message with drafts of their own. Each is a form that
//! works without a script.

use maud::{Markup, html};
use values::{Language, Timestamp};

use super::head;
use crate::feature::uploads::page::{self as uploads, ShownFile};
use crate::record::draft::{Draft, Kind};
use crate::record::frame::icon;
use crate::texts;

/// The composer of a ticket.
#[derive(Clone, Debug)]
pub struct Composer {
    /// The ticket's number.
    pub number: String,
    /// The ticket's id in live messages.
    pub live_id: String,
    /// Whether the ticket is closed: then it stands folded.
    pub is_closed: bool,
    /// The kind that is shown.
    pub open: Kind,
    /// A form for each kind.
    pub forms: Vec<DraftForm>,
    /// Whom a note can concern: ids and names, the writer first.
    pub team: Vec<(String, String)>,
    /// What stands above an answer to certain recipients (F-OUT-24).
    pub hint: Option<String>,
    /// For so many seconds what was sent can be recalled.
    pub undo_seconds: u64,
}

/// A form of the composer.
#[derive(Clone, Debug)]
pub struct DraftForm {
    /// What it writes.
    pub kind: Kind,
    /// What was written.
    pub draft: Draft,
    /// As whom it can leave.
    pub senders: Vec<SenderChoice>,
    /// New files.
    pub files: Vec<ShownFile>,
    /// Files of the mail that is handed on.
    pub kept: Vec<KeptFile>,
    /// When it was saved, ready to print.
    pub saved: Option<String>,
    /// When it was saved.
    pub saved_at: Option<Timestamp>,
    /// Why it was not sent.
    pub problem: Option<Problem>,
}

/// As whom a mail can leave.
#[derive(Clone, Debug)]
pub struct SenderChoice {
    /// The address.
    pub address: String,
    /// Name and address.
    pub label: String,
    /// Whether it leaves as this one.
    pub is_chosen: bool,
}

/// A file of the mail that is handed on.
#[derive(Clone, Debug)]
pub struct KeptFile {
    /// The attachment.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its size, ready to print.
    pub size: String,
    /// Whether it goes with it.
    pub is_kept: bool,
}

/// Why something was not sent.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The sentence.
    pub sentence: String,
    /// The field that it is about, or nothing.
    pub field: &'static str,
    /// What the writer can say to send it nevertheless: a field of the form and its words.
    pub confirm: Option<(&'static str, String)>,
}

/// Prints the composer.
pub fn composer(language: Language, composer: &Composer) -> Markup {
    let texts = texts::reply(language);
    let content = html! {
        (modes(language, composer))
        @for form in &composer.forms { (draft_form(language, composer, form)) }
    };
    html! {
        section class="composer" id="composer" aria-label=(texts.composer()) data-number=(composer.number)
            data-live-id=(composer.live_id) {
            @if composer.is_closed {
                details class="closed-note" {
                    summary { (icon("circle-check")) (texts.closed()) " " span class="linklike" { (texts.write_nevertheless()) } }
                    (content)
                }
            } @else { (content) }
        }
    }
}

fn modes(language: Language, composer: &Composer) -> Markup {
    let texts = texts::reply(language);
    let mode = |kind: Kind, symbol: &str, label: &str, key: &str| {
        html! {
            label class="mode" {
                input type="radio" name="kind" value=(kind.code()) checked[composer.open == kind] data-key=(key.to_lowercase());
                (icon(symbol)) (label) " " kbd class=[(kind == Kind::Forward).then_some("only-wide")] { (key) }
            }
        }
    };
    html! {
        div class="modes" role="radiogroup" aria-label=(texts.kind_of_message()) {
            (mode(Kind::Reply, "reply", texts.reply(), "R"))
            (mode(Kind::Note, "sticky-note", texts.note(), "N"))
            (mode(Kind::Forward, "forward", texts.forward(), "W"))
        }
    }
}

fn draft_form(language: Language, composer: &Composer, form: &DraftForm) -> Markup {
    let texts = texts::reply(language);
    let base = format!("/tickets/{}", composer.number);
    let kind = form.kind.code();
    let label = match form.kind {
        Kind::Reply => texts.reply(),
        Kind::Note => texts.note(),
        Kind::Forward => texts.forward(),
    };
    html! {
        form class="draft" data-kind=(kind) method="post" action={ (base) "/" (kind) } hx-post={ (base) "/" (kind) }
            hx-target="#composer" hx-swap="outerHTML" aria-label=(label)
            data-save={ (base) "/draft/" (kind) } data-uploading=(texts.still_uploading())
            data-save-failed=(texts.save_failed()) data-signed-out=(texts.signed_out())
            data-saved-at=[form.saved_at.map(|at| at.millis())]
            data-attachment-words=(texts.attachment_words()) {
            input type="hidden" name="seen" value=(form.draft.seen.as_deref().unwrap_or_default());
            @if let Some(hint) = composer.hint.as_ref().filter(|_| form.kind == Kind::Reply) {
                p class="note-line" data-tone="amber" role="note" { (icon("triangle-alert")) span { (hint) } }
            }
            (problem(language, form))
            @match form.kind {
                Kind::Note => (head::of_note(language, composer, form)),
                _ => (head::addresses(language, composer, form)),
            }
            textarea name="text" rows="3" data-editor aria-label=(texts.text_of(label))
                aria-invalid=[is_wrong(form, "text").then_some("true")]
                placeholder=[(form.kind == Kind::Note).then_some(texts.note_hint())] { (form.draft.text) }
            input type="hidden" name="html" value=(form.draft.html);
            (files(language, &base, form))
            (tools(language, composer, form))
            (guard(language))
            (toolbar(language))
        }
    }
}

/// Whether a field is to be mended.
pub fn is_wrong(form: &DraftForm, field: &str) -> bool {
    form.problem.as_ref().is_some_and(|problem| problem.field == field)
}

fn problem(language: Language, form: &DraftForm) -> Markup {
    let texts = texts::reply(language);
    html! {
        @if let Some(problem) = &form.problem {
            div class="banner" data-tone=(if problem.confirm.is_some() { "blue" } else { "red" }) role="alert" {
                (icon(if problem.confirm.is_some() { "info" } else { "circle-alert" }))
                span class="grow" { (problem.sentence) " " (texts.text_is_safe()) }
                @if let Some((name, label)) = &problem.confirm {
                    label class="check" { input type="checkbox" name=(name) value="1"; " " (label) }
                }
            }
        }
    }
}

fn files(language: Language, base: &str, form: &DraftForm) -> Markup {
    let kept = html! {
        @for one in &form.kept {
            label class="attach check" {
                input type="checkbox" name="kept" value=(one.id) checked[one.is_kept];
                span { (one.name) small { (one.size) } }
            }
        }
    };
    uploads::files(language, &format!("{base}/files"), &form.files, &kept)
}

fn tools(language: Language, composer: &Composer, form: &DraftForm) -> Markup {
    let texts = texts::reply(language);
    let is_note = form.kind == Kind::Note;
    let menu = format!("send-{}", form.kind.code());
    html! {
        div class="tools" {
            button type="button" class="btn btn-quiet script-only" data-format aria-label=(texts.formatting()) title=(texts.formatting()) { (icon("bold")) }
            (uploads::choose(language))
            button type="button" class="btn btn-quiet script-only" data-blocks title=(texts.insert_block()) {
                (icon("text-quote")) span class="only-wide" { (texts.block()) } " " kbd class="only-wide" { "/" }
            }
            @if !is_note {
                label class="check only-wide" { input type="checkbox" name="signed" value="1" checked[!form.draft.unsigned]; " " (texts.signature()) }
                label class="check only-wide" { input type="checkbox" name="plain" value="1" checked[form.draft.plain]; " " (texts.only_text()) }
            }
            span class="saved muted only-wide" role="status" {
                @if let Some(at) = &form.saved { (texts.saved(at)) }
            }
            span class="end row row-tight" {
                @if is_note {
                    button class="btn btn-note" name="then" value="" { (icon("lock")) (texts.file_note()) }
                } @else { (send(language, composer, form.kind, &menu)) }
            }
        }
    }
}

fn send(language: Language, composer: &Composer, kind: Kind, menu: &str) -> Markup {
    let texts = texts::reply(language);
    let more = |value: &str, symbol: &str, label: &str, key: Option<&str>| {
        html! {
            button class="menu-item" name="then" value=(value) data-send=(value) {
                (icon(symbol)) (label) @if let Some(key) = key { " " kbd { (key) } }
            }
        }
    };
    html! {
        span class="btn-split" {
            button class="btn btn-primary" name="then" value="" data-send="" title=(undo_time(language, composer.undo_seconds)) {
                (icon("send")) (texts.send())
            }
            button type="button" class="btn btn-primary" popovertarget=(menu) aria-label=(texts.send_otherwise()) { (icon("chevron-down")) }
        }
        div class="pop pop-end" id=(menu) popover {
            (more("", "send", texts.only_send(), Some(texts.key_send())))
            (more("wait", "st-wartet", texts.send_and_wait(), None))
            (more("solve", "circle-check", texts.send_and_solve(), Some(texts.key_send_and_solve())))
            @if kind == Kind::Reply { (more("keep", "pencil", texts.only_keep(), None)) }
        }
    }
}

fn undo_time(language: Language, seconds: u64) -> String {
    let texts = texts::reply(language);
    match seconds {
        0 => texts.leaves_at_once().to_owned(),
        seconds => texts.undo_for(seconds),
    }
}

/// What the script asks before it sends a mail that speaks of a file and has none.
fn guard(language: Language) -> Markup {
    let texts = texts::reply(language);
    html! {
        dialog data-guard="attachment" aria-label=(texts.no_attachment()) {
            header { h2 { (texts.no_attachment()) } }
            div class="body" { p { (texts.no_attachment_text()) } }
            footer {
                button type="button" class="btn" value="back" { (texts.back_to_text()) }
                button type="button" class="btn btn-primary" value="send" { (texts.send_without()) }
            }
        }
    }
}

/// The buttons of the editor, which the script puts in place.
fn toolbar(language: Language) -> Markup {
    let texts = texts::reply(language);
    let button = |command: &str, symbol: &str, label: &str| {
        html! { button type="button" class="btn btn-quiet btn-sm" data-command=(command) aria-label=(label) title=(label) aria-pressed="false" { (icon(symbol)) } }
    };
    html! {
        template data-toolbar=(texts.formatting()) {
            (button("bold", "bold", texts.bold()))
            (button("italic", "italic", texts.italic()))
            (button("underline", "underline", texts.underline()))
            (button("strike", "strikethrough", texts.strike()))
            (button("bulletList", "list", texts.bullets()))
            (button("orderedList", "list-ordered", texts.numbers()))
            (button("blockquote", "text-quote", texts.quote()))
            (button("link", "link", texts.link()))
            (button("undo", "rotate-ccw", texts.undo()))
        }
    }
}
