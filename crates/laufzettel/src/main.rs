//! The one binary.

fn main() -> std::process::ExitCode {
    laufzettel::command::main()
}
