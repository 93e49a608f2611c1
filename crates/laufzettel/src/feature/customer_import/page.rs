//! The pages of the import: the file, what it says, what would happen, how far it is, the end.

use maud::{Markup, html};
use values::Language;

use super::column::Column;
use super::say;
use crate::record::frame::{self, Frame, Layout, icon, icon_large};
use crate::texts;

/// What a page of the import shows.
#[derive(Clone, Debug)]
pub enum ImportPage {
    /// The file is chosen; what was wrong with the one before.
    Begin(Option<&'static str>),
    /// The file is checked.
    Check(Box<Check>),
    /// Some rows are taken over, others wait.
    Going(Going),
    /// All rows are done.
    Done(Figures),
}

/// How many rows became what.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    /// New ones.
    pub new: usize,
    /// Changed ones.
    pub changed: usize,
    /// Those that are as they were.
    pub same: usize,
    /// Those that cannot be taken over.
    pub faulty: usize,
}

/// A file with what its columns are and what would happen.
#[derive(Clone, Debug)]
pub struct Check {
    /// The address of the file.
    pub here: String,
    /// Its name.
    pub name: String,
    /// How it was read.
    pub form: String,
    /// The columns.
    pub columns: Vec<ShownColumn>,
    /// What would happen.
    pub figures: Figures,
    /// Rows that cannot be taken over: line and sentence.
    pub faults: Vec<(u64, String)>,
    /// Whether a column says who the people are.
    pub names_somebody: bool,
}

/// A column of a file.
#[derive(Clone, Debug)]
pub struct ShownColumn {
    /// What stands above it.
    pub header: String,
    /// The first values.
    pub samples: Vec<String>,
    /// What it is.
    pub column: Column,
}

/// An import that goes on.
#[derive(Clone, Debug)]
pub struct Going {
    /// The address of the next step.
    pub action: String,
    /// What the step is sent: names and values.
    pub fields: Vec<(String, String)>,
    /// Rows that are done.
    pub done: usize,
    /// All rows.
    pub all: usize,
}

/// Prints the page.
pub fn page(frame: &Frame, page: &ImportPage) -> Markup {
    let language = frame.language;
    let texts = texts::customer_import(language);
    let main = html! {
        header {
            div class="bar" {
                a class="btn btn-quiet" href="/customers" aria-label=(texts::customers(language).back()) { (icon_large("arrow-left")) }
                h1 class="trunc" { (texts.title()) }
            }
            (frame::banners(frame))
        }
        div class="page" tabindex="0" role="region" aria-label=(texts.title()) {
            div class="setpage custimport" id="import" {
                @match page {
                    ImportPage::Begin(problem) => { (begin(language, *problem)) },
                    ImportPage::Check(check) => { (self::check(language, check)) },
                    ImportPage::Going(going) => { (self::going(language, going)) },
                    ImportPage::Done(figures) => { (done(language, figures)) },
                }
            }
        }
    };
    frame::page(frame, Layout::Detail, texts.title(), &main)
}

fn begin(language: Language, problem: Option<&str>) -> Markup {
    let texts = texts::customer_import(language);
    html! {
        p class="soft" { (texts.about()) }
        form class="stack" method="post" action="/customers/import" enctype="multipart/form-data" {
            div class="field" {
                label for="file" { (texts.file()) }
                input class="input" id="file" name="file" type="file" required
                    accept=".csv,.txt,.tsv,.vcf,text/csv,text/vcard" aria-invalid=[problem.map(|_| "true")]
                    aria-describedby=(if problem.is_some() { "file-hint file-error" } else { "file-hint" });
                span class="hint" id="file-hint" { (texts.file_hint()) }
                @if let Some(sentence) = problem { span class="error" id="file-error" role="alert" { (sentence) } }
            }
            div { button class="btn btn-primary" { (icon("upload")) (texts.check_file()) } }
        }
    }
}

