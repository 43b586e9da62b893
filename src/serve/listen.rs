//! Where the server listens.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs, UdpSocket};

/// The port where none is asked for.
pub(crate) const PORT: u16 = 4000;
/// How many ports after it are tried where it is taken.
const TRIES: u16 = 20;

/// Listens at `host`, on `port`, or else on the first of some ports that is free.
pub(super) fn listen(host: &str, port: Option<u16>) -> io::Result<TcpListener> {
    let Some(port) = port else {
        let mut ports = PORT..PORT + TRIES;
        return loop {
            match at(host, ports.next().unwrap_or(0)) {
                Err(error) if error.kind() == ErrorKind::AddrInUse && !ports.is_empty() => {}
                other => break other,
            }
        };
    };
    at(host, port)
}

fn at(host: &str, port: u16) -> io::Result<TcpListener> {
    let bare = host.trim_matches(['[', ']']);
    let addresses: Vec<SocketAddr> = (bare, port).to_socket_addrs()?.collect();
    let listener = TcpListener::bind(&*addresses)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// The addresses by which others on the network reach what listens at `at`, as far as this machine knows them.
pub(super) fn from_outside(at: SocketAddr) -> Vec<IpAddr> {
    match at.ip() {
        ip if ip.is_loopback() => Vec::new(),
        ip if !ip.is_unspecified() => vec![ip],
        ip => {
            // Nothing is sent: the system only says by which of its addresses it would send.
            let four = outgoing((Ipv4Addr::UNSPECIFIED, 0).into(), (Ipv4Addr::new(192, 0, 2, 1), 9).into());
            let six =
                outgoing((Ipv6Addr::UNSPECIFIED, 0).into(), (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1), 9).into());
            four.into_iter().chain(six.filter(|_| ip.is_ipv6())).collect()
        }
    }
}

fn outgoing(from: SocketAddr, to: SocketAddr) -> Option<IpAddr> {
    let socket = UdpSocket::bind(from).ok()?;
    socket.connect(to).ok()?;
    socket.local_addr().ok().map(|at| at.ip()).filter(|ip| !ip.is_unspecified() && !ip.is_loopback())
}
