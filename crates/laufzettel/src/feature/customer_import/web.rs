//! Handlers of the import.

use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;

use axum::extract::{Path, Request};
use axum::response::{IntoResponse, Response};
use db::Failure;
use http::StatusCode;
use web::{Form, see_other};

use super::column::{Column, recognise};
use super::page::{self, Check, Figures, Going, ImportPage, ShownColumn, done_href};
use super::run::{AT_ONCE, ForgetFiles, ImportRows, KeepFile, ReadFile, Report, Trial};
use super::say;
use super::store::{Import, ImportId};
use super::table::{self, NoTable, ROWS_MAX, Table};
use crate::feature::contacts::{Editor, may_import};
use crate::feature::uploads::{Received, receive_form};
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::record::frame::Place;
use crate::texts;

/// Rows that one step takes over; then the page says how far it is.
const ROWS_OF_STEP: usize = 2_000;
/// Values of a column that are shown.
const SAMPLES: usize = 3;
/// Letters of a value that are shown.
const SAMPLE_LETTERS: usize = 40;

/// Chooses a file.
pub async fn begin(screen: Screen) -> Answer {
    ask(&screen)?;
    show(&screen, StatusCode::OK, &ImportPage::Begin(None)).await
}

/// Takes a file in.
pub async fn upload(screen: Screen, request: Request) -> Answer {
    ask(&screen)?;
    let received = receive_form(&screen.app, request).await?;
    let texts = texts::customer_import(screen.language);
    if received.is_too_large {
        return refuse(&screen, texts.too_many_bytes()).await;
    }
    let Some(Received { name, mut file, .. }) = received.files.into_iter().next() else {
        return refuse(&screen, texts.no_file()).await;
    };
    let read = tokio::task::spawn_blocking(move || {
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(0))?;
        file.read_to_end(&mut bytes)?;
        let problem = table::read(&bytes, 0..0).err();
        Ok::<_, std::io::Error>((bytes, problem))
    });
    let (bytes, problem) = read.await.map_err(Failure::other)?.map_err(Failure::other)?;
    if let Some(why) = problem {
        return refuse(&screen, say::no_table(screen.language, why)).await;
    }
    let (agent, now) = (screen.actor.agent, screen.now);
    let id: ImportId = screen.app.ids.next::<Import>(now);
    let keep = KeepFile { id, agent, name: &name, content: &bytes, now };
    screen.app.db.write(&keep).await?;
    Ok(see_other(&format!("/customers/import/{id}")))
}

/// The form once more, with what is wrong with the file.
async fn refuse(screen: &Screen, sentence: &'static str) -> Answer {
    show(screen, StatusCode::UNPROCESSABLE_ENTITY, &ImportPage::Begin(Some(sentence))).await
}

/// What the columns are, and what would happen.
pub async fn check(screen: Screen, Path(id): Path<String>, form: Form) -> Answer {
    ask(&screen)?;
    let (name, table) = file(&screen, &id, 0..ROWS_MAX).await?;
    let columns = columns(&form, &table);
    let trial = Trial { actor: &screen.actor, table: &table, columns: &columns };
    let report = screen.app.db.read_long(&trial).await?;
    let check = shown(&screen, &id, &name, &table, &columns, &report);
    show(&screen, StatusCode::OK, &ImportPage::Check(Box::new(check))).await
}

/// Takes the next rows over.
pub async fn run(screen: Screen, Path(id): Path<String>, form: Form) -> Answer {
    ask(&screen)?;
    let from = number(&form, "from").min(ROWS_MAX);
    let (_, table) = file(&screen, &id, from..from + ROWS_OF_STEP).await?;
    let columns = columns(&form, &table);
    let mut figures = figures(&form);
    for rows in table.rows.chunks(AT_ONCE) {
        let now = screen.app.now();
        let editor = Editor { actor: Some(&screen.actor), now, ids: &screen.app.ids };
        let import = ImportRows { editor, actor: &screen.actor, rows, columns: &columns };
        add(&mut figures, &screen.app.db.write(&import).await?);
    }
    let to = from + table.rows.len();
    if to >= table.all {
        screen.app.db.write(&ForgetFiles(screen.actor.agent)).await?;
        return done_page(&screen, figures).await;
    }
    let going = going(&id, &columns, to, table.all, &figures);
    show(&screen, StatusCode::OK, &ImportPage::Going(going)).await
}

/// What became of a file.
pub async fn done(screen: Screen, form: Form) -> Answer {
    ask(&screen)?;
    show(&screen, StatusCode::OK, &ImportPage::Done(figures(&form))).await
}

/// What became of the rows before.
fn figures(form: &Form) -> Figures {
    Figures {
        new: number(form, "new"),
        changed: number(form, "changed"),
        same: number(form, "same"),
        faulty: number(form, "faulty"),
    }
}

