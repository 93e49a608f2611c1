//! Stories: what people and programs experience, told through the front door on both engines.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a story fails by panicking"
)]

mod acting;
mod actions;
mod answering;
mod api;
mod applications;
mod automatic_answers;
mod automatic_mail;
mod begun_tickets;
mod buckets;
mod content;
mod corpora;
mod correcting;
mod customer_pages;
mod customers;
mod documents;
mod fetching;
mod filters;
mod finding;
mod follow_ups;
mod forms;
mod house_mails;
mod importing;
mod intake;
mod intake_rule_pages;
mod intake_rules;
mod joining;
mod mailbox_options;
mod mailbox_pages;
mod new_ticket;
mod note_mails;
mod notices;
mod oauth;
mod offered;
mod outbox;
mod paging;
mod people;
mod placing;
mod presence;
mod profile;
mod racing;
mod reconciling;
mod regrouping;
mod reply;
mod resubmission;
mod rights;
mod screens;
mod sender_pages;
mod sending;
mod sent_copies;
mod sent_evidence;
mod settings;
mod setup;
mod spoiled;
mod text_blocks;
mod threading;
mod tickets;
mod watching;
mod without_ticket;
mod world;
