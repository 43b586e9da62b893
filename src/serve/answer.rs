//! From a request to its answer.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use hyper::body::{Body as _, Incoming};
use hyper::header::{ALLOW, CONTENT_SECURITY_POLICY, IF_RANGE, RANGE};
use hyper::{HeaderMap, Method, Request, StatusCode, Uri};

use super::broken::{self, LIVE};
use super::desk::{Desk, Seen};
use super::editor::Editor;
use super::faults::{Reader, may_open};
use super::headers::{apply, type_of};
use super::hosts::Hosts;
#[cfg(feature = "search")]
use super::index::{self, Index};
use super::live::{Hall, Signal, Signals, Visit};
use super::reply::{Reply, guard};
use super::site::{self, Found};
use super::version::Version;
use crate::language::Tongue;
use crate::output::Content;
use crate::path::OutputPath;
use crate::pipeline::Preview;
use crate::put;

/// The longest address that is looked at.
const LONGEST: usize = 4096;

/// What answers.
pub(super) struct Counter {
    pub(super) desk: Desk,
    pub(super) hall: Arc<Hall>,
    pub(super) hosts: Hosts,
    pub(super) editor: Option<Editor>,
    /// The language of what is said before a guide is known.
    pub(super) tongue: Tongue,
    #[cfg(feature = "search")]
    pub(super) index: Arc<Index>,
}

impl Counter {
    /// Answers one request, which comes from `peer`.
    pub(super) async fn answer(&self, request: Request<Incoming>, peer: IpAddr) -> Result<Response, Infallible> {
        let (parts, body) = request.into_parts();
        let (uri, headers, method) = (&parts.uri, &parts.headers, &parts.method);
        if !self.hosts.are_meant(uri, headers) {
            return Ok(self.refused(StatusCode::MISDIRECTED_REQUEST));
        }
        let live = uri.path().rsplit_once(&format!("/{LIVE}"));
        if live.is_none() && *method != Method::GET && *method != Method::HEAD {
            return Ok(Reply::words(StatusCode::METHOD_NOT_ALLOWED, "405").with(ALLOW, "GET, HEAD").send(None));
        }
        if !body.is_end_stream() {
            return Ok(Reply::words(StatusCode::PAYLOAD_TOO_LARGE, "413").send(None));
        }
        if uri.path().len() > LONGEST || !uri.path().starts_with('/') {
            return Ok(Reply::words(StatusCode::URI_TOO_LONG, "414").send(None));
        }
        let visitor = Visitor { method, headers, reader: self.reader(peer) };
        let answer = match live {
            Some((_, name)) => self.live(name, uri, visitor).await,
            None => self.file(uri, headers).await,
        };
        Ok(answer)
    }

    fn reader(&self, peer: IpAddr) -> Reader {
        match (peer.to_canonical().is_loopback(), &self.editor) {
            (false, _) => Reader::Afar,
            (true, None) => Reader::Here,
            (true, Some(_)) => Reader::Served,
        }
    }

    fn refused(&self, status: StatusCode) -> Response {
        let words = match self.tongue {
            Tongue::French => {
                "Cette adresse n’est pas celle que Boussole a donnée\u{a0}: ouvrez celle qui est écrite dans le terminal."
            }
            Tongue::English => "This is not the address that Boussole gave: open the one that is in the terminal.",
        };
        Reply::words(status, words).send(None)
    }

    /// A file of the site.
    async fn file(&self, uri: &Uri, headers: &HeaderMap) -> Response {
        let path = uri.path().to_owned();
        let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        let asked = headers.get(RANGE).filter(|_| !headers.contains_key(IF_RANGE));
        let asked = asked.and_then(|asked| asked.to_str().ok()).map(str::to_owned);
        #[cfg(feature = "search")]
        if let Some(reply) = self.of_index(&path).await {
            return reply.send(asked.as_deref());
        }
        let reply = self.desk.look(move |seen| reply(seen, &path, &query)).await;
        reply.unwrap_or_else(gone).send(asked.as_deref())
    }

    /// A file of the search index, where authors put none at its place.
    #[cfg(feature = "search")]
    async fn of_index(&self, path: &str) -> Option<Reply> {
        if !path.contains(index::FOLDER) {
            return None;
        }
        let path = path.to_owned();
        let wanted = self.desk.look(move |seen| {
            let preview = seen.ok()?;
            let file = OutputPath::new(&site::below(preview.base(), &path)?)?;
            (file.as_str().starts_with(index::FOLDER) && !preview.has(&file)).then_some(file)
        });
        let file = wanted.await??;
        let content = self.index.file(&file, &self.desk).await?;
        content_of(StatusCode::OK, &file, content)
    }

