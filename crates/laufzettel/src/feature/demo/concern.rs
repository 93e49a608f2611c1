//! What customers write about: building blocks from which conversations are put together.

use values::Language;

use super::{BadData, Read, bad, fields, lines};

const SCENES: &str = include_str!("data/scenes.txt");

/// All building blocks.
#[derive(Clone, Debug, Default)]
pub struct Concerns {
    /// Products: nominative, accusative, dative, plural, English, English plural.
    pub products: Vec<[&'static str; 6]>,
    /// Last words of customers.
    pub thanks: Vec<&'static str>,
    /// The concerns.
    pub list: Vec<Concern>,
}

/// Something that customers write about, with variants of everything that is said.
#[derive(Clone, Debug)]
pub struct Concern {
    /// The key of the area.
    pub area: &'static str,
    /// The name of the mailbox.
    pub mailbox: &'static str,
    /// The key of the category.
    pub category: &'static str,
    /// The key of the priority.
    pub priority: &'static str,
    /// The language.
    pub language: Language,
    /// Subjects.
    pub subjects: Vec<&'static str>,
    /// What it is about.
    pub says: Vec<&'static str>,
    /// What may be added.
    pub adds: Vec<&'static str>,
    /// What is asked for.
    pub asks: Vec<&'static str>,
    /// Notes of agents.
    pub notes: Vec<&'static str>,
    /// First answers of agents.
    pub answers: Vec<&'static str>,
    /// What customers answer to those.
    pub backs: Vec<&'static str>,
    /// Second answers of agents.
    pub finals: Vec<&'static str>,
    /// Files that the customer encloses.
    pub files: Vec<&'static str>,
    /// Files that the agent encloses.
    pub encloses: Vec<&'static str>,
}

impl Concerns {
    /// Reads the data file.
    pub fn load() -> Read<Self> {
        let mut concerns = Self::default();
        for line in lines(SCENES).filter(|line| !line.is_empty()) {
            let (word, rest) = line.split_once(' ').ok_or(BadData(line.to_owned()))?;
            match word {
                "product" => {
                    let forms = fields(rest).try_into();
                    concerns.products.push(forms.map_err(|_| BadData(line.to_owned()))?);
                }
                "thanks" => concerns.thanks.push(rest),
                "concern" => concerns.list.push(begin(rest)?),
                _ => match concerns.list.last_mut().and_then(|last| last.variants(word)) {
                    Some(variants) => variants.push(rest),
                    None => return bad("unknown line", line),
                },
            }
        }
        Ok(concerns)
    }
}

fn begin(head: &'static str) -> Read<Concern> {
    let words: Vec<&'static str> = head.split(' ').collect();
    let [area, mailbox, category, priority, language @ ..] = words.as_slice() else {
        return bad("a concern", head);
    };
    let language = language.first().and_then(|code| Language::from_code(code));
    Ok(Concern {
        area,
        mailbox,
        category,
        priority,
        language: language.unwrap_or_default(),
        subjects: Vec::new(),
        says: Vec::new(),
        adds: Vec::new(),
        asks: Vec::new(),
        notes: Vec::new(),
        answers: Vec::new(),
        backs: Vec::new(),
        finals: Vec::new(),
        files: Vec::new(),
        encloses: Vec::new(),
    })
}

impl Concern {
    fn variants(&mut self, word: &str) -> Option<&mut Vec<&'static str>> {
        Some(match word {
            "subject" => &mut self.subjects,
            "says" => &mut self.says,
            "adds" => &mut self.adds,
            "asks" => &mut self.asks,
            "note" => &mut self.notes,
            "answer" => &mut self.answers,
            "back" => &mut self.backs,
            "final" => &mut self.finals,
            "files" => &mut self.files,
            "encloses" => &mut self.encloses,
            _ => return None,
        })
    }
}
