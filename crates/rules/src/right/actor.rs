//! A person with levels and flags.

/// What a person may do in an area, by how much of it the person sees.
///
/// `Read` is for onlookers: it shows everything and works on nothing, not even on what `Own`
/// would.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Sees only own tickets, and works on them.
    Own,
    /// Sees all tickets.
    Read,
    /// Works on all tickets.
    Work,
    /// Works on all tickets, corrects messages, changes the area's settings.
    Manage,
}

impl Level {
    /// All levels.
    pub const ALL: [Self; 4] = [Self::Own, Self::Read, Self::Work, Self::Manage];

    /// The code in the API and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Read => "read",
            Self::Work => "work",
            Self::Manage => "manage",
        }
    }

    /// The level with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }
}

/// A right beyond levels, for the whole house.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    /// May make tickets by hand.
    Create,
    /// May put tickets into the trash; with level `manage`, delete them.
    Delete,
    /// May export.
    Export,
    /// May change the settings of the house.
    Settings,
    /// May see figures about persons.
    PersonFigures,
    /// May write intake rules.
    Rules,
}

impl Flag {
    /// All flags.
    pub const ALL: [Self; 6] = [
        Self::Create,
        Self::Delete,
        Self::Export,
        Self::Settings,
        Self::PersonFigures,
        Self::Rules,
    ];

    /// The code in the API and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Delete => "delete",
            Self::Export => "export",
            Self::Settings => "settings",
            Self::PersonFigures => "person_figures",
            Self::Rules => "rules",
        }
    }

    /// The flag with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flag| flag.code() == code)
    }

    fn bit(self) -> u8 {
        match self {
            Self::Create => 1,
            Self::Delete => 2,
            Self::Export => 4,
            Self::Settings => 8,
            Self::PersonFigures => 16,
            Self::Rules => 32,
        }
    }
}

/// A set of defaults for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Everything everywhere.
    Administrator,
    /// Works on tickets everywhere.
    Agent,
    /// Reads tickets everywhere.
    ReadOnly,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 3] = [Self::Administrator, Self::Agent, Self::ReadOnly];

    /// The code in the API and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Agent => "agent",
            Self::ReadOnly => "read_only",
        }
    }

    /// The role with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// A person with levels and flags, as loaded with the session. Without any: may nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    everywhere: Option<Level>,
    /// Areas with a level of their own, `None` for no access; sorted by area.
    areas: Vec<(i64, Option<Level>)>,
    flags: u8,
}

impl Actor {
    /// A person with the defaults of a role.
    pub fn of_role(role: Role) -> Self {
        let all = Flag::ALL.as_slice();
        let (level, flags) = match role {
            Role::Administrator => (Level::Manage, all),
            Role::Agent => (Level::Work, [Flag::Create, Flag::Delete].as_slice()),
            Role::ReadOnly => (Level::Read, [].as_slice()),
        };
        flags.iter().fold(Self::default().everywhere(Some(level)), |actor, flag| actor.with(*flag))
    }

    /// The same person with this level in all areas that have none of their own.
    #[must_use]
    pub fn everywhere(mut self, level: Option<Level>) -> Self {
        self.everywhere = level;
        self
    }

    /// The same person with this level in an area; `None` closes the area.
    #[must_use]
    pub fn in_area(mut self, area: i64, level: Option<Level>) -> Self {
        match self.areas.binary_search_by_key(&area, |entry| entry.0) {
            Ok(at) => {
                if let Some(entry) = self.areas.get_mut(at) {
                    entry.1 = level;
                }
            }
            Err(at) => self.areas.insert(at, (area, level)),
        }
        self
    }

    /// The same person with this flag.
    #[must_use]
    pub fn with(mut self, flag: Flag) -> Self {
        self.flags |= flag.bit();
        self
    }

    /// The same person without this flag.
    #[must_use]
    pub fn without(mut self, flag: Flag) -> Self {
        self.flags &= !flag.bit();
        self
    }

    /// Whether the person has this flag.
    pub fn has(&self, flag: Flag) -> bool {
        self.flags & flag.bit() != 0
    }

    /// The person's level in an area: its own if it has one, else that for everywhere.
    pub fn level(&self, area: i64) -> Option<Level> {
        match self.areas.binary_search_by_key(&area, |entry| entry.0) {
            Ok(at) => self.areas.get(at).and_then(|entry| entry.1),
            Err(_) => self.everywhere,
        }
    }

    /// Whether the person has this level in all areas, those to come included.
    pub fn has_everywhere(&self, level: Level) -> bool {
        let is_enough = |own: Option<Level>| own >= Some(level);
        is_enough(self.everywhere) && self.areas.iter().all(|(_, own)| is_enough(*own))
    }
}
