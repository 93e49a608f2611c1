//! What people do, one folder each. Features know records and services, and hardly one another.

pub mod act;
pub mod agents;
pub mod api_docs;
pub mod change;
pub mod companies;
pub mod contacts;
pub mod create;
pub mod demo;
pub mod fetch;
pub mod health;
pub mod intake;
pub mod journal;
pub mod list;
pub mod lists;
pub mod live_updates;
pub mod mailboxes;
pub mod note;
pub mod profile;
pub mod receive;
pub mod resubmit;
pub mod search;
pub mod settings;
pub mod signin;
pub mod ticket;
pub mod tokens;
pub mod uploads;
