//! SQLite with nothing around it: durable writes in groups of a hundred, and a bulk build.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, params};

use super::rows::{FILE_BYTES, Texts, texts};
use crate::Result;
use crate::figures::now;

/// How long durable writes are measured.
const TIME: Duration = Duration::from_secs(3);
/// Mails in one transaction.
const GROUP: usize = 100;

const TABLES: &str = "
    create table ticket (id integer primary key, number text not null, queue integer not null,
        status integer not null, owner integer, requester integer not null, subject text not null,
        created integer not null, updated integer not null);
    create index ticket_list on ticket (queue, status, updated desc);
    create index ticket_updated on ticket (status, updated desc);
    create index ticket_requester on ticket (requester);
    create table message (id integer primary key, ticket integer not null, kind integer not null,
        author integer not null, message_id text not null, created integer not null,
        text text not null, html text);
    create index message_ticket on message (ticket, id);
    create unique index message_id on message (message_id);
    create table attachment (id integer primary key, message integer not null, name text,
        type text, size integer, data blob);
    create index attachment_message on attachment (message);
    create virtual table words using fts5 (subject, body, content = '', contentless_delete = 1,
        tokenize = 'unicode61 remove_diacritics 2');
";

const SETTINGS: &str = "
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma cache_size = -262144;
    pragma temp_store = memory;
";

/// Mails a second that become durable, a hundred a transaction.
pub fn durable_mails(folder: &Path) -> Result<f64> {
    let file = fresh(folder)?;
    let connection = Connection::open(&file)?;
    connection.execute_batch(SETTINGS)?;
    connection.execute_batch(TABLES)?;
    let (texts, data) = (texts(2_000), vec![0xA5; FILE_BYTES]);
    let start = now();
    let mut count = 0;
    while start.elapsed() < TIME {
        connection.execute_batch("begin immediate")?;
        for text in texts.iter().cycle().skip(count % texts.len()).take(GROUP) {
            let number = i64::try_from(count)?;
            insert_mail(&connection, number, text, (count % 5 == 0).then_some(data.as_slice()))?;
            count += 1;
        }
        connection.execute_batch("commit")?;
    }
    let seconds = start.elapsed().as_secs_f64();
    drop(connection);
    remove(&file)?;
    Ok(count as f64 / seconds)
}

/// Messages a second of a build that need not be durable: so many tickets with three each.
pub fn bulk_messages(folder: &Path, tickets: i64) -> Result<f64> {
    let file = fresh(folder)?;
    let connection = Connection::open(&file)?;
    connection.execute_batch(
        "pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -2000000;
         pragma locking_mode = exclusive;",
    )?;
    connection.execute_batch(TABLES)?;
    let texts = texts(5_000);
    let start = now();
    connection.execute_batch("begin")?;
    let mut text = texts.iter().cycle();
    for ticket in 1..=tickets {
        let subject = text.next().map(|text| text.subject.as_str()).unwrap_or_default();
        insert_ticket(&connection, ticket, subject)?;
        for place in 0..3 {
            let body = text.next().map(|text| text.text.as_str()).unwrap_or_default();
            insert_message(&connection, ticket * 3 + place, ticket, body, None)?;
            insert_words(&connection, ticket * 3 + place, subject, body)?;
        }
    }
    connection.execute_batch("commit; insert into words (words) values ('optimize')")?;
    let seconds = start.elapsed().as_secs_f64();
    drop(connection);
    remove(&file)?;
    Ok(tickets as f64 * 3.0 / seconds)
}

fn insert_mail(
    connection: &Connection,
    number: i64,
    text: &Texts,
    file: Option<&[u8]>,
) -> Result<()> {
    let ticket = match number % 5 {
        0..3 => {
            insert_ticket(connection, number + 1, &text.subject)?;
            number + 1
        }
        _ => number / 2 + 1,
    };
    insert_message(connection, number + 1, ticket, &text.text, Some(&text.html))?;
    if let Some(data) = file {
        connection
            .prepare_cached(
                "insert into attachment (message, name, type, size, data)
                 values (?, 'x.pdf', 'application/pdf', ?, ?)",
            )?
            .execute(params![number + 1, i64::try_from(data.len())?, data])?;
    }
    insert_words(connection, number + 1, &text.subject, &text.text)
}

fn insert_ticket(connection: &Connection, id: i64, subject: &str) -> Result<()> {
    connection
        .prepare_cached(
            "insert into ticket (id, number, queue, status, owner, requester, subject, created,
                 updated)
             values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            id,
            format!("2026{id:08}"),
            id % 7,
            if id % 10 < 1 { 1 } else { 3 },
            id % 20,
            id % 5_000,
            subject,
            id,
            id * 7_919 % 50_000_000,
        ])?;
    Ok(())
}

fn insert_message(
    connection: &Connection,
    id: i64,
    ticket: i64,
    text: &str,
    html: Option<&str>,
) -> Result<()> {
    connection
        .prepare_cached(
            "insert into message (id, ticket, kind, author, message_id, created, text, html)
             values (?, ?, 0, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            id,
            ticket,
            id % 5_000,
            format!("{id:x}.bench@mail.example"),
            id,
            text,
            html
        ])?;
    Ok(())
}

fn insert_words(connection: &Connection, id: i64, subject: &str, body: &str) -> Result<()> {
    connection
        .prepare_cached("insert into words (rowid, subject, body) values (?, ?, ?)")?
        .execute(params![id, subject, body])?;
    Ok(())
}

fn fresh(folder: &Path) -> Result<PathBuf> {
    let file = folder.join("limit.db");
    remove(&file)?;
    Ok(file)
}

fn remove(file: &Path) -> Result<()> {
    for end in ["", "-wal", "-shm"] {
        let path = PathBuf::from(format!("{}{end}", file.display()));
        if path.exists() {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}
