//! Connections: taken one by one, not too many at a time, and not for ever where nothing is asked.

use std::net::TcpListener as StdListener;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::answer::Counter;

/// How many connections may be open at a time.
const MOST: usize = 256;
/// How long a request may take to be asked, and a connection be idle.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long is waited where the system gives no connection.
const PAUSE: Duration = Duration::from_millis(50);
/// The largest head of a request, in bytes.
const HEAD: usize = 32 << 10;

/// Answers everybody who comes to `listener`, for ever.
pub(super) async fn accept(listener: StdListener, counter: Arc<Counter>) -> std::io::Result<()> {
    let listener = TcpListener::from_std(listener)?;
    let seats = Arc::new(Semaphore::new(MOST));
    loop {
        let Ok(seat) = Arc::clone(&seats).acquire_owned().await else { return Ok(()) };
        let Ok((stream, peer)) = listener.accept().await else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        // Answers are small, and waited for. Where it cannot be set they only come later.
        drop(stream.set_nodelay(true));
        let counter = Arc::clone(&counter);
        tokio::spawn(async move {
            let service = service_fn(|request| counter.answer(request, peer.ip()));
            let mut connection = http1::Builder::new();
            connection.timer(TokioTimer::new()).header_read_timeout(PATIENCE).max_buf_size(HEAD);
            // What goes wrong on a connection is the other side's: it has left, or does not speak HTTP.
            drop(connection.serve_connection(TokioIo::new(stream), service).await);
            drop(seat);
        });
    }
}
