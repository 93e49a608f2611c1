//! The journal of a filled database: an entry for each mail that came from a customer, and some for mails that
//! are in no ticket.

use crate::Result;
use crate::database::{Connection, Database};
use crate::report::Engine;

use super::ADDRESS;

/// Safe is what is complete; a database that is not is thrown away.
const FAST: &str = "pragma synchronous = off; pragma cache_size = -1000000";
/// Columns that are filled.
const COLUMNS: &str = "id, mailbox, source, envelope_from, envelope_to, size_bytes, internal_date,
     arrived_at, raw_hash, state, server, archive, attempts, message_id, from_address, from_name,
     subject, outcome, ticket, message, class, problem, evidence, oddities, decided_at";
/// Why a mail is in its ticket, as usual answers say it.
const EVIDENCE: &str =
    r#"[{"clue":"own_message_id","detail":"17.filled@mail.example","weight":95}]"#;

/// Adds the entries.
pub fn add_journal(database: &Database) -> Result<()> {
    let (engine, mut connection) = (database.engine(), database.open()?);
    if let Connection::Sqlite(file) = &connection {
        file.execute_batch(FAST)?;
    }
    let mut statements = vec![of_customers(engine), outside(engine)];
    statements.push("update message set mail = id where direction = 'in'".to_owned());
    if engine == Engine::Postgres {
        statements
            .extend(["vacuum analyze inbound_mail", "vacuum analyze message"].map(str::to_owned));
    }
    for statement in statements {
        connection.change(&statement, &[])?;
    }
    Ok(())
}

/// Bytes like those of a hash, and the Message-ID of a filled message.
fn words(engine: Engine) -> (&'static str, &'static str) {
    match engine {
        Engine::Sqlite => ("randomblob(32)", "printf('%x.filled@mail.example', m.id)"),
        Engine::Postgres => ("sha256(m.id::text::bytea)", "to_hex(m.id) || '.filled@mail.example'"),
    }
}

/// One for each message of a customer. It has the id of its message, which is of the same moment.
fn of_customers(engine: Engine) -> String {
    let (hash, message_id) = words(engine);
    format!(
        "insert into inbound_mail ({COLUMNS})
         select m.id, 1, 'lmtp', m.author_email, '{ADDRESS}', 27000, m.at, m.at, {hash}, 'applied',
                'none', 0, 0, {message_id}, m.author_email, m.author_name, m.subject,
                case when m.id % 2 = 0 then 'follow_up' else 'new_ticket' end, m.ticket, m.id,
                null, null, '{EVIDENCE}', '[]', m.at
         from message m where m.direction = 'in'"
    )
}

/// One for each twentieth answer, at its moment: newsletters, and a few that came twice or could not be read.
fn outside(engine: Engine) -> String {
    let (hash, message_id) = words(engine);
    let of = |rare: &str, seldom: &str, usual: &str| {
        format!(
            "case when m.id % 2000 = 0 then {rare} when m.id % 100 = 0 then {seldom} else {usual} end"
        )
    };
    let state = of("'quarantined'", "'duplicate'", "'filtered'");
    let problem = of("'it took too long'", "null", "'automatic'");
    let class = of("null", "null", "'newsletter'");
    format!(
        "insert into inbound_mail ({COLUMNS})
         select m.id, 1, 'lmtp', 'news@verlag.example', '{ADDRESS}', 40000, m.at, m.at, {hash},
                {state}, 'none', 0, 0, {message_id}, 'news@verlag.example', 'Verlag Neu',
                'Neues zu ' || m.subject, {state}, null, null, {class}, {problem}, '[]', '[]', m.at
         from message m where m.direction = 'out' and m.id % 20 = 0"
    )
}
