//! Passwords: argon2id, at most two at a time, so that signing in cannot fill the memory.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use db::{Failure, Result};
use tokio::sync::Semaphore;

/// Characters of a password, at least.
pub const LENGTH_MIN: usize = 8;
/// Longer texts are not hashed: nobody types them.
const LENGTH_MAX: usize = 1_000;
/// Letters of a made password: without those that look alike.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789A";

static AT_A_TIME: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// Whether a password is long enough to be taken.
pub fn is_long_enough(password: &str) -> bool {
    (LENGTH_MIN..=LENGTH_MAX).contains(&password.chars().count())
}

/// A password of 16 letters from random bytes: 80 bits.
pub fn make(random: [u8; 16]) -> String {
    let letter = |byte: &u8| LETTERS.get(usize::from(byte % 32)).copied().map_or('a', char::from);
    random.iter().map(letter).collect()
}

/// The hash of a password, with its parameters and salt (PHC string format).
pub async fn hash(password: &str) -> Result<String> {
    let password = password.to_owned();
    run(move || {
        let hash = Argon2::default().hash_password(password.as_bytes());
        hash.map(|hash| hash.to_string()).map_err(|error| Failure::other(error.to_string()))
    })
    .await?
}

/// Whether a password belongs to a hash. Without a hash it takes just as long, so that nobody can
/// tell by the time whether an address is known.
pub async fn fits(password: &str, hash: Option<String>) -> Result<bool> {
    let password: String = password.chars().take(LENGTH_MAX).collect();
    run(move || match hash.as_deref().map(PasswordHash::new) {
        Some(Ok(hash)) => Argon2::default().verify_password(password.as_bytes(), &hash).is_ok(),
        _ => {
            // The result does not matter, only the time it takes.
            Argon2::default().hash_password(password.as_bytes()).is_err()
        }
    })
    .await
}

async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let place = AT_A_TIME.acquire().await.map_err(Failure::other)?;
    let result = tokio::task::spawn_blocking(work).await.map_err(Failure::other);
    drop(place);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let hash = hash("richtig und lang").await.unwrap();
        assert!(fits("richtig und lang", Some(hash.clone())).await.unwrap());
        assert!(!fits("falsch", Some(hash)).await.unwrap());
        assert!(!fits("", None).await.unwrap());
        assert!(!fits("x", Some("not a hash".into())).await.unwrap());
    }

    #[test]
    fn made_passwords_are_long_enough() {
        assert_eq!(make([0; 16]), "aaaaaaaaaaaaaaaa");
        assert!(is_long_enough(&make([255; 16])));
        assert!(!is_long_enough("1234567"));
    }
}
