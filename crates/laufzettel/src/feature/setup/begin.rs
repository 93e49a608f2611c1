//! The first step: the administrator and the company, in one operation, once.

use db::{Operation, Result, Tx};
use rules::right::Role;
use values::{EmailAddress, IdMaker, Language, Timestamp};
use web::FieldProblem;

use super::link::{self, Key};
use crate::feature::agents::{AddAgent, Added, SetProfile};
use crate::feature::signin::password;
use crate::record::{AgentId, company_name};
use crate::service::live;

/// Letters of names.
const NAME_LETTERS_MAX: usize = 200;

/// The form.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The name of the administrator.
    pub name: String,
    /// The address to sign in with.
    pub email: String,
    /// The password.
    pub password: String,
    /// The name of the company.
    pub company: String,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Odd {
    /// Nothing was typed.
    Missing,
    /// It is too long, or not one line.
    NoLine,
    /// It is no address.
    NoAddress,
    /// The password is too short or endless.
    PasswordLength,
}

impl Odd {
    /// The code for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NoLine => "no_line",
            Self::NoAddress => "no_address",
            Self::PasswordLength => "password_length",
        }
    }
}

/// What is wrong, by field. Nothing: it can be taken.
pub fn check(typed: &Typed) -> Vec<(&'static str, Odd)> {
    let mut odd = Vec::new();
    for (field, text) in [("name", &typed.name), ("company", &typed.company)] {
        odd.extend(odd_line(text).map(|problem| (field, problem)));
    }
    match typed.email.as_str() {
        "" => odd.push(("email", Odd::Missing)),
        email if EmailAddress::parse(email).is_err() => odd.push(("email", Odd::NoAddress)),
        _ => {}
    }
    if !password::is_long_enough(&typed.password) {
        odd.push(("password", Odd::PasswordLength));
    }
    odd
}

fn odd_line(text: &str) -> Option<Odd> {
    match text {
        "" => Some(Odd::Missing),
        text if text.chars().count() > NAME_LETTERS_MAX => Some(Odd::NoLine),
        text if text.contains(char::is_control) => Some(Odd::NoLine),
        _ => None,
    }
}

/// The problems with their sentences.
pub fn problems(odd: &[(&'static str, Odd)], say: impl Fn(Odd) -> String) -> Vec<FieldProblem> {
    let problem = |(field, odd): &(&'static str, Odd)| FieldProblem {
        field: (*field).to_owned(),
        code: odd.code().to_owned(),
        message: say(*odd),
    };
    odd.iter().map(problem).collect()
}

/// Adds the administrator and names the company, if the key opens the set-up; it does so once.
pub struct Begin<'a> {
    /// The key of the link.
    pub key: &'a str,
    /// The name of the administrator.
    pub name: &'a str,
    /// The address to sign in with.
    pub email: &'a EmailAddress,
    /// The hash of the password.
    pub password_hash: &'a str,
    /// The name of the company.
    pub company: &'a str,
    /// The language of the screen.
    pub language: Language,
    /// Makes the id.
    pub ids: &'a IdMaker,
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for Begin<'_> {
    type Outcome = std::result::Result<AgentId, Key>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Outcome> {
        match link::judge(tx, self.key, self.now).await? {
            Key::Opens(_) => {}
            closed => return Ok(Err(closed)),
        }
        if !link::use_up(tx).await? {
            return Ok(Err(Key::SetUp));
        }
        let add = AddAgent {
            name: self.name,
            email: self.email,
            role: Role::Administrator,
            password_hash: Some(self.password_hash),
            ids: self.ids,
            now: self.now,
        };
        let Added::Done(agent) = add.run(tx).await? else { return Ok(Err(Key::SetUp)) };
        let language = Some(self.language.code());
        SetProfile { language, ..SetProfile::of(agent) }.run(tx).await?;
        company_name::set(tx, self.company).await?;
        live::announce(tx, live::LISTS, agent);
        Ok(Ok(agent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_named_by_field() {
        let typed = Typed {
            name: "Mareike Thoms".to_owned(),
            email: "mareike".to_owned(),
            password: "kurz".to_owned(),
            company: String::new(),
        };
        let odd = check(&typed);
        let expected = [
            ("company", Odd::Missing),
            ("email", Odd::NoAddress),
            ("password", Odd::PasswordLength),
        ];
        assert_eq!(odd, expected);
        let long = Typed { name: "x".repeat(201), ..typed };
        assert!(check(&long).contains(&("name", Odd::NoLine)));
    }
}
