//! What happened to a ticket, one line each.

use maud::{Markup, html};
use values::Language;

use crate::feature::regroup::page::origin;
use crate::record::frame::{Moment, Status, icon, moment};
use crate::texts;

/// Something that happened to a ticket.
#[derive(Clone, Debug)]
pub struct Event {
    /// Who did it: a person, a rule, or Laufzettel itself.
    pub who: String,
    /// What happened.
    pub what: What,
    /// When.
    pub time: Moment,
    /// The number of the merged ticket to which it happened.
    pub from: Option<String>,
}

/// Where a person put a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placed {
    /// Into the ticket.
    IntoTicket,
    /// The ticket was made of it.
    AsTicket,
}

/// What happened to a ticket. Values are names, ready to print; `None` means the property was cleared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The ticket was made.
    Created,
    /// The status changed.
    Status(Status),
    /// Somebody else, or nobody, is responsible.
    Assignee(Option<String>),
    /// It moved to another area.
    Area(String),
    /// The queue changed.
    Queue(Option<String>),
    /// The category changed.
    Category(Option<String>),
    /// The request type changed.
    RequestType(Option<String>),
    /// The priority changed.
    Priority(String),
    /// A tag was added.
    TagAdded(String),
    /// A tag was removed.
    TagRemoved(String),
    /// Somebody else asks.
    Contact(String),
    /// The deadline changed.
    Due(Option<String>),
    /// The day on which it comes back changed.
    Resubmission(Option<String>),
    /// It came back.
    Resubmitted,
    /// The subject changed.
    Subject(String),
    /// It was put aside as spam.
    Spam,
    /// It went to the bin.
    Binned,
    /// It came back from spam or bin.
    Restored,
    /// It was linked with another ticket, by number.
    Linked(String),
    /// A mail did not arrive; what the server said.
    NotDelivered(String),
    /// A recipient's program says that a mail was read.
    ReadBy(String),
    /// A recipient's program says that a mail was deleted unread.
    DeletedUnread(String),
    /// A provider says that somebody complained about a mail.
    Complained(String),
    /// Somebody got an automatic answer.
    Acknowledged(String),
    /// An address gets no automatic answers any more.
    FellSilent(String),
    /// It gets them again.
    SilenceLifted(String),
    /// An answer was brought back before it left.
    Recalled,
    /// A mark was set, by name.
    MarkSet(String),
    /// A mark was taken away, by name.
    MarkTaken(String),
    /// Whether the customer is told of what is done was said.
    Notify(bool),
    /// A mail was sent once more.
    SentAgain,
    /// A mail was kept from leaving.
    Stopped,
    /// A message was changed after it was written.
    Corrected,
    /// A ticket was merged into this one, by number; it was taken back since.
    Merged(String),
    /// Messages came from a ticket; it was taken back since.
    Came(String),
    /// Messages went to a ticket; it was taken back since.
    Moved(String),
    /// Messages got a ticket of their own; it was taken back since.
    SplitOff(String),
    /// That was taken back; the other ticket's number.
    Separated(String),
    /// A mail that lay in no ticket was placed by hand.
    Placed(Placed),
}

/// One line of history.
pub fn event(language: Language, event: &Event) -> Markup {
    html! {
        p class="event" {
            (symbol(&event.what)) span { (sentence(language, &event.who, &event.what)) }
            @if let Some(number) = &event.from { (origin(language, number)) }
            (moment(&event.time))
        }
    }
}

fn symbol(what: &What) -> Markup {
    let name = match what {
        What::Status(status) => return icon(&format!("st-{}", status.glyph)),
        What::Created => "plus",
        What::Assignee(_) | What::Contact(_) => "user",
        What::Area(_) => "folder",
        What::Queue(_) => "list-checks",
        What::Category(_) | What::RequestType(_) | What::TagAdded(_) | What::TagRemoved(_) => "tag",
        What::Priority(_) => "pr-hoch",
        What::Due(_) => "clock",
        What::Resubmission(_) | What::Resubmitted => "wiedervorlage",
        What::Subject(_) => "pencil",
        What::Spam => "flag",
        What::Binned => "trash",
        What::Restored => "rotate-ccw",
        What::Linked(_) => "link",
        What::NotDelivered(_) | What::Complained(_) => "circle-alert",
        What::ReadBy(_) | What::DeletedUnread(_) | What::Acknowledged(_) => "mail",
        What::FellSilent(_) => "pause",
        What::SilenceLifted(_) => "rotate-ccw",
        What::MarkSet(_) | What::MarkTaken(_) => "flag",
        What::Notify(_) => "mail",
        What::SentAgain => "send",
        What::Stopped => "circle-x",
        What::Corrected => "pencil",
        What::Merged(_) | What::Came(_) | What::Moved(_) => "merge",
        What::SplitOff(_) | What::Separated(_) => "split",
        What::Placed(_) => "folder-input",
        What::Recalled => "rotate-ccw",
    };
    icon(name)
}

