//! The page of the set-up: one sheet, three steps. Done ones are a line, later ones a promise.

mod closed;
mod company;
mod first;
mod mailbox;

use maud::{DOCTYPE, Markup, html};
use values::{Language, Timestamp};
use web::FieldProblem;

use crate::record::frame::{brand, head_of_page, icon, icon_small};
use crate::texts;

pub use closed::closed;
pub use company::{CompanyStep, company, sentence};
pub use first::{Arrived, FirstStep, first};
pub use mailbox::{Check, MailboxStep, Outcome, mailbox};

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Administrator and company.
    Company,
    /// The mailbox.
    Mailbox,
    /// The first mail.
    First,
}

impl Step {
    const ALL: [Self; 3] = [Self::Company, Self::Mailbox, Self::First];
}

/// What stands around the steps.
#[derive(Clone, Debug)]
pub struct Around {
    /// The language of the screen.
    pub language: Language,
    /// The page in the other language, where that can be chosen.
    pub other_language: Option<String>,
    /// The step that is next.
    pub step: Step,
    /// Whether a further mailbox is set up, long after the first.
    pub is_further: bool,
    /// What stands in the lines of the steps that are done.
    pub done: Vec<String>,
    /// Whether the last step is done, too.
    pub is_complete: bool,
    /// For how many minutes the link can still be used.
    pub minutes_left: Option<u64>,
}

impl Around {
    /// Around the first step, which a link opened.
    pub fn by_link(language: Language, key: &str, (ends_at, now): (Timestamp, Timestamp)) -> Self {
        let other = match language {
            Language::German => Language::English,
            Language::English => Language::German,
        };
        let millis = u64::try_from(ends_at.millis_since(now)).unwrap_or_default();
        let key = crate::http::encode(key);
        Self {
            language,
            other_language: Some(format!("/setup?key={key}&language={}", other.code())),
            step: Step::Company,
            is_further: false,
            done: Vec::new(),
            is_complete: false,
            minutes_left: Some(millis.div_ceil(60_000)),
        }
    }
}

/// The sheet around the step that is open.
fn sheet(around: &Around, open: &Markup) -> Markup {
    let texts = texts::setup(around.language);
    let (title, about) = match around.is_further {
        true => (texts.further(), texts.further_about()),
        false => (texts.title(), texts.about()),
    };
    let foot = around.minutes_left.map(|minutes| texts.minutes_left(minutes));
    html! {
        (DOCTYPE)
        html lang=(around.language.code()) {
            (head_of_page(title))
            body {
                a class="skip" href="#content" { (texts::common(around.language).skip_to_content()) }
                div class="setup" {
                    header class="bar" { span class="brand" { (brand()) } (other_language(around)) }
                    main id="content" {
                        div { h1 { (title) } p class="soft" { (about) } }
                        (slip(around))
                        @for step in Step::ALL {
                            @if step < around.step { (done(around, step)) }
                            @if step == around.step { (open) }
                            @if step > around.step { (later(around.language, step)) }
                        }
                    }
                    @if let Some(foot) = foot { footer class="portal-foot" { span { (foot) } } }
                }
            }
        }
    }
}

fn other_language(around: &Around) -> Markup {
    let (code, name) = match around.language {
        Language::German => ("en", "English"),
        Language::English => ("de", "Deutsch"),
    };
    html! {
        @if around.is_further {
            span class="end row" { a class="btn" href="/mailboxes" { (texts::setup(around.language).cancel()) } }
        }
        @if let Some(href) = &around.other_language {
            span class="end row" { a class="btn btn-quiet" href=(href) lang=(code) { (icon("languages")) (name) } }
        }
    }
}

fn name(language: Language, step: Step) -> &'static str {
    let texts = texts::setup(language);
    match step {
        Step::Company => texts.company_step(),
        Step::Mailbox => texts.mailbox_step(),
        Step::First => texts.first_step(),
    }
}

fn slip(around: &Around) -> Markup {
    let texts = texts::setup(around.language);
    let number = (around.step as usize + 1).to_string();
    html! {
        section class="slip" aria-label=(texts.step_of(&number)) tabindex="0" {
            ol {
                @for step in Step::ALL {
                    @let is_done = step < around.step || around.is_complete;
                    li aria-current=[(step == around.step).then_some("step")] data-next[step > around.step] {
                        (stamp(around, step))
                        div {
                            b { (name(around.language, step)) }
                            small { @if is_done { (texts.done()) } @else if step == around.step { (texts.now()) } @else { (texts.later()) } }
                        }
                    }
                }
            }
        }
    }
}

fn stamp(around: &Around, step: Step) -> Markup {
    let is_done = step < around.step || around.is_complete;
    let state = match () {
        () if is_done => None,
        () if step == around.step => Some("jetzt"),
        () => Some("offen"),
    };
    html! {
        span class="stamp" data-step=[state] aria-hidden="true" {
            @if is_done { (icon("check")) } @else { (step as usize + 1) }
        }
    }
}

fn head(around: &Around, step: Step, about: &str) -> Markup {
    html! {
        header {
            (stamp(around, step))
            div class="grow" { h2 id=(id(step)) { (name(around.language, step)) } p { (about) } }
        }
    }
}

fn id(step: Step) -> &'static str {
    match step {
        Step::Company => "step-company",
        Step::Mailbox => "step-mailbox",
        Step::First => "step-first",
    }
}

fn done(around: &Around, step: Step) -> Markup {
    let words = around.done.get(step as usize).map_or("", String::as_str);
    html! { section class="step" aria-labelledby=(id(step)) { (head(around, step, words)) } }
}

