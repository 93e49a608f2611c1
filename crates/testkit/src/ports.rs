//! Ports for servers that cannot be told to choose their own.
//!
//! A port that the system gave and took back may be given to another test before the server listens,
//! and a server that finds it taken may end without a word. These lie below those the system gives by
//! itself, and a lock keeps each for one test at a time.

use std::fs::{self, File};
use std::net::TcpListener;
use std::sync::Mutex;

/// Below Linux's own range, which begins at 32768 (`ip_local_port_range`).
const FIRST: u16 = 20_000;
const LAST: u16 = 31_999;

/// The locks of this process; they end with it.
static LOCKS: Mutex<Vec<File>> = Mutex::new(Vec::new());

/// Ports of 127.0.0.1 at which nobody listens, kept for this process until it ends.
pub fn free_ports<const COUNT: usize>() -> [u16; COUNT] {
    [(); COUNT].map(|()| free_port())
}

/// One port, see [`free_ports`].
pub fn free_port() -> u16 {
    let count = u32::from(LAST - FIRST) + 1;
    // Processes begin at different places, or each would try what the others hold.
    let begin = std::process::id().wrapping_mul(37);
    let ports = (0..count).map(|step| FIRST + (begin.wrapping_add(step) % count) as u16);
    ports.into_iter().find(|port| is_reserved(*port)).expect("a free port")
}

/// Whether the port is now ours.
fn is_reserved(port: u16) -> bool {
    let folder = std::env::temp_dir().join("laufzettel-ports");
    fs::create_dir_all(&folder).expect("the folder of locks");
    let lock = File::create(folder.join(port.to_string())).expect("a lock");
    let is_free = lock.try_lock().is_ok() && TcpListener::bind(("127.0.0.1", port)).is_ok();
    if is_free {
        LOCKS.lock().expect("the locks").push(lock);
    }
    is_free
}
