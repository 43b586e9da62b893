//! The command line: argv in, exit status out.

use std::process::ExitCode;

/// Pages are made of many short-lived strings on several threads: the system's allocator would cost a tenth of a build.
/// Of its two lines, the older finds room for what is no power of two long without making it longer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    boussole::cli::run(std::env::args_os())
}
