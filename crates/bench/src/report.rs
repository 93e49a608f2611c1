//! One line of JSON a target, and whether it holds.
//!
//! A target that has several parts, like a search that is rare, common or a beginning, is as good
//! as its worst part: that one stands in the line, all of them on standard error.

use serde_json::{Value, json};

use crate::process::load_average;

/// The database that a target was measured on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The embedded one.
    Sqlite,
    /// The server.
    Postgres,
}

impl Engine {
    /// The word in the report.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// Whether a small or a large ratio is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// As much as possible.
    Higher,
    /// As little as possible.
    Lower,
}

/// How far a part reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holds {
    /// Not even the floor.
    No,
    /// The floor, not the goal.
    Floor,
    /// The goal.
    Goal,
}

impl Holds {
    fn word(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Floor => "floor",
            Self::Goal => "goal",
        }
    }
}

/// A figure beside its limit.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it is, with its unit.
    pub what: String,
    /// The figure.
    pub value: f64,
    /// The limit of the same run, or the figure that performance.md names, in the same unit.
    pub limit: f64,
    /// The bound of the ratio for the goal.
    pub goal: f64,
    /// The bound of the ratio for the floor.
    pub floor: f64,
    /// Which side of the bounds is good.
    pub better: Better,
}

impl Part {
    /// A figure of which there shall be at least so much of the limit; a third of it is the floor.
    pub fn rate(what: &str, value: f64, limit: f64, goal: f64) -> Self {
        let floor = goal / 3.0;
        Self { what: what.to_owned(), value, limit, goal, floor, better: Better::Higher }
    }

    /// A figure that shall stay below so many times the limit. Its floor is its goal.
    pub fn cost(what: &str, value: f64, limit: f64, goal: f64) -> Self {
        let what = what.to_owned();
        Self { what, value, limit, goal, floor: goal, better: Better::Lower }
    }

    /// The same part with another floor.
    pub fn with_floor(self, floor: f64) -> Self {
        Self { floor, ..self }
    }

    /// The figure in limits.
    pub fn ratio(&self) -> f64 {
        if self.limit > 0.0 { self.value / self.limit } else { 0.0 }
    }

    /// How far it reaches. What could not be measured reaches nothing.
    pub fn holds(&self) -> Holds {
        let ratio = self.ratio();
        let is_measured = ratio.is_finite() && ratio > 0.0;
        let reaches = |bound: f64| match self.better {
            Better::Higher => ratio >= bound,
            Better::Lower => ratio <= bound,
        };
        match (is_measured && reaches(self.goal), is_measured && reaches(self.floor)) {
            (true, _) => Holds::Goal,
            (false, true) => Holds::Floor,
            (false, false) => Holds::No,
        }
    }

    /// How much of the goal is missing, to compare parts.
    fn lack(&self) -> f64 {
        match self.better {
            Better::Higher => self.goal / self.ratio().max(1e-12),
            Better::Lower => self.ratio() / self.goal,
        }
    }
}

/// What was measured for a target.
#[derive(Clone, Debug)]
pub struct Line {
    /// The target.
    pub id: &'static str,
    /// The database.
    pub engine: Engine,
    /// How many tickets it held.
    pub tickets: u64,
    /// The middle answer.
    pub p50_ms: Option<f64>,
    /// What one of a hundred answers exceeded.
    pub p99_ms: Option<f64>,
    /// Processor time of the product for one of what was measured.
    pub cpu_ms: Option<f64>,
    /// How many a second.
    pub per_s: Option<f64>,
    /// The figures beside their limits, at least one.
    pub parts: Vec<Part>,
}

impl Line {
    /// A line of a target, without figures.
    pub fn new(id: &'static str, engine: Engine, tickets: u64) -> Self {
        let parts = Vec::new();
        Self { id, engine, tickets, p50_ms: None, p99_ms: None, cpu_ms: None, per_s: None, parts }
    }

    fn worst(&self) -> Option<&Part> {
        self.parts.iter().min_by(|one, other| {
            one.holds().cmp(&other.holds()).then(other.lack().total_cmp(&one.lack()))
        })
    }

