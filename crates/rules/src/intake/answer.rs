//! Whether a new ticket is acknowledged, and when a pair of an address and a mailbox falls silent.

/// Automatic answers to an address in a day whose owner is known to read what we send.
const PROVED_A_DAY: i64 = 5;
/// The same for an address that anybody may have written into his mail (backscatter).
const UNPROVED_A_DAY: i64 = 1;
/// Automatic answers to an address by one mailbox in an hour: two machines that answer each other stop
/// here.
const AN_HOUR: i64 = 2;
/// New tickets of an address in an hour after which a machine must be at work.
const TICKETS_AN_HOUR: i64 = 5;
/// Mails of a third party with a token of ours in a day, the present one included.
const ECHOES: i64 = 3;
/// A mail that is older is not answered as if it had come just now.
const AGE_MILLIS_MAX: i64 = 24 * 3600 * 1000;

/// What is known of a mail that became a ticket, and of its sender.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnswerFacts {
    /// Whether the decision allows an automatic answer, by class and sender.
    pub is_allowed: bool,
    /// Whether the sender is one of the team.
    pub is_agent: bool,
    /// How long ago the mail was written, in milliseconds.
    pub age_millis: i64,
    /// Whether it names a ticket in which its sender takes no part.
    pub claims_ticket: bool,
    /// Whether the pair is silent.
    pub is_muted: bool,
    /// Whether the address is known to read what we send.
    pub is_proved: bool,
    /// Whether the mailbox answers an address once a day at most.
    pub once_per_day: bool,
    /// Automatic answers to the address in the last day, of all mailboxes.
    pub answers_of_day: i64,
    /// Automatic answers to the address by this mailbox in the last hour.
    pub answers_of_hour: i64,
}

/// Why nobody is answered automatically.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// The sender is no person, or cannot or will not read an answer.
    NotWanted,
    /// The sender is one of the team.
    Agent,
    /// The mail is old.
    Old,
    /// It names somebody else's ticket: something may be sending our mails on.
    ClaimsTicket,
    /// The pair is silent.
    Muted,
    /// He was answered today.
    OncePerDay,
    /// He was answered often enough.
    Limit,
}

impl Withheld {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotWanted => "not_wanted",
            Self::Agent => "agent",
            Self::Old => "old",
            Self::ClaimsTicket => "claims_ticket",
            Self::Muted => "muted",
            Self::OncePerDay => "once_per_day",
            Self::Limit => "limit",
        }
    }
}

/// Whether a new ticket is acknowledged.
pub fn may_answer(facts: &AnswerFacts) -> Result<(), Withheld> {
    let of_day = if facts.is_proved { PROVED_A_DAY } else { UNPROVED_A_DAY };
    match () {
        () if !facts.is_allowed => Err(Withheld::NotWanted),
        () if facts.is_agent => Err(Withheld::Agent),
        () if facts.is_muted => Err(Withheld::Muted),
        () if facts.claims_ticket => Err(Withheld::ClaimsTicket),
        () if facts.age_millis > AGE_MILLIS_MAX => Err(Withheld::Old),
        () if facts.once_per_day && facts.answers_of_day > 0 => Err(Withheld::OncePerDay),
        () if facts.answers_of_day >= of_day || facts.answers_of_hour >= AN_HOUR => {
            Err(Withheld::Limit)
        }
        () => Ok(()),
    }
}

/// What an address did to a mailbox of late.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PairFacts {
    /// New tickets in the last hour, the present one included.
    pub tickets_of_hour: i64,
    /// Automatic answers to it in the last day.
    pub answers_of_day: i64,
    /// Mails in the last day that carried a token of ours although it takes no part in that ticket, the
    /// present one included.
    pub echoes_of_day: i64,
}

/// Why a pair falls silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MuteReason {
    /// Too many mails after an automatic answer: something answers it.
    Rate,
    /// Our own tokens come back from a third party.
    Echo,
}

impl MuteReason {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Rate => "rate",
            Self::Echo => "echo",
        }
    }
}

/// Whether a pair falls silent until somebody lifts it.
pub fn falls_silent(facts: &PairFacts) -> Option<MuteReason> {
    let is_answered = facts.answers_of_day > 0;
    match () {
        () if facts.echoes_of_day >= ECHOES => Some(MuteReason::Echo),
        () if is_answered && facts.tickets_of_hour >= TICKETS_AN_HOUR => Some(MuteReason::Rate),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: AnswerFacts = AnswerFacts {
        is_allowed: true,
        is_agent: false,
        age_millis: 60_000,
        claims_ticket: false,
        is_muted: false,
        is_proved: false,
        once_per_day: false,
        answers_of_day: 0,
        answers_of_hour: 0,
    };

    #[test]
    fn a_person_is_answered_within_limits() {
        let table = [
            (PLAIN, Ok(())),
            (AnswerFacts { is_allowed: false, ..PLAIN }, Err(Withheld::NotWanted)),
            (AnswerFacts { is_agent: true, ..PLAIN }, Err(Withheld::Agent)),
            (AnswerFacts { is_muted: true, ..PLAIN }, Err(Withheld::Muted)),
            (AnswerFacts { claims_ticket: true, ..PLAIN }, Err(Withheld::ClaimsTicket)),
            (AnswerFacts { age_millis: AGE_MILLIS_MAX, ..PLAIN }, Ok(())),
            (AnswerFacts { age_millis: AGE_MILLIS_MAX + 1, ..PLAIN }, Err(Withheld::Old)),
            (AnswerFacts { once_per_day: true, ..PLAIN }, Ok(())),
            (
                AnswerFacts { once_per_day: true, is_proved: true, answers_of_day: 1, ..PLAIN },
                Err(Withheld::OncePerDay),
            ),
            (AnswerFacts { answers_of_day: 1, ..PLAIN }, Err(Withheld::Limit)),
            (AnswerFacts { is_proved: true, answers_of_day: 4, ..PLAIN }, Ok(())),
            (AnswerFacts { is_proved: true, answers_of_day: 5, ..PLAIN }, Err(Withheld::Limit)),
            (
                AnswerFacts { is_proved: true, answers_of_day: 2, answers_of_hour: 2, ..PLAIN },
                Err(Withheld::Limit),
            ),
        ];
        for (facts, expected) in table {
            assert_eq!(may_answer(&facts), expected, "{facts:?}");
        }
    }

    #[test]
    fn a_pair_falls_silent_by_rate_or_by_echo() {
        let rate = PairFacts { tickets_of_hour: 5, answers_of_day: 1, echoes_of_day: 0 };
        let table = [
            (PairFacts::default(), None),
            (rate, Some(MuteReason::Rate)),
            (PairFacts { tickets_of_hour: 4, ..rate }, None),
            // Somebody who was never answered cannot be answering us.
            (PairFacts { tickets_of_hour: 50, answers_of_day: 0, ..rate }, None),
            (PairFacts { echoes_of_day: 2, ..PairFacts::default() }, None),
            (PairFacts { echoes_of_day: 3, ..PairFacts::default() }, Some(MuteReason::Echo)),
        ];
        for (facts, expected) in table {
            assert_eq!(falls_silent(&facts), expected, "{facts:?}");
        }
    }
}
