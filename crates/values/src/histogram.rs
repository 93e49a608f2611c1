//! How long something took, counted in steps, for those who watch over a running program.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The upper bounds of the steps in microseconds; the last step has none.
const BOUNDS: [u64; 11] =
    [1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000];

/// Counts how often something took how long. Many threads count at the same time.
#[derive(Debug, Default)]
pub struct Histogram {
    steps: [AtomicU64; BOUNDS.len()],
    longer: AtomicU64,
    micros: AtomicU64,
}

/// What a [`Histogram`] has counted so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// The upper bound of each step in seconds, and how often it took no longer than that.
    pub up_to: Vec<(f64, u64)>,
    /// How often in all.
    pub count: u64,
    /// How long in all.
    pub sum_seconds: f64,
}

impl Histogram {
    /// Counts one more.
    pub fn note(&self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let mut steps = BOUNDS.iter().zip(&self.steps);
        let step =
            steps.find(|(bound, _)| micros <= **bound).map_or(&self.longer, |(_, step)| step);
        step.fetch_add(1, Ordering::Relaxed);
        self.micros.fetch_add(micros, Ordering::Relaxed);
    }

    /// What was counted so far.
    pub fn counted(&self) -> Counted {
        let mut count = 0;
        let mut up_to = Vec::with_capacity(BOUNDS.len());
        for (bound, step) in BOUNDS.iter().zip(&self.steps) {
            count += step.load(Ordering::Relaxed);
            up_to.push((seconds(*bound), count));
        }
        count += self.longer.load(Ordering::Relaxed);
        Counted { up_to, count, sum_seconds: seconds(self.micros.load(Ordering::Relaxed)) }
    }
}

fn seconds(micros: u64) -> f64 {
    Duration::from_micros(micros).as_secs_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_counts_what_took_no_longer() {
        let histogram = Histogram::default();
        for millis in [1, 2, 40, 9_000] {
            histogram.note(Duration::from_millis(millis));
        }
        let counted = histogram.counted();
        let up_to =
            |bound: f64| counted.up_to.iter().find(|step| step.0 == bound).map(|step| step.1);
        assert_eq!(up_to(0.001), Some(1));
        assert_eq!(up_to(0.0025), Some(2));
        assert_eq!(up_to(0.05), Some(3));
        assert_eq!(up_to(5.0), Some(3));
        assert_eq!((counted.count, counted.sum_seconds), (4, 9.043));
    }
}