fn later(language: Language, step: Step) -> Markup {
    let texts = texts::setup(language);
    let promise = if step == Step::Mailbox { texts.mailbox_about() } else { texts.first_later() };
    html! {
        section class="step" data-later aria-labelledby=(id(step)) {
            header {
                span class="stamp" data-step="offen" aria-hidden="true" { (step as usize + 1) }
                div class="grow" { h2 id=(id(step)) { (name(language, step)) } p { (promise) } }
            }
        }
    }
}

/// A part of a step: what it is about at the left, its fields at the right.
fn part(heading: &str, about: &str, fields: &Markup) -> Markup {
    html! { div class="part" { div { h3 { (heading) } p { (about) } } div { (fields) } } }
}

/// A field with its label and what is wrong with it.
struct Field<'a> {
    name: &'a str,
    label: &'a str,
    kind: &'a str,
    value: &'a str,
    autocomplete: &'a str,
    hint: Option<&'a str>,
    is_required: bool,
    is_first: bool,
}

impl<'a> Field<'a> {
    fn new(name: &'a str, label: &'a str, value: &'a str) -> Self {
        Self {
            name,
            label,
            kind: "text",
            value,
            autocomplete: "off",
            hint: None,
            is_required: true,
            is_first: false,
        }
    }

    fn print(&self, problems: &[FieldProblem]) -> Markup {
        let wrong = problems.iter().find(|problem| problem.field == self.name);
        let told = match (wrong, self.hint) {
            (Some(_), _) => Some(format!("{}-error", self.name)),
            (None, Some(_)) => Some(format!("{}-hint", self.name)),
            (None, None) => None,
        };
        html! {
            div class="field" {
                label for=(self.name) { (self.label) }
                input class="input" id=(self.name) type=(self.kind) name=(self.name) value=(self.value)
                    autocomplete=(self.autocomplete) required[self.is_required] autofocus[self.is_first]
                    aria-invalid=[wrong.map(|_| "true")] aria-describedby=[told];
                @match (wrong, self.hint) {
                    (Some(problem), _) => {
                        span class="error" id={ (self.name) "-error" } role="alert" {
                            (icon_small("circle-alert")) (problem.message)
                        }
                    }
                    (None, Some(hint)) => span class="hint" id={ (self.name) "-hint" } { (hint) },
                    (None, None) => {}
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::form::{Side, Typed};
    use super::super::link::Key;
    use super::*;
    use crate::record::frame::samples::{LANGUAGES, check};

    fn around(language: Language, step: Step) -> Around {
        let done =
            ["Mareike Thoms · Brückner Objektmöbel GmbH", "service@brueckner-objekt.example"];
        Around {
            language,
            other_language: None,
            step,
            is_further: false,
            done: done.map(str::to_owned).to_vec(),
            is_complete: step == Step::First,
            minutes_left: None,
        }
    }

    fn mailbox_step() -> MailboxStep {
        let fails = Outcome::Fails {
            text: "smtp.ionos.de nimmt die Anmeldung als „service“ nicht an.".to_owned(),
            help: "Prüfen Sie das Passwort.".to_owned(),
            words: Some("535 Authentication credentials invalid".to_owned()),
        };
        MailboxStep {
            typed: Typed {
                provider: "ionos".to_owned(),
                address: "service@brueckner-objekt.example".to_owned(),
                kept: "c2VhbGVk".to_owned(),
                ..Typed::new(jiff::civil::date(2026, 11, 24))
            },
            problems: Vec::new(),
            checks: vec![
                Check { side: Side::Imap, outcome: Outcome::Works("421 Mails".to_owned()) },
                Check { side: Side::Smtp, outcome: fails },
            ],
            counts: Some((412, 9)),
            signed_in: Some(("Microsoft 365", "service@brueckner-objekt.example".to_owned())),
            may_only_receive: true,
        }
    }

    #[test]
    fn every_step_is_printed_in_both_languages() {
        let now = Timestamp::from_seconds(1_800_000_000);
        for language in LANGUAGES {
            let by_link = Around::by_link(language, "k", (now.plus_millis(52 * 60_000), now));
            check(language, &company(&by_link, &CompanyStep::new("k".to_owned())));
            let mut step = mailbox_step();
            for provider in super::super::providers::PROVIDERS {
                provider.code.clone_into(&mut step.typed.provider);
                check(language, &mailbox(&around(language, Step::Mailbox), &step));
            }
            let address = "service@brueckner-objekt.example".to_owned();
            let trouble = Some("trouble".to_owned());
            let arrived = Arrived {
                number: "48001".to_owned(),
                subject: "Testmail von Laufzettel".to_owned(),
                from: "Mareike Thoms".to_owned(),
                seconds: 6,
            };
            for one in [
                FirstStep::NotSent,
                FirstStep::OnItsWay { address, trouble, words: None },
                FirstStep::Arrived(arrived),
            ] {
                check(language, &first(&around(language, Step::First), &one));
            }
            for key in [Key::SetUp, Key::Expired, Key::Unknown] {
                check(language, &closed(language, key));
            }
        }
    }

    #[test]
    fn a_sealed_password_is_not_asked_for_again() {
        let html = mailbox(&around(Language::German, Step::Mailbox), &mailbox_step()).0;
        let field = html.split("id=\"password\"").nth(1).unwrap().split('>').next().unwrap();
        assert!(!field.contains("required"), "{field}");
        assert!(html.contains("412 ältere Mails bleiben liegen."), "{html}");
    }
}
