//! How often something may be tried, for example signing in.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use values::Timestamp;

/// Above so many keys, those that have recovered are dropped before a new one is added.
const KEYS_MAX: usize = 10_000;

/// Tries per key that come back evenly over time: ten in a quarter of an hour means ten at once, then
/// one every ninety seconds.
#[derive(Debug)]
pub struct Limiter {
    tries: u32,
    millis_per_try: i64,
    /// When each key will have all its tries again.
    recovered: Mutex<HashMap<String, Timestamp>>,
}

impl Limiter {
    /// Allows `tries` tries, at least 1, in each `period`.
    pub fn new(tries: u32, period: Duration) -> Self {
        let tries = tries.max(1);
        let millis = i64::try_from(period.as_millis()).unwrap_or(i64::MAX);
        let millis_per_try = millis.checked_div(i64::from(tries)).unwrap_or(1).max(1);
        Self { tries, millis_per_try, recovered: Mutex::default() }
    }

    /// Ten tries in a quarter of an hour, for signing in.
    pub fn for_sign_in() -> Self {
        Self::new(10, Duration::from_secs(15 * 60))
    }

    /// Takes one try.
    ///
    /// # Errors
    /// How long to wait when none is left; the refused try costs nothing.
    pub fn take(&self, key: &str, now: Timestamp) -> Result<(), Duration> {
        let mut recovered = self.recovered.lock().unwrap_or_else(PoisonError::into_inner);
        if recovered.len() >= KEYS_MAX && !recovered.contains_key(key) {
            recovered.retain(|_, at| *at > now);
        }
        let before = recovered.get(key).copied().unwrap_or(now).max(now);
        let after = before.plus_millis(self.millis_per_try);
        let most = self.millis_per_try.saturating_mul(i64::from(self.tries));
        let over = after.millis_since(now) - most;
        if over > 0 {
            return Err(Duration::from_millis(u64::try_from(over).unwrap_or(0)));
        }
        recovered.insert(key.to_owned(), after);
        Ok(())
    }

    /// Gives a key all its tries again, for example after signing in.
    pub fn forget(&self, key: &str) {
        self.recovered.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(1_000_000 + seconds)
    }

    #[test]
    fn the_eleventh_try_waits_until_one_has_come_back() {
        let limiter = Limiter::for_sign_in();
        for _ in 0..10 {
            assert_eq!(limiter.take("ben", second(0)), Ok(()));
        }
        assert_eq!(limiter.take("ben", second(0)), Err(Duration::from_secs(90)));
        assert_eq!(limiter.take("ben", second(89)), Err(Duration::from_secs(1)));
        assert_eq!(limiter.take("ben", second(90)), Ok(()));
        assert_eq!(limiter.take("ben", second(90)), Err(Duration::from_secs(90)));
    }

    #[test]
    fn each_key_has_its_own_tries() {
        let limiter = Limiter::new(1, Duration::from_secs(60));
        assert_eq!(limiter.take("ben", second(0)), Ok(()));
        assert_eq!(limiter.take("ann", second(0)), Ok(()));
        assert!(limiter.take("ben", second(1)).is_err());
    }

    #[test]
    fn success_gives_all_tries_back() {
        let limiter = Limiter::new(1, Duration::from_secs(60));
        assert_eq!(limiter.take("ben", second(0)), Ok(()));
        limiter.forget("ben");
        assert_eq!(limiter.take("ben", second(0)), Ok(()));
    }

    #[test]
    fn keys_that_have_recovered_are_dropped() {
        let limiter = Limiter::new(1, Duration::from_secs(60));
        for key in 0..KEYS_MAX {
            assert_eq!(limiter.take(&key.to_string(), second(0)), Ok(()));
        }
        assert_eq!(limiter.take("new", second(61)), Ok(()));
        assert_eq!(limiter.recovered.lock().unwrap().len(), 1);
    }
}
