use proptest::prelude::*;
use values::{EmailAddress, Timestamp};

use super::*;
use crate::status::StatusKind;
use crate::subject::Strength;

const NOW: Timestamp = Timestamp::from_seconds(1_795_255_200);
const DAY: i64 = 86_400_000;

/// A mail, what is known about it, and the settings of its mailbox.
#[derive(Debug)]
struct Case {
    from: Option<EmailAddress>,
    mail: MailFacts<'static>,
    known: Known,
    settings: MailboxSettings,
}

/// A personal mail of a contact with the subject "Drucker", to a mailbox as delivered.
fn plain() -> Case {
    Case {
        from: EmailAddress::parse("ann@example.com").ok(),
        mail: MailFacts {
            class: MailClass::Personal,
            from: None,
            subject: "Drucker",
            received_at: NOW,
            has_message_id: true,
            is_our_message: false,
            has_our_loop_mark: false,
            has_forwarded_headers: false,
            wants_no_answer: false,
            back_on: None,
        },
        known: Known {
            same_delivery: None,
            same_octets: None,
            same_fingerprint: None,
            reused_message_id: None,
            sender: SenderKind::Contact,
            tickets: Vec::new(),
            now: NOW,
        },
        settings: MailboxSettings::default(),
    }
}

/// An open ticket with somebody responsible, in which the sender takes part.
fn ticket(id: i64, found: Vec<Found>) -> TicketCandidate {
    TicketCandidate {
        id,
        number: format!("AU-{id}"),
        subject: "Drucker raucht".into(),
        kind: StatusKind::WaitingRequester,
        has_assignee: true,
        sender_is_participant: true,
        sender_is_customer: true,
        mailbox_is_new: false,
        updated_at: NOW.plus_millis(-DAY),
        closed_at: None,
        after_closing: AfterClosing::default(),
        on_customer_answer: OnCustomerAnswer::default(),
        found,
    }
}

fn foreign_ticket(id: i64, found: Vec<Found>) -> TicketCandidate {
    TicketCandidate { sender_is_participant: false, ..ticket(id, found) }
}

fn own_id(reference: Reference) -> Found {
    Found::OwnMessageId { reference, is_valid: true, message_id: "own@x".into() }
}

fn forged_id() -> Found {
    let reference = Reference::InReplyTo;
    Found::OwnMessageId { reference, is_valid: false, message_id: "forged@x".into() }
}

fn foreign_id(reference: Reference) -> Found {
    Found::ForeignMessageId { reference, message_id: "foreign@y".into() }
}

const PARENT: Reference = Reference::InReplyTo;
const TAG: Found = Found::SubjectNumber(Strength::OwnTag);
const PLAIN: Found = Found::SubjectNumber(Strength::Plain);
const RETURNED: Found = Found::ReturnedMail { is_valid: true };

/// The decision in one line: outcome, what it does, the notices.
fn summary(case: &Case) -> String {
    let mail = MailFacts { from: case.from.as_ref(), ..case.mail.clone() };
    let decided = decide(&mail, &case.known, &case.settings);
    let ticket = |ticket: Option<i64>| ticket.map_or("-".into(), |id| id.to_string());
    let mut line = match &decided.decision {
        Decision::NewTicket(new) => {
            let answer = if new.may_be_answered_automatically { "answer" } else { "silent" };
            format!("link {} {answer}", ticket(new.linked_to))
        }
        Decision::FollowUp { ticket, status, seen, .. } => {
            let status = match status {
                StatusEffect::Keep => "keep",
                StatusEffect::Become(kind) => kind.code(),
            };
            format!(
                "{ticket} {status} {}",
                if *seen == SeenEffect::Keep { "seen" } else { "unseen" }
            )
        }
        Decision::Bounce { ticket: of, class } => format!("{} {}", ticket(*of), class.code()),
        Decision::Event { ticket, class } => format!("{ticket} {}", class.code()),
        Decision::Duplicate { of, key } => format!("{of} {key:?}"),
        Decision::Filtered(reason) => reason.code().into(),
        Decision::Unassigned { reason, about } => format!("{} {}", reason.code(), ticket(*about)),
    };
    line.insert_str(0, &format!("{} ", decided.decision.outcome()));
    for notice in &decided.notices {
        line.push_str(&format!(" !{}", notice.code()));
        if !notice.detail().is_empty() {
            line.push_str(&format!("={}", notice.detail()));
        }
    }
    line
}

