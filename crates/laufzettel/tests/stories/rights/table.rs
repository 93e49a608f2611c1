//! The table of all routes, as it stands in `pages.txt` and `programs.txt`.

use super::house::House;
use super::persona::Right;
use super::routes::Route;

/// What the table says of one route.
#[derive(Clone, Debug)]
pub struct Entry {
    pub method: String,
    /// The address with its parameters in braces.
    pub address: String,
    /// Parameters and query, with words for the things.
    names: Vec<(String, String)>,
    query: String,
    pub right: Right,
    /// How it ends for whoever has the right.
    pub status: u16,
    pub body: String,
    remarks: Vec<String>,
}

/// The entries for pages.
pub fn pages() -> Vec<Entry> {
    read(include_str!("pages.txt"), "")
}

/// The entries for programs.
pub fn programs() -> Vec<Entry> {
    read(include_str!("programs.txt"), "/api/v1")
}

fn read(text: &str, prefix: &str) -> Vec<Entry> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| entry(line, prefix)).collect()
}

fn entry(line: &str, prefix: &str) -> Entry {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let cell = |place: usize| cells.get(place).copied().unwrap_or_default();
    let (method, address) = cell(0).split_once(' ').unwrap_or_else(|| panic!("{line}"));
    let mut names = Vec::new();
    let mut query = String::new();
    for word in cell(1).split_whitespace() {
        match word.split_once('=') {
            _ if word.starts_with('?') => query = word.to_owned(),
            Some((name, value)) => names.push((name.to_owned(), value.to_owned())),
            None => panic!("{line}"),
        }
    }
    Entry {
        method: method.to_owned(),
        address: format!("{prefix}{}", address.trim()),
        names,
        query,
        right: Right::from_word(cell(2)),
        status: cell(3).parse().unwrap_or_else(|_| panic!("{line}")),
        body: cell(4).to_owned(),
        remarks: cell(5).split_whitespace().map(str::to_owned).collect(),
    }
}

/// Things whose names are made by people or by counting.
const NUMBERED: [&str; 5] = ["ticket", "mine", "closed", "trashed", "foreign"];
const NAMED: [&str; 4] = ["block", "mailbox", "sender", "area_key"];
/// What nobody would call anything.
const ODD: [&str; 7] = [
    "0",
    "-1",
    "99999999999999999999999",
    "9223372036854775808",
    "%00",
    "1%2F2",
    "%27%20or%201%3D1",
];

impl Entry {
    pub fn route(&self) -> Route {
        (self.method.clone(), self.address.clone())
    }

    pub fn has(&self, remark: &str) -> bool {
        self.remarks.iter().any(|one| one == remark)
    }

    pub fn writes(&self) -> bool {
        self.method != "GET"
    }

    /// `POST /tickets/{number}/claim`, for findings.
    pub fn title(&self) -> String {
        format!("{} {}", self.method, self.address)
    }

    /// The word of the thing that this is about.
    pub fn thing(&self) -> Option<&str> {
        let texts = self.names.iter().map(|(_, value)| value.as_str());
        let mut texts = texts.chain([self.query.as_str(), self.body.as_str()]);
        texts.find_map(|text| text.split_once('<')?.1.split_once('>').map(|(word, _)| word))
    }

    /// Whether the thing stands in the path, where odd names can stand as well.
    pub fn is_in_path(&self) -> bool {
        self.names.iter().any(|(_, value)| value.starts_with('<'))
    }

    /// A name of the same form that nothing has.
    pub fn never(&self) -> Option<String> {
        let thing = self.thing()?;
        let is_key = thing.ends_with("_key") || NAMED.contains(&thing);
        Some(match thing {
            "sender" => "gibtesnicht@firma.example".to_owned(),
            _ if is_key => "gibtesnicht".to_owned(),
            thing if NUMBERED.contains(&thing) => "990000".to_owned(),
            _ => "4611686018427387904".to_owned(),
        })
    }

    /// Names that nothing of this kind has: odd ones, and that of something of another kind.
    pub fn odd(&self, house: &House) -> Vec<String> {
        let Some(thing) = self.thing() else { return Vec::new() };
        let of_another_kind =
            if thing == "message" || thing == "note" { "contact" } else { "message" };
        let odd = ODD.iter().map(|name| (*name).to_owned());
        odd.chain([house.names[of_another_kind].clone()]).collect()
    }

    /// The address and the body with this name in place of the thing's own.
    pub fn asks(&self, house: &House, name: Option<&str>) -> (String, String) {
        let with = |text: &str| match (self.thing(), name) {
            (Some(thing), Some(name)) => house.fill(&text.replace(&format!("<{thing}>"), name)),
            _ => house.fill(text),
        };
        let mut address = self.address.clone();
        for (parameter, value) in &self.names {
            let place = format!("{{{parameter}}}");
            assert!(address.contains(&place), "{} has no {parameter}", self.title());
            address = address.replace(&place, &with(value));
        }
        assert!(!address.contains('{'), "{} says nothing of a parameter", self.title());
        (format!("{address}{}", with(&self.query)), with(&self.body))
    }
}
