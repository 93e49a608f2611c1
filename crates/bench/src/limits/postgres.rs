//! PostgreSQL with nothing around it: durable writes in groups of a hundred.

use std::time::Duration;

use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls, Statement, Transaction};

use super::rows::{FILE_BYTES, Texts, texts};
use crate::Result;
use crate::figures::now;

/// How long durable writes are measured.
const TIME: Duration = Duration::from_secs(3);
/// Mails in one transaction.
const GROUP: usize = 100;

const TABLES: &str = "
    create table ticket (id bigint primary key, number text not null, queue bigint not null,
        status bigint not null, owner bigint, requester bigint not null, subject text not null,
        created bigint not null, updated bigint not null);
    create index on ticket (queue, status, updated desc);
    create index on ticket (status, updated desc);
    create index on ticket (requester);
    create table message (id bigint primary key, ticket bigint not null, author bigint not null,
        message_id text not null unique, created bigint not null, text text not null, html text,
        words tsvector);
    create index on message (ticket, id);
    create index on message using gin (words);
    create table attachment (message bigint not null, name text, type text, size bigint,
        data bytea);
    create index on attachment (message);
";

/// Mails a second that become durable, a hundred a transaction, in an empty database.
pub fn durable_mails(address: &str) -> Result<f64> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(measure(address))
}

struct Statements {
    ticket: Statement,
    message: Statement,
    file: Statement,
}

async fn measure(address: &str) -> Result<f64> {
    let (mut client, connection) = tokio_postgres::connect(address, NoTls).await?;
    tokio::spawn(connection);
    client.batch_execute(TABLES).await?;
    let statements = prepare(&client).await?;
    let (texts, data) = (texts(2_000), vec![0xA5_u8; FILE_BYTES]);
    let start = now();
    let mut count = 0;
    while start.elapsed() < TIME {
        let transaction = client.transaction().await?;
        for text in texts.iter().cycle().skip(count % texts.len()).take(GROUP) {
            let number = i64::try_from(count)?;
            let file = (count % 5 == 0).then_some(&data);
            insert(&transaction, &statements, number, text, file).await?;
            count += 1;
        }
        transaction.commit().await?;
    }
    Ok(count as f64 / start.elapsed().as_secs_f64())
}

async fn prepare(client: &Client) -> Result<Statements> {
    Ok(Statements {
        ticket: client
            .prepare(
                "insert into ticket (id, number, queue, status, owner, requester, subject, created,
                     updated)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            )
            .await?,
        message: client
            .prepare(
                "insert into message (id, ticket, author, message_id, created, text, html, words)
                 values ($1, $2, $3, $4, $5, $6, $7, to_tsvector('simple', $8))",
            )
            .await?,
        file: client
            .prepare(
                "insert into attachment (message, name, type, size, data)
                 values ($1, 'x.pdf', 'application/pdf', $2, $3)",
            )
            .await?,
    })
}

async fn insert(
    transaction: &Transaction<'_>,
    statements: &Statements,
    number: i64,
    text: &Texts,
    file: Option<&Vec<u8>>,
) -> Result<()> {
    let (id, is_new) = (number + 1, number % 5 < 3);
    if is_new {
        let status = if number % 10 < 1 { 1_i64 } else { 3 };
        let label = format!("2026{number:08}");
        let values: [&(dyn ToSql + Sync); 9] = [
            &id,
            &label,
            &(number % 7),
            &status,
            &(number % 20),
            &(number % 5_000),
            &text.subject,
            &number,
            &number,
        ];
        transaction.execute(&statements.ticket, &values).await?;
    }
    let ticket = if is_new { id } else { number / 2 + 1 };
    let message_id = format!("{number:x}.bench@mail.example");
    let words = format!("{} {}", text.subject, text.text);
    let values: [&(dyn ToSql + Sync); 8] =
        [&id, &ticket, &(number % 5_000), &message_id, &number, &text.text, &text.html, &words];
    transaction.execute(&statements.message, &values).await?;
    if let Some(data) = file {
        let size = i64::try_from(FILE_BYTES)?;
        transaction.execute(&statements.file, &[&id, &size, data]).await?;
    }
    Ok(())
}
