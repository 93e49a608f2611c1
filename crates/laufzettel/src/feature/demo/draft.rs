//! One conversation, put together from the variants of a concern.

use jiff::civil::Date;
use values::Language;

use super::calendar::{Calendar, short_date, week, work_day};
use super::chance::Chance;
use super::company::{Firm, Person};
use super::concern::Concern;
use super::conversation::{Deed, Incoming, Property};

const FEW: [[&str; 3]; 2] = [["zwei", "drei", "vier"], ["two", "three", "four"]];
const ROOMS: [&str; 6] = [
    "den großen Besprechungsraum",
    "das Büro im Erdgeschoss",
    "den Pausenraum",
    "den Empfang",
    "die Teeküche",
    "den Schulungsraum",
];
const SITES: [&str; 5] = [
    "Industriestraße 14, 34134 Kassel, Tor 2",
    "Nebengebäude, Schulweg 9, Eingang über den Hof",
    "Lagerhalle am Güterbahnhof, Rampe 3",
    "Zweigstelle Markt 6, 34369 Hofgeismar",
    "Neubau Goethestraße 40, 2. OG, 34119 Kassel",
];
const COLLEAGUES: [&str; 5] = ["Herr Winkler", "Frau Jost", "Herr Bley", "Frau Sauer", "Frau Ruhl"];
const FOLDERS: [&str; 6] =
    ["Kalkulation", "Messen", "Zeichnungen", "Personalplanung", "Verträge", "Fotos Referenzen"];
const FLOORS: [&str; 7] = [
    "ersten Stock",
    "zweiten Stock",
    "Erdgeschoss",
    "Versandbüro",
    "Besprechungsraum 3",
    "Treppenhaus",
    "Ausstellungsraum",
];
const TAGS: [&str; 4] = ["Kulanz", "Eilt", "Rückruf", "Großkunde"];

/// What happens so many working minutes after the conversation began.
pub struct Later {
    /// Working minutes.
    pub minutes: i64,
    /// What happens.
    pub deed: Deed,
}

/// A conversation before it is written.
pub struct Draft<'a> {
    /// What it is about.
    pub concern: &'a Concern,
    /// The firm of who asks.
    pub firm: &'a Firm,
    /// Who asks.
    pub person: &'a Person,
    /// The name of the agent who answers.
    pub agent: &'static str,
    /// The product it is about.
    pub product: [&'static str; 6],
    /// Last words of customers.
    pub thanks: &'a [&'static str],
    /// The calendar.
    pub calendar: &'a Calendar,
    /// The day it begins.
    pub day: Date,
    /// How often the concern was used before: what is said changes from time to time.
    pub round: usize,
    /// Chance.
    pub chance: &'a mut Chance,
}

/// How a conversation goes on after the first answer.
#[derive(PartialEq, Eq)]
enum Course {
    /// The answer was enough.
    Answered,
    /// The customer answers, and the agent again.
    Talked,
    /// After that the customer says thanks.
    Thanked,
}

struct Telling<'a> {
    draft: Draft<'a>,
    values: Vec<(&'static str, String)>,
    gone: i64,
    steps: Vec<Later>,
}

impl<'a> Draft<'a> {
    /// The subject, and what happens.
    pub fn write(mut self) -> (String, Vec<Later>) {
        let values = self.values();
        let concern = self.concern;
        let said = self.round % concern.says.len().max(1);
        let answered = self.paired(concern.answers.len(), said, concern.says.len());
        let mut telling = Telling { draft: self, values, gone: 0, steps: Vec::new() };
        let subject = telling.subject(said);
        telling.begin(said);
        telling.answer(said, answered);
        (subject, telling.steps)
    }

    /// The place in a list that goes with a place in another one, if they have the same length.
    fn paired(&mut self, length: usize, other: usize, other_length: usize) -> usize {
        if length == other_length { other } else { self.chance.place(length) }
    }