    /// What lives in open pages: its script and style, what it is told, and what it asks for.
    async fn live(&self, name: &str, uri: &Uri, visitor: Visitor<'_>) -> Response {
        if !self.hosts.is_from_here(visitor.headers) {
            return self.refused(StatusCode::FORBIDDEN);
        }
        let method = visitor.method;
        let gets = *method == Method::GET || *method == Method::HEAD;
        match name {
            "live.js" if gets => embedded("live.js", include_bytes!("assets/live.js")),
            "live.css" if gets => embedded("live.css", include_bytes!("assets/live.css")),
            "events" if *method == Method::GET => self.events(uri, visitor.reader).await,
            "open" if *method == Method::POST => self.open(uri, &visitor).await,
            "live.js" | "live.css" | "events" | "open" => {
                Reply::words(StatusCode::METHOD_NOT_ALLOWED, "405").send(None)
            }
            _ => Reply::words(StatusCode::NOT_FOUND, "404").send(None),
        }
    }

    /// What a page is told until it is closed.
    async fn events(&self, uri: &Uri, reader: Reader) -> Response {
        let Some(page) = asked(uri, "page").filter(|page| page.starts_with('/') && page.len() <= LONGEST) else {
            return Reply::words(StatusCode::BAD_REQUEST, "400").send(None);
        };
        let version = asked(uri, "version").as_deref().and_then(Version::read);
        let hall = Arc::clone(&self.hall);
        let source = asked(uri, "source").filter(|source| !source.is_empty());
        let visit = Visit { page, version, source, reader };
        let Some(signals) = self.desk.look(move |seen| hall.enter(seen, visit)).await else {
            return gone().send(None);
        };
        let mut response = Sse::new(Events(signals)).keep_alive(KeepAlive::default()).into_response();
        guard(response.headers_mut());
        response
    }

    /// Opens a file of the guide in the author's editor.
    async fn open(&self, uri: &Uri, visitor: &Visitor<'_>) -> Response {
        let Some(editor) = self.editor.clone().filter(|_| visitor.reader == Reader::Served) else {
            return self.refused(StatusCode::FORBIDDEN);
        };
        if !self.hosts.is_from_a_page_here(visitor.headers) {
            return self.refused(StatusCode::FORBIDDEN);
        }
        let number =
            |name| asked(uri, name).and_then(|number| number.parse::<u32>().ok()).map_or(1, |number| number as usize);
        let place = (number("line").max(1), number("column").max(1));
        let file = asked(uri, "file").unwrap_or_default();
        let found = self.desk.look(move |seen| {
            let sources = &seen.ok()?.findings().sources;
            may_open(sources, &file).then(|| sources.root().join(&file))
        });
        let status = match found.await.flatten().map(|path| editor.open(&path, place)) {
            None => StatusCode::NOT_FOUND,
            Some(Ok(())) => StatusCode::NO_CONTENT,
            Some(Err(_)) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Reply::empty(status).send(None)
    }
}

/// Who asks.
#[derive(Clone, Copy)]
struct Visitor<'a> {
    method: &'a Method,
    headers: &'a HeaderMap,
    reader: Reader,
}

