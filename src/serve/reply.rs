//! What is sent back: status, headers, and bytes, held in memory or read from a file as they are sent.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::response::Response;
use futures_core::Stream;
use hyper::StatusCode;
use hyper::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue,
    LOCATION, X_CONTENT_TYPE_OPTIONS,
};
use tokio::sync::mpsc::{Receiver, channel};

use super::range::{Part, part};

/// Files up to this many bytes are held in memory.
const SMALL: u64 = 256 << 10;
/// How many bytes of a file are read at a time.
const CHUNK: usize = 64 << 10;

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// An answer that has not been sent yet.
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    bytes: Held,
}

/// The bytes of an answer.
enum Held {
    Here(Vec<u8>),
    /// In a file of that size.
    There(File, u64),
}

impl Reply {
    /// These bytes, of that type.
    pub(super) fn new(status: StatusCode, of: &'static str, bytes: Vec<u8>) -> Reply {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(of));
        Reply { status, headers, bytes: Held::Here(bytes) }
    }

    /// A few words.
    pub(super) fn words(status: StatusCode, words: &str) -> Reply {
        Reply::new(status, "text/plain; charset=utf-8", format!("{words}\n").into_bytes())
    }

    /// No words.
    pub(super) fn empty(status: StatusCode) -> Reply {
        Reply { status, headers: HeaderMap::new(), bytes: Held::Here(Vec::new()) }
    }

    /// What is in `file`.
    pub(super) fn file(status: StatusCode, of: &'static str, mut file: File) -> io::Result<Reply> {
        let size = file.metadata()?.len();
        let mut reply = Reply::new(status, of, Vec::new());
        reply.bytes = if size > SMALL {
            Held::There(file, size)
        } else {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            Held::Here(bytes)
        };
        Ok(reply)
    }

    /// Another address; words where it cannot be written in an answer.
    pub(super) fn elsewhere(address: &str) -> Reply {
        let mut reply = Reply::words(StatusCode::TEMPORARY_REDIRECT, address);
        match HeaderValue::from_bytes(address.as_bytes()) {
            Ok(address) => drop(reply.headers.insert(LOCATION, address)),
            Err(_) => reply.status = StatusCode::NOT_FOUND,
        }
        reply
    }

    /// The same with another header.
    pub(super) fn with(mut self, name: HeaderName, value: &'static str) -> Reply {
        self.headers.insert(name, HeaderValue::from_static(value));
        self
    }

    /// The part of it that `asked`, a `Range` header, asks for.
    pub(super) fn send(mut self, asked: Option<&str>) -> Response {
        let size = match &self.bytes {
            Held::Here(bytes) => bytes.len() as u64,
            Held::There(_, size) => *size,
        };
        let asked = asked.filter(|_| self.status == StatusCode::OK);
        let range = match part(asked, size) {
            Part::Whole => 0..size,
            Part::Bytes(range) => {
                self.status = StatusCode::PARTIAL_CONTENT;
                self.header(CONTENT_RANGE, &format!("bytes {}-{}/{size}", range.start, range.end - 1));
                range
            }
            Part::Beyond => {
                self.status = StatusCode::RANGE_NOT_SATISFIABLE;
                self.header(CONTENT_RANGE, &format!("bytes */{size}"));
                0..0
            }
        };
        // An answer that can have no content has no length either.
        if self.status != StatusCode::NO_CONTENT {
            self.header(CONTENT_LENGTH, &(range.end - range.start).to_string());
            self.header(ACCEPT_RANGES, "bytes");
        }
        guard(&mut self.headers);
        let body = match self.bytes {
            Held::Here(bytes) => Body::from(Bytes::from(bytes).slice(places(&range))),
            Held::There(file, _) => Body::from_stream(Chunks::of(file, range)),
        };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }

    fn header(&mut self, name: HeaderName, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
    }
}

/// What is said with every answer: nothing is kept, taken for what it is not, or shown by other sites.
pub(super) fn guard(headers: &mut HeaderMap) {
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
}

/// A range of what is held in memory.
fn places(range: &Range<u64>) -> Range<usize> {
    let place = |at: u64| usize::try_from(at).expect("what is in memory has places in memory");
    place(range.start)..place(range.end)
}

/// A file, piece by piece, as fast as it is taken.
struct Chunks(Receiver<io::Result<Bytes>>);

impl Chunks {
    fn of(mut file: File, range: Range<u64>) -> Chunks {
        let (sender, chunks) = channel(2);
        tokio::task::spawn_blocking(move || {
            let mut left = range.end - range.start;
            let mut failed = file.seek(SeekFrom::Start(range.start)).err();
            while failed.is_none() && left > 0 {
                let mut chunk = vec![0; usize::try_from(left).map_or(CHUNK, |left| left.min(CHUNK))];
                let read = file.read(&mut chunk);
                let sent = match read {
                    Ok(0) => sender.blocking_send(Err(io::ErrorKind::UnexpectedEof.into())),
                    Ok(read) => {
                        left -= read as u64;
                        chunk.truncate(read);
                        sender.blocking_send(Ok(chunk.into()))
                    }
                    Err(error) => {
                        failed = Some(error);
                        continue;
                    }
                };
                // Whoever asked has left, or the file has become shorter.
                if sent.is_err() || matches!(read, Ok(0)) {
                    return;
                }
            }
            if let Some(error) = failed {
                drop(sender.blocking_send(Err(error)));
            }
        });
        Chunks(chunks)
    }
}

impl Stream for Chunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        self.0.poll_recv(context)
    }
}
