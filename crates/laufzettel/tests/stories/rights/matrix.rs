//! What is checked for one route.

use super::ask::{Answer, Way, ask};
use super::digest::{changed, digest};
use super::house::House;
use super::least;
use super::persona::{Persona, Right, Verdict};
use super::table::Entry;

/// Everything that was found, told at the end: one line for each.
#[derive(Default)]
pub struct Findings(Vec<String>);

impl Findings {
    pub fn check(&mut self, holds: bool, says: impl FnOnce() -> String) {
        if !holds {
            self.0.push(says());
        }
    }

    pub fn none(&self) {
        assert!(self.0.is_empty(), "{} findings\n{}", self.0.len(), self.0.join("\n"));
    }
}

/// A route that only shows: to everybody, whole and in part, by its own name and by others.
pub async fn reads(house: &House, entry: &Entry, personas: &[Persona], findings: &mut Findings) {
    let operations = || house.world.app.db.write_times().counted().count;
    let before = operations();
    for persona in personas {
        for way in [Way::Plain, Way::Part] {
            let answer = ask(house, *persona, entry, None, way).await;
            expect(house, entry, *persona, &answer, way, findings).await;
            heads(entry, &answer, findings);
        }
    }
    names(house, entry, findings).await;
    let wrote = operations() != before;
    findings.check(wrote == entry.has("writes"), || format!("{} writes", entry.title()));
}

/// What every answer says to browsers and caches (S26, S47).
fn heads(entry: &Entry, answer: &Answer, findings: &mut Findings) {
    let policy = answer.header("content-security-policy");
    let ancestors = if entry.has("frame") && answer.status == 200 { "'self'" } else { "'none'" };
    let frames = format!("frame-ancestors {ancestors}");
    findings.check(policy.contains(&frames), || {
        format!("{} {}: the policy is {policy}", entry.title(), answer.status)
    });
    let is_stored = entry.has("stored") && answer.status == 200;
    findings.check(is_stored || answer.header("cache-control") == "no-store", || {
        let stored = answer.header("cache-control");
        format!("{} {}: may be stored: {stored}", entry.title(), answer.status)
    });
}

/// A route that changes something: everybody who may not is refused, and nothing has changed.
pub async fn refusals(house: &House, entry: &Entry, personas: &[Persona], findings: &mut Findings) {
    let before = digest(&house.world.app.db).await;
    for persona in personas {
        let verdict = entry.right.verdict(*persona);
        let does_nothing =
            entry.right == Right::Each && (persona.is_wrong() || *persona == Persona::Reader);
        if verdict == Verdict::Done && !does_nothing && !entry.has("reads") {
            continue;
        }
        let answer = ask(house, *persona, entry, None, Way::Plain).await;
        expect(house, entry, *persona, &answer, Way::Plain, findings).await;
    }
    names(house, entry, findings).await;
    let mut tables = changed(&before, &digest(&house.world.app.db).await);
    // Whoever leaves ends his session, also one that counts no more.
    tables.retain(|table| table != "session" || !entry.has("ends"));
    findings.check(tables.is_empty(), || format!("{} changed {tables:?}", entry.title()));
}

/// A route that changes something does so for the least of those who may.
pub async fn deed(house: &House, entry: &Entry, findings: &mut Findings) {
    let persona = least(entry);
    let before = digest(&house.world.app.db).await;
    let answer = ask(house, persona, entry, None, Way::Plain).await;
    expect(house, entry, persona, &answer, Way::Plain, findings).await;
    let tables = changed(&before, &digest(&house.world.app.db).await);
    findings.check(tables.is_empty() == entry.has("reads"), || {
        format!("{} by {persona:?} changed {tables:?}", entry.title())
    });
}

/// Whether an answer is what the table says.
async fn expect(
    house: &House,
    entry: &Entry,
    persona: Persona,
    answer: &Answer,
    way: Way,
    findings: &mut Findings,
) {
    let case = format!("{} by {persona:?}", entry.title());
    let verdict = entry.right.verdict(persona);
    let status = answer.status;
    let canary = answer.canary(persona.unheard());
    findings.check(canary.is_none(), || format!("{case} is told {canary:?}"));
    let is_part = way == Way::Part;
    match verdict {
        Verdict::Done => findings.check(status == entry.status || is_part && status < 400, || {
            format!("{case} gives {status}, not {}: {}", entry.status, first_words(answer))
        }),
        Verdict::Forbidden => findings
            .check(status == 403 || status == 422 && entry.has("kept"), || {
                format!("{case} gives {status}, not 403")
            }),
        Verdict::SignIn => findings.check(is_sent_to_sign_in(entry, answer), || {
            format!("{case} is not asked to sign in but gets {status}")
        }),
        Verdict::Missing => findings
            .check(matches!(status, 403 | 404 | 422), || format!("{case} gives {status}, not 404")),
    }
    let is_hidden =
        verdict == Verdict::Missing || entry.right == Right::Shown && persona.is_wrong();
    if let (true, Some(thing), Some(never)) = (is_hidden, entry.thing(), entry.never()) {
        let nothing = ask(house, persona, entry, Some(&never), way).await;
        let (this, nothing) = (answer.masked(&house.names[thing]), nothing.masked(&never));
        findings.check(this == nothing, || {
            format!("{case} tells that there is one{}", differ(&this, &nothing))
        });
    }
}

/// Where two answers begin to differ.
fn differ(this: &(u16, String, String), other: &(u16, String, String)) -> String {
    let [this, other] = [this, other].map(|(status, head, body)| format!("{status} {head}{body}"));
    let is_same = |(one, two): &(char, char)| one == two;
    let at = this.chars().zip(other.chars()).take_while(is_same).count();
    let around =
        |text: &str| text.chars().skip(at.saturating_sub(40)).take(120).collect::<String>();
    format!(":\n  {}\n  {}", around(&this), around(&other))
}

fn is_sent_to_sign_in(entry: &Entry, answer: &Answer) -> bool {
    if entry.address.starts_with("/api/v1") {
        return answer.status == 401;
    }
    let is_led = answer.status == 303 && answer.header("location").starts_with("/signin");
    is_led || answer.header("hx-redirect").starts_with("/signin")
}

/// Names that nothing has lead nowhere, for whoever may do everything and for the wrong one.
async fn names(house: &House, entry: &Entry, findings: &mut Findings) {
    let Some(never) = entry.never() else { return };
    let is_hidden = !matches!(entry.right, Right::Each | Right::Shown | Right::Any | Right::Create);
    let mut names = vec![never];
    if entry.is_in_path() {
        names.extend(entry.odd(house));
    }
    if !is_hidden {
        return;
    }
    for name in &names {
        for persona in [Persona::Administrator, Persona::TeamTwo] {
            let answer = ask(house, persona, entry, Some(name), Way::Plain).await;
            let status = answer.status;
            let is_refused = match persona {
                Persona::Administrator => status == 404 || status == 422 && !entry.is_in_path(),
                _ => matches!(status, 403 | 404 | 422),
            };
            findings.check(is_refused, || {
                format!("{} for {name} gives {persona:?} {status}", entry.title())
            });
        }
    }
}

/// The beginning of what an answer says.
fn first_words(answer: &Answer) -> String {
    let text = mail::text::text_from_html(&answer.body.replace('<', " <"));
    let words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let location = answer.header("location");
    format!(
        "{location} {}",
        words.chars().rev().take(300).collect::<Vec<_>>().into_iter().rev().collect::<String>()
    )
}