    /// The line as JSON.
    pub fn json(&self) -> String {
        let worst = self.worst();
        let of_worst = |figure: fn(&Part) -> f64| json!(worst.map(|part| rounded(figure(part))));
        let fields: [(&str, Value); 13] = [
            ("id", json!(self.id)),
            ("engine", json!(self.engine.word())),
            ("tickets", json!(self.tickets)),
            ("p50_ms", json!(self.p50_ms.map(rounded))),
            ("p99_ms", json!(self.p99_ms.map(rounded))),
            ("cpu_ms", json!(self.cpu_ms.map(rounded))),
            ("per_s", json!(self.per_s.map(rounded))),
            ("limit", of_worst(|part| part.limit)),
            ("ratio", of_worst(Part::ratio)),
            ("goal", of_worst(|part| part.goal)),
            ("floor", of_worst(|part| part.floor)),
            ("holds", json!(worst.map_or(Holds::No, Part::holds).word())),
            ("load_average", json!(load_average())),
        ];
        // In this order, which a map would not keep.
        let fields = fields.map(|(name, value)| format!("\"{name}\": {value}"));
        format!("{{{}}}", fields.join(", "))
    }

    /// Prints the line, and all parts for people.
    pub fn print(&self) {
        println!("{}", self.json());
        for part in &self.parts {
            let sign = if part.better == Better::Higher { ">=" } else { "<=" };
            eprintln!(
                "  {} {}: {} (limit {}, ratio {}, goal {sign} {}, floor {sign} {}): {}",
                self.id,
                part.what,
                rounded(part.value),
                rounded(part.limit),
                rounded(part.ratio()),
                rounded(part.goal),
                rounded(part.floor),
                part.holds().word(),
            );
        }
    }
}

/// Four digits that count: more are noise.
fn rounded(figure: f64) -> f64 {
    if figure == 0.0 || !figure.is_finite() {
        return 0.0;
    }
    let places = 3 - figure.abs().log10().floor() as i32;
    let scale = 10_f64.powi(places.clamp(0, 6));
    (figure * scale).round() / scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_reaches_its_goal_its_floor_or_nothing() {
        let rate = |value| Part::rate("x", value, 100.0, 0.3).holds();
        assert_eq!((rate(30.0), rate(10.0), rate(9.0)), (Holds::Goal, Holds::Floor, Holds::No));
        let cost = |value| Part::cost("x", value, 10.0, 2.0).with_floor(4.0).holds();
        assert_eq!((cost(20.0), cost(40.0), cost(41.0)), (Holds::Goal, Holds::Floor, Holds::No));
    }

    #[test]
    fn what_could_not_be_measured_holds_nothing() {
        assert_eq!(Part::cost("x", 0.0, 10.0, 2.0).holds(), Holds::No);
        assert_eq!(Part::rate("x", 1.0, 0.0, 2.0).holds(), Holds::No);
        let json = Line::new("A1", Engine::Sqlite, 1).json();
        assert!(json.contains(r#""holds": "no""#), "{json}");
    }

    #[test]
    fn the_line_shows_the_worst_part() {
        let mut line = Line::new("B3", Engine::Sqlite, 10);
        line.parts = vec![
            Part::cost("good", 1.0, 1.0, 2.0),
            Part::cost("bad", 9.0, 3.0, 2.0),
            Part::cost("fair", 3.9, 2.0, 2.0),
        ];
        let json = line.json();
        assert!(
            json.starts_with(r#"{"id": "B3", "engine": "sqlite", "tickets": 10, "p50_ms": null"#)
        );
        assert!(json.contains(r#""limit": 3.0, "ratio": 3.0, "goal": 2.0"#), "{json}");
    }

    #[test]
    fn figures_have_four_digits_that_count() {
        assert_eq!(
            (rounded(1234.56), rounded(0.0123456), rounded(123_456.7)),
            (1235.0, 0.01235, 123_457.0)
        );
    }
}