    fn values(&mut self) -> Vec<(&'static str, String)> {
        let language = self.firm.language;
        let [nom, acc, dat, plural, _, plural_en] = self.product;
        let plural = if language == Language::English { plural_en } else { plural };
        let count = self.chance.between(5, 25);
        let [german, english] = FEW;
        let few = if language == Language::English { english } else { german };
        let euros = self.chance.between(1, 64) * 100 + self.chance.between(0, 100);
        let cents = self.chance.between(0, 20) * 5;
        let mut number = |prefix: &str, from: i64, to: i64| {
            format!("{prefix}-{}", self.chance.between(from, to))
        };
        let mut values = vec![
            ("order", number("AU", 76_100, 77_119)),
            ("invoice", number("RE", 20_310, 20_454)),
            ("return", number("RT", 3_300, 3_390)),
            ("slip", number("LS", 5_380, 5_487)),
            ("offer", number("AN", 5_401, 5_511)),
            ("count", count.to_string()),
            ("less", (count - self.chance.between(1, 4)).to_string()),
            ("more", (count + self.chance.between(1, 6)).to_string()),
            ("small", self.chance.between(11, 99).to_string()),
            ("amount", amount(euros, cents, language)),
            ("extra", amount(self.chance.between(12, 240), cents, language)),
            ("nom", nom.to_owned()),
            ("acc", acc.to_owned()),
            ("dat", dat.to_owned()),
            ("plural", plural.to_owned()),
        ];
        let (past, soon) = (-self.chance.between(3, 13), self.chance.between(4, 9));
        let later = soon + self.chance.between(1, 8);
        let day = |days: i64| work_day(self.day, days);
        values.push(("past", short_date(day(past), language)));
        values.push(("soon", short_date(day(soon), language)));
        values.push(("later", short_date(day(later), language)));
        values.push(("week", week(day(later), language)));
        for (name, list) in [
            ("few", few.as_slice()),
            ("room", ROOMS.as_slice()),
            ("site", SITES.as_slice()),
            ("colleague", COLLEAGUES.as_slice()),
            ("folder", FOLDERS.as_slice()),
            ("floor", FLOORS.as_slice()),
        ] {
            values.push((name, self.chance.one_of(list).copied().unwrap_or_default().to_owned()));
        }
        values
    }
}

