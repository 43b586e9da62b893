//! Connections: taken one by one, not too many at a time nor too many of one machine, and not for ever where nothing is
//! asked, or nothing is taken of what is sent.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, TcpListener as StdListener};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::{Sleep, sleep};

use super::answer::Counter;

/// How many connections may be open at a time.
const MOST: usize = 256;
/// How many of them one other machine may have.
const MOST_OF_ONE: usize = 64;
/// How long a request may take to be asked, and a connection be idle.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long nothing may be taken of what is sent.
const TAKEN: Duration = Duration::from_secs(30);
/// How long is waited where the system gives no connection.
const PAUSE: Duration = Duration::from_millis(50);
/// The largest head of a request, in bytes.
const HEAD: usize = 32 << 10;

/// Answers everybody who comes to `listener`, for ever.
pub(super) async fn accept(listener: StdListener, counter: Arc<Counter>) -> io::Result<()> {
    let listener = TcpListener::from_std(listener)?;
    let (seats, peers) = (Arc::new(Semaphore::new(MOST)), Arc::new(Peers::default()));
    loop {
        let Ok(seat) = Arc::clone(&seats).acquire_owned().await else { return Ok(()) };
        let Ok((stream, peer)) = listener.accept().await else {
            sleep(PAUSE).await;
            continue;
        };
        // Whoever has enough is not answered.
        let Some(place) = Place::of(&peers, peer.ip()) else { continue };
        // Answers are small, and waited for. Where it cannot be set they only come later.
        drop(stream.set_nodelay(true));
        let counter = Arc::clone(&counter);
        tokio::spawn(async move {
            let service = service_fn(|request| counter.answer(request, peer.ip()));
            // What goes wrong on a connection is the other side's: it has left, or does not speak HTTP.
            drop(protocol(PATIENCE).serve_connection(TokioIo::new(Taken::of(stream, TAKEN)), service).await);
            drop((place, seat));
        });
    }
}

/// HTTP, spoken with those who take no longer than `patience` to ask, nor ask too much.
fn protocol(patience: Duration) -> http1::Builder {
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(patience).max_buf_size(HEAD);
    protocol
}

/// How many connections each other machine has.
#[derive(Default)]
struct Peers(Mutex<BTreeMap<IpAddr, usize>>);

impl Peers {
    fn counts(&self) -> MutexGuard<'_, BTreeMap<IpAddr, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One connection of a machine, as long as it is open.
struct Place {
    peers: Arc<Peers>,
    peer: IpAddr,
}

impl Place {
    /// `None` where `peer` has too many.
    fn of(peers: &Arc<Peers>, peer: IpAddr) -> Option<Place> {
        let peer = peer.to_canonical();
        let mut counts = peers.counts();
        let count = counts.entry(peer).or_default();
        // This machine is the author's own.
        if *count >= MOST_OF_ONE && !peer.is_loopback() {
            return None;
        }
        *count += 1;
        drop(counts);
        Some(Place { peers: Arc::clone(peers), peer })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.peers.counts();
        let left = counts.get(&self.peer).map_or(0, |count| count.saturating_sub(1));
        match left {
            0 => drop(counts.remove(&self.peer)),
            _ => drop(counts.insert(self.peer, left)),
        }
    }
}

/// A stream that fails where for too long nothing is taken of what is written.
struct Taken<S> {
    stream: S,
    patience: Duration,
    /// Ends the wait, where there is one.
    wait: Option<Pin<Box<Sleep>>>,
}

impl<S> Taken<S> {
    fn of(stream: S, patience: Duration) -> Taken<S> {
        Taken { stream, patience, wait: None }
    }

    /// What became of writing, or that it has been waited for too long.
    fn waited<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.wait = None;
            return written;
        }
        let patience = self.patience;
        let wait = self.wait.get_or_insert_with(|| Box::pin(sleep(patience)));
        wait.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Taken<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, to: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, to)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Taken<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.waited(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.waited(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::future::poll_fn;
    use std::io::{ErrorKind, Read as _, Write as _};
    use std::pin::Pin;
    use std::sync::Arc;
    use std::time::Duration;

    use hyper::service::service_fn;
    use hyper_util::rt::TokioIo;
    use tokio::io::AsyncWrite;
    use tokio::net::TcpStream;

    use super::{HEAD, MOST_OF_ONE, Peers, Place, Taken, protocol};

    async fn write<S: AsyncWrite + Unpin>(to: &mut S, bytes: &[u8]) -> std::io::Result<usize> {
        poll_fn(|context| Pin::new(&mut *to).poll_write(context, bytes)).await
    }

    #[test]
    fn whoever_takes_nothing_is_left() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            let stream = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
            let (mut other, _) = listener.accept().unwrap();
            let mut taken = Taken::of(stream, Duration::from_millis(20));
            let bytes = vec![b'x'; 1 << 20];
            let error = loop {
                match write(&mut taken, &bytes).await {
                    Ok(_) => {}
                    Err(error) => break error,
                }
            };
            assert_eq!(error.kind(), ErrorKind::TimedOut);
            // As soon as something is taken, the wait is over.
            taken.patience = Duration::from_secs(3600);
            taken.wait = None;
            let reader = std::thread::spawn(move || while other.read(&mut [0; 1 << 16]).is_ok_and(|read| read > 0) {});
            for _ in 0..64 {
                write(&mut taken, &bytes).await.unwrap();
                assert!(taken.wait.is_none());
            }
            drop(taken);
            reader.join().unwrap();
        });
    }

    #[test]
    fn whoever_asks_too_slowly_is_left() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let drop_by_drop: Vec<String> = std::iter::repeat_n("X".to_owned(), HEAD).collect();
        for pieces in [vec![], vec!["GET / HTTP/1.1\r\nHost: a\r\n".to_owned()], drop_by_drop] {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            let address = listener.local_addr().unwrap();
            let asker = std::thread::spawn(move || {
                let mut stream = std::net::TcpStream::connect(address).unwrap();
                for piece in pieces {
                    if stream.write_all(piece.as_bytes()).is_err() {
                        return;
                    }
                    std::thread::sleep(Duration::from_millis(2));
                }
                drop(stream.read(&mut [0; 64]));
            });
            let ended = runtime.block_on(async {
                let (stream, _) = listener.accept().unwrap();
                stream.set_nonblocking(true).unwrap();
                let answer = || async { Ok::<_, Infallible>(hyper::Response::new(axum::body::Body::empty())) };
                let stream = TokioIo::new(TcpStream::from_std(stream).unwrap());
                protocol(Duration::from_millis(100)).serve_connection(stream, service_fn(|_| answer())).await
            });
            assert!(ended.is_err_and(|error| error.is_timeout()));
            asker.join().unwrap();
        }
    }

    #[test]
    fn one_machine_has_no_more_than_its_connections_but_this_one() {
        let peers = Arc::new(Peers::default());
        let place = |peer: &str| Place::of(&peers, peer.parse().unwrap());
        let mut places: Vec<Place> = (0..MOST_OF_ONE).map(|_| place("192.0.2.1").unwrap()).collect();
        assert!(place("192.0.2.1").is_none() && place("::ffff:192.0.2.1").is_none());
        assert!(place("192.0.2.2").is_some());
        let here: Vec<_> = (0..=MOST_OF_ONE).map(|_| place("127.0.0.1")).collect();
        assert!(here.iter().all(Option::is_some));
        places.pop();
        assert!(place("192.0.2.1").is_some());
        drop((places, here));
        assert!(peers.counts().is_empty());
    }
}
