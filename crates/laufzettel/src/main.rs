//! The one binary.

/// Serves the C libraries, too (record 0037).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    laufzettel::command::main()
}
