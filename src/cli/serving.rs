//! `serve`: the guide in a browser while it is written, and what is said of it meanwhile.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustc_hash::FxHashSet;

use super::Status;
use super::arguments::ServeArguments;
use super::console::Console;
use super::failure::Failure;
use super::numbers::{counted, number};
use super::place::Place;
use super::report::Format;
use super::summary::counts;
use super::{clock, crew, report};
use crate::diagnostic::{Code, say};
use crate::language::Tongue;
use crate::path::GuidePath;
use crate::pipeline::{Drafts, Finding, Findings, Request, Strictness};
use crate::serve::{self, Editor, Error, Hearing, Listener, News, Options, PORT};

/// How many faults are shown at a time; `check` shows all.
const MOST: usize = 10;

/// Shows the guide until it is asked to end.
pub(super) fn serve(arguments: &ServeArguments, place: &Place, console: &Console) -> Result<Status, Failure> {
    let port = arguments.port.as_deref().map(port).transpose()?;
    crew::make_room()?;
    let request = Request {
        root: place.root().to_owned(),
        output: None,
        base_url: arguments.base_url.clone(),
        drafts: if arguments.drafts { Drafts::Built } else { Drafts::Left },
        date: clock::date(arguments.date.as_deref())?,
        strictness: Strictness::Lenient,
    };
    let options = Options {
        host: arguments.host.clone(),
        port,
        hearing: if arguments.poll { Hearing::Looked } else { Hearing::Told },
        editor: arguments.editor.as_deref().map(editor).transpose()?,
        tongue: console.tongue(),
    };
    let teller = Teller {
        console: Console::new(console.tongue(), console.verbosity()),
        place: place.clone(),
        host: arguments.host.clone(),
        asked: port,
        opens: arguments.open,
        said: Mutex::default(),
    };
    serve::serve(request, options, Arc::new(teller)).map_err(|error| failure(error, &arguments.host, port))?;
    Ok(Status::Done)
}

fn port(text: &str) -> Result<u16, Failure> {
    text.parse().map_err(|_| {
        Failure::usage(say!("`{text}` n’est pas un port", "`{text}` is no port")).help(say!(
            "donnez un nombre de 0 à 65535, comme `--port 4000`",
            "give a number from 0 to 65535, like `--port 4000`"
        ))
    })
}

fn editor(text: &str) -> Result<Editor, Failure> {
    Editor::new(text).ok_or_else(|| {
        Failure::usage(say!("`{text}` n’est pas une commande", "`{text}` is no command")).help(say!(
            "donnez la commande de votre éditeur, comme `--editor code`",
            "give the command of your editor, like `--editor code`"
        ))
    })
}

/// Why the guide cannot be shown.
fn failure(error: Error, host: &str, port: Option<u16>) -> Failure {
    let port = port.unwrap_or(PORT);
    let cause = match error {
        Error::Build(error) => return error.into(),
        Error::Watch(error) => {
            let words =
                say!("le dossier du guide ne peut pas être surveillé", "the folder of the guide cannot be watched");
            return Failure::refused(words, std::io::Error::other(error))
                .help(say!("essayez avec `--poll`", "try with `--poll`"));
        }
        Error::System(cause) => {
            return Failure::refused(
                say!("le système refuse de montrer le guide", "the system refuses to show the guide"),
                cause,
            );
        }
        Error::Listen(cause) => cause,
    };
    match cause.kind() {
        std::io::ErrorKind::AddrInUse => {
            Failure::refused(say!("le port {port} est déjà pris", "port {port} is taken already"), cause).help(say!(
                "arrêtez ce qui l’occupe, ou laissez `--port` de côté\u{a0}: Boussole en trouve un autre",
                "stop what holds it, or leave `--port` out: Boussole finds another"
            ))
        }
        std::io::ErrorKind::PermissionDenied => Failure::refused(
            say!("le système réserve le port {port}", "the system keeps port {port} for itself"),
            cause,
        )
        .help(say!("prenez un port à partir de 1024", "take a port from 1024 on")),
        _ => Failure::refused(
            say!("`{host}` n’est pas une adresse de cette machine", "`{host}` is no address of this machine"),
            cause,
        )
        .help(say!(
            "laissez `--host` de côté pour cette machine seule, ou donnez `0.0.0.0` pour le réseau",
            "leave `--host` out for this machine alone, or give `0.0.0.0` for the network"
        )),
    }
}

