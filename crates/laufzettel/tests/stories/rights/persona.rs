//! Who asks, and what he may expect.

/// Somebody before the door or behind it (security.md, "Personas").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Persona {
    /// Nobody is signed in; a token that there never was.
    Nobody,
    /// A session and a token from before the agent was switched off.
    Deactivated,
    /// A token of an administrator that has ended.
    Expired,
    /// A token of an administrator that was revoked.
    Revoked,
    /// Works in team 2 and has no access to team 1: the wrong persona.
    TeamTwo,
    /// May change settings, and enters no area.
    HouseKeeper,
    /// Reads team 1.
    Reader,
    /// Works in team 1.
    TeamOne,
    /// Manages team 1.
    Manager,
    /// May do everything.
    Administrator,
}

use Persona::{
    Administrator, Deactivated, Expired, HouseKeeper, Manager, Nobody, Reader, Revoked, TeamOne,
    TeamTwo,
};

impl Persona {
    /// Those who come by a browser.
    pub const BROWSERS: [Self; 8] =
        [Nobody, Deactivated, TeamTwo, HouseKeeper, Reader, TeamOne, Manager, Administrator];
    /// Those who come by a token.
    pub const PROGRAMS: [Self; 10] = [
        Nobody,
        Deactivated,
        Expired,
        Revoked,
        TeamTwo,
        HouseKeeper,
        Reader,
        TeamOne,
        Manager,
        Administrator,
    ];

    /// Whether nobody is known behind the request.
    pub fn is_unknown(self) -> bool {
        matches!(self, Nobody | Deactivated | Expired | Revoked)
    }

    /// The words that he may never read: those of team 1's tickets, and for most also those of what is
    /// offered in its area.
    pub fn unheard(self) -> &'static [&'static str] {
        match self {
            HouseKeeper => &["kanari"],
            persona if persona.is_wrong() => &["kanari", "zeisig"],
            _ => &[],
        }
    }

    /// Whether he may never read a word of team 1's tickets.
    pub fn is_wrong(self) -> bool {
        self.is_unknown() || matches!(self, TeamTwo | HouseKeeper)
    }
}

/// How a request must end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is done.
    Done,
    /// The reader sees the thing and is told that he may not: 403.
    Forbidden,
    /// There is no such thing: the same answer as for something that never was.
    Missing,
    /// To the sign-in page, or 401.
    SignIn,
}

/// What the table says a route needs. The first four are about the ticket, customer or mail that its
/// address names, the others about the person alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// To see it.
    Read,
    /// To work on it.
    Work,
    /// To manage its area, or to change the settings.
    Manage,
    /// To enter its area, or to change the settings.
    Seen,
    /// It is shown to whoever may enter its area, and changed by who changes the settings.
    Keep,
    /// Nobody must be known.
    Open,
    /// Somebody is signed in.
    Any,
    /// He may enter some area.
    Entered,
    /// He works somewhere.
    Worker,
    /// He works somewhere, or may change the settings.
    Writer,
    /// He may make tickets somewhere.
    Create,
    /// A link of the set-up, or to be an administrator.
    Setup,
    /// He may change the settings of the house.
    House,
    /// He is an administrator.
    Admin,
    /// Only who may change the settings knows of it.
    Hidden,
    /// It is his own, here the administrator's; nobody else's.
    Own,
    /// Everybody signed in may ask; done is only what he may do with each ticket that is named, and
    /// nothing is with those of team 1 if he may not work on them.
    Each,
    /// Everybody signed in may ask, and whoever may not see the thing is answered as if it never was.
    Shown,
}

impl Right {
    pub fn from_word(word: &str) -> Self {
        match word {
            "read" => Self::Read,
            "work" => Self::Work,
            "manage" => Self::Manage,
            "seen" => Self::Seen,
            "shown" => Self::Shown,
            "writer" => Self::Writer,
            "setup" => Self::Setup,
            "keep" => Self::Keep,
            "open" => Self::Open,
            "any" => Self::Any,
            "worker" => Self::Worker,
            "create" => Self::Create,
            "house" => Self::House,
            "admin" => Self::Admin,
            "entered" => Self::Entered,
            "hidden" => Self::Hidden,
            "own" => Self::Own,
            "each" => Self::Each,
            other => panic!("no right {other}"),
        }
    }

    /// What becomes of a request about something of team 1.
    pub fn verdict(self, persona: Persona) -> Verdict {
        if self == Self::Setup {
            let is_done = persona == Administrator;
            return if is_done { Verdict::Done } else { Verdict::Forbidden };
        }
        if self == Self::Open {
            return Verdict::Done;
        }
        if persona.is_unknown() {
            return Verdict::SignIn;
        }
        let done: &[Persona] = match self {
            Self::Open | Self::Setup | Self::Any | Self::Each | Self::Shown => {
                return Verdict::Done;
            }
            Self::Read => &[Reader, TeamOne, Manager, Administrator],
            Self::Work => &[TeamOne, Manager, Administrator],
            Self::Manage => &[HouseKeeper, Manager, Administrator],
            Self::Entered => &[TeamTwo, Reader, TeamOne, Manager, Administrator],
            Self::Seen => &[HouseKeeper, Reader, TeamOne, Manager, Administrator],
            Self::Writer => &[TeamOne, TeamTwo, HouseKeeper, Manager, Administrator],
            Self::Worker => &[TeamOne, TeamTwo, Manager, Administrator],
            Self::Create => &[TeamOne, TeamTwo, Manager, Administrator],
            Self::Keep | Self::House | Self::Hidden => &[HouseKeeper, Administrator],
            Self::Admin | Self::Own => &[Administrator],
        };
        if done.contains(&persona) {
            return Verdict::Done;
        }
        match self {
            Self::Work | Self::Manage | Self::Keep if !persona.is_wrong() => Verdict::Forbidden,
            Self::Entered
            | Self::Worker
            | Self::Writer
            | Self::Create
            | Self::House
            | Self::Admin => Verdict::Forbidden,
            _ => Verdict::Missing,
        }
    }
}
