//! Rules as people write and read them: names in place of ids, in both languages.

use db::{Reading, Result, View};
use rules::filter::{Dialect, Mark, Tree, parse_in, print, resolve};
use rules::intake::rule::{Action, ActionProblem, parse_actions, print_actions};
use values::Language;

use crate::record::directory::Directory;
use crate::record::filter_names::{KnownNames, Lookup, look_up};
use crate::record::intake_rule::{IntakeRule, NoNames};

/// A condition that somebody typed.
#[derive(Clone, Debug)]
pub struct Typed {
    /// The tree with ids.
    pub tree: Tree,
    /// Places that were not understood.
    pub marks: Vec<Mark>,
    known: KnownNames,
}

impl Typed {
    /// The names that it uses.
    pub fn names<'a>(&'a self, language: Language, directory: &'a Directory) -> Lookup<'a> {
        lookup(directory, &self.known, language)
    }
}

/// Reads a condition beside a page.
pub struct ReadCondition<'a> {
    /// Its text.
    pub text: &'a str,
    /// The lists.
    pub directory: &'a Directory,
}

impl Reading for ReadCondition<'_> {
    type Outcome = Typed;

    async fn run(&self, view: &mut View<'_>) -> Result<Typed> {
        read_condition(view, self.text, self.directory).await
    }
}

/// Reads a condition in either language.
pub async fn read_condition(
    view: &mut View<'_>,
    text: &str,
    directory: &Directory,
) -> Result<Typed> {
    let parsed = parse_in(text, Dialect::Mails);
    let mut known = look_up(view, &parsed.tree).await?;
    known.add_companies(view, &parsed.tree).await?;
    let resolved = resolve(&parsed.tree, &lookup(directory, &known, Language::German));
    let marks = parsed.marks.into_iter().chain(resolved.marks).collect();
    Ok(Typed { tree: resolved.tree, marks, known })
}

/// Reads actions in either language.
pub fn read_actions(
    text: &str,
    directory: &Directory,
) -> std::result::Result<Vec<Action>, ActionProblem> {
    let known = KnownNames::default();
    parse_actions(text, &lookup(directory, &known, Language::German))
}

fn lookup<'a>(directory: &'a Directory, known: &'a KnownNames, language: Language) -> Lookup<'a> {
    Lookup { directory, known, language }
}

/// The texts as they are stored: German words, ids in place of names.
pub fn stored(tree: &Tree, actions: &[Action]) -> (String, String) {
    let language = Language::German;
    (print(tree, language, &NoNames), print_actions(actions, language, &NoNames))
}

/// A rule with everything that a reader is shown of it.
#[derive(Clone, Debug)]
pub struct Read {
    /// The rule.
    pub rule: IntakeRule,
    /// Its condition.
    pub tree: Tree,
    /// Its actions.
    pub actions: Vec<Action>,
    /// Names that were looked up.
    pub known: KnownNames,
}

/// Reads a stored rule with the names that it uses.
pub async fn read(view: &mut View<'_>, rule: &IntakeRule) -> Result<Read> {
    let tree = parse_in(&rule.condition, Dialect::Mails).tree;
    let mut known = KnownNames::default();
    known.add_companies(view, &tree).await?;
    Ok(Read { actions: rule.actions(), rule: rule.clone(), tree, known })
}

impl Read {
    /// The condition in a language.
    pub fn condition(&self, language: Language, directory: &Directory) -> String {
        print(&self.tree, language, &lookup(directory, &self.known, language))
    }

    /// The actions in a language.
    pub fn actions(&self, language: Language, directory: &Directory) -> String {
        print_actions(&self.actions, language, &lookup(directory, &self.known, language))
    }

    /// The names that its parts use.
    pub fn names<'a>(&'a self, language: Language, directory: &'a Directory) -> Lookup<'a> {
        lookup(directory, &self.known, language)
    }
}
