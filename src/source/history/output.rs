//! What a program says, as long as it says something.

use std::io::{self, ErrorKind, Read};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, Builder};
use std::time::Duration;

/// How long after the last look a program that said all is looked at again.
const PAUSE: Duration = Duration::from_micros(200);

/// A piece of what is said.
enum Piece {
    Said(Vec<u8>),
    Complained(Vec<u8>),
}

/// All that `command` says until it ends. One that says nothing for as long as `patience` is stopped:
/// [`ErrorKind::TimedOut`].
pub(super) fn output(command: &mut Command, patience: Duration) -> io::Result<Output> {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let answer = listen(&mut child, patience);
    if answer.is_err() {
        // It may have ended meanwhile; and what it started may live on, to which nobody listens.
        drop(child.kill());
        drop(child.wait());
    }
    answer
}

fn listen(child: &mut Child, patience: Duration) -> io::Result<Output> {
    let (tell, told) = channel();
    if let (Some(stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) {
        let other = tell.clone();
        Builder::new().spawn(move || pass_on(stdout, Piece::Said, &tell))?;
        Builder::new().spawn(move || pass_on(stderr, Piece::Complained, &other))?;
    }
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    loop {
        match told.recv_timeout(patience) {
            Ok(Piece::Said(bytes)) => stdout.extend(bytes),
            Ok(Piece::Complained(bytes)) => stderr.extend(bytes),
            Err(RecvTimeoutError::Timeout) => return Err(ErrorKind::TimedOut.into()),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    let mut waited = Duration::ZERO;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Output { status, stdout, stderr });
        }
        if waited >= patience {
            return Err(ErrorKind::TimedOut.into());
        }
        thread::sleep(PAUSE);
        waited += PAUSE;
    }
}

/// Passes on what comes, until there is no more of it or nobody listens.
fn pass_on(mut from: impl Read, piece: fn(Vec<u8>) -> Piece, to: &Sender<Piece>) {
    let mut chunk = vec![0; 1 << 16];
    loop {
        match from.read(&mut chunk) {
            Ok(0) => return,
            Ok(read) if to.send(piece(chunk[..read].to_vec())).is_err() => return,
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return,
        }
    }
}
