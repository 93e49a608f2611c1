//! Agents beside those of the filled database, and what they and their programs sign in with.

use data_encoding::BASE64URL_NOPAD;
use laufzettel::service::keys::sha256;
use rusqlite::types::Value;

use crate::Result;
use crate::database::Connection;
use crate::seed::{ADDRESS, wall_clock};

/// How long a session lasts, in milliseconds.
const SESSION_MILLIS: i64 = 86_400_000;

fn session(agent: i64) -> String {
    BASE64URL_NOPAD.encode(&[u8::try_from(agent).unwrap_or(0); 32])
}

/// The cookie of the session that [`sign_in`] makes. The number of the agent lies below 256.
pub fn cookie(agent: i64) -> String {
    format!("__Host-laufzettel={}", session(agent))
}

/// Makes a session for an agent.
pub fn sign_in(connection: &mut Connection, agent: i64) -> Result<()> {
    let now = wall_clock().millis();
    let hash = || Value::Blob(sha256(session(agent).as_bytes()).to_vec());
    connection.change("delete from session where token_hash = $1", &[hash()])?;
    connection.change(
        "insert into session (token_hash, agent, created_at, seen_at, expires_at, user_agent)
         values ($1, $2, $3, $4, $5, 'bench')",
        &[
            hash(),
            Value::Integer(agent),
            Value::Integer(now),
            Value::Integer(now),
            Value::Integer(now + SESSION_MILLIS),
        ],
    )
}

/// Makes an agent with this number and a session, who works in all areas.
pub fn add_agent(connection: &mut Connection, number: i64) -> Result<()> {
    connection.change(
        "insert into agent (id, email, name, role, active, keys, created_at, version)
         values ($1, $2, $3, 'agent', 1, 1, $4, 1)",
        &[
            Value::Integer(number),
            Value::Text(format!("agent{number}@team.example")),
            Value::Text(format!("Mitglied {number}")),
            Value::Integer(wall_clock().millis()),
        ],
    )?;
    sign_in(connection, number)
}

/// Makes a token for a program of an agent and gives its secret.
pub fn add_token(connection: &mut Connection, agent: i64) -> Result<String> {
    let secret = format!("lz_bench{agent:035}");
    connection.change("delete from token where id = $1", &[Value::Integer(agent)])?;
    connection.change(
        "insert into token (id, agent, name, token_hash, scopes, created_at)
         values ($1, $1, 'bench', $2, 'tickets:read tickets:write', $3)",
        &[
            Value::Integer(agent),
            Value::Blob(sha256(secret.as_bytes()).to_vec()),
            Value::Integer(wall_clock().millis()),
        ],
    )?;
    Ok(secret)
}

/// Makes the address that answers of all areas leave from.
pub fn add_sender(connection: &mut Connection) -> Result<()> {
    connection.change("delete from sender", &[])?;
    connection.change(
        "insert into sender (id, address, name, active, is_default, version)
         values (1, $1, 'Support', 1, 1, 1)",
        &[Value::Text(ADDRESS.to_owned())],
    )
}
