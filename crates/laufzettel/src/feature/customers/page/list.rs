//! The list of customers: companies or contacts by name, or those that were looked for.

use maud::{Markup, html};
use values::Language;

use super::parts;
use crate::feature::customers::read::Kind;
use crate::http::encode;
use crate::record::frame::{self, Frame, Layout, Moment, Person, icon};
use crate::texts;

/// The list.
#[derive(Clone, Debug)]
pub struct ListPage {
    /// Which kind.
    pub kind: Kind,
    /// What is looked for.
    pub query: String,
    /// How many companies and contacts there are or were found, ready to print; empty if unknown.
    pub counts: (String, String),
    /// The rows.
    pub rows: Vec<Row>,
    /// The address of the next rows.
    pub more: Option<String>,
    /// Whether more were found than are shown.
    pub is_cut: bool,
    /// Whether the reader may make customers.
    pub may_write: bool,
    /// Whether the reader may import them.
    pub may_import: bool,
    /// Whether the reader may make tickets.
    pub may_create: bool,
}

/// A customer in the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// The address of its page.
    pub href: String,
    /// The disc; its name is the customer's.
    pub disc: Person,
    /// What stands small below the name.
    pub below: Option<String>,
    /// What stands beside it: a person or a company.
    pub beside: Option<String>,
    /// What stands small below that.
    pub beside_below: Option<String>,
    /// The customer number.
    pub number: String,
    /// Open tickets.
    pub open: u64,
    /// When something last happened.
    pub last: Option<Moment>,
}

/// Prints the whole page.
pub fn page(frame: &Frame, page: &ListPage) -> Markup {
    let language = frame.language;
    let texts = texts::customers(language);
    let main = html! {
        header {
            (bar(language, page))
            (finder(language, page))
            (frame::banners(frame))
        }
        (list(language, page))
    };
    frame::page(frame, Layout::Overview, texts.customers(), &main)
}

fn bar(language: Language, page: &ListPage) -> Markup {
    let texts = texts::customers(language);
    let (new, href) = match page.kind {
        Kind::Companies => (texts.new_company(), "/customers/companies/new"),
        Kind::Contacts => (texts.new_contact(), "/customers/contacts/new"),
    };
    html! {
        div class="bar" {
            (frame::navigation_button(language))
            h1 { (texts.customers()) }
            (kinds(language, page, false))
            @if page.may_write {
                span class="end row" {
                    @if page.may_import {
                        a class="btn btn-quiet only-wide" href="/customers/import" { (icon("upload")) (texts.import()) }
                    }
                    a class="btn btn-primary" href=(href) { (icon("plus")) span class="only-wide" { (new) } span class="vh only-narrow" { (new) } }
                }
            }
        }
    }
}

/// The switch between companies and contacts.
fn kinds(language: Language, page: &ListPage, is_out_of_band: bool) -> Markup {
    let texts = texts::customers(language);
    let kinds = [
        (Kind::Companies, texts.companies(), &page.counts.0),
        (Kind::Contacts, texts.contacts(), &page.counts.1),
    ];
    html! {
        nav class="seg" id="customer-kinds" aria-label=(texts.kind()) hx-swap-oob=[is_out_of_band.then_some("true")] {
            @for (kind, name, count) in kinds {
                a href=(href(kind, &page.query)) aria-current=[(kind == page.kind).then_some("page")] {
                    (name) @if !count.is_empty() { " " span class="count" { (count) } }
                }
            }
        }
    }
}

/// The address of the list.
pub fn href(kind: Kind, query: &str) -> String {
    let kind = match kind {
        Kind::Companies => "companies",
        Kind::Contacts => "contacts",
    };
    match query {
        "" => format!("/customers?kind={kind}"),
        query => format!("/customers?kind={kind}&q={}", encode(query)),
    }
}

