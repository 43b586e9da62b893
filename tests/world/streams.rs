//! Nobody reads, nobody watches, or there is nowhere to be.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::{Guide, PROGRAM, build, ending, files, in_peace, sound};

/// What a shell ends with that runs `script`, in which `$0` is the program and `$1` the guide's root.
fn shell(guide: &Guide, script: &str) -> Output {
    let mut shell = Command::new("timeout");
    shell.args(["--signal=KILL", "120", "bash", "-c", script, PROGRAM]).arg(guide.root()).arg(guide.site());
    shell.stdin(Stdio::null()).output().unwrap()
}

#[test]
fn nobody_has_to_listen() {
    let guide = sound();
    let whole = in_peace(&guide);
    let build = "\"$0\" build --root \"$1\" --output \"$2\"";
    for streams in [">&-", "2>&-", "<&- >&- 2>&-", ">/dev/full", "2>/dev/full", "2> >(exit)", "2> >(head -c 1)"] {
        let output = shell(&guide, &format!("{build} {streams}"));
        assert_eq!(output.status.code(), Some(0), "{streams}: {output:?}");
        assert!(files(&guide) == whole, "{streams}");
        std::fs::remove_dir_all(guide.site()).unwrap();
    }
}

#[test]
fn whoever_reads_may_leave() {
    let guide = sound();
    guide.write("content/faute.md", "# Faute\n\n[rien](rien.md)\n");
    for (command, status) in [("check --format json", 1), ("schema page", 0), ("completions bash", 0), ("report", 1)] {
        let output = shell(&guide, &format!("\"$0\" {command} --root \"$1\" | head -c 1; exit ${{PIPESTATUS[0]}}"));
        assert_eq!(output.status.code(), Some(status), "{command}: {output:?}");
        assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"), "{command}: {output:?}");
    }
    let output = shell(&guide, "\"$0\" check --format json --root \"$1\" >/dev/full");
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("`sortie standard`"), "{output:?}");
}

#[test]
fn the_current_folder_may_be_gone() {
    let guide = sound();
    let gone = "mkdir \"$1/../gone\" && cd \"$1/../gone\" && rmdir \"$1/../gone\" && ";
    for arguments in ["", "--root \"$1\" --output \"$2\"", "--output site"] {
        let output = shell(&guide, &format!("{gone} \"$0\" build {arguments}"));
        assert_eq!(output.status.code(), Some(3), "{arguments}: {output:?}");
        let told = "erreur\u{a0}: le dossier où vous êtes n’existe plus\n  aide\u{a0}: allez dans un autre dossier, puis recommencez\n";
        assert_eq!(String::from_utf8_lossy(&output.stderr), told, "{arguments}");
    }
    assert!(!guide.site().exists());
}

#[test]
fn there_may_be_no_home_and_nowhere_to_put_temporary_files() {
    let guide = sound();
    let mut command = build(&guide, &["env", "-i", "TMPDIR=/nowhere", "HOME=/nowhere"]);
    assert_eq!(ending(&mut command).0, Some(0));
    assert!(files(&guide) == in_peace(&guide));
}

#[test]
fn the_clock_may_be_anywhere() {
    let guide = sound();
    let whole = in_peace(&guide);
    let long_ago = std::time::UNIX_EPOCH - std::time::Duration::from_secs(1 << 30);
    let far_ahead = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1 << 34);
    let set = |path: &Path, time| std::fs::File::options().append(true).open(path).unwrap().set_modified(time).unwrap();
    for (source, written, seconds) in
        [(long_ago, far_ahead, "0"), (far_ahead, long_ago, "-86400000"), (far_ahead, far_ahead, "253402207200")]
    {
        set(&guide.root().join("content/partie/un.md"), source);
        for _ in 0..2 {
            let mut command = Command::new(PROGRAM);
            command.args(["build", "--root"]).arg(guide.root()).arg("--output").arg(guide.site());
            assert_eq!(ending(command.env("SOURCE_DATE_EPOCH", seconds)).0, Some(0), "{seconds}");
            assert!(files(&guide) == whole, "{seconds}");
            set(&guide.site().join("index.html"), written);
            set(&guide.site().join(".boussole.json"), written);
        }
        // And back: another day, decades before.
        let earlier = guide.run(&[]);
        assert_eq!(earlier.status, 0, "{}", earlier.told);
    }
    for date in ["0001-01-01", "9999-12-31"] {
        let mut command = Command::new(PROGRAM);
        command.args(["build", "--date", date, "--root"]).arg(guide.root()).arg("--output").arg(guide.site());
        assert_eq!(ending(&mut command).0, Some(0), "{date}");
    }
}
