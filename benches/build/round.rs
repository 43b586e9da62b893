//! One guide, built over and over: each round runs all that is compared, one after the other.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::corpus::Variety;
use crate::edit::{Edit, PER_GROUP, place};
use crate::ratio::Options;
use crate::run::{self, Cost, boussole, run};
use crate::workspace::{Workspace, check_written, tell};

/// What is run in each round, in the order of tables.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Run {
    /// The least that a build does.
    Floor,
    /// The least that a build with nothing to do does.
    Read,
    /// Boussole, where nothing was built before.
    Cold,
    /// The same without automatic links.
    Unlinked,
    /// Boussole, where the site is as it will be.
    Unchanged,
    /// After an edit of one page's text.
    Sentence,
    /// After an edit of one page's title.
    Title,
}

impl Run {
    /// All of them.
    pub(crate) const ALL: [Run; 7] =
        [Run::Floor, Run::Read, Run::Cold, Run::Unlinked, Run::Unchanged, Run::Sentence, Run::Title];

    /// What tables call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Run::Floor => "floor",
            Run::Read => "read and hash",
            Run::Cold => "build",
            Run::Unlinked => "build, no automatic links",
            Run::Unchanged => "build, unchanged",
            Run::Sentence => "build, one page changed",
            Run::Title => "build, one title changed",
        }
    }
}

/// A guide of one size, and what runs on it cost.
pub(crate) struct Size {
    pub(crate) variety: Variety,
    pub(crate) pages: u32,
    /// At the place of each [`Run`], its costs round by round; none where it is not run on this guide.
    costs: [Vec<Cost>; Run::ALL.len()],
}

impl Size {
    /// Make the guide, run all rounds, and remove it.
    pub(crate) fn measure(
        options: &Options,
        workspace: &Workspace,
        (variety, pages): (Variety, u32),
    ) -> io::Result<Size> {
        let root = workspace.varied("guide", (variety, pages), &[])?;
        let mut size = Size { variety, pages, costs: Default::default() };
        let guide = Guide { options, workspace, root, pages };
        for number in 0..=options.rounds {
            tell(&format!("{}: round {number} of {}", size.title(), options.rounds));
            size.round(&guide, number)?;
        }
        tell("");
        for costs in &mut size.costs {
            // The round that warmed the machine up.
            costs.drain(..costs.len().min(1));
        }
        std::fs::remove_dir_all(guide.root)?;
        Ok(size)
    }

    /// What tables call it.
    pub(crate) fn title(&self) -> String {
        format!("{} {}", crate::table::grouped(self.pages), self.variety.name())
    }

    /// What each run cost.
    pub(crate) fn costs(&self, run: Run) -> &[Cost] {
        &self.costs[run as usize]
    }

    /// Builds from nothing, in an order that changes from round to round, and then those over what is built.
    fn round(&mut self, guide: &Guide<'_>, number: u32) -> io::Result<()> {
        let mut from_nothing = vec![Run::Floor, Run::Read, Run::Cold];
        if self.variety == Variety::Rich {
            from_nothing.push(Run::Unlinked);
        }
        if number % 2 == 1 {
            from_nothing.reverse();
        }
        for run in from_nothing.into_iter().chain([Run::Unchanged, Run::Sentence, Run::Title]) {
            self.costs[run as usize].push(guide.run(run, number)?);
        }
        Ok(())
    }
}

/// The folder of the site that later builds find.
const SITE: &str = "site";

/// What `guide.yaml` says of links, with and without automatic ones.
const LINKED: &str = "automatic: first-per-facet";
const UNLINKED: &str = "automatic: none";

/// A guide on the disk.
struct Guide<'a> {
    options: &'a Options,
    workspace: &'a Workspace,
    root: PathBuf,
    pages: u32,
}

impl Guide<'_> {
    fn run(&self, what: Run, round: u32) -> io::Result<Cost> {
        match what {
            Run::Floor => self.passing("floor", |output| {
                let mut command = run::floor(&self.root, output)?;
                command.args(self.options.html_only.then_some("--html-only"));
                Ok(command)
            }),
            Run::Read => run(run::read(&self.root)?),
            Run::Cold => {
                let output = self.workspace.absent(SITE)?;
                let cost = run(self.build(&output))?;
                check_written(&output, self.pages)?;
                Ok(cost)
            }
            Run::Unlinked => {
                self.configure(LINKED, UNLINKED)?;
                let cost = self.passing("unlinked", |output| Ok(self.build(output)))?;
                self.configure(UNLINKED, LINKED)?;
                Ok(cost)
            }
            Run::Unchanged => run(self.build(&self.site())),
            Run::Sentence => self.edit(Edit::Sentence, round),
            Run::Title => self.edit(Edit::Title, round),
        }
    }

    fn site(&self) -> PathBuf {
        self.workspace.path().join(SITE)
    }

    fn build(&self, output: &Path) -> Command {
        boussole(&self.options.program, &self.root, output)
    }

    /// Run a command whose site is of no use afterwards.
    fn passing(&self, name: &str, command: impl FnOnce(&Path) -> io::Result<Command>) -> io::Result<Cost> {
        let output = self.workspace.absent(name)?;
        let cost = run(command(&output)?)?;
        check_written(&output, self.pages)?;
        std::fs::remove_dir_all(output)?;
        Ok(cost)
    }

    /// Have `guide.yaml` say `new` in place of `old`.
    fn configure(&self, old: &str, new: &str) -> io::Result<()> {
        let file = self.root.join("guide.yaml");
        let text = std::fs::read_to_string(&file)?;
        if !text.contains(old) {
            return Err(io::Error::other(format!("guide.yaml does not say `{old}`")));
        }
        std::fs::write(&file, text.replace(old, new))
    }

    /// Edit another page in each round, and build what follows from it.
    fn edit(&self, edit: Edit, round: u32) -> io::Result<Cost> {
        // The first of a folder, which is a role in every guide.
        let groups = self.pages.div_ceil(PER_GROUP);
        let role = (round + 1) * 7919 % groups * PER_GROUP;
        let news = format!("Nouvelle{round:04}{}", edit as u32);
        edit.apply(&self.root, role, &news)?;
        let cost = run(self.build(&self.site()))?;
        let page = self.site().join(place(role)).join("index.html");
        if !std::fs::read_to_string(&page)?.contains(&news) {
            return Err(io::Error::other(format!("{} does not say “{news}”", page.display())));
        }
        Ok(cost)
    }
}
