//! What somebody sets of himself, and what is set of people and programs.

use values::Language;

use super::places::{Name, Places, both};
use crate::feature::agents::{NOTICES, words as people};
use crate::feature::profile::notice;
use crate::record::actor::Scope;
use crate::record::directory::Directory;
use crate::texts;
use rules::right::{Flag, Level, Role};

fn joined(words: impl Iterator<Item = &'static str>) -> String {
    words.collect::<Vec<_>>().join(" ")
}

fn languages(language: Language) -> String {
    let texts = texts::agents(language);
    format!("{} {}", texts.german(), texts.english())
}

impl Places {
    /// One's own account.
    pub fn own_account(&mut self) {
        let on: Name = |language| texts::profile(language).title();
        let notices = both(|language| joined(NOTICES.iter().map(|code| notice(language, code))));
        let themes = both(|language| {
            let texts = texts::common(language);
            format!("{} {} {}", texts.theme_light(), texts.theme_dark(), texts.theme_system())
        });
        let density = both(|language| {
            let texts = texts::common(language);
            format!("{} {}", texts.density_compact(), texts.density_comfortable())
        });
        let sign_out = both(|language| texts::profile(language).sign_out_elsewhere().to_owned());
        let undo = both(|language| texts::settings(language).also_undo().to_owned());
        let screen = both(|language| texts::settings(language).also_screen().to_owned());
        let fields: [(Name, &str, String); 13] = [
            (|language| texts::profile(language).name(), "", String::new()),
            (|language| texts::profile(language).phone(), "", String::new()),
            (|language| texts::profile(language).signature(), "#signature", String::new()),
            (|language| texts::profile(language).undo(), "#undo", undo),
            (|language| texts::profile(language).notices(), "#notices", notices),
            (|language| texts::common(language).language(), "#screen", both(languages)),
            (
                |language| texts::common(language).appearance(),
                "#screen",
                format!("{themes} {screen}"),
            ),
            (|language| texts::common(language).density(), "#screen", density),
            (|language| texts::common(language).single_keys(), "#screen", String::new()),
            (|language| texts::profile(language).password(), "#current", String::new()),
            (|language| texts::profile(language).current(), "#current", String::new()),
            (|language| texts::profile(language).change_password(), "#current", String::new()),
            (|language| texts::profile(language).sign_out_elsewhere(), "#sessions", sign_out),
        ];
        self.page(on, "/profile", "");
        for (name, part, also) in fields {
            self.field(name, on, &format!("/profile{part}"), &also);
        }
        let new: [Name; 2] = [
            |language| texts::passwords(language).password(),
            |language| texts::passwords(language).again(),
        ];
        for name in new {
            self.field(name, on, "/profile#current", "");
        }
        let end: Name = |language| texts::profile(language).end_session();
        let sessions = both(|language| texts::profile(language).sessions().to_owned());
        self.field(end, on, "/profile#sessions", &sessions);
    }

    /// People and their rights, which only administrators set.
    pub fn people(&mut self, directory: &Directory) {
        let on: Name = |language| texts::settings(language).people();
        let also = both(|language| texts::settings(language).also_people().to_owned());
        self.page(on, "/settings/people", &also);
        let roles =
            both(|language| joined(Role::ALL.map(|one| people::role(language, one)).into_iter()));
        let levels = both(|language| {
            let all = Level::ALL.map(|one| people::level(language, Some(one)));
            format!("{} {}", joined(all.into_iter()), people::level(language, None))
        });
        let flags =
            both(|language| joined(Flag::ALL.map(|one| people::flag(language, one)).into_iter()));
        let fields: [(Name, &str, &str); 15] = [
            (|language| texts::agents(language).invite(), "/new", ""),
            (|language| texts::agents(language).invite_title(), "/new", ""),
            (|language| texts::agents(language).name(), "", ""),
            (|language| texts::agents(language).email(), "", ""),
            (|language| texts::agents(language).role(), "", &roles),
            (|language| texts::agents(language).language(), "", ""),
            (|language| texts::agents(language).phone(), "", ""),
            (|language| texts::agents(language).signature(), "", ""),
            (|language| texts::agents(language).levels(), "", &levels),
            (|language| texts::agents(language).elsewhere(), "", &levels),
            (|language| texts::agents(language).flags(), "", &flags),
            (|language| texts::agents(language).flags_own(), "", &flags),
            (|language| texts::agents(language).sign_out_everywhere(), "", ""),
            (|language| texts::agents(language).reset_password(), "", ""),
            (|language| texts::agents(language).deactivate(), "", ""),
        ];
        for (name, part, also) in fields {
            self.field(name, on, &format!("/settings/people{part}"), also);
        }
        let hand_over: Name = |language| texts::agents(language).hand_over();
        self.field(hand_over, on, "/settings/people", "");
        for person in &directory.agents {
            let href = format!("/settings/people/{}", person.id);
            self.named(&person.name, on, &href, &person.email);
        }
    }

    /// Tokens of programs.
    pub fn tokens(&mut self) {
        let on: Name = |language| texts::settings(language).tokens();
        let also = both(|language| texts::settings(language).also_tokens().to_owned());
        self.page(on, "/settings/tokens", &also);
        let scopes =
            both(|language| joined(Scope::ALL.map(|one| people::scope(language, one)).into_iter()));
        let fields: [(Name, &str); 5] = [
            (|language| texts::tokens(language).new_token(), ""),
            (|language| texts::tokens(language).name(), ""),
            (|language| texts::tokens(language).scopes(), &scopes),
            (|language| texts::tokens(language).expires(), ""),
            (|language| texts::tokens(language).person(), ""),
        ];
        for (name, also) in fields {
            self.field(name, on, "/settings/tokens", also);
        }
    }
}