impl Telling<'_> {
    fn subject(&mut self, said: usize) -> String {
        let concern = self.draft.concern;
        let place = self.draft.paired(concern.subjects.len(), said, concern.says.len());
        capital(&self.filled(&concern.subjects, place))
    }

    /// The first mail, and how the agent takes it on.
    fn begin(&mut self, said: usize) {
        let concern = self.draft.concern;
        let chance = &mut *self.draft.chance;
        let (adds, asks) = (chance.place(concern.adds.len()), chance.place(concern.asks.len()));
        let has_adds = !chance.is_one_in(4);
        let is_one_paragraph = chance.is_one_in(3);
        let mut body = self.filled(&concern.says, said);
        if has_adds {
            body.push_str(if is_one_paragraph { " " } else { "\n\n" });
            body.push_str(&self.filled(&concern.adds, adds));
        }
        body.push_str(if is_one_paragraph || !has_adds { "\n\n" } else { " " });
        body.push_str(&self.filled(&concern.asks, asks));
        let files = self.all_filled(&concern.files);
        let opening = self.draft.person.opening;
        let body =
            if self.draft.firm.language == Language::English { capital(&body) } else { body };
        let text = self.closed(&format!("{opening},\n\n{body}"));
        self.push(0, Deed::Customer(Incoming { text, files, ..Incoming::default() }));
        let mut changes = vec![
            Property::Seen,
            Property::Assignee(self.draft.agent.to_owned()),
            Property::Status("offen".to_owned()),
            Property::Category(concern.category.to_owned()),
        ];
        if concern.priority != "normal" {
            changes.push(Property::Priority(concern.priority.to_owned()));
        }
        if self.draft.chance.is_one_in(8) {
            let tag = self.draft.chance.one_of(&TAGS).copied().unwrap_or_default();
            changes.push(Property::Tags(vec![tag.to_owned()]));
        }
        let wait = self.draft.chance.between(4, 90);
        self.set(wait, changes);
    }

    /// The answers, up to the end.
    fn answer(&mut self, said: usize, answered: usize) {
        let concern = self.draft.concern;
        let agent = self.draft.agent;
        if concern.notes.get(said).is_some() && !self.draft.chance.is_one_in(3) {
            let text = self.filled(&concern.notes, said);
            self.push(6, Deed::Note { agent, text });
        }
        let course = match self.draft.chance.between(0, 10) {
            0..4 => Course::Answered,
            4..8 => Course::Talked,
            _ => Course::Thanked,
        };
        let answer = self.filled(&concern.answers, answered);
        let files = self.all_filled(&concern.encloses);
        self.agent_says(12, 240, &answer, files);
        if course != Course::Answered && !concern.backs.is_empty() {
            self.set(1, vec![Property::Status("wartet".to_owned())]);
            let back = self.draft.paired(concern.backs.len(), answered, concern.answers.len());
            let text = self.filled(&concern.backs, back);
            self.customer_says(60, 900, &text);
            let last = self.draft.paired(concern.finals.len(), back, concern.backs.len());
            let text = self.filled(&concern.finals, last);
            self.agent_says(10, 180, &text, Vec::new());
        }
        if course == Course::Thanked {
            let thanks = self.draft.chance.one_of(self.draft.thanks).copied().unwrap_or_default();
            if self.draft.firm.language == Language::German {
                self.customer_says(20, 300, thanks);
            }
        }
        self.set(2, vec![Property::Seen, Property::Status("geloest".to_owned())]);
    }

    fn customer_says(&mut self, from: i64, to: i64, text: &str) {
        let wait = self.draft.chance.between(from, to);
        let text = self.closed(text);
        self.push(wait, Deed::Customer(Incoming { text, ..Incoming::default() }));
    }

    fn agent_says(&mut self, from: i64, to: i64, text: &str, files: Vec<String>) {
        let wait = self.draft.chance.between(from, to);
        let salutation = self.draft.person.salutation(self.draft.firm);
        let body = match self.draft.firm.language {
            Language::German => small(text),
            Language::English => capital(text),
        };
        let text = format!("{salutation},\n\n{body}");
        self.push(wait, Deed::Agent { agent: self.draft.agent, text, files });
    }

    fn set(&mut self, wait: i64, changes: Vec<Property>) {
        self.push(wait, Deed::Set { agent: self.draft.agent, changes });
    }

    fn push(&mut self, wait: i64, deed: Deed) {
        self.gone += wait;
        self.steps.push(Later { minutes: self.gone, deed });
    }

    fn closed(&self, text: &str) -> String {
        format!("{text}\n\n{}\n{}", self.draft.person.closing, self.draft.person.name)
    }

    fn filled(&self, list: &[&'static str], place: usize) -> String {
        self.fill(list.get(place).copied().unwrap_or_default())
    }

    fn all_filled(&self, list: &[&'static str]) -> Vec<String> {
        list.iter().map(|text| self.fill(text)).collect()
    }

    fn fill(&self, text: &str) -> String {
        let draft = &self.draft;
        draft.calendar.fill_in(text, draft.day, draft.firm.language, &self.values)
    }
}

/// An amount of money as people write it.
fn amount(euros: i64, cents: i64, language: Language) -> String {
    let (thousands, rest) = (euros / 1_000, euros % 1_000);
    match (language, thousands) {
        (Language::German, 0) => format!("{rest},{cents:02} €"),
        (Language::German, _) => format!("{thousands}.{rest:03},{cents:02} €"),
        (Language::English, 0) => format!("€{rest}.{cents:02}"),
        (Language::English, _) => format!("€{thousands},{rest:03}.{cents:02}"),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A sentence behind a greeting with a comma. Building blocks of agents begin with a noun only
/// where they are written small but for it, so words that are nouns are named here.
fn small(text: &str) -> String {
    let first_word = text.split([' ', ',', '.']).next().unwrap_or_default();
    let is_noun =
        ["Sie", "Ersatz", "Röhre", "Türschließer", "Katalog", "Ihre", "Ihr"].contains(&first_word);
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if !is_noun => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}
