//! Handlers of the list of customers.

use axum::response::IntoResponse;
use serde::Deserialize;
use web::{Form, Query};

use crate::feature::contacts::{may_import, may_write};
use crate::feature::customers::naming::{Choice, ProposeCompanies};
use crate::feature::customers::page::form::company_choices as print_choices;
use crate::feature::customers::page::list::{self, ListPage};
use crate::feature::customers::read::{Kind, List, ROWS, ReadList, Rows};
use crate::feature::customers::show;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::{Areas, Denied};
use crate::record::counters;
use crate::record::frame::Place;
use rules::right::Level;

use super::AskedPage;

/// Letters of a search that count.
const LETTERS_MAX: usize = 200;

/// What the address of the list says.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    kind: Option<String>,
    q: Option<String>,
    after: Option<i64>,
    done: Option<String>,
}

impl Asked {
    fn kind(&self) -> Kind {
        match self.kind.as_deref() {
            Some("contacts") => Kind::Contacts,
            _ => Kind::Companies,
        }
    }
}

/// The list, what was found while somebody types, or the next rows.
pub async fn list(screen: Screen, Query(asked): Query<Asked>) -> Answer {
    if screen.actor.areas_with(Level::Own) == Areas::Some(Vec::new()) {
        return Err(Denied::NotAllowed.into());
    }
    let typed = asked.q.clone().unwrap_or_default().replace('\0', " ");
    let query: String = typed.trim().chars().take(LETTERS_MAX).collect();
    let page = read(&screen, &asked, &query).await?;
    let (language, target) = (screen.language, screen.htmx.target.as_deref());
    if screen.htmx.fragment && target == Some("more-customers") {
        return Ok(list::more_rows(language, &page).into_response());
    }
    if screen.htmx.fragment && target == Some("customers") {
        return Ok(list::found(language, &page).into_response());
    }
    let done = AskedPage { done: asked.done.clone(), ..AskedPage::default() };
    let frame = screen.frame_with(Place::Customers, done.toasts(&screen)).await?;
    Ok(list::page(&frame, &page).into_response())
}

async fn read(screen: &Screen, asked: &Asked, query: &str) -> Result<ListPage, HttpError> {
    let kind = asked.kind();
    let after = asked.after.filter(|_| query.is_empty());
    let read = ReadList { actor: &screen.actor, kind, query, after };
    let List { rows, counts } = match screen.actor.areas_with(Level::Read) {
        Areas::All => screen.app.db.read(&read).await?,
        Areas::Some(_) => screen.app.db.read_long(&read).await?,
    };
    let mut rows: Vec<list::Row> = match &rows {
        Rows::Companies(rows) => rows.iter().map(|row| show::company_row(screen, row)).collect(),
        Rows::Contacts(rows) => rows.iter().map(|row| show::contact_row(screen, row)).collect(),
    };
    let most = usize::try_from(ROWS).unwrap_or_default();
    let has_more = rows.len() > most;
    rows.truncate(most);
    let last = rows.last().filter(|_| has_more && query.is_empty());
    let more = last.map(|row| format!("{}&after={}", list::href(kind, ""), row.id));
    Ok(ListPage {
        kind,
        query: query.to_owned(),
        counts: counts.map_or_else(Default::default, |counts| shown(screen, counts, query)),
        rows,
        more,
        is_cut: has_more && !query.is_empty(),
        may_write: may_write(&screen.actor),
        may_import: may_import(&screen.actor),
        may_create: show::may_create(screen),
    })
}

/// The figures. A search counts no further than a page.
fn shown(screen: &Screen, counts: (i64, i64), query: &str) -> (String, String) {
    let figure = |count: i64| match query.is_empty() {
        true => counters::shown(count, screen.language),
        false if count > ROWS => format!("{ROWS}+"),
        false => count.to_string(),
    };
    (figure(counts.0), figure(counts.1))
}

/// Companies for the field of a contact's form: those of the addresses that stand there first.
pub async fn company_choices(screen: Screen, form: Form) -> Answer {
    let addresses: Vec<String> = form.all("address").map(str::to_owned).collect();
    let typed: String = form.text("company").replace('\0', " ").chars().take(60).collect();
    let propose = ProposeCompanies { actor: &screen.actor, typed: &typed, addresses: &addresses };
    let found = screen.app.db.read(&propose).await?;
    let choice = |company: Choice| (company.value, company.label);
    let found: Vec<(String, String)> = found.into_iter().map(choice).collect();
    Ok(print_choices(&found).into_response())
}
