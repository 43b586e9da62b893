//! The guide, seen while it is written: built in memory, served to this machine, built again at each change.
//!
//! A thread builds and lets others look at what it built ([`desk`]); the disk is watched ([`watch`], [`gather`]); what is
//! asked over HTTP is answered with what a static host would answer ([`site`]), and nothing else can be asked for but what
//! lives in open pages ([`live`]). Nothing is written. Whoever starts it is told what happens ([`News`]), and prints it.

mod answer;
mod broken;
mod connect;
mod desk;
mod editor;
mod faults;
mod gather;
mod half;
mod headers;
mod hosts;
#[cfg(feature = "search")]
mod index;
mod listen;
mod live;
mod look;
mod range;
mod reply;
mod site;
mod version;
mod watch;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use tokio::sync::mpsc as ends;

use answer::Counter;
use desk::{Builder, Desk, Message};
pub(crate) use editor::Editor;
use hosts::Hosts;
#[cfg(feature = "search")]
use index::Index;
pub(crate) use listen::PORT;
use live::Hall;
pub(crate) use watch::Hearing;
use watch::Watch;

use crate::language::Tongue;
use crate::pipeline::{self, Incremental, Preview, Request};

/// What is asked of a server.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// The name or address to listen at.
    pub(crate) host: String,
    /// The port; `None` for the first of some that is free.
    pub(crate) port: Option<u16>,
    pub(crate) hearing: Hearing,
    /// What opens files; without it, browsers ask the system to.
    pub(crate) editor: Option<Editor>,
    /// The language of what is said where no guide says it.
    pub(crate) tongue: Tongue,
}

/// What happens while a guide is served.
pub(crate) enum News<'a> {
    /// Requests are taken at that address; `outside` are the addresses by which others can ask.
    Listening { at: SocketAddr, outside: Vec<IpAddr> },
    /// The guide was built: the files below the root that made it so, and how long after the first sign of a change.
    Built { preview: &'a Preview<'a>, paths: &'a [PathBuf], took: Duration },
    /// The guide cannot be read any more; it is tried again and again.
    Unreadable,
    /// The system tells of no more changes: the disk is looked at instead.
    Looking,
    /// The search index cannot be made; the words of the program that makes it.
    #[cfg_attr(not(feature = "search"), expect(dead_code, reason = "without search no index is made"))]
    NoIndex(&'a str),
}

/// Who is told.
pub(crate) trait Listener: Send + Sync {
    /// Takes in what happened; called from several threads.
    fn tell(&self, news: &News<'_>);
}

/// What keeps a guide from being served.
#[derive(Debug)]
pub(crate) enum Error {
    /// The first build.
    Build(pipeline::Error),
    /// The address cannot be listened at.
    Listen(io::Error),
    /// The disk cannot be watched.
    Watch(notify::Error),
    /// The system gives no means to serve.
    System(io::Error),
}

/// Why a server ended.
enum End {
    Asked,
    Failed(Error),
}

/// Serves a guide until it is asked to end, by Ctrl-C or by the system.
pub(crate) fn serve(request: Request, options: Options, listener: Arc<dyn Listener>) -> Result<(), Error> {
    let socket = listen::listen(&options.host, options.port).map_err(Error::Listen)?;
    let at = socket.local_addr().map_err(Error::Listen)?;
    let (asks, inbox) = mpsc::channel();
    let watch = Watch::start(&request.root, options.hearing, heard(asks.clone())).map_err(Error::Watch)?;
    listener.tell(&News::Listening { at, outside: listen::from_outside(at) });
    if watch.hearing() != options.hearing {
        listener.tell(&News::Looking);
    }
    let (hall, watch) = (Arc::new(Hall::default()), Arc::new(Mutex::new(watch)));
    let builder = Builder {
        inbox,
        watch,
        hall: Arc::clone(&hall),
        listener: Arc::clone(&listener),
        waiting: Vec::new(),
        untold: Vec::new(),
        known: (options.tongue, "/".to_owned()),
    };
    let (end, ended) = ends::unbounded_channel();
    build(builder, request, end.clone());
    let counter = Counter {
        desk: Desk(asks),
        hall,
        hosts: Hosts::new(&options.host, at),
        editor: options.editor,
        tongue: options.tongue,
        #[cfg(feature = "search")]
        index: Arc::new(Index::new(listener)),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Error::System)?;
    let outcome = runtime.block_on(run(socket, counter, (end, ended)));
    // What is still being read for somebody is of no use to anybody.
    runtime.shutdown_background();
    outcome
}

/// What passes events on to the one who builds. Once nobody builds, nobody needs them.
fn heard(asks: Sender<Message>) -> watch::Tell {
    Arc::new(move |event| drop(asks.send(Message::Event(event))))
}

/// Builds on a thread of its own, which ends with the program.
fn build(builder: Builder, request: Request, end: ends::UnboundedSender<End>) {
    std::thread::spawn(move || until_the_end(end, || builder.run(Incremental::new(request))));
}

/// Tells how `work` ended, even where it panics: a server that nobody builds for has nothing to show.
fn until_the_end(end: ends::UnboundedSender<End>, work: impl FnOnce() -> Result<(), pipeline::Error>) {
    let mut ending = Ending { end, how: None };
    ending.how = Some(match work() {
        Ok(()) => End::Asked,
        Err(error) => End::Failed(Error::Build(error)),
    });
}

/// Tells of an end as it goes; nothing is known of one that came too soon.
struct Ending {
    end: ends::UnboundedSender<End>,
    how: Option<End>,
}

impl Drop for Ending {
    fn drop(&mut self) {
        let too_soon = || End::Failed(Error::System(io::Error::other("panic")));
        // Where nobody waits for the end any more, it has come.
        drop(self.end.send(self.how.take().unwrap_or_else(too_soon)));
    }
}

async fn run(
    socket: std::net::TcpListener,
    counter: Counter,
    (end, mut ended): (ends::UnboundedSender<End>, ends::UnboundedReceiver<End>),
) -> Result<(), Error> {
    let failed = end.clone();
    tokio::spawn(async move {
        if let Err(error) = connect::accept(socket, Arc::new(counter)).await {
            drop(failed.send(End::Failed(Error::System(error))));
        }
    });
    let asked = end.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            drop(asked.send(End::Asked));
        }
    });
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        for kind in [SignalKind::terminate(), SignalKind::hangup()] {
            let (mut signal, asked) = (signal(kind).map_err(Error::System)?, end.clone());
            tokio::spawn(async move {
                signal.recv().await;
                drop(asked.send(End::Asked));
            });
        }
    }
    match ended.recv().await {
        Some(End::Failed(error)) => Err(error),
        Some(End::Asked) | None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{End, Error, ends, pipeline, until_the_end};

    #[test]
    fn the_end_is_told_however_it_comes() {
        let told = |work: fn() -> Result<(), pipeline::Error>| {
            let (end, mut ended) = ends::unbounded_channel();
            let panicked = std::thread::spawn(move || until_the_end(end, work)).join().is_err();
            (panicked, ended.blocking_recv())
        };
        assert!(matches!(told(|| Ok(())), (false, Some(End::Asked))));
        assert!(matches!(told(|| panic!("as asked")), (true, Some(End::Failed(Error::System(_))))));
    }
}
