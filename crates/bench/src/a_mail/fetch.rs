//! A5: mails fetched from a real Dovecot, beside the bare fetch by the same client.

use std::thread;
use std::time::Duration;

use laufzettel::service::keys::Keys;
use mail::imap::{FetchOutcome, ImapSettings, Login, Secret, connect};
use mail::tls::Trust;
use rusqlite::types::Value;
use testkit::dovecot::{Dovecot, PASSWORD};

use crate::Result;
use crate::bench::{Bench, REPEATS};
use crate::database::Database;
use crate::figures::{median, millis, now};
use crate::mails::MailMaker;
use crate::process;
use crate::report::{Engine, Line, Part};
use crate::server::{Server, Setup};

/// How often the journal is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(5);
/// How long all mails may take.
const PATIENCE: Duration = Duration::from_secs(300);

/// Measures it.
pub fn measure(bench: &Bench) -> Result<()> {
    let tickets = bench.options.usual();
    let scratch = bench.copy(tickets)?;
    let dovecot = Dovecot::start();
    let count = bench.options.either(500, 2_000);
    let (mut bare, mut fetched, mut cpu) = (Vec::new(), Vec::new(), Vec::new());
    for repeat in 0..REPEATS {
        let user = format!("desk{repeat}");
        for mail in MailMaker::new(50 + repeat as u64, "desk@example.com").take(count) {
            dovecot.deliver(&user, "INBOX", &mail);
        }
        bare.push(bare_fetch(&dovecot, &user, count)?);
        add_mailbox(&scratch.database, &dovecot, &user, 100 + repeat)?;
        let (per_second, cpu_millis) = product_fetch(bench, &scratch.database, &dovecot, count)?;
        fetched.push(per_second);
        cpu.push(cpu_millis);
        scratch.database.open()?.change("update mailbox set enabled = 0 where id >= 100", &[])?;
    }
    let mut line = Line::new("A5", Engine::Sqlite, tickets);
    let (per_second, limit) = (median(fetched), median(bare));
    line.per_s = Some(per_second);
    line.cpu_ms = Some(median(cpu));
    let part = Part::rate("fetched and applied mails a second", per_second, limit, 0.5);
    line.parts = vec![part.with_floor(0.25)];
    bench.print(&line);
    Ok(())
}

fn settings(dovecot: &Dovecot, user: &str) -> Result<ImapSettings> {
    let login = Login::Password(Secret::new(PASSWORD));
    let trust = Trust::from_pem(dovecot.authority_pem());
    Ok(ImapSettings {
        port: dovecot.imaps_port(),
        trust: trust.map_err(|_| "the certificate of Dovecot cannot be read")?,
        ..ImapSettings::new("localhost", user, login)
    })
}

/// Mails a second that the client reads and drops.
fn bare_fetch(dovecot: &Dovecot, user: &str, count: usize) -> Result<f64> {
    let settings = settings(dovecot, user)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let start = now();
    let fetched = runtime.block_on(async {
        let mut session = connect(&settings).await.map_err(|problem| format!("{problem:?}"))?;
        session.select("INBOX").await.map_err(|problem| format!("{problem:?}"))?;
        let uids = session.uids(1..=u32::MAX).await.map_err(|problem| format!("{problem:?}"))?;
        let mut batch =
            session.fetch_batch(&uids).await.map_err(|problem| format!("{problem:?}"))?;
        let mut fetched = 0;
        while let Some(outcome) = batch.next().await.map_err(|problem| format!("{problem:?}"))? {
            fetched += usize::from(matches!(outcome, FetchOutcome::Whole(_)));
        }
        Ok::<usize, String>(fetched)
    })?;
    match fetched == count {
        true => Ok(count as f64 / start.elapsed().as_secs_f64()),
        false => Err(format!("{fetched} of {count} mails were fetched").into()),
    }
}

/// Adds a mailbox that fetches the inbox of a user.
pub fn add_mailbox(database: &Database, dovecot: &Dovecot, user: &str, id: usize) -> Result<()> {
    let source = serde_json::json!({
        "kind": "imap", "host": "localhost", "port": dovecot.imaps_port(), "tls": "implicit",
        "user": user,
    });
    let keys = Keys::load_or_make(&database.folder().join("key"), [7; 32])?;
    let password = keys.seal(PASSWORD, [9; 24]).ok_or("there is no key")?;
    database.open()?.change(
        "insert into mailbox (id, name, label, enabled, area, source, password, after_import,
             unknown_sender, stranger_with_number, join_open_ticket, similarity_percent, domains,
             created_at, version)
         values ($1, $2, $2, 1, 1, $3, $4, 'mark_read', 'ticket', 'linked_ticket', 0, 80, '', 0, 1)",
        &[
            Value::Integer(i64::try_from(id)?),
            Value::Text(user.to_owned()),
            Value::Text(source.to_string()),
            Value::Blob(password),
        ],
    )
}

/// Mails a second from the start of the product until all are applied, and the processor time of
/// one in milliseconds.
fn product_fetch(
    bench: &Bench,
    database: &Database,
    dovecot: &Dovecot,
    count: usize,
) -> Result<(f64, f64)> {
    let mut connection = database.open()?;
    let wanted = connection.applied()? + i64::try_from(count)?;
    let roots = dovecot.authority_pem();
    let setup = Setup { mail_roots: Some(roots), ..bench.setup(database) };
    let server = Server::start(&setup)?;
    let start = now();
    while connection.applied()? < wanted {
        if start.elapsed() > PATIENCE {
            let applied = connection.applied()?;
            return Err(
                format!("{applied} of {wanted} mails were applied: {}", server.log()).into()
            );
        }
        thread::sleep(LOOK_EVERY);
    }
    let per_second = count as f64 / start.elapsed().as_secs_f64();
    let cpu_millis = millis(process::cpu(&[server.id()])) / count as f64;
    server.stop()?;
    Ok((per_second, cpu_millis))
}
