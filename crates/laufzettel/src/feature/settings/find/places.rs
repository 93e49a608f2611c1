//! Places in the settings, and the words by which they are found.

use rules::text::fold_text;
use values::Language;

use crate::record::directory::Listed;
use crate::texts;

/// A place in the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What is set there.
    pub name: String,
    /// The page it stands on.
    pub on: String,
    /// The address.
    pub href: String,
    /// Its names in both languages, folded.
    names: [String; 2],
    /// All words by which it is found, folded.
    words: String,
}

impl Place {
    /// Whether all words are among its own.
    pub fn fits(&self, wanted: &[&str]) -> bool {
        wanted.iter().all(|word| self.words.contains(word))
    }

    /// How far it is from what was looked for: called so, begins so, has the words in its name, has
    /// them elsewhere.
    pub fn distance(&self, wanted: &[&str]) -> u8 {
        let typed = wanted.join(" ");
        let is = |fits: &dyn Fn(&String) -> bool| self.names.iter().any(fits);
        match () {
            () if is(&|name| *name == typed) => 0,
            () if is(&|name| name.starts_with(&typed)) => 1,
            () if is(&|name| wanted.iter().all(|word| name.contains(word))) => 2,
            () => 3,
        }
    }
}

/// A name in a language.
pub type Name = fn(Language) -> &'static str;

/// The places so far.
pub struct Places {
    language: Language,
    /// What was added.
    pub places: Vec<Place>,
}

impl Places {
    /// None yet, for a reader of this language.
    pub fn of(language: Language) -> Self {
        Self { language, places: Vec::new() }
    }

    fn push(
        &mut self,
        [german, english]: [String; 2],
        on: impl Fn(Language) -> &'static str,
        href: &str,
        also: &str,
    ) {
        let pages = format!("{} {}", on(Language::German), on(Language::English));
        let names = [fold_text(&german), fold_text(&english)];
        let words = format!("{} {} {}", names.join(" "), fold_text(&pages), fold_text(also));
        let name = match self.language {
            Language::German => german,
            Language::English => english,
        };
        let on = on(self.language).to_owned();
        self.places.push(Place { name, on, href: href.to_owned(), names, words });
    }

    /// A page of the settings, with other words for it in both languages.
    pub fn page(&mut self, name: impl Fn(Language) -> &'static str, href: &str, also: &str) {
        self.field(name, |language| texts::settings(language).settings(), href, also);
    }

    /// A field of a page, with other words for it in both languages.
    pub fn field(
        &mut self,
        name: impl Fn(Language) -> &'static str,
        on: impl Fn(Language) -> &'static str,
        href: &str,
        also: &str,
    ) {
        let names = [Language::German, Language::English].map(|one| name(one).to_owned());
        self.push(names, on, href, also);
    }

    /// Something with a name of its own, which is the same in both languages.
    pub fn named(
        &mut self,
        name: &str,
        on: impl Fn(Language) -> &'static str,
        href: &str,
        also: &str,
    ) {
        self.push([name.to_owned(), name.to_owned()], on, href, also);
    }

    /// The entries of a list.
    pub fn entries<T: Listed>(
        &mut self,
        on: impl Fn(Language) -> &'static str + Copy,
        href: &str,
        entries: &[T],
    ) {
        for entry in entries {
            let names = [Language::German, Language::English].map(|one| entry.name(one).to_owned());
            self.push(names, on, &format!("{href}/{}", entry.number()), "");
        }
    }
}

/// The same words in both languages.
pub fn both(words: impl Fn(Language) -> String) -> String {
    format!("{} {}", words(Language::German), words(Language::English))
}

/// The words of the values that a field can have, in both languages.
pub fn values(choices: impl Fn(Language) -> Vec<(String, String)>) -> String {
    both(|language| {
        let words = choices(language).into_iter().map(|(_, words)| words);
        words.collect::<Vec<_>>().join(" ")
    })
}