/// Who says what happens.
struct Teller {
    console: Console,
    place: Place,
    host: String,
    /// The port that was asked for.
    asked: Option<u16>,
    /// Whether the browser is to be opened.
    opens: bool,
    said: Mutex<Said>,
}

/// What was said already.
#[derive(Default)]
struct Said {
    at: Option<SocketAddr>,
    outside: Vec<IpAddr>,
    /// That the guide is there.
    is_there: bool,
    /// That it cannot be read.
    is_unreadable: bool,
    faults: Vec<Known>,
}

/// A fault as it is known again when lines have moved: what, in which file, in which words.
type Known = (Code, Option<GuidePath>, String);

impl Listener for Teller {
    fn tell(&self, news: &News<'_>) {
        let tongue = self.console.tongue();
        match news {
            News::Listening { at, outside } => {
                let mut said = self.said();
                (said.at, said.outside) = (Some(*at), outside.clone());
            }
            News::Built { preview, paths, took } => self.built(preview.findings(), preview.base(), (paths, *took)),
            News::Unreadable => {
                if !std::mem::replace(&mut self.said().is_unreadable, true) {
                    self.console.tell(match tongue {
                        Tongue::French => "Le dossier du guide ne peut plus être lu. Boussole réessaie.",
                        Tongue::English => "The folder of the guide can no longer be read. Boussole tries again.",
                    });
                }
            }
            News::Looking => self.console.remark(match tongue {
                Tongue::French => {
                    "Le système ne peut pas signaler tous les changements de ce guide\u{a0}: Boussole regarde le disque deux \
                     fois par seconde."
                }
                Tongue::English => {
                    "The system cannot tell of all changes of this guide: Boussole looks at the disk twice a second."
                }
            }),
            News::NoIndex(words) => self.console.tell(&match tongue {
                Tongue::French => format!("L’index de recherche ne peut pas être fait\u{a0}: {words}"),
                Tongue::English => format!("The search index cannot be made: {words}"),
            }),
        }
    }
}

