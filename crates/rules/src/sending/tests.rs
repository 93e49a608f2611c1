use std::time::Duration;

use values::Timestamp;

use super::*;

const START: Timestamp = Timestamp::from_millis(1_800_000_000_000);

fn waiting(states: &[RecipientState]) -> Vec<Waiting> {
    states.iter().map(|state| Waiting { state: *state, is_tried: state.is_open() }).collect()
}

fn fact(recipients: &[Waiting], attempts: u32, minutes: u64) -> Fact<'_> {
    Fact {
        recipients,
        attempts,
        first_at: START,
        is_warned: false,
        now: START.plus(Duration::from_secs(minutes * 60)),
        chance: 20,
    }
}

fn minutes(from: Timestamp, to: Timestamp) -> i64 {
    to.millis_since(from) / 60_000
}

#[test]
fn a_mail_that_all_take_is_sent() {
    let recipients = waiting(&[RecipientState::Waiting; 2]);
    let settled = settle(&fact(&recipients, 0, 0), &Attempt::Answered(vec![Outcome::Taken; 2]));
    assert_eq!((settled.state, settled.next_at), (MailState::Sent, None));
    assert!(settled.is_counted);
}

#[test]
fn each_recipient_has_a_fate_of_its_own() {
    let recipients = waiting(&[RecipientState::Waiting; 3]);
    let outcomes = vec![
        Outcome::Taken,
        Outcome::Refused("550 5.1.1 unknown".into()),
        Outcome::Later("450 4.2.1 later".into()),
    ];
    let settled = settle(&fact(&recipients, 0, 0), &Attempt::Answered(outcomes));
    assert_eq!(settled.state, MailState::Deferred);
    let states: Vec<_> = settled.recipients.iter().map(|(_, state, _)| *state).collect();
    assert_eq!(
        states,
        [RecipientState::Accepted, RecipientState::Failed, RecipientState::Deferred]
    );
    // The second try is for the third alone.
    let recipients = waiting(&states);
    let again = settle(&fact(&recipients, 1, 1), &Attempt::Answered(vec![Outcome::Taken]));
    assert_eq!(again.recipients, [(2, RecipientState::Accepted, String::new())]);
    assert_eq!((again.state, again.next_at), (MailState::Failed, None));
}

#[test]
fn tries_become_rarer_and_end_after_five_days() {
    let recipients = waiting(&[RecipientState::Deferred]);
    let mut now = START;
    let mut pauses = Vec::new();
    for attempts in 1.. {
        let Some(next) = next_try(attempts, START, now, 20) else { break };
        pauses.push(minutes(now, next));
        now = next;
    }
    assert_eq!(&pauses[..8], &[1, 5, 15, 30, 60, 120, 120, 120]);
    assert_eq!(minutes(START, now), 5 * 24 * 60);
    let late = fact(&recipients, 60, 5 * 24 * 60);
    let settled = settle(&late, &Attempt::NotReached("connection refused".into()));
    assert_eq!((settled.state, settled.next_at), (MailState::Failed, None));
}

#[test]
fn pauses_are_spread_by_a_fifth() {
    let pause = |chance| next_try(6, START, START, chance).unwrap().millis_since(START) / 60_000;
    assert_eq!((pause(0), pause(20), pause(40)), (96, 120, 144));
}

#[test]
fn a_warning_comes_once_and_after_four_hours() {
    let recipients = waiting(&[RecipientState::Deferred]);
    let attempt = Attempt::NotReached("time-out".into());
    assert!(!settle(&fact(&recipients, 5, 239), &attempt).warns);
    assert!(settle(&fact(&recipients, 6, 240), &attempt).warns);
    let warned = Fact { is_warned: true, ..fact(&recipients, 7, 360) };
    assert!(!settle(&warned, &attempt).warns);
}

#[test]
fn a_wrong_password_costs_no_try() {
    let recipients = waiting(&[RecipientState::Waiting]);
    let settled = settle(&fact(&recipients, 0, 0), &Attempt::AccountRefused("535".into()));
    assert!(!settled.is_counted && settled.recipients.is_empty());
    assert_eq!(settled.state, MailState::Queued);
    assert!(settled.next_at.is_some());
}

#[test]
fn without_an_answer_to_the_dot_nothing_is_known_of_those_it_would_take() {
    let recipients = waiting(&[RecipientState::Waiting; 2]);
    let outcomes = vec![Outcome::Taken, Outcome::Refused("550".into())];
    let settled = settle(&fact(&recipients, 0, 0), &Attempt::Unknown(outcomes));
    assert_eq!(settled.state, MailState::Uncertain);
    assert_eq!(settled.recipients, [(1, RecipientState::Failed, "550".into())]);
    assert_eq!(minutes(START, settled.next_at.unwrap()), 15);
    assert_eq!(resolve_uncertain(false), Resolved::SendAgain);
    assert_eq!(resolve_uncertain(true), Resolved::Drop);
}

#[test]
fn automatic_mails_pause_before_they_flood() {
    let calm = Recent::default();
    assert_eq!(may_send_automatic(&calm), Ok(()));
    let address = Recent { to_address: 5, ..calm };
    assert_eq!(may_send_automatic(&address), Err(Busy::Address));
    let domain = Recent { to_domain: 200, ..calm };
    assert_eq!(may_send_automatic(&domain), Err(Busy::Domain));
    let bounces = Recent { sent: 100, bounced: 21, ..calm };
    assert_eq!(may_send_automatic(&bounces), Err(Busy::Bounces));
    assert_eq!(may_send_automatic(&Recent { sent: 99, bounced: 60, ..calm }), Ok(()));
}

#[test]
fn states_have_codes_that_are_read_back() {
    for state in MailState::ALL {
        assert_eq!(MailState::from_code(state.code()), Some(*state));
    }
    for state in RecipientState::ALL {
        assert_eq!(RecipientState::from_code(state.code()), Some(*state));
    }
    assert_eq!(MailState::from_code("gone"), None);
}

#[test]
fn a_report_moves_only_what_had_left() {
    use RecipientState::*;
    assert_eq!(after_report(Accepted, Reported::Failed), Some(Bounced));
    assert_eq!(after_report(Delayed, Reported::Failed), Some(Bounced));
    assert_eq!(after_report(Accepted, Reported::Delayed), Some(Delayed));
    assert_eq!(after_report(Delayed, Reported::Arrived), Some(Accepted));
    assert_eq!(after_report(Unconfirmed, Reported::Arrived), Some(Accepted));
    for now in [Waiting, Deferred, Failed, Bounced, Cancelled] {
        assert_eq!(after_report(now, Reported::Failed), None, "{now:?}");
    }
    assert_eq!(mail_state(&[Accepted, Bounced]), MailState::Bounced);
}

#[test]
fn a_mail_among_the_sent_ones_proves_only_what_it_can() {
    let seen = |may_be_older, answers_are_lost, open| {
        proves_taken(&Sighting { may_be_older, answers_are_lost, open })
    };
    assert!(seen(false, false, 1));
    assert!(seen(false, false, 3), "who was refused is known");
    assert!(seen(false, true, 1), "a dot follows only if somebody was taken");
    assert!(!seen(false, true, 2), "nobody knows for whom");
    assert!(!seen(true, false, 1), "it may lie there since an earlier try");
}
