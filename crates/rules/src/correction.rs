//! What may still be changed of a message after it was written (F-ACT-06, F-FLD-34, F-PERM-09).

/// What a rule has to know of a message and of who wants to change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Whether the ticket began with it.
    pub is_first: bool,
    /// Whether it left as a mail.
    pub has_left: bool,
    /// Whether the person wrote it.
    pub is_author: bool,
    /// Whether the person may correct what others wrote.
    pub may_correct: bool,
}

/// What of it may be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Correction {
    /// Nothing.
    Nothing,
    /// When it was and whom it concerns: what somebody has in his mailbox cannot be unsaid.
    Circumstances,
    /// Its words as well.
    Everything,
}

/// Whoever wrote a message may change it; what others wrote, and the words that a ticket began with,
/// only who may correct.
pub fn correction(facts: Facts) -> Correction {
    if !facts.may_correct && (facts.is_first || !facts.is_author) {
        return Correction::Nothing;
    }
    match facts.has_left {
        true => Correction::Circumstances,
        false => Correction::Everything,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_change_their_own_and_only_managers_the_first_and_that_of_others() {
        let facts = |is_first, is_author, may_correct| Facts {
            is_first,
            has_left: false,
            is_author,
            may_correct,
        };
        let table = [
            (facts(false, true, false), Correction::Everything),
            (facts(false, false, false), Correction::Nothing),
            (facts(true, true, false), Correction::Nothing),
            (facts(true, false, true), Correction::Everything),
            (facts(false, false, true), Correction::Everything),
        ];
        for (facts, expected) in table {
            assert_eq!(correction(facts), expected, "{facts:?}");
            let left = Facts { has_left: true, ..facts };
            let expected = match expected {
                Correction::Nothing => Correction::Nothing,
                _ => Correction::Circumstances,
            };
            assert_eq!(correction(left), expected, "{left:?}");
        }
    }
}
