//! How soon an author sees what was written: from the write of a page to its new text in the answer of `boussole serve`.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use clap::Args;

use crate::corpus::Format;
use crate::edit::{Edit, PER_GROUP, place};
use crate::run::median;
use crate::table::{self, grouped, number};
use crate::workspace::{Workspace, tell};

/// What is asked of the measure of `serve`.
#[derive(Args)]
pub(crate) struct Options {
    /// Role pages of each guide
    #[arg(long, value_name = "N", value_delimiter = ',', default_values_t = [1000, 10_000])]
    pages: Vec<u32>,
    /// How many terms become links where they are mentioned; the pages of terms come on top
    #[arg(long, value_name = "N", default_value_t = 1000)]
    names: u32,
    /// How many edits of each kind, after one that does not count
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    edits: u32,
    /// Equal seeds give equal guides
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The Boussole to measure
    #[arg(long, value_name = "PATH", default_value = env!("CARGO_BIN_EXE_boussole"), hide_default_value = true)]
    program: PathBuf,
    /// Where to make the guides [default: in memory, /dev/shm, else the temporary folder]
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Fail where an edit of a text costs more CPU time than it may at 10,000 pages
    #[arg(long)]
    strict: bool,
}

/// Milliseconds of processor that an edit of a text may cost at 10,000 pages.
const MOST: f64 = 60.0;

/// How long the server is left alone between two edits, as by an author who reads what came of one.
const PAUSE: Duration = Duration::from_millis(200);

/// After how long an edit that does not show is an error.
const PATIENCE: Duration = Duration::from_secs(30);

/// What some edits cost.
struct Latencies {
    /// Milliseconds, sorted.
    waits: Vec<f64>,
    /// Milliseconds of processor for each, where the system tells.
    cpu: Option<f64>,
}

/// Measures both kinds of edits on guides of each size.
pub(crate) fn measure(options: &Options) -> io::Result<()> {
    let workspace = Workspace::new(options.folder.as_deref(), options.seed)?;
    let header = ["pages", "edit", "median, ms", "95 %, ms", "slowest, ms", "CPU an edit, ms", "memory, MB"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    let mut over = None;
    for &pages in &options.pages {
        tell(&format!("{} pages", grouped(pages)));
        let (format, names) = (format!("{:?}", Format::Boussole).to_lowercase(), options.names.to_string());
        let root = workspace.corpus(&format!("serve-{pages}"), pages, &["--format", &format, "--names", &names])?;
        let server = Server::start(&options.program, &root)?;
        server.until(server.base.as_str(), "<html")?;
        for edit in [Edit::Sentence, Edit::Title] {
            let Latencies { waits, cpu } = server.edits(&root, edit, (pages, options.edits))?;
            if matches!(edit, Edit::Sentence) && pages == 10_000 {
                over = cpu.filter(|cpu| *cpu > MOST);
            }
            let at = |share: f64| waits[((waits.len() - 1) as f64 * share).round() as usize];
            let told = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), number);
            let times = [median(waits.clone()), at(0.95), at(1.0)].map(number);
            let shown = match edit {
                Edit::Sentence => "sentence, on its page",
                Edit::Title => "title, in a neighbour’s menu",
            };
            let row = [vec![grouped(pages), shown.to_owned()], times.to_vec(), vec![told(cpu), told(server.memory())]];
            rows.push(row.concat());
        }
        std::fs::remove_dir_all(&root)?;
    }
    tell("");
    println!("{}, {} edits of each kind\n\n{}", workspace.description(), options.edits, table::markdown(&rows, 2));
    match over.filter(|_| options.strict) {
        Some(cpu) => Err(io::Error::other(format!("an edit costs {} ms of CPU time, over {MOST}", number(cpu)))),
        None => Ok(()),
    }
}

/// A running `boussole serve`, ended when it is dropped.
struct Server {
    child: Child,
    /// Host and port.
    authority: String,
    /// The path of the home page.
    base: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Server {
    fn start(program: &Path, root: &Path) -> io::Result<Server> {
        let mut command = Command::new(program);
        command.args(["serve", "--port", "0", "--root"]).arg(root);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let told = child.stderr.take().ok_or_else(|| io::Error::other("it has no standard error"))?;
        let mut lines = BufReader::new(told).lines();
        let address = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let (_, address) = line.split_once("http://")?;
            Some(address.split_whitespace().next()?.to_owned())
        });
        let Some(address) = address else {
            drop(child.kill());
            return Err(io::Error::other("`serve` does not say where it is"));
        };
        // What it says later must go somewhere.
        std::thread::spawn(move || lines.for_each(drop));
        let (authority, path) = address.split_once('/').unwrap_or((&address, ""));
        Ok(Server { child, authority: authority.to_owned(), base: format!("/{path}") })
    }

    fn get(&self, path: &str) -> io::Result<String> {
        let mut stream = TcpStream::connect(&self.authority)?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.authority)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    /// Asks for `path` until its answer holds `text`.
    fn until(&self, path: &str, text: &str) -> io::Result<()> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if self.get(path)?.contains(text) {
                return Ok(());
            }
        }
        Err(io::Error::other(format!("{path} never shows “{text}”")))
    }

    fn edits(&self, root: &Path, edit: Edit, (pages, count): (u32, u32)) -> io::Result<Latencies> {
        let mut waits = Vec::new();
        let mut before = None;
        for at in 0..=count {
            // Far apart, and never the last of a folder.
            let page = (at * 7919) % (pages / PER_GROUP).max(1) * PER_GROUP + at % (PER_GROUP - 1);
            std::thread::sleep(PAUSE);
            if at == 1 {
                before = self.cpu();
            }
            let wait = self.edit(root, edit, (page, at))?;
            if at > 0 {
                waits.push(wait.as_secs_f64() * 1e3);
            }
        }
        std::thread::sleep(PAUSE);
        let cpu = before.zip(self.cpu()).map(|(before, after)| (after - before) / f64::from(count));
        waits.sort_by(f64::total_cmp);
        Ok(Latencies { waits, cpu })
    }

    /// Edits a page, and waits until that shows: a sentence on its page, a title in the menu of the page beside it.
    fn edit(&self, root: &Path, edit: Edit, (page, at): (u32, u32)) -> io::Result<Duration> {
        let news = format!("Nouvelle{at:04}");
        let shown = match edit {
            Edit::Sentence => page,
            Edit::Title => page + 1,
        };
        let address = format!("{}{}/", self.base, place(shown));
        self.until(&address, "<html")?;
        let start = Instant::now();
        edit.apply(root, page, &news)?;
        self.until(&address, &news)?;
        Ok(start.elapsed())
    }

    /// Milliseconds of processor so far, user and system.
    fn cpu(&self) -> Option<f64> {
        let told = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        let fields: Vec<&str> = told.rsplit(')').next()?.split_whitespace().collect();
        let ticks: f64 = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
        Some(ticks * 10.0)
    }

    /// The most memory that it held at once, in MB.
    fn memory(&self) -> Option<f64> {
        let told = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = told.lines().find(|line| line.starts_with("VmHWM:"))?;
        Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1e3)
    }
}
