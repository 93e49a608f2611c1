//! Changing one's own password, and what every password that is chosen must be like.

use ::values::Language;
use ::web::Form;
use db::{Operation, Result, Tx};

use super::store;
use crate::feature::agents;
use crate::feature::signin::password;
use crate::record::administration::By;
use crate::record::{AgentId, session};
use crate::service::blobs::Hash;
use crate::texts;

/// Notes what is wrong with a password that was chosen, in the fields `password` and `again`.
pub fn check(language: Language, typed: &mut Form) {
    let texts = texts::passwords(language);
    if !password::is_long_enough(typed.raw("password")) {
        typed.refuse("password", texts.password_short());
    } else if typed.raw("password") != typed.raw("again") {
        typed.refuse("again", texts.again_differs());
    }
}

/// Changes the password of whoever is signed in. All other sessions end, and so do links by which
/// somebody could set yet another one.
pub struct ChangePassword<'a> {
    /// The agent.
    pub agent: AgentId,
    /// The hash of the password that was asked for, and that of the new one.
    pub hashes: (&'a str, &'a str),
    /// SHA-256 of the secret of the session that stays.
    pub kept: Hash,
    /// Who does it.
    pub by: By<'a>,
}

impl Operation for ChangePassword<'_> {
    /// Whether the password was still the one that was asked for.
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        if !agents::replace_password(tx, self.agent, self.hashes, &self.by).await? {
            return Ok(false);
        }
        store::forget_unused(tx, self.agent).await?;
        session::end_others(tx, self.agent, &self.kept).await?;
        Ok(true)
    }
}