fn check(language: Language, check: &Check) -> Markup {
    let texts = texts::customer_import(language);
    let rows = check.figures.new + check.figures.changed;
    html! {
        p { b { (check.name) } " " span class="soft" { (check.form) } }
        (figures(language, &check.figures, false))
        form method="get" action=(check.here) {
            section class="card clipped" aria-labelledby="h-columns" {
                header { h2 id="h-columns" { (texts.columns()) } button class="btn btn-sm end" { (texts.check_again()) } }
                (columns(language, &check.columns))
            }
        }
        @if !check.names_somebody { p class="error" role="alert" { (texts.names_nobody()) } }
        (faults(language, check))
        form class="row" method="post" action={ (check.here) "/run" } {
            @for column in &check.columns { input type="hidden" name="col" value=(column.column.code()); }
            @if rows > 0 {
                button class="btn btn-primary" { (icon("upload")) (texts.take_rows(u64::try_from(rows).unwrap_or_default())) }
            } @else { span class="soft" { (texts.nothing_to_do()) } }
            a class="btn" href="/customers/import" { (texts.other_file()) }
        }
    }
}

fn columns(language: Language, columns: &[ShownColumn]) -> Markup {
    let texts = texts::customer_import(language);
    html! {
        div class="tablewrap" tabindex="0" role="region" aria-label=(texts.columns()) {
            table class="table" {
                thead {
                    tr {
                        th scope="col" { (texts.in_the_file()) }
                        th scope="col" { (texts.becomes()) }
                        th scope="col" { (texts.samples()) }
                    }
                }
                tbody {
                    @for (place, shown) in columns.iter().enumerate() {
                        tr {
                            th scope="row" { (shown.header) }
                            td {
                                select class="select" id={ "col-" (place) } name="col" aria-label=(texts.becomes_of(&shown.header)) {
                                    @for column in Column::ALL {
                                        option value=(column.code()) selected[column == shown.column] { (say::column(language, column)) }
                                    }
                                }
                            }
                            td class="muted" { (shown.samples.join(" · ")) }
                        }
                    }
                }
            }
        }
    }
}

fn figures(language: Language, figures: &Figures, is_over: bool) -> Markup {
    let texts = texts::customer_import(language);
    let shown = [
        (texts.added(), figures.new),
        (texts.changed(), figures.changed),
        (texts.same(), figures.same),
        (texts.faulty(), figures.faulty),
    ];
    html! {
        h2 { (if is_over { texts.result() } else { texts.trial() }) }
        dl class="figures" {
            @for (label, count) in shown {
                div class="stat" { dt class="k" { (label) } dd class="v" { (count) } }
            }
        }
    }
}

fn faults(language: Language, check: &Check) -> Markup {
    let texts = texts::customer_import(language);
    let more = check.figures.faulty.saturating_sub(check.faults.len());
    html! {
        @if !check.faults.is_empty() {
            section class="card clipped" aria-labelledby="h-faults" {
                header { (icon("triangle-alert")) h2 id="h-faults" { (texts.faults()) } }
                ol class="custhist" {
                    @for (line, sentence) in &check.faults {
                        li { b class="num" { (texts.line(&line.to_string())) } div { (sentence) } }
                    }
                }
                @if more > 0 { p class="goon muted" { (texts.more_faults(u64::try_from(more).unwrap_or_default())) } }
            }
        }
    }
}

/// With a script the next step follows by itself.
fn going(language: Language, going: &Going) -> Markup {
    let texts = texts::customer_import(language);
    html! {
        form class="stack" method="post" action=(going.action) hx-post=(going.action) hx-trigger="load" hx-target="#import"
            hx-select="#import" hx-swap="outerHTML" {
            p role="status" { (texts.so_far(&going.done.to_string(), &going.all.to_string())) }
            progress max=(going.all) value=(going.done) aria-label=(texts.title()) {}
            @for (name, value) in &going.fields { input type="hidden" name=(name) value=(value); }
            div { button class="btn btn-primary" { (texts.go_on()) } }
        }
    }
}

fn done(language: Language, shown: &Figures) -> Markup {
    let texts = texts::customer_import(language);
    html! {
        (figures(language, shown, true))
        p { (texts.all_done()) }
        div class="row" {
            a class="btn btn-primary" href="/customers?kind=contacts" { (texts.to_contacts()) }
            a class="btn" href="/customers/import" { (texts.other_file()) }
        }
    }
}

/// The address of the last page.
pub fn done_href(figures: &Figures) -> String {
    let Figures { new, changed, same, faulty } = figures;
    format!("/customers/import/done?new={new}&changed={changed}&same={same}&faulty={faulty}")
}
