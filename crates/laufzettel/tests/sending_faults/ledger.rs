//! The ledger rule.

use crate::house::Fate;
use crate::office::Office;

/// How often a mail may have arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copies {
    One,
    /// Once or twice, and marked.
    MarkedOne,
    MarkedTwo,
}

impl Office {
    /// Everybody has the mail as often as is allowed, and the outbox says so.
    pub fn check(&self, fate: &Fate, allowed: Copies) {
        let (count, is_marked) = match allowed {
            Copies::One => (1, false),
            Copies::MarkedOne => (1, true),
            Copies::MarkedTwo => (2, true),
        };
        assert_eq!((fate.state.as_str(), fate.next_at), ("sent", None), "{fate:#?}");
        assert_eq!(fate.perhaps_twice, is_marked, "{fate:#?}");
        assert!(!fate.recipients.is_empty());
        for (address, state, _) in &fate.recipients {
            assert_eq!(state, "accepted", "{fate:#?}");
            assert_eq!(self.copies(fate, address), count, "{address}: {fate:#?}");
        }
    }
    /// Where the moment of the fault is not known: once, or marked and at most twice.
    pub fn check_either(&self, fate: &Fate) {
        let copies = self.copies(fate, "ann@kunde.test");
        self.check(
            fate,
            match (fate.perhaps_twice, copies) {
                (false, _) => Copies::One,
                (true, 2) => Copies::MarkedTwo,
                (true, _) => Copies::MarkedOne,
            },
        );
    }
    /// Waits until nothing is under way, and gives all mails. What is in the dark is due at once.
    pub async fn all_sent(&self) -> Vec<Fate> {
        for fate in self.house.fates().await {
            let has_ended = |fate: &Fate| matches!(fate.state.as_str(), "sent" | "uncertain");
            let seen = self.house.wait_until(fate.id, "sent or in the dark", has_ended).await;
            if seen.state == "uncertain" {
                self.house.make_due(fate.id).await;
                self.house.wait_until(fate.id, "sent", |fate| fate.state == "sent").await;
            }
        }
        self.house.fates().await
    }
}