impl Teller {
    fn said(&self) -> MutexGuard<'_, Said> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn built(&self, findings: &Findings, base: &str, (paths, took): (&[PathBuf], Duration)) {
        let mut said = self.said();
        said.is_unreadable = false;
        let is_first = !std::mem::replace(&mut said.is_there, true);
        let known: Vec<Known> = findings.found.iter().map(|finding| known(finding, findings)).collect();
        let before: FxHashSet<&Known> = said.faults.iter().collect();
        let is_new = |at: &usize| !before.contains(&known[*at]);
        let new: Vec<Finding> = (0..known.len()).filter(is_new).map(|at| findings.found[at].clone()).collect();
        self.faults(findings, new);
        said.faults = known;
        if is_first {
            self.welcome(&said, findings, base);
        } else {
            self.console.remark(&self.change(findings, paths, took));
        }
    }

    /// Where the guide is, who can see it, and how to stop.
    fn welcome(&self, said: &Said, findings: &Findings, base: &str) {
        let Some(at) = said.at else { return };
        let address = format!("http://{}{base}", authority(&self.host, at));
        let outside: Vec<String> =
            said.outside.iter().map(|&ip| format!("http://{}{base}", SocketAddr::new(ip, at.port()))).collect();
        let is_moved = self.asked.is_none() && at.port() != PORT;
        self.console.remark(&welcome(findings.tongue, &address, is_moved));
        if !at.ip().is_loopback() {
            self.console.tell(&warning(findings.tongue, &outside));
        }
        self.console.remark(&counts(findings));
        if self.opens && open::that_detached(&address).is_err() {
            self.console.remark(match findings.tongue {
                Tongue::French => "Le navigateur ne s’ouvre pas\u{a0}: ouvrez cette adresse vous-même.",
                Tongue::English => "The browser does not open: open this address yourself.",
            });
        }
    }

    /// The faults that are `new`, as `check` shows them, as long as they are few.
    fn faults(&self, findings: &Findings, mut new: Vec<Finding>) {
        let more = new.len().saturating_sub(MOST);
        new.truncate(MOST);
        let shown = Findings { sources: Arc::clone(&findings.sources), found: new, ..*findings };
        // People are told on standard error, where nobody may be left.
        drop(report::show(&shown, Format::Human, &self.place, &self.console));
        if more > 0 {
            let count = number(more, findings.tongue);
            self.console.remark(&match findings.tongue {
                Tongue::French => format!("… et {count} de plus\u{a0}: `boussole check` montre tout.\n"),
                Tongue::English => format!("… and {count} more: `boussole check` shows all.\n"),
            });
        }
    }

    /// When, what, how long, and how the guide is now.
    fn change(&self, findings: &Findings, paths: &[PathBuf], took: Duration) -> String {
        let tongue = findings.tongue;
        let what = match paths {
            [] => match tongue {
                Tongue::French => "tout le guide".to_owned(),
                Tongue::English => "the whole guide".to_owned(),
            },
            [only] => self.named(only),
            [first, rest @ ..] => {
                let first = self.named(first);
                match tongue {
                    Tongue::French => format!("{first} et {}", counted(rest.len(), tongue, ["autre", "autres"])),
                    Tongue::English => format!("{first} and {}", counted(rest.len(), tongue, ["other", "others"])),
                }
            }
        };
        let took = number(usize::try_from(took.as_millis()).unwrap_or(usize::MAX), tongue);
        format!("{} · {what} · {took}\u{a0}ms · {}", clock::time_of_day(), counts(findings))
    }

    fn named(&self, path: &std::path::Path) -> String {
        let spelled: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
        let path = GuidePath::new(&spelled.join("/"));
        // No name commands the terminal.
        path.map(|path| self.place.shown(&path)).unwrap_or_default().replace(char::is_control, "�")
    }
}

fn known(finding: &Finding, findings: &Findings) -> Known {
    let fault = &finding.diagnostic;
    let path = fault.span.map(|span| findings.sources[span.file].path.clone());
    (fault.code, path, fault.message.tell(findings.tongue).to_owned())
}

/// How the server is called from this machine.
fn authority(host: &str, at: SocketAddr) -> String {
    match host.parse::<IpAddr>() {
        Ok(ip) if ip.is_unspecified() => format!("127.0.0.1:{}", at.port()),
        Ok(_) => at.to_string(),
        Err(_) => format!("{host}:{}", at.port()),
    }
}

fn welcome(tongue: Tongue, address: &str, is_moved: bool) -> String {
    let moved = match tongue {
        Tongue::French => format!("Le port {PORT} est pris par autre chose\u{a0}: voici le suivant qui est libre.\n"),
        Tongue::English => format!("Port {PORT} is taken by something else: this is the next one that is free.\n"),
    };
    let moved = if is_moved { moved.as_str() } else { "" };
    match tongue {
        Tongue::French => format!(
            "{moved}Le guide est ici\u{a0}: {address}\nÀ chaque enregistrement, les pages ouvertes se mettent à jour. Pour \
             arrêter\u{a0}: Ctrl+C"
        ),
        Tongue::English => format!(
            "{moved}The guide is here: {address}\nEach time you save, the open pages are brought up to date. To stop: Ctrl+C"
        ),
    }
}

/// Who else can see the guide.
fn warning(tongue: Tongue, addresses: &[String]) -> String {
    let list: String = addresses.iter().map(|address| format!("\n  {address}")).collect();
    match tongue {
        Tongue::French => format!(
            "Attention\u{a0}: toute personne reliée au même réseau peut lire ce guide tant qu’il est ouvert{}{list}",
            if list.is_empty() { "." } else { ", à cette adresse\u{a0}:" }
        ),
        Tongue::English => format!(
            "Mind: anybody on the same network can read this guide as long as it is open{}{list}",
            if list.is_empty() { "." } else { ", at this address:" }
        ),
    }
}