fn number(form: &Form, field: &str) -> usize {
    form.text(field).parse().unwrap_or_default()
}

/// With a script the page stands in place of the one before, so that no step is done twice.
async fn done_page(screen: &Screen, figures: Figures) -> Answer {
    match screen.htmx.fragment {
        true => show(screen, StatusCode::OK, &ImportPage::Done(figures)).await,
        false => Ok(see_other(&done_href(&figures))),
    }
}

fn add(figures: &mut Figures, report: &Report) {
    figures.new += report.new;
    figures.changed += report.changed;
    figures.same += report.same;
    figures.faulty += report.faulty;
}

fn going(id: &str, columns: &[Column], to: usize, all: usize, figures: &Figures) -> Going {
    let counts = [
        ("from", to),
        ("new", figures.new),
        ("changed", figures.changed),
        ("same", figures.same),
        ("faulty", figures.faulty),
    ];
    let columns = columns.iter().map(|column| ("col".to_owned(), column.code().to_owned()));
    let counts = counts.into_iter().map(|(name, count)| (name.to_owned(), count.to_string()));
    Going {
        action: format!("/customers/import/{id}/run"),
        fields: columns.chain(counts).collect(),
        done: to,
        all,
    }
}

fn ask(screen: &Screen) -> Result<(), HttpError> {
    match may_import(&screen.actor) {
        true => Ok(()),
        false => Err(Denied::NotAllowed.into()),
    }
}

/// The file, and these of its rows.
async fn file(screen: &Screen, id: &str, rows: Range<usize>) -> Result<(String, Table), HttpError> {
    let id = ImportId::parse(id).ok_or(Denied::NotFound)?;
    let stored = screen.app.db.read(&ReadFile(id, screen.actor.agent)).await?;
    let stored = stored.ok_or(Denied::NotFound)?;
    let (name, content) = (stored.name, stored.content);
    let read = tokio::task::spawn_blocking(move || table::read(&content, rows));
    let table: Result<Table, NoTable> = read.await.map_err(Failure::other)?;
    Ok((name, table.map_err(|_| Denied::NotFound)?))
}

/// What the form says the columns are, else what stands above them.
fn columns(form: &Form, table: &Table) -> Vec<Column> {
    let chosen: Vec<Column> = form.all("col").map(Column::from_code).collect();
    match chosen.len() == table.header.len() {
        true => chosen,
        false => recognise(&table.header),
    }
}

fn shown(
    screen: &Screen,
    id: &str,
    name: &str,
    table: &Table,
    columns: &[Column],
    report: &Report,
) -> Check {
    let language = screen.language;
    let texts = texts::customer_import(language);
    let rows = u64::try_from(table.all).unwrap_or_default();
    let form = match table.form {
        table::Form::Csv('\t', encoding) => texts.as_csv(texts.tab(), encoding, rows),
        table::Form::Csv(separator, encoding) => {
            texts.as_csv(&separator.to_string(), encoding, rows)
        }
        table::Form::VCard => texts.as_vcard(rows),
    };
    let names = [Column::Name, Column::FirstName, Column::LastName, Column::Address];
    let names_somebody =
        columns.iter().any(|column| names.contains(column)) || columns.contains(&Column::Company);
    Check {
        here: format!("/customers/import/{id}"),
        name: name.to_owned(),
        form,
        columns: shown_columns(language, table, columns),
        figures: Figures {
            new: report.new,
            changed: report.changed,
            same: report.same,
            faulty: report.faulty,
        },
        faults: report
            .faults
            .iter()
            .map(|(line, why)| (*line, say::fault(language, why)))
            .collect(),
        names_somebody,
    }
}

fn shown_columns(
    language: values::Language,
    table: &Table,
    columns: &[Column],
) -> Vec<ShownColumn> {
    let header = |text: &String, column: Column| match table.form {
        table::Form::VCard => say::column(language, column).to_owned(),
        table::Form::Csv(..) => text.clone(),
    };
    let samples = |place: usize| {
        let cells = table.rows.iter().filter_map(move |row| row.cells.get(place));
        let cells = cells.filter(|cell| !cell.is_empty()).take(SAMPLES);
        cells.map(|cell| cell.chars().take(SAMPLE_LETTERS).collect::<String>()).collect()
    };
    let columns = table.header.iter().zip(columns).enumerate();
    columns
        .map(|(place, (text, column))| ShownColumn {
            header: header(text, *column),
            samples: samples(place),
            column: *column,
        })
        .collect()
}

async fn show(
    screen: &Screen,
    status: StatusCode,
    page: &ImportPage,
) -> Result<Response, HttpError> {
    let frame = screen.frame(Place::Customers).await?;
    Ok((status, page::page(&frame, page)).into_response())
}
