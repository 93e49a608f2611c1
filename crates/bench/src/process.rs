//! What the kernel says about processes: processor time and memory.

use std::collections::HashMap;
use std::fs;
use std::time::Duration;

use crate::Result;

/// Milliseconds of a tick in `/proc/PID/stat`. Linux shows 100 ticks a second to programs,
/// whatever it counts with inside.
const TICK_MILLIS: u64 = 10;

/// The processor time of processes and of all below them, ended ones included.
pub fn cpu(roots: &[u32]) -> Duration {
    let all = stats();
    let mut ticks = 0;
    let mut waiting: Vec<u32> = roots.to_vec();
    let mut seen: Vec<u32> = Vec::new();
    while let Some(id) = waiting.pop() {
        if seen.contains(&id) {
            continue;
        }
        seen.push(id);
        ticks += all.get(&id).map_or(0, |stat| stat.ticks);
        waiting.extend(all.iter().filter(|(_, stat)| stat.parent == id).map(|(child, _)| *child));
    }
    Duration::from_millis(ticks * TICK_MILLIS)
}

/// The processor time of this process alone.
pub fn own_cpu() -> Duration {
    let ticks = fs::read_to_string("/proc/self/stat").ok().and_then(|text| own_ticks(&text));
    Duration::from_millis(ticks.unwrap_or(0) * TICK_MILLIS)
}

/// The processor time of this thread alone, to the nanosecond.
pub fn thread_cpu() -> Duration {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = text.split(' ').next().and_then(|word| word.parse().ok());
    Duration::from_nanos(nanos.unwrap_or(0))
}

struct Stat {
    parent: u32,
    ticks: u64,
}

fn stats() -> HashMap<u32, Stat> {
    let mut all = HashMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let id = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok());
        let Some(id) = id else { continue };
        let text = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        if let Some(stat) = stat(&text) {
            all.insert(id, stat);
        }
    }
    all
}

/// The fields behind the name, which may hold blanks and brackets.
fn fields(text: &str) -> Vec<&str> {
    text.rsplit_once(')').map_or_else(Vec::new, |(_, rest)| rest.split_whitespace().collect())
}

fn stat(text: &str) -> Option<Stat> {
    let fields = fields(text);
    let number = |place: usize| fields.get(place)?.parse::<u64>().ok();
    // utime, stime, and those of children that were waited for (proc_pid_stat(5)).
    let ticks = (11..=14).map(number).sum::<Option<u64>>()?;
    Some(Stat { parent: u32::try_from(number(1)?).ok()?, ticks })
}

fn own_ticks(text: &str) -> Option<u64> {
    let fields = fields(text);
    let number = |place: usize| fields.get(place)?.parse::<u64>().ok();
    Some(number(11)? + number(12)?)
}

/// Memory of a process in bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Memory {
    /// All pages.
    pub resident: u64,
    /// Without pages of mapped files, which the kernel can take back at any time.
    pub own: u64,
}

/// The memory of a process.
pub fn memory(process: u32) -> Result<Memory> {
    let text = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    };
    let of = |name: &str| line(name).map(|kibibytes| kibibytes * 1024).unwrap_or(0);
    Ok(Memory { resident: of("VmRSS:"), own: of("RssAnon:") + of("RssShmem:") })
}

/// The load average of the last minute.
pub fn load_average() -> f64 {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().and_then(|word| word.parse().ok()).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_process_does_not_confuse_its_figures() {
        let text = "12 (a) b (c) S 7 12 12 0 -1 0 1 2 3 4 10 20 30 40 20 0 1 0 5";
        let stat = stat(text).unwrap();
        assert_eq!((stat.parent, stat.ticks), (7, 100));
        assert_eq!(own_ticks(text), Some(30));
    }

    #[test]
    fn this_process_has_memory() {
        let memory = memory(std::process::id()).unwrap();
        assert!(memory.resident > memory.own && memory.own > 100_000);
    }
}