fn finder(language: Language, page: &ListPage) -> Markup {
    let texts = texts::customers(language);
    let kind = match page.kind {
        Kind::Companies => "companies",
        Kind::Contacts => "contacts",
    };
    html! {
        form class="finder" method="get" action="/customers" role="search" {
            input type="hidden" name="kind" value=(kind);
            label for="find" { (texts.find_customer()) }
            div class="inputwrap" {
                (icon("search"))
                input class="input" id="find" type="search" name="q" value=(page.query) maxlength="200" autocomplete="off"
                    placeholder=(texts.find_by()) data-key="/ q" hx-get="/customers" hx-include="closest form"
                    hx-trigger="input changed delay:150ms, search" hx-target="#customers" hx-swap="outerHTML"
                    hx-sync="this:replace" hx-replace-url="true";
                kbd class="only-wide" { "/" }
            }
            button class="btn" { (texts.find()) }
        }
    }
}

/// The rows, and the switch with its new figures: what is replaced while somebody types.
pub fn found(language: Language, page: &ListPage) -> Markup {
    html! { (list(language, page)) (kinds(language, page, true)) }
}

fn list(language: Language, page: &ListPage) -> Markup {
    let texts = texts::customers(language);
    let name = match page.kind {
        Kind::Companies => texts.companies(),
        Kind::Contacts => texts.contacts(),
    };
    html! {
        div class="pane" id="customers" tabindex="0" role="region" aria-label=(name) {
            @if page.rows.is_empty() { (empty(language, page)) } @else {
                ul id="customer-rows" { (more_rows(language, page)) }
            }
            @if page.is_cut { p class="goon muted" { (texts.more_letters()) } }
        }
    }
}

/// Further rows and the next link.
pub fn more_rows(language: Language, page: &ListPage) -> Markup {
    let texts = texts::customers(language);
    html! {
        @for one in &page.rows { (row(language, page, one)) }
        @if let Some(href) = &page.more {
            li class="loadmore" id="more-customers" {
                a class="btn" href=(href) data-more hx-get=(href) hx-target="#more-customers" hx-swap="outerHTML" {
                    (texts.more())
                }
            }
        }
    }
}

fn row(language: Language, page: &ListPage, row: &Row) -> Markup {
    let is_company = page.kind == Kind::Companies;
    let which = if is_company { "company" } else { "contact" };
    let new = page.may_create.then(|| format!("/tickets/new?{which}={}", row.id));
    html! {
        li class="crow" id={ "c" (row.id) } data-row=(row.id) data-new-ticket=[new] {
            (parts::disc(&row.disc, is_company, ""))
            span {
                a class="trunc" href=(row.href) { (row.disc.name) }
                @if let Some(text) = &row.below { small class="trunc" { (text) } }
            }
            span class="where soft" {
                @if let Some(text) = &row.beside { span class="trunc" { (text) } }
                @if let Some(text) = &row.beside_below { small class="trunc" { (text) } }
            }
            span class="nr muted num" { (row.number) }
            span class="open" { (parts::open(language, row.open)) }
            @match &row.last { Some(last) => { (frame::short_moment(last)) }, None => { span {} } }
        }
    }
}

fn empty(language: Language, page: &ListPage) -> Markup {
    let texts = texts::customers(language);
    let (heading, text) = match (page.query.is_empty(), page.kind) {
        (false, _) => (texts.nothing_found(), texts.nothing_found_text()),
        (true, Kind::Companies) => (texts.no_companies(), texts.no_companies_text()),
        (true, Kind::Contacts) => (texts.no_contacts(), texts.no_contacts_text()),
    };
    let other = match page.kind {
        Kind::Companies => (Kind::Contacts, texts.in_contacts(), &page.counts.1),
        Kind::Contacts => (Kind::Companies, texts.in_companies(), &page.counts.0),
    };
    html! {
        div class="empty" {
            (icon(if page.kind == Kind::Companies { "briefcase" } else { "users" }))
            h2 { (heading) }
            p { (text) }
            @if !page.query.is_empty() && !other.2.is_empty() && other.2 != "0" {
                p { a class="linked" href=(href(other.0, &page.query)) { (other.1) } }
            }
        }
    }
}
