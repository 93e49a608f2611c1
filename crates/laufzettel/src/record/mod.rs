//! Records, loaded with a right, and small views that several features show.

pub mod actor;
pub mod administration;
pub mod area;
pub mod attention;
pub mod autoresponder;
pub mod body;
pub mod company_name;
pub mod contact;
pub mod counters;
pub mod customers;
pub mod directory;
pub mod draft;
pub mod draws;
pub mod fetching;
pub mod filter;
pub mod filter_names;
pub mod found;
pub mod frame;
pub mod hints;
pub mod intake_rule;
pub mod mail_rules;
pub mod mailbox;
pub mod message;
pub mod new_tickets;
pub mod number;
pub mod oauth;
pub mod our_address;
pub mod outgoing;
pub mod packed;
pub mod phone;
pub mod relay;
pub mod relaying;
pub mod sender;
pub mod sent_copy;
pub mod session;
pub mod show;
pub mod tags;
pub mod ticket;
pub mod ticket_list;
pub mod unindexed;
pub mod upload;
pub mod written;

pub use crate::service::ids::{
    Agent, AgentId, Area, AreaId, Attachment, AttachmentId, Company, CompanyId, Contact, ContactId,
    Entry, EntryId, InboundMail, JobId, MailId, Mailbox, MailboxId, Message, MessageId, OutboundId,
    OutboundMail, Regrouping, RegroupingId, Rule, RuleId, Sender, SenderId, TextBlock, TextBlockId,
    Ticket, TicketId,
};