/// What is changed in a plain case, and the decision.
type Row = (fn(&mut Case), &'static str);

fn check(rows: &[Row]) {
    for (change, expected) in rows {
        let mut case = plain();
        change(&mut case);
        assert_eq!(summary(&case), *expected);
    }
}

#[test]
fn a_mail_is_taken_once() {
    check(&[
        (|c| c.known.same_delivery = Some(5), "duplicate 5 Delivery"),
        (|c| c.known.same_octets = Some(5), "duplicate 5 Content"),
        (|c| c.known.same_fingerprint = Some(5), "duplicate 5 Fingerprint"),
        (
            |c| {
                c.known.same_octets = Some(5);
                c.mail.has_message_id = false;
            },
            "duplicate 5 Content",
        ),
        // A form without Message-ID was sent twice: two requests.
        (
            |c| {
                c.known.same_fingerprint = Some(5);
                c.mail.has_message_id = false;
            },
            "new_ticket link - answer",
        ),
        (
            |c| {
                c.known.same_fingerprint = Some(5);
                c.known.same_delivery = Some(4);
            },
            "duplicate 4 Delivery",
        ),
        (|c| c.known.reused_message_id = Some(5), "new_ticket link - answer !reused_message_id"),
        // A repeated delivery stays a duplicate even when it is too old by now.
        (
            |c| {
                c.known.same_delivery = Some(5);
                c.settings.from = Some(NOW.plus_millis(1));
            },
            "duplicate 5 Delivery",
        ),
    ]);
}

#[test]
fn own_mails_and_old_mails_are_filtered() {
    check(&[
        (|c| c.mail.is_our_message = true, "filtered own_mail"),
        (|c| c.mail.has_our_loop_mark = true, "filtered loop"),
        (
            |c| {
                c.mail.has_our_loop_mark = true;
                c.known.tickets = vec![ticket(7, vec![Found::ReplyToken])];
            },
            "filtered loop",
        ),
        (|c| c.settings.from = Some(NOW), "new_ticket link - answer"),
        (|c| c.settings.from = Some(NOW.plus_millis(1)), "filtered before_start"),
        (
            |c| {
                c.settings.age_days_max = Some(3);
                c.mail.received_at = NOW.plus_millis(-3 * DAY);
            },
            "new_ticket link - answer",
        ),
        (
            |c| {
                c.settings.age_days_max = Some(3);
                c.mail.received_at = NOW.plus_millis(-3 * DAY - 1);
            },
            "filtered too_old",
        ),
        // The server's clock runs ahead of ours.
        (
            |c| {
                c.settings.age_days_max = Some(0);
                c.mail.received_at = NOW.plus_millis(DAY);
            },
            "new_ticket link - answer",
        ),
    ]);
}

#[test]
fn a_delivery_report_goes_to_the_returned_mail_and_opens_no_ticket() {
    check(&[
        (
            |c| {
                c.mail.class = MailClass::BounceHard;
                c.known.tickets = vec![foreign_ticket(7, vec![RETURNED])];
            },
            "bounce 7 bounce_hard",
        ),
        (
            |c| {
                c.mail.class = MailClass::Delayed;
                c.known.sender = SenderKind::Unknown;
                c.settings.unknown_sender = UnknownSender::KnownOnly;
                c.known.tickets = vec![foreign_ticket(6, vec![TAG]), ticket(7, vec![RETURNED])];
            },
            "bounce 7 delayed",
        ),
        (
            |c| {
                c.mail.class = MailClass::BounceSoft;
                c.known.tickets =
                    vec![ticket(7, vec![Found::ReturnedMail { is_valid: false }, TAG])];
            },
            "bounce - bounce_soft !unmatched_report",
        ),
        (|c| c.mail.class = MailClass::BounceHard, "bounce - bounce_hard !unmatched_report"),
    ]);
}

#[test]
fn a_participant_joins_by_any_clue() {
    check(&[
        (
            |c| c.known.tickets = vec![ticket(7, vec![Found::ReplyToken])],
            "follow_up 7 in_progress unseen",
        ),
        (
            |c| c.known.tickets = vec![ticket(7, vec![own_id(PARENT)])],
            "follow_up 7 in_progress unseen",
        ),
        (
            |c| c.known.tickets = vec![ticket(7, vec![own_id(Reference::References(9))])],
            "follow_up 7 in_progress unseen",
        ),
        (
            |c| c.known.tickets = vec![ticket(7, vec![foreign_id(PARENT)])],
            "follow_up 7 in_progress unseen",
        ),
        (|c| c.known.tickets = vec![ticket(7, vec![TAG])], "follow_up 7 in_progress unseen"),
        (|c| c.known.tickets = vec![ticket(7, vec![PLAIN])], "follow_up 7 in_progress unseen"),
        // Somebody who is nowhere on record, but wrote the ticket.
        (
            |c| {
                c.known.sender = SenderKind::Unknown;
                c.settings.unknown_sender = UnknownSender::KnownOnly;
                c.known.tickets = vec![ticket(7, vec![TAG])];
            },
            "follow_up 7 in_progress unseen",
        ),
        // A person wrote to a list; the list carries it, and nobody answers it automatically.
        (
            |c| {
                c.mail.class = MailClass::List;
                c.known.tickets = vec![ticket(7, vec![TAG])];
            },
            "follow_up 7 in_progress unseen",
        ),
    ]);
}

#[test]
fn headers_win_over_the_subject_and_the_rest_is_told() {
    check(&[
        (
            |c| c.known.tickets = vec![ticket(6, vec![TAG]), ticket(7, vec![foreign_id(PARENT)])],
            "follow_up 7 in_progress unseen !other_tickets=AU-6",
        ),
        (
            |c| {
                c.known.tickets = vec![
                    ticket(6, vec![own_id(PARENT)]),
                    foreign_ticket(7, vec![Found::ReplyToken]),
                ];
            },
            "follow_up 7 in_progress unseen !other_tickets=AU-6",
        ),
        (
            |c| {
                c.known.tickets = vec![
                    ticket(6, vec![own_id(Reference::References(3))]),
                    ticket(7, vec![own_id(Reference::References(0))]),
                ];
            },
            "follow_up 7 in_progress unseen !other_tickets=AU-6",
        ),
        // Equally strong: the one with more clues, then the one last changed.
        (
            |c| c.known.tickets = vec![ticket(6, vec![TAG]), ticket(7, vec![TAG, PLAIN])],
            "follow_up 7 in_progress unseen !other_tickets=AU-6",
        ),
        (
            |c| {
                c.known.tickets = vec![ticket(6, vec![TAG]), ticket(7, vec![TAG])];
                c.known.tickets[0].updated_at = NOW;
            },
            "follow_up 6 in_progress unseen !other_tickets=AU-7",
        ),
        // A ticket that the sender takes part in wins over one that is only claimed.
        (
            |c| {
                c.known.tickets =
                    vec![foreign_ticket(6, vec![own_id(PARENT), TAG]), ticket(7, vec![PLAIN])];
            },
            "follow_up 7 in_progress unseen",
        ),
    ]);
}

#[test]
fn a_stranger_does_not_join() {
    check(&[
        (
            |c| c.known.tickets = vec![foreign_ticket(7, vec![TAG])],
            "new_ticket link 7 answer !claims_ticket=AU-7",
        ),
        (
            |c| c.known.tickets = vec![foreign_ticket(7, vec![own_id(PARENT)])],
            "new_ticket link 7 answer !claims_ticket=AU-7",
        ),
        (
            |c| c.known.tickets = vec![foreign_ticket(7, vec![foreign_id(PARENT)])],
            "new_ticket link 7 answer !claims_ticket=AU-7",
        ),
        // A reply address is a key: whoever holds it comes in.
        (
            |c| c.known.tickets = vec![foreign_ticket(7, vec![Found::ReplyToken])],
            "follow_up 7 in_progress unseen",
        ),
        (
            |c| {
                c.known.tickets = vec![foreign_ticket(7, vec![TAG])];
                c.settings.stranger_with_number = StrangerWithNumber::Append;
            },
            "follow_up 7 in_progress unseen !stranger_joined",
        ),
        (
            |c| {
                c.known.tickets = vec![foreign_ticket(7, vec![TAG])];
                c.settings.stranger_with_number = StrangerWithNumber::Unassigned;
            },
            "unassigned stranger 7 !claims_ticket=AU-7",
        ),
        (
            |c| {
                c.known.tickets = vec![foreign_ticket(7, vec![TAG])];
                c.known.sender = SenderKind::Unknown;
                c.settings.unknown_sender = UnknownSender::KnownOnly;
            },
            "unassigned unknown_sender 7 !claims_ticket=AU-7",
        ),
        // A forged reference joins nothing, whoever sends it and whatever the setting.
        (
            |c| {
                c.known.tickets = vec![ticket(7, vec![forged_id()])];
                c.settings.stranger_with_number = StrangerWithNumber::Append;
            },
            "new_ticket link 7 answer !claims_ticket=AU-7 !forged_reference=forged@x",
        ),
        (
            |c| c.known.tickets = vec![ticket(7, vec![forged_id(), TAG])],
            "follow_up 7 in_progress unseen",
        ),
        // Without an author nobody takes part.
        (
            |c| {
                c.from = None;
                c.known.sender = SenderKind::Unknown;
                c.known.tickets = vec![ticket(7, vec![own_id(PARENT)])];
            },
            "new_ticket link 7 silent !claims_ticket=AU-7",
        ),
        // Of several claims the strongest is told.
        (
            |c| {
                c.known.tickets =
                    vec![foreign_ticket(6, vec![PLAIN]), foreign_ticket(7, vec![TAG])];
            },
            "new_ticket link 7 answer !claims_ticket=AU-7",
        ),
    ]);
}

#[test]
fn an_agents_address_proves_nothing() {
    check(&[
        (
            |c| {
                c.known.sender = SenderKind::Agent;
                c.known.tickets = vec![foreign_ticket(7, vec![own_id(PARENT), TAG])];
            },
            "new_ticket link 7 answer !claims_ticket=AU-7 !agent_without_proof",
        ),
        (
            |c| {
                c.known.sender = SenderKind::Agent;
                c.settings.unknown_sender = UnknownSender::KnownOnly;
            },
            "new_ticket link - answer !agent_without_proof",
        ),
        // An agent who asked himself is a requester like any other.
        (
            |c| {
                c.known.sender = SenderKind::Agent;
                c.known.tickets = vec![ticket(7, vec![TAG])];
            },
            "follow_up 7 in_progress unseen !agent_without_proof",
        ),
        // A form sends with our own address; it takes part in nothing and gets no answer.
        (
            |c| {
                c.known.sender = SenderKind::OwnMailbox;
                c.known.tickets = vec![ticket(7, vec![TAG])];
            },
            "new_ticket link 7 silent !claims_ticket=AU-7 !own_address_as_sender",
        ),
        (
            |c| c.known.sender = SenderKind::OwnMailbox,
            "new_ticket link - silent !own_address_as_sender",
        ),
    ]);
}

#[test]
fn a_number_that_does_not_exist_makes_a_new_ticket() {
    check(&[
        (|c| c.mail.subject = "[#AU-9] Drucker", "new_ticket link - answer !unknown_number=au-9"),
        (
            |c| c.mail.subject = "Ticket #202611210042",
            "new_ticket link - answer !unknown_number=202611210042",
        ),
        // A number that may be anything is not worth a notice.
        (|c| c.mail.subject = "Bestellung #5, AU-9", "new_ticket link - answer"),
        (
            |c| {
                c.mail.subject = "[#AU-9] [#AU-7] Drucker";
                c.known.tickets = vec![ticket(7, vec![TAG])];
            },
            "follow_up 7 in_progress unseen",
        ),
    ]);
}

#[test]
fn a_similar_subject_joins_where_that_is_wanted() {
    check(&[
        (
            |c| c.known.tickets = vec![ticket(7, vec![Found::TicketOfSender])],
            "new_ticket link - answer",
        ),
        (
            |c| {
                c.mail.subject = "AW: Drucker raucht!";
                c.settings.join_open_ticket = Some(80);
                c.known.tickets = vec![ticket(7, vec![Found::TicketOfSender])];
            },
            "follow_up 7 in_progress unseen",
        ),
        (
            |c| {
                c.mail.subject = "Rechnung falsch";
                c.settings.join_open_ticket = Some(80);
                c.known.tickets = vec![ticket(7, vec![Found::TicketOfSender])];
            },
            "new_ticket link - answer",
        ),
        (
            |c| {
                c.mail.subject = "xyz";
                c.settings.join_open_ticket = Some(0);
                c.known.tickets = vec![ticket(7, vec![Found::TicketOfSender])];
            },
            "follow_up 7 in_progress unseen",
        ),
        (
            |c| {
                c.mail.subject = "Drucker raucht";
                c.settings.join_open_ticket = Some(80);
                c.known.tickets = vec![ticket(7, vec![Found::TicketOfSender])];
                c.known.tickets[0].kind = StatusKind::Done;
            },
            "new_ticket link - answer",
        ),
        (
            |c| {
                c.mail.subject = "Drucker raucht";
                c.settings.join_open_ticket = Some(80);
                c.known.tickets = vec![foreign_ticket(7, vec![Found::TicketOfSender])];
            },
            "new_ticket link - answer",
        ),
        // The likest wins, and any other clue wins over likeness.
        (
            |c| {
                c.mail.subject = "Drucker raucht";
                c.settings.join_open_ticket = Some(50);
                c.known.tickets = vec![
                    ticket(6, vec![Found::TicketOfSender]),
                    ticket(7, vec![Found::TicketOfSender]),
                ];
                c.known.tickets[0].subject = "Drucker raucht nicht".into();
                c.known.tickets[0].updated_at = NOW;
            },
            "follow_up 7 in_progress unseen",
        ),
        (
            |c| {
                c.mail.subject = "Drucker raucht";
                c.settings.join_open_ticket = Some(50);
                c.known.tickets =
                    vec![ticket(6, vec![Found::TicketOfSender]), ticket(7, vec![PLAIN])];
            },
            "follow_up 7 in_progress unseen",
        ),
    ]);
}

#[test]
fn a_mail_forwarded_to_another_mailbox_is_a_new_ticket() {
    check(&[
        (
            |c| {
                c.mail.subject = "WG: [#AU-7] Drucker";
                c.mail.has_forwarded_headers = true;
                c.known.tickets = vec![ticket(7, vec![TAG])];
                c.known.tickets[0].mailbox_is_new = true;
            },
            "new_ticket link 7 answer !forwarded_from=AU-7",
        ),
        // To the mailbox of the ticket: meant for the ticket.
        (
            |c| {
                c.mail.subject = "WG: [#AU-7] Drucker";
                c.mail.has_forwarded_headers = true;
                c.known.tickets = vec![ticket(7, vec![TAG])];
            },
            "follow_up 7 in_progress unseen",
        ),
        // A reply by its headers, whatever its prefix.
        (
            |c| {
                c.mail.subject = "WG: [#AU-7] Drucker";
                c.mail.has_forwarded_headers = true;
                c.known.tickets = vec![ticket(7, vec![TAG, own_id(PARENT)])];
                c.known.tickets[0].mailbox_is_new = true;
            },
            "follow_up 7 in_progress unseen",
        ),
        // Nothing is forwarded in it, only the prefix is there.
        (
            |c| {
                c.mail.subject = "WG: [#AU-7] Drucker";
                c.known.tickets = vec![ticket(7, vec![TAG])];
                c.known.tickets[0].mailbox_is_new = true;
            },
            "follow_up 7 in_progress unseen",
        ),
        // A stranger forwards it, where strangers may append.
        (
            |c| {
                c.mail.subject = "Fwd: [#AU-7] Drucker";
                c.mail.has_forwarded_headers = true;
                c.settings.stranger_with_number = StrangerWithNumber::Append;
                c.known.tickets = vec![foreign_ticket(7, vec![TAG])];
                c.known.tickets[0].mailbox_is_new = true;
            },
            "new_ticket link 7 answer !forwarded_from=AU-7",
        ),
    ]);
}

#[test]
fn what_no_person_wrote_joins_silently_and_opens_no_ticket() {
    check(&[
        (
            |c| {
                c.mail.class = MailClass::OutOfOffice;
                c.known.tickets = vec![ticket(7, vec![own_id(PARENT)])];
            },
            "follow_up 7 keep seen",
        ),
        (
            |c| {
                c.mail.class = MailClass::AutoAcknowledgement;
                c.known.tickets = vec![ticket(7, vec![TAG])];
                c.known.tickets[0].kind = StatusKind::Done;
                c.known.tickets[0].after_closing = AfterClosing::NewTicketAfterDays(0);
                c.known.tickets[0].closed_at = Some(NOW.plus_millis(-9 * DAY));
            },
            "follow_up 7 keep seen",
        ),
        (
            |c| {
                c.mail.class = MailClass::ReadReceipt;
                c.known.tickets = vec![foreign_ticket(7, vec![RETURNED])];
            },
            "event 7 read_receipt",
        ),
        (
            |c| {
                c.mail.class = MailClass::AbuseReport;
                c.known.tickets = vec![ticket(7, vec![own_id(PARENT)])];
            },
            "event 7 abuse_report",
        ),
        (
            |c| {
                c.mail.class = MailClass::AbuseReport;
                c.known.tickets = vec![foreign_ticket(7, vec![own_id(PARENT)])];
            },
            "filtered automatic !claims_ticket=AU-7",
        ),
        (
            |c| {
                c.mail.class = MailClass::AggregateReport;
                c.known.tickets = vec![ticket(7, vec![own_id(PARENT), TAG])];
            },
            "filtered automatic",
        ),
        // What is returned in a mail that is no report proves nothing.
        (|c| c.known.tickets = vec![ticket(7, vec![RETURNED])], "new_ticket link - answer"),
        (
            |c| {
                c.mail.class = MailClass::CalendarReply;
                c.known.tickets = vec![foreign_ticket(7, vec![TAG])];
            },
            "filtered automatic !claims_ticket=AU-7",
        ),
        (
            |c| {
                c.mail.class = MailClass::OutOfOffice;
                c.known.sender = SenderKind::Unknown;
                c.settings.unknown_sender = UnknownSender::KnownOnly;
            },
            "filtered automatic",
        ),
        (
            |c| {
                c.mail.class = MailClass::AutoGenerated;
                c.known.tickets = vec![foreign_ticket(7, vec![TAG])];
                c.settings.stranger_with_number = StrangerWithNumber::Append;
            },
            "follow_up 7 keep seen !stranger_joined",
        ),
        (|c| c.mail.class = MailClass::AutoGenerated, "filtered automatic"),
        (|c| c.mail.wants_no_answer = true, "new_ticket link - silent"),
        (|c| c.mail.class = MailClass::Newsletter, "new_ticket link - silent"),
        (|c| c.mail.class = MailClass::List, "new_ticket link - silent"),
    ]);
}

#[test]
fn a_mailbox_may_take_only_known_senders_or_some_domains() {
    fn unknown(c: &mut Case, setting: UnknownSender) {
        c.known.sender = SenderKind::Unknown;
        c.settings.unknown_sender = setting;
    }
    check(&[
        (|c| unknown(c, UnknownSender::Ticket), "new_ticket link - answer"),
        (|c| unknown(c, UnknownSender::KnownOnly), "unassigned unknown_sender -"),
        (|c| c.settings.unknown_sender = UnknownSender::KnownOnly, "new_ticket link - answer"),
        (|c| unknown(c, UnknownSender::KnownOrDomains), "unassigned unknown_sender -"),
        (
            |c| {
                unknown(c, UnknownSender::KnownOrDomains);
                c.settings.domains = vec!["firma.de".into(), "example.*".into()];
            },
            "new_ticket link - answer",
        ),
        (
            |c| {
                unknown(c, UnknownSender::KnownOrDomains);
                c.settings.domains = vec!["*".into()];
                c.from = None;
            },
            "unassigned unknown_sender -",
        ),
    ]);
}

#[test]
fn a_follow_up_moves_the_status_by_stage_and_assignee() {
    use StatusKind::*;
    let table = [
        (Unread, true, "follow_up 7 in_progress unseen"),
        (Unread, false, "follow_up 7 keep unseen"),
        (Read, false, "follow_up 7 unread unseen"),
        (Assigned, true, "follow_up 7 in_progress unseen"),
        (InProgress, true, "follow_up 7 keep unseen"),
        (InProgress, false, "follow_up 7 unread unseen"),
        (WaitingRequester, true, "follow_up 7 in_progress unseen"),
        (WaitingInternal, true, "follow_up 7 in_progress unseen"),
        (ToClarify, false, "follow_up 7 unread unseen"),
        (OnHold, true, "follow_up 7 in_progress unseen"),
        (Done, true, "follow_up 7 unread unseen"),
        (Done, false, "follow_up 7 unread unseen"),
        (Cancelled, true, "follow_up 7 unread unseen"),
        (Trash, true, "follow_up 7 unread unseen"),
    ];
    for (kind, has_assignee, expected) in table {
        let mut case = plain();
        case.known.tickets = vec![TicketCandidate { kind, has_assignee, ..ticket(7, vec![TAG]) }];
        assert_eq!(summary(&case), expected, "{kind:?} {has_assignee}");
    }
}

#[test]
fn an_area_says_what_a_follow_up_to_a_closed_ticket_does() {
    let closed = |after_closing, days: i64| TicketCandidate {
        kind: StatusKind::Done,
        closed_at: Some(NOW.plus_millis(-days * DAY)),
        after_closing,
        ..ticket(7, vec![Found::ReplyToken])
    };
    let table = [
        (AfterClosing::ReopenAsNew, 400, "follow_up 7 unread unseen"),
        (AfterClosing::ReopenAsOpen, 400, "follow_up 7 in_progress unseen"),
        (AfterClosing::NewTicketAfterDays(14), 14, "follow_up 7 unread unseen"),
        (
            AfterClosing::NewTicketAfterDays(14),
            15,
            "new_ticket link 7 answer !closed_long_ago=AU-7",
        ),
    ];
    for (after_closing, days, expected) in table {
        let mut case = plain();
        case.known.tickets = vec![closed(after_closing, days)];
        assert_eq!(summary(&case), expected, "{after_closing:?} {days}");
    }
}

#[test]
fn an_area_says_which_status_an_answer_gives() {
    let table = [
        (OnCustomerAnswer::ByAssignee, true, "follow_up 7 in_progress unseen"),
        (OnCustomerAnswer::ByAssignee, false, "follow_up 7 unread unseen"),
        (OnCustomerAnswer::Unread, true, "follow_up 7 unread unseen"),
        (OnCustomerAnswer::Unread, false, "follow_up 7 unread unseen"),
        (OnCustomerAnswer::InProgress, true, "follow_up 7 in_progress unseen"),
        (OnCustomerAnswer::InProgress, false, "follow_up 7 in_progress unseen"),
    ];
    for (on_customer_answer, has_assignee, expected) in table {
        let mut case = plain();
        let kind = StatusKind::WaitingRequester;
        let waiting = TicketCandidate { kind, has_assignee, ..ticket(7, vec![TAG]) };
        case.known.tickets = vec![TicketCandidate { on_customer_answer, ..waiting }];
        assert_eq!(summary(&case), expected, "{on_customer_answer:?} {has_assignee}");
        // What is closed opens as its area says of closed tickets.
        let mut closed = case.known.tickets[0].clone();
        closed.kind = StatusKind::Done;
        case.known.tickets = vec![closed];
        assert_eq!(summary(&case), "follow_up 7 unread unseen", "{on_customer_answer:?}");
    }
    assert_eq!(OnCustomerAnswer::from_code("unread"), Some(OnCustomerAnswer::Unread));
    assert_eq!(OnCustomerAnswer::from_code("done"), None);
}

fn evidence(case: &Case) -> Vec<String> {
    let mail = MailFacts { from: case.from.as_ref(), ..case.mail.clone() };
    let decided = decide(&mail, &case.known, &case.settings);
    let line = |e: &Evidence| format!("{} {} {}", e.clue.code(), e.detail, e.weight);
    decided.evidence.iter().map(line).collect()
}

#[test]
fn the_evidence_says_what_counted_and_what_did_not() {
    let mut case = plain();
    case.known.tickets =
        vec![ticket(7, vec![TAG, own_id(PARENT), forged_id()]), foreign_ticket(8, vec![PLAIN])];
    assert_eq!(
        evidence(&case),
        [
            "own_message_id own@x 90",
            "subject_number AU-7 50",
            "participant ann@example.com 10",
            "forged_message_id forged@x 0",
            "subject_number AU-8 0",
        ]
    );
    let mut case = plain();
    case.known.tickets = vec![foreign_ticket(7, vec![TAG])];
    assert_eq!(
        evidence(&case),
        ["setting linked_ticket 50", "stranger ann@example.com 0", "subject_number AU-7 0"]
    );
    case.mail.class = MailClass::BounceHard;
    assert_eq!(
        evidence(&case),
        ["subject_number AU-7 0", "mail_class bounce_hard 0", "class_action note_delivery 0"]
    );
    case.settings.stranger_with_number = StrangerWithNumber::Append;
    case.mail.class = MailClass::Personal;
    assert_eq!(
        evidence(&case),
        ["setting append 50", "stranger ann@example.com 0", "subject_number AU-7 0"]
    );
    case.known.same_delivery = Some(5);
    assert_eq!(evidence(&case), ["same_delivery 5 100"]);
    assert_eq!(evidence(&plain()), [] as [&str; 0]);
}

#[test]
fn the_class_and_what_follows_from_it_stand_among_the_evidence() {
    let mut case = plain();
    case.mail.class = MailClass::OutOfOffice;
    case.mail.back_on = Some(jiff::civil::date(2026, 12, 1));
    assert_eq!(
        evidence(&case),
        ["mail_class out_of_office 100", "class_action resubmit 0", "back_on 2026-12-01 0"]
    );
    case.known.tickets = vec![ticket(7, vec![own_id(PARENT)])];
    let found = evidence(&case);
    assert!(found.contains(&"mail_class out_of_office 0".to_owned()), "{found:?}");
    assert!(found.contains(&"class_action resubmit 0".to_owned()), "{found:?}");
}

#[test]
fn every_class_has_its_action() {
    let actions = MailClass::ALL.map(|class| class.action().code());
    assert_eq!(
        actions,
        [
            "ticket",
            "note_delivery",
            "note_delivery",
            "note_delivery",
            "resubmit",
            "attach",
            "ticket_unanswered",
            "ticket_unanswered",
            "attach",
            "event",
            "attach",
            "event",
            "list",
        ]
    );
}

#[test]
fn codes_of_settings_and_classes_are_read_back() {
    for class in MailClass::ALL {
        assert_eq!(MailClass::from_code(class.code()), Some(class));
    }
    for code in ["ticket", "known_only", "known_or_domains"] {
        assert_eq!(UnknownSender::from_code(code).map(UnknownSender::code), Some(code));
    }
    for code in ["linked_ticket", "append", "unassigned"] {
        assert_eq!(StrangerWithNumber::from_code(code).map(StrangerWithNumber::code), Some(code));
    }
    assert_eq!(StrangerWithNumber::from_code("join"), None);
}

fn any_found() -> impl Strategy<Value = Found> {
    prop::sample::select(vec![
        Found::ReplyToken,
        own_id(PARENT),
        own_id(Reference::References(2)),
        forged_id(),
        foreign_id(PARENT),
        foreign_id(Reference::References(u16::MAX)),
        TAG,
        PLAIN,
        Found::TicketOfSender,
        RETURNED,
        Found::ReturnedMail { is_valid: false },
    ])
}

prop_compose! {
    fn any_ticket()(
        id in 1_i64..5,
        kind in prop::sample::select(StatusKind::ALL.to_vec()),
        [has_assignee, sender_is_participant, sender_is_customer, mailbox_is_new] in any::<[bool; 4]>(),
        closed_days in prop::option::of(0_i64..30),
        after_closing in prop::sample::select(vec![
            AfterClosing::ReopenAsNew,
            AfterClosing::ReopenAsOpen,
            AfterClosing::NewTicketAfterDays(14),
        ]),
        found in prop::collection::vec(any_found(), 0..4),
    ) -> TicketCandidate {
        let closed_at = closed_days.map(|days| NOW.plus_millis(-days * DAY));
        TicketCandidate {
            kind, has_assignee, sender_is_participant, sender_is_customer, mailbox_is_new, closed_at,
            after_closing, ..ticket(id, found)
        }
    }
}

prop_compose! {
    fn any_case()(
        class in prop::sample::select(MailClass::ALL.to_vec()),
        sender in prop::sample::select(vec![
            SenderKind::Unknown, SenderKind::Contact, SenderKind::Agent, SenderKind::OwnMailbox,
        ]),
        subject in prop::sample::select(vec![
            "Drucker raucht", "WG: [#AU-1] Drucker raucht", "Ticket #99", "",
        ]),
        unknown_sender in prop::sample::select(vec![
            UnknownSender::Ticket, UnknownSender::KnownOnly, UnknownSender::KnownOrDomains,
        ]),
        stranger in prop::sample::select(vec![
            StrangerWithNumber::LinkedTicket,
            StrangerWithNumber::Append,
            StrangerWithNumber::Unassigned,
        ]),
        join_open_ticket in prop::option::of(0_u8..=100),
        [has_from, has_message_id, has_forwarded_headers, customers_only] in any::<[bool; 4]>(),
        tickets in prop::collection::vec(any_ticket(), 0..4),
    ) -> Case {
        let mut case = plain();
        if !has_from {
            case.from = None;
        }
        case.mail.class = class;
        case.mail.subject = subject;
        case.mail.has_message_id = has_message_id;
        case.mail.has_forwarded_headers = has_forwarded_headers;
        case.known.sender = sender;
        case.settings.customers_only = customers_only;
        case.known.tickets = tickets;
        case.settings.unknown_sender = unknown_sender;
        case.settings.stranger_with_number = stranger;
        case.settings.join_open_ticket = join_open_ticket;
        case
    }
}

/// F-MAIL-25: whoever does not belong to the customer of the ticket that is meant changes nothing.
#[test]
fn with_the_ownership_check_only_the_customer_joins() {
    let mut case = plain();
    case.settings.customers_only = true;
    let other = |found| TicketCandidate { sender_is_customer: false, ..ticket(7, found) };
    for found in [TAG, own_id(PARENT), foreign_id(PARENT), Found::ReplyToken] {
        case.known.tickets = vec![ticket(7, vec![found.clone()])];
        assert!(summary(&case).starts_with("follow_up 7"), "{}", summary(&case));
        case.known.tickets = vec![other(vec![found.clone()])];
        assert!(summary(&case).starts_with("unassigned stranger 7"), "{}", summary(&case));
        case.known.sender = SenderKind::OwnMailbox;
        case.known.tickets = vec![ticket(7, vec![found])];
        assert!(summary(&case).starts_with("unassigned stranger 7"), "{}", summary(&case));
        case.known.sender = SenderKind::Contact;
    }
    case.known.tickets = vec![other(vec![Found::TicketOfSender])];
    assert!(summary(&case).starts_with("new_ticket"), "without a number it is an ordinary mail");
}

proptest! {
    #[test]
    fn nobody_joins_without_a_token_part_in_the_ticket_or_the_setting(case in any_case()) {
        let mail = MailFacts { from: case.from.as_ref(), ..case.mail.clone() };
        let decided = decide(&mail, &case.known, &case.settings);
        if let Decision::FollowUp { ticket, status, seen, class } = decided.decision {
            let may_join = |candidate: &TicketCandidate| {
                candidate.id == ticket
                    && (candidate.found.contains(&Found::ReplyToken)
                        || (candidate.sender_is_participant
                            && case.from.is_some()
                            && case.known.sender != SenderKind::OwnMailbox)
                        || case.settings.stranger_with_number == StrangerWithNumber::Append)
                    && (candidate.sender_is_customer || !case.settings.customers_only)
            };
            prop_assert!(case.known.tickets.iter().any(may_join));
            prop_assert!(!class.is_delivery_report());
            if class.is_automatic() {
                prop_assert_eq!((status, seen), (StatusEffect::Keep, SeenEffect::Keep));
            }
        }
    }

    #[test]
    fn only_forged_clues_never_join(mut case in any_case()) {
        for ticket in &mut case.known.tickets {
            ticket.found = vec![forged_id()];
        }
        prop_assert!(!summary(&case).starts_with("follow_up"));
    }

    #[test]
    fn the_order_of_the_facts_does_not_matter(mut case in any_case()) {
        for (id, ticket) in (1..).zip(&mut case.known.tickets) {
            ticket.id = id;
            ticket.number = format!("AU-{id}");
        }
        let before = summary(&case);
        case.known.tickets.reverse();
        for ticket in &mut case.known.tickets {
            ticket.found.reverse();
        }
        let is_report = case.mail.class.is_delivery_report();
        prop_assert!(is_report || summary(&case) == before, "{before} / {}", summary(&case));
    }

    #[test]
    fn an_automatic_answer_goes_only_to_a_person_with_an_address(case in any_case()) {
        let mail = MailFacts { from: case.from.as_ref(), ..case.mail.clone() };
        let decision = decide(&mail, &case.known, &case.settings).decision;
        if let Decision::NewTicket(NewTicket { may_be_answered_automatically: true, class, .. }) = decision {
            prop_assert_eq!(class, MailClass::Personal);
            prop_assert!(case.from.is_some());
            prop_assert!(case.known.sender != SenderKind::OwnMailbox);
        }
    }
}

mod ruled {
    use super::*;
    use crate::filter::{Dialect, Field, MailFilter, MailToMatch, Names, parse_in};
    use crate::intake::rule::{Empty, Entry, Rule, parse_actions};

    struct NoNames;

    impl Names for NoNames {
        fn ids(&self, _: Field, _: &str) -> Vec<i64> {
            Vec::new()
        }

        fn name(&self, _: Field, _: i64) -> Option<String> {
            None
        }
    }

    fn rule(id: i64, condition: &str, actions: &str) -> Rule {
        Rule {
            id,
            name: format!("Regel {id}"),
            mailbox: None,
            condition: MailFilter::of(&parse_in(condition, Dialect::Mails).tree),
            actions: parse_actions(actions, &NoNames).unwrap(),
        }
    }

    fn decided(case: &Case, rules: &[Rule]) -> Ruled {
        let mail = MailFacts { from: case.from.as_ref(), ..case.mail.clone() };
        let view = MailToMatch { subject: case.mail.subject, ..MailToMatch::default() };
        let empty = Empty::default();
        decide_with_rules(&mail, &case.known, &case.settings, rules, &view, &empty).unwrap()
    }

    fn first_clue(ruled: &Ruled) -> (&'static str, &str) {
        let first = &ruled.decided.evidence[0];
        (first.clue.code(), &first.detail)
    }

    #[test]
    fn a_new_ticket_gets_what_rules_want_and_the_evidence_names_them() {
        let rules =
            [rule(1, "betreff:drucker", "bereich:#2"), rule(2, "betreff:anders", "bereich:#3")];
        let ruled = decided(&plain(), &rules);
        assert_eq!(ruled.decided.decision.outcome(), "new_ticket");
        assert_eq!(
            (ruled.fired.as_slice(), first_clue(&ruled)),
            ([1].as_slice(), ("rule", "Regel 1"))
        );
        assert_eq!(ruled.plan.entries.get(&Entry::Area), Some(&2));
    }

    #[test]
    fn rules_are_not_asked_where_a_mail_joins_a_ticket() {
        let mut case = plain();
        case.known.tickets = vec![ticket(7, vec![Found::ReplyToken])];
        let ruled = decided(&case, &[rule(1, "", "mail:ablehnen")]);
        assert_eq!(ruled.decided.decision.outcome(), "follow_up");
        assert_eq!(ruled.fired, [0_i64; 0]);
    }

    #[test]
    fn what_a_machine_wrote_becomes_a_ticket_only_by_a_rule_that_takes_it() {
        let mut case = plain();
        case.mail.class = MailClass::AutoGenerated;
        let untouched = decided(&case, &[rule(1, "", "bereich:#2")]);
        assert_eq!(untouched.decided.decision, Decision::Filtered(FilterReason::Automatic));
        assert_eq!((untouched.fired.len(), first_clue(&untouched).0), (0, "mail_class"));
        let taken = decided(&case, &[rule(1, "", "mail:annehmen")]);
        let taken = match &taken.decided.decision {
            Decision::NewTicket(new) => Some(new.may_be_answered_automatically),
            _ => None,
        };
        assert_eq!(taken, Some(false));
    }

    #[test]
    fn a_rejected_mail_is_filtered_and_advertising_is_not_thanked_for() {
        let ruled = decided(
            &plain(),
            &[rule(1, "drucker oder betreff:drucker", "mail:ablehnen bereich:#2")],
        );
        assert_eq!(ruled.decided.decision, Decision::Filtered(FilterReason::Rule));
        assert!(ruled.plan.entries.is_empty());
        let ruled = decided(&plain(), &[rule(1, "", "mail:spam")]);
        let is_thanked = matches!(
            &ruled.decided.decision,
            Decision::NewTicket(new) if new.may_be_answered_automatically
        );
        assert!(!is_thanked && ruled.decided.decision.outcome() == "new_ticket");
    }

    #[test]
    fn a_mail_goes_to_the_ticket_that_its_subject_names_only_if_a_rule_says_so() {
        let mut case = plain();
        case.known.tickets = vec![foreign_ticket(7, vec![Found::SubjectNumber(Strength::Hash)])];
        assert_eq!(decided(&case, &[]).decided.decision.outcome(), "new_ticket");
        let moved = decided(&case, &[rule(1, "", "ticket:verschieben")]);
        assert!(matches!(moved.decided.decision, Decision::FollowUp { ticket: 7, .. }));
        assert!(moved.decided.notices.contains(&Notice::StrangerJoined));
        let copied = decided(&case, &[rule(1, "", "ticket:kopieren")]);
        assert_eq!(copied.decided.decision.outcome(), "new_ticket");
        assert_eq!(copied.copy_to, Some(7));
        case.known.tickets.clear();
        let alone = decided(&case, &[rule(1, "", "ticket:verschieben")]);
        assert_eq!((alone.decided.decision.outcome(), alone.copy_to), ("new_ticket", None));
    }

    #[test]
    fn a_rule_takes_a_mail_that_would_only_be_listed() {
        let mut case = plain();
        case.known.sender = SenderKind::Unknown;
        case.settings.unknown_sender = UnknownSender::KnownOnly;
        let listed = decided(&case, &[rule(1, "", "schlagwort:neu")]);
        assert_eq!(listed.decided.decision.outcome(), "unassigned");
        let taken = decided(&case, &[rule(1, "", "mail:annehmen")]);
        assert_eq!(taken.decided.decision.outcome(), "new_ticket");
    }
}
