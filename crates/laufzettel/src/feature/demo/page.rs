//! The demo's start page: who one can be, and how to send a mail in.

use maud::{Markup, html};

use crate::record::frame::{Bare, Person, avatar_beside_name, bare_page, icon};
use crate::texts;

/// The demo's start page.
#[derive(Clone, Debug)]
pub struct DemoPage {
    /// Language and its switch.
    pub bare: Bare,
    /// The sample company.
    pub company: String,
    /// Who one can be.
    pub agents: Vec<DemoAgent>,
    /// The password of all of them.
    pub password: String,
    /// Where mails are taken, for example `127.0.0.1:2424`.
    pub intake: Option<String>,
    /// An address of a mailbox to send a mail to.
    pub mailbox: String,
}

/// Somebody one can be.
#[derive(Clone, Debug)]
pub struct DemoAgent {
    /// The person.
    pub person: Person,
    /// What the person does, ready to print.
    pub role: String,
    /// The address to sign in with.
    pub address: String,
}

/// Prints the page.
pub fn page(page: &DemoPage) -> Markup {
    let texts = texts::demo(page.bare.language);
    let content = html! {
        div class="stack signin" {
            div {
                h1 { (texts.title()) }
                p class="soft" { (texts.company_html(html! { b { (page.company) } })) }
            }
            h2 { (texts.who()) }
            @for one in &page.agents { (agent(page, one)) }
        }
    };
    bare_page(&page.bare, texts.title(), &content, &foot(page))
}

/// A button that signs in as this person: the ordinary form, filled in.
fn agent(page: &DemoPage, agent: &DemoAgent) -> Markup {
    html! {
        form method="post" action="/signin" {
            input type="hidden" name="address" value=(agent.address);
            input type="hidden" name="password" value=(page.password);
            button class="choice choice-row btn-block" {
                (avatar_beside_name(&agent.person))
                span class="grow" { b { (agent.person.name) } small { (agent.role) } }
                (icon("arrow-right"))
            }
        }
    }
}

fn foot(page: &DemoPage) -> Markup {
    let texts = texts::demo(page.bare.language);
    let code = |words: &str| html! { code { (words) } };
    html! {
        p { (texts.temporary()) }
        @if let Some(intake) = &page.intake {
            p { (texts.send_html(code(&page.mailbox), code(intake))) }
        }
        p { (texts.sandbox_html(html! { a class="linked" href="/sandbox" { (texts.sandbox()) } })) }
    }
}

#[cfg(test)]
pub mod samples {
    //! The start page with three people.

    use values::Language;

    use super::*;
    use crate::record::frame::samples::{person, say};

    /// The start page.
    pub fn demo(language: Language) -> DemoPage {
        let agent = |name, hue, role: String, address: &str| DemoAgent {
            person: person(name, hue),
            role,
            address: format!("{address}@brueckner-objekt.example"),
        };
        DemoPage {
            bare: Bare {
                language,
                languages: ["/?language=de".to_owned(), "/?language=en".to_owned()],
            },
            company: "Brückner Objektmöbel GmbH".to_owned(),
            agents: vec![
                agent("Mareike Thoms", 160, say(language, "Teamleitung", "Team lead"), "m.thoms"),
                agent("Aylin Demir", 20, say(language, "Retouren", "Returns"), "a.demir"),
                agent("Tobias Krüger", 85, say(language, "Lager", "Warehouse"), "t.krueger"),
            ],
            password: "demo".to_owned(),
            intake: Some("127.0.0.1:2424".to_owned()),
            mailbox: "service@brueckner-objekt.example".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use values::Language;

    use super::*;
    use crate::record::frame::samples::{LANGUAGES, check};

    #[test]
    fn everybody_signs_in_with_one_button() {
        for language in LANGUAGES {
            check(language, &page(&samples::demo(language)));
        }
        let html = page(&samples::demo(Language::German)).0;
        assert_eq!(html.matches("action=\"/signin\"").count(), 3, "{html}");
        assert!(
            html.contains("name=\"address\" value=\"a.demir@brueckner-objekt.example\""),
            "{html}"
        );
        assert!(html.contains("<code>127.0.0.1:2424</code>"), "{html}");
    }
}
