//! Figures of a run, and what is made of several runs.

use std::time::{Duration, Instant};

/// What a load client saw.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Milliseconds of each answer.
    pub millis: Vec<f64>,
    /// How long the run took.
    pub seconds: f64,
    /// Bytes of all bodies as they came over the wire.
    pub bytes: u64,
}

impl Figures {
    /// The milliseconds that so many of a hundred answers did not exceed.
    pub fn percentile(&self, percent: f64) -> f64 {
        let mut sorted = self.millis.clone();
        sorted.sort_by(f64::total_cmp);
        let place = (sorted.len() as f64 * percent / 100.0).ceil() as usize;
        sorted.get(place.saturating_sub(1)).or(sorted.last()).copied().unwrap_or(0.0)
    }

    /// The middle answer.
    pub fn p50(&self) -> f64 {
        self.percentile(50.0)
    }

    /// What one of a hundred answers exceeded.
    pub fn p99(&self) -> f64 {
        self.percentile(99.0)
    }

    /// The slowest answer.
    pub fn max(&self) -> f64 {
        self.percentile(100.0)
    }

    /// Answers a second.
    pub fn per_second(&self) -> f64 {
        self.millis.len() as f64 / self.seconds.max(1e-9)
    }
}

/// The middle of several figures.
pub fn median(figures: impl IntoIterator<Item = f64>) -> f64 {
    let millis = figures.into_iter().collect();
    Figures { millis, ..Figures::default() }.p50()
}

/// The larger of a figure and the one before, if there was one.
pub fn larger(before: Option<f64>, figure: f64) -> Option<f64> {
    Some(before.map_or(figure, |before| before.max(figure)))
}

/// The present moment, for measuring.
pub fn now() -> Instant {
    Instant::now()
}

/// Milliseconds since a moment.
pub fn millis_since(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1_000.0
}

/// A duration in milliseconds.
pub fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_answers_that_happened() {
        let millis = (1..=200).rev().map(f64::from).collect();
        let figures = Figures { millis, seconds: 2.0, bytes: 0 };
        assert_eq!(
            (figures.p50(), figures.p99(), figures.max(), figures.per_second()),
            (100.0, 198.0, 200.0, 100.0)
        );
        assert_eq!(median([3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median([]), 0.0);
    }
}
