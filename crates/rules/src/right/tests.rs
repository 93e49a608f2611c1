use super::*;

/// Everything that a person of each role and of each level may do, as a table to read.
fn table() -> String {
    let flagged = |level| {
        let actor = Flag::ALL.iter().fold(Actor::default(), |actor, flag| actor.with(*flag));
        actor.in_area(1, Some(level))
    };
    let actors = [
        ("administrator", Actor::of_role(Role::Administrator)),
        ("agent", Actor::of_role(Role::Agent)),
        ("read_only", Actor::of_role(Role::ReadOnly)),
        ("own+flags", flagged(Level::Own)),
        ("read+flags", flagged(Level::Read)),
        ("work+flags", flagged(Level::Work)),
        ("manage+flags", flagged(Level::Manage)),
        ("manage", Actor::default().in_area(1, Some(Level::Manage))),
        ("nobody", Actor::default()),
    ];
    let places = [
        ("own", Place::Ticket { area: 1, whose: Whose::Own }),
        ("other", Place::Ticket { area: 1, whose: Whose::Other }),
        ("area", Place::Area(1)),
        ("house", Place::House),
    ];
    let mut text = format!("{:<18}", "");
    for (name, _) in &actors {
        text.push_str(&format!(" {name:<13}"));
    }
    for right in Right::ALL {
        let line = actors.iter().map(|(_, actor)| {
            let allowed = places.iter().filter(|(_, place)| allows(actor, right, *place));
            let names: Vec<_> = allowed.map(|(name, _)| *name).collect();
            if names.is_empty() { "-".to_owned() } else { names.join(" ") }
        });
        text = format!("{}\n{:<18}", text.trim_end(), format!("{right:?}"));
        line.for_each(|cell| text.push_str(&format!(" {cell:<13}")));
    }
    format!("{}\n", text.trim_end())
}

#[test]
fn roles_and_levels_may_what_the_table_says() {
    let expected = include_str!("table.txt");
    assert!(table() == expected, "rights changed; the table is now:\n{}", table());
}

#[test]
fn an_area_of_its_own_level_does_not_follow_the_role() {
    let actor = Actor::of_role(Role::Agent)
        .in_area(3, Some(Level::Own))
        .in_area(2, None)
        .in_area(4, Some(Level::Manage));
    assert_eq!(actor.level(1), Some(Level::Work));
    assert_eq!(actor.level(2), None);
    assert_eq!(actor.level(3), Some(Level::Own));
    assert_eq!(actor.in_area(3, Some(Level::Read)).level(3), Some(Level::Read));
    assert!(!Actor::of_role(Role::Agent).without(Flag::Create).has(Flag::Create));
}

#[test]
fn a_level_everywhere_is_one_in_every_area() {
    let role = Actor::of_role(Role::ReadOnly);
    assert!(role.has_everywhere(Level::Own));
    assert!(role.has_everywhere(Level::Read));
    assert!(!role.has_everywhere(Level::Work));
    assert!(role.clone().in_area(2, Some(Level::Manage)).has_everywhere(Level::Read));
    assert!(!role.clone().in_area(2, Some(Level::Own)).has_everywhere(Level::Read));
    assert!(!role.in_area(2, None).has_everywhere(Level::Own));
    assert!(!Actor::default().in_area(7, Some(Level::Manage)).has_everywhere(Level::Own));
}

#[test]
fn codes_are_read_back() {
    for level in Level::ALL {
        assert_eq!(Level::from_code(level.code()), Some(level));
    }
    for flag in Flag::ALL {
        assert_eq!(Flag::from_code(flag.code()), Some(flag));
    }
    for role in Role::ALL {
        assert_eq!(Role::from_code(role.code()), Some(role));
    }
    assert_eq!(Level::from_code("admin"), None);
}
