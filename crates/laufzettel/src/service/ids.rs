//! The ids of everything, each a type of its own.

use values::Id;

/// A ticket: the case.
pub enum Ticket {}
/// An entry of a conversation.
pub enum Message {}
/// An agent: internal user who works on tickets.
pub enum Agent {}
/// An area: container with own rights, mailboxes and numbering.
pub enum Area {}
/// An entry of one of the lists: status, priority, queue, and so on.
pub enum Entry {}
/// A person on record.
pub enum Contact {}
/// A business partner.
pub enum Company {}
/// A mailbox.
pub enum Mailbox {}
/// A mail that came in: an entry of the journal.
pub enum InboundMail {}
/// A mail that leaves.
pub enum OutboundMail {}
/// An address that mails leave from.
pub enum Sender {}
/// Something that somebody must still act on.
pub enum Job {}
/// A piece of text for answers.
pub enum TextBlock {}
/// An intake rule.
pub enum Rule {}
/// A file of a message, or one that waits for its message.
pub enum Attachment {}

/// The id of a ticket.
pub type TicketId = Id<Ticket>;
/// The id of a message.
pub type MessageId = Id<Message>;
/// The id of an agent.
pub type AgentId = Id<Agent>;
/// The id of an area.
pub type AreaId = Id<Area>;
/// The id of an entry of a list.
pub type EntryId = Id<Entry>;
/// The id of a contact.
pub type ContactId = Id<Contact>;
/// The id of a company.
pub type CompanyId = Id<Company>;
/// The id of a mailbox.
pub type MailboxId = Id<Mailbox>;
/// The id of a journal entry.
pub type MailId = Id<InboundMail>;
/// The id of an attachment.
pub type AttachmentId = Id<Attachment>;
/// The id of a mail that leaves.
pub type OutboundId = Id<OutboundMail>;
/// The id of a sender.
pub type SenderId = Id<Sender>;
/// The id of a job.
pub type JobId = Id<Job>;
/// The id of an intake rule.
pub type RuleId = Id<Rule>;
/// The id of a text block.
pub type TextBlockId = Id<TextBlock>;
