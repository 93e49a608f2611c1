//! The circuit breaker: automatic mails pause before they become a flood (mail.md 3.2). What
//! agents write goes on.

/// Automatic mails to one domain in an hour.
pub const PER_DOMAIN_AN_HOUR: i64 = 200;
/// Automatic mails to one address in a day.
pub const PER_ADDRESS_A_DAY: i64 = 5;
/// Of so many mails of late …
const LATE: i64 = 100;
/// … so many came back.
const BOUNCED_MAX: i64 = 20;

/// What left of late.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recent {
    /// Automatic mails to this domain in the last hour.
    pub to_domain: i64,
    /// Automatic mails to this address in the last day.
    pub to_address: i64,
    /// The last mails that left, at most 100.
    pub sent: i64,
    /// How many of them came back.
    pub bounced: i64,
}

/// Why an automatic mail does not leave now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Busy {
    /// Too many to one domain.
    Domain,
    /// Too many to one address.
    Address,
    /// Too many came back.
    Bounces,
}

impl Busy {
    /// A stable word for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Domain => "too_many_to_domain",
            Self::Address => "too_many_to_address",
            Self::Bounces => "too_many_bounces",
        }
    }
}

/// Whether an automatic mail may leave.
pub fn may_send_automatic(recent: &Recent) -> Result<(), Busy> {
    match () {
        () if recent.to_address >= PER_ADDRESS_A_DAY => Err(Busy::Address),
        () if recent.to_domain >= PER_DOMAIN_AN_HOUR => Err(Busy::Domain),
        () if recent.sent >= LATE && recent.bounced > BOUNCED_MAX => Err(Busy::Bounces),
        () => Ok(()),
    }
}
