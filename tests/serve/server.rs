//! A guide in a temporary folder, served; and what is asked of it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How long is waited for what must come: long, since the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// A guide and its server, which ends with it.
pub(crate) struct Server {
    folder: TempDir,
    child: Child,
    /// Standard error.
    told: Arc<Mutex<String>>,
    /// `127.0.0.1:40123`
    pub(crate) host: String,
    /// Starts and ends with `/`.
    pub(crate) base: String,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Names in lower case.
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Reads a whole answer; of one to `HEAD` only its head.
    fn read(stream: &mut impl Read) -> Answer {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).unwrap_or(0);
        let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        let body = bytes.get(end + 4..).unwrap_or_default().to_vec();
        Answer { status, headers: lines.filter_map(header).collect(), body }
    }
}

/// Whatever stands at `check` in the end; stops the test where nothing does.
#[track_caller]
pub(crate) fn until<T>(what: &str, mut check: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = check() {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "in vain: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

pub(crate) fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().map(Result::unwrap) {
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        match entry.file_type().is_dir() {
            true => fs::create_dir_all(target).unwrap(),
            false => drop(fs::copy(entry.path(), target).unwrap()),
        }
    }
}

/// The program, in no language of the machine's.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_boussole"));
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "SOURCE_DATE_EPOCH", "NO_COLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command
}

impl Server {
    /// Serves a guide of these files, by their paths from its root.
    pub(crate) fn of(files: &[(&str, &str)]) -> Server {
        Server::with(files, &[])
    }

    /// The same with more arguments.
    pub(crate) fn with(files: &[(&str, &str)], arguments: &[&str]) -> Server {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            write(&folder.path().join("guide").join(path), text);
        }
        Server::start(folder, arguments)
    }

    /// Serves a copy of the guide in `folder`.
    pub(crate) fn of_folder(guide: &Path) -> Server {
        let folder = tempfile::tempdir().unwrap();
        copy(guide, &folder.path().join("guide"));
        Server::start(folder, &[])
    }

    fn start(folder: TempDir, arguments: &[&str]) -> Server {
        let mut command = program();
        command.args(["serve", "--port", "0", "--date", "2026-03-01", "--root"]).arg(folder.path().join("guide"));
        let mut child = command.args(arguments).stderr(Stdio::piped()).spawn().unwrap();
        let told = Arc::new(Mutex::new(String::new()));
        let (err, heard) = (child.stderr.take().unwrap(), Arc::clone(&told));
        std::thread::spawn(move || {
            for line in BufReader::new(err).lines().map_while(Result::ok) {
                let line = line.replace(['\u{a0}', '\u{202f}'], " ");
                heard.lock().unwrap().push_str(&(line + "\n"));
            }
        });
        let mut server = Server { folder, child, told, host: String::new(), base: String::new() };
        let address = until("the address is said", || {
            let told = server.told();
            let line = told.lines().find_map(|line| line.split_once("http://"))?.1;
            Some(line.to_owned())
        });
        let (host, base) = address.split_once('/').unwrap();
        (server.host, server.base) = (host.to_owned(), format!("/{base}"));
        server
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("guide")
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        write(&self.root().join(path), text);
    }

    pub(crate) fn rename(&self, from: &str, to: &str) {
        fs::rename(self.root().join(from), self.root().join(to)).unwrap();
    }

    /// What was said until now.
    pub(crate) fn told(&self) -> String {
        self.told.lock().unwrap().clone()
    }

    /// Sends `request` as it is, and reads until the server closes.
    pub(crate) fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        // A server that refuses early may have closed.
        drop(stream.write_all(request));
        Answer::read(&mut stream)
    }

    fn connect(&self) -> TcpStream {
        let port = self.host.rsplit_once(':').unwrap().1;
        let stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Asks for `target` with these headers beside `Host`.
    pub(crate) fn ask(&self, method: &str, target: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = format!("{method} {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.host);
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        self.raw((request + "\r\n").as_bytes())
    }

    pub(crate) fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, &[])
    }

    /// Waits until `target` is answered with `status` and a text that has `words`.
    #[track_caller]
    pub(crate) fn shows(&self, target: &str, status: u16, words: &str) {
        until(&format!("{status} and “{words}” at {target}"), || {
            let answer = self.get(target);
            (answer.status == status && answer.text().contains(words)).then_some(())
        });
    }

    /// Opens the page at `path`, as a browser does, and listens to what it is told.
    pub(crate) fn open(&self, path: &str) -> OpenPage {
        let html = self.get(path).text();
        let (_, after) = html.split_once("data-version=\"").unwrap();
        let version = after.split_once('"').unwrap().0.to_owned();
        self.listen(path, &version)
    }

    /// Listens as the page at `path` that is `version`.
    pub(crate) fn listen(&self, path: &str, version: &str) -> OpenPage {
        let mut stream = self.connect();
        let target = format!("{}__boussole/events?page={path}&version={version}", self.base);
        let request = format!("GET {target} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host);
        stream.write_all(request.as_bytes()).unwrap();
        let mut page = OpenPage { lines: BufReader::new(stream) };
        page.next_of("faults");
        page
    }

    /// Asks it to end, as Ctrl-C does; its exit status.
    #[cfg(unix)]
    pub(crate) fn interrupt(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A page that listens.
pub(crate) struct OpenPage {
    lines: BufReader<TcpStream>,
}

impl OpenPage {
    /// What it is told next: the name of a signal, and what it says.
    pub(crate) fn next(&mut self) -> (String, String) {
        let mut name = String::new();
        loop {
            let mut line = String::new();
            assert!(self.lines.read_line(&mut line).unwrap() > 0, "nothing more is told");
            if let Some(event) = line.trim_end().strip_prefix("event: ") {
                name = event.to_owned();
            } else if let Some(data) = line.trim_end().strip_prefix("data: ") {
                return (name, data.to_owned());
            }
        }
    }

    /// What the next signal called `name` says; what others say is passed over.
    pub(crate) fn next_of(&mut self, name: &str) -> String {
        loop {
            let (told, data) = self.next();
            if told == name {
                return data;
            }
        }
    }
}