fn sentence(language: Language, who: &str, what: &What) -> Markup {
    let texts = texts::ticket(language);
    match what {
        What::Created => texts.event_created_html(who),
        What::Status(status) => texts.event_status_html(who, &status.name),
        What::Assignee(Some(name)) => texts.event_assignee_html(who, name),
        What::Assignee(None) => texts.event_unassigned_html(who),
        What::Area(name) => texts.event_area_html(who, name),
        What::Priority(name) => texts.event_priority_html(who, name),
        What::TagAdded(name) => texts.event_tag_added_html(who, name),
        What::TagRemoved(name) => texts.event_tag_removed_html(who, name),
        What::Contact(name) => texts.event_contact_html(who, name),
        What::Subject(name) => texts.event_subject_html(who, name),
        What::Spam => texts.event_spam_html(who),
        What::Binned => texts.event_binned_html(who),
        What::Restored => texts.event_restored_html(who),
        What::Linked(number) => texts.event_linked_html(who, number),
        What::NotDelivered(words) => texts.event_delivery_failed_html(words),
        What::ReadBy(address) => texts.event_read_html(address),
        What::DeletedUnread(address) => texts.event_deleted_unread_html(address),
        What::Complained(address) => texts.event_complained_html(address),
        What::Acknowledged(address) => texts.event_acknowledged_html(address),
        What::FellSilent(address) => texts.event_fell_silent_html(address),
        What::SilenceLifted(address) => texts.event_silence_lifted_html(who, address),
        What::Recalled => texts.event_recalled_html(who),
        What::MarkSet(name) => texts.event_mark_set_html(who, name),
        What::MarkTaken(name) => texts.event_mark_taken_html(who, name),
        What::Notify(true) => texts.event_notify_html(who),
        What::Notify(false) => texts.event_notify_not_html(who),
        What::SentAgain => texts.event_sent_again_html(who),
        What::Stopped => texts.event_stopped_html(who),
        What::Corrected => texts.event_corrected_html(who),
        What::Placed(Placed::IntoTicket) => texts.event_mail_placed_html(who),
        What::Placed(Placed::AsTicket) => texts.event_mail_made_html(who),
        What::Queue(Some(name)) => texts.event_queue_html(who, name),
        What::Queue(None) => texts.event_queue_cleared_html(who),
        What::Category(Some(name)) => texts.event_category_html(who, name),
        What::Category(None) => texts.event_category_cleared_html(who),
        What::RequestType(Some(name)) => texts.event_request_type_html(who, name),
        What::RequestType(None) => texts.event_request_type_cleared_html(who),
        What::Due(Some(time)) => texts.event_due_html(who, time),
        What::Resubmission(Some(time)) => texts.event_resubmission_html(who, time),
        What::Resubmission(None) => texts.event_resubmission_cleared_html(who),
        What::Resubmitted => texts.event_resubmitted_html(who),
        What::Due(None) => texts.event_due_cleared_html(who),
        What::Merged(_)
        | What::Came(_)
        | What::Moved(_)
        | What::SplitOff(_)
        | What::Separated(_) => regrouped(language, who, what),
    }
}

fn regrouped(language: Language, who: &str, what: &What) -> Markup {
    let texts = texts::regroup(language);
    match what {
        What::Merged(number) => texts.event_merged_html(who, number),
        What::Came(number) => texts.event_came_html(who, number),
        What::Moved(number) => texts.event_moved_html(who, number),
        What::SplitOff(number) => texts.event_split_html(who, number),
        What::Separated(number) => texts.event_separated_html(who, number),
        _ => Markup::default(),
    }
}