/// The value of `name` in what follows `?`.
fn asked(uri: &Uri, name: &str) -> Option<String> {
    let pairs = url::form_urlencoded::parse(uri.query()?.as_bytes());
    pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// Nobody builds any more: the server is about to end.
fn gone() -> Reply {
    Reply::words(StatusCode::SERVICE_UNAVAILABLE, "503")
}

fn embedded(name: &str, bytes: &'static [u8]) -> Response {
    Reply::new(StatusCode::OK, type_of(name), bytes.to_vec()).send(None)
}

/// What the guide has at `path`.
fn reply(seen: Seen<'_, '_>, path: &str, query: &str) -> Reply {
    let preview = match seen {
        Ok(preview) => preview,
        Err(error) => return page(broken::unreadable(error), Where { base: &error.base, path, source: None }, None),
    };
    let source = site::page_file(preview.base(), path).and_then(|file| preview.source(&file));
    let at = Where { base: preview.base(), path, source };
    let mut reply = match site::find(preview, path) {
        Found::Elsewhere(address) => Reply::elsewhere(&format!("{address}{query}")),
        Found::Nothing => Reply::words(StatusCode::NOT_FOUND, "404"),
        Found::Broken(fault) => return page(broken::page(preview, fault.as_deref()), at, None),
        Found::File { file, content: Content::Bytes(html), here }
            if type_of(file.as_str()).starts_with("text/html") =>
        {
            let version = Version::of(&html, preview);
            let mut reply = page(html, at, Some(version));
            reply.status = if here { StatusCode::OK } else { StatusCode::NOT_FOUND };
            reply
        }
        Found::File { file, content, here } => {
            let status = if here { StatusCode::OK } else { StatusCode::NOT_FOUND };
            let reply = content_of(status, &file, content);
            reply.unwrap_or_else(|| Reply::words(StatusCode::NOT_FOUND, "404"))
        }
    };
    apply(&rules(preview), path, &mut reply.headers);
    reply
}

fn content_of(status: StatusCode, file: &OutputPath, content: Content) -> Option<Reply> {
    let of = type_of(file.as_str());
    match content {
        Content::Bytes(bytes) => Some(Reply::new(status, of, bytes)),
        Content::Shared(bytes) => Some(Reply::new(status, of, bytes.to_vec())),
        Content::Copy(file) => Reply::file(status, of, file).ok(),
        // Only an output folder keeps files.
        Content::Kept => None,
    }
}

/// What the site's `_headers` says.
fn rules(preview: &Preview<'_>) -> String {
    let content = OutputPath::new("_headers").and_then(|file| preview.file(&file)?.ok());
    let bytes = match content {
        Some(Content::Bytes(bytes)) => bytes,
        Some(Content::Shared(bytes)) => bytes.to_vec(),
        Some(Content::Copy(mut file)) => {
            let mut bytes = Vec::new();
            // What cannot be read says nothing.
            drop(std::io::Read::read_to_end(&mut file, &mut bytes));
            bytes
        }
        Some(Content::Kept) | None => Vec::new(),
    };
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Where a page is.
#[derive(Clone, Copy)]
struct Where<'a> {
    base: &'a str,
    path: &'a str,
    /// The source that it shows.
    source: Option<&'a str>,
}

/// A page with what lives in it; without a version, one that stands for another.
fn page(html: Vec<u8>, at: Where<'_>, version: Option<Version>) -> Reply {
    let lines = live_lines(at, version.unwrap_or_else(|| Version::plain(&html)), version.is_none());
    let end = memchr::memmem::find(&html, b"</head>").or_else(|| memchr::memmem::find(&html, b"</body>"));
    let (before, after) = html.split_at(end.unwrap_or(html.len()));
    let html = [before, lines.as_bytes(), after].concat();
    let status = if version.is_some() { StatusCode::OK } else { StatusCode::INTERNAL_SERVER_ERROR };
    let reply = Reply::new(status, "text/html; charset=utf-8", html);
    match version {
        // The guide's own policy comes with its own pages.
        Some(_) => reply,
        None => reply.with(CONTENT_SECURITY_POLICY, "default-src 'self'; frame-ancestors 'none'"),
    }
}

/// The lines that are in no built page: the script that keeps the page as the guide is, and its style.
fn live_lines(at: Where<'_>, version: Version, stands_for_another: bool) -> String {
    let [path, source] = [at.path, at.source.unwrap_or_default()].map(|text| {
        let mut escaped = String::new();
        put::attribute(&mut escaped, text);
        escaped
    });
    let base = at.base;
    let broken = if stands_for_another { " data-broken" } else { "" };
    format!(
        "<link rel=\"stylesheet\" href=\"{base}{LIVE}live.css\">\n\
         <script type=\"module\" src=\"{base}{LIVE}live.js\" id=\"boussole_live\" data-page=\"{path}\" \
         data-source=\"{source}\" data-version=\"{version}\"{broken}></script>\n"
    )
}

/// Signals as they are sent.
struct Events(Signals);

impl futures_core::Stream for Events {
    type Item = Result<Event, Infallible>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::pin::Pin::new(&mut self.0).poll_next(context).map(|signal| signal.map(|signal| Ok(event(signal))))
    }
}

fn event(signal: Signal) -> Event {
    match signal {
        Signal::Reload => Event::default().event("reload").data("1"),
        Signal::Dress(version) => Event::default().event("style").data(version),
        Signal::Moved(address) => Event::default().event("moved").data(address),
        Signal::Faults(json) => Event::default().event("faults").data(json),
    }
}
