//! Tells the program which program it is: what one made, another may make differently.
#![expect(clippy::disallowed_methods, reason = "the rules are those of the program; this reads its sources")]

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    for source in ["src", "themes/boussole"] {
        println!("cargo::rerun-if-changed={source}");
        collect(Path::new(source), &mut files)?;
    }
    println!("cargo::rerun-if-changed=Cargo.lock");
    files.extend([PathBuf::from("Cargo.lock")].into_iter().filter(|lock| lock.is_file()));
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.hash(&mut hasher);
        fs::read(&file)?.hash(&mut hasher);
    }
    for feature in ["IMAGES", "SEARCH", "SERVE"] {
        env::var_os(format!("CARGO_FEATURE_{feature}")).is_some().hash(&mut hasher);
    }
    println!("cargo::rustc-env=BOUSSOLE_PROGRAM={:016x}", hasher.finish());
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
