//! The whole of resolution, step by step.

use std::mem;
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::before::Before;
use super::facet_file::{self, Attach};
use super::fault;
use super::files::Files;
use super::generated::Generated;
use super::life::Life;
use super::linking::{Decided, Ground, LinkedPage, lexicon, link};
use super::names::{FoldedNames, Names};
use super::order::Order;
use super::relation;
use super::target::{Guesses, Targets, Written};
use super::tree::{self, Tree};
use super::{Folder, Guide, Leaf, Link, Page, PageId, Pages, Place, Redirect};
use crate::config::{Builtin, Config, KindId};
use crate::diagnostic::Diagnostic;
use crate::id::IdVec;
use crate::path::{Address, GuidePath, OutputPath, Slug};
use crate::source::{FileId, Role, Sources, Span};
use crate::syntax::body::WrittenLink;
use crate::syntax::draft::Draft;
use crate::syntax::front_matter;

/// Whether drafts are part of the guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drafts {
    /// They are left out.
    Left,
    /// They are built like other pages.
    Built,
}

/// The guide, and what was wrong on the way.
#[derive(Debug)]
pub(crate) struct Resolved {
    pub(crate) guide: Guide,
    pub(crate) faults: Vec<Diagnostic>,
    /// The drafts that are no part of it.
    pub(crate) left_out: FxHashSet<FileId>,
}

/// Resolves parsed pages, which are in the order of their paths.
/// What an earlier resolution of the same files under the same configuration left is in `before`, for what did not change.
pub(crate) fn resolve(
    drafts: Vec<Arc<Draft>>,
    sources: &Sources,
    (config, choice): (Config, Drafts),
    before: &mut Before,
) -> Resolved {
    let look_the_same = before.meets(&drafts);
    let Planted { tree, kinds, mut left_out, draft_names, mut faults } = plant(drafts, sources, &config, choice);
    let is_term = |page: PageId| config.kinds[kinds[page.index()]].builtin == Some(Builtin::Term);
    let generated = Generated::of(&tree.entries, &kinds, &config);
    let ((order, names), (by_address, assets, twice)) = rayon::join(
        || {
            let order = before.order(look_the_same, || Order::of(&tree, config.site.language, is_term));
            (order, before.names(look_the_same, || FoldedNames::of(&tree, &draft_names)))
        },
        || occupied(&tree, sources, &generated),
    );
    faults.extend(twice);
    let logo = config.look.logo.as_ref().and_then(|logo| assets.get(&sources.at(logo)?).cloned());
    let targets = Targets {
        sources,
        tree: &tree,
        names: Names::of(&tree, names),
        kinds: &kinds,
        base: &config.base,
        by_file: by_file(&tree, sources),
        by_leaf: leaf_files(&tree),
        by_address,
        assets: &assets,
        drafts: mem::take(&mut left_out),
        generated: generated.addresses().cloned().chain([Address::root()]).collect(),
        guesses: Guesses::default(),
    };
    let known = before.rows(&tree.entries);
    let decide = |at: usize| match known.get(at) {
        Some(row) if look_the_same && row.is_of(&tree.entries[at]) => (row.decided.clone(), false),
        Some(row) => (decide(PageId::nth(at), &targets, &config).sharing(&row.decided), true),
        None => (decide(PageId::nth(at), &targets, &config), true),
    };
    let ground = Ground { config: &config, kinds: &kinds, order: &order.pages };
    let (lexicon, (decided, is_new)) = rayon::join(
        || lexicon(&tree.entries, &ground, before),
        || -> (Vec<Decided>, Vec<bool>) { (0..tree.entries.len()).into_par_iter().map(decide).unzip() },
    );
    before.work.decided = is_new.into_iter().filter(|&is_new| is_new).count();
    faults.extend(decided.iter().flat_map(|decided| decided.faults.iter().cloned()));
    let (files, unfit) = Files::of(&tree.entries, &decided, (&config, sources));
    faults.extend(unfit);
    let (redirects, clashes) = redirects(&targets);
    faults.extend(clashes);
    let (linked, series, wrong) = link((decided, lexicon), &targets, &ground, (before, known));
    faults.extend(wrong);
    let left_out = targets.drafts;
    let of_kind = |builtin| {
        let is_one = |page: &PageId| ground.builtin(*page) == Some(builtin);
        order.pages.iter().copied().filter(is_one).collect()
    };
    let articles = articles(of_kind(Builtin::Article), &tree.entries);
    let pages = pages(tree.entries.into_par_iter().zip(linked).zip(kinds), &order, (sources, &config));
    let Order { children, pages: order, terms } = order;
    let folders = folders(tree.folders, children);
    let guide =
        Guide { config, pages, folders, assets, files, redirects, logo, generated, series, order, terms, articles };
    Resolved { guide, faults, left_out }
}

/// The pages in their places.
struct Planted {
    tree: Tree,
    /// The kind of each page.
    kinds: Vec<KindId>,
    /// The files of drafts that are left out.
    left_out: FxHashSet<FileId>,
    /// The names and paths that they would answer to.
    draft_names: Vec<String>,
    faults: Vec<Diagnostic>,
}

fn plant(drafts: Vec<Arc<Draft>>, sources: &Sources, config: &Config, choice: Drafts) -> Planted {
    let (drafts, left_out): (Vec<Arc<Draft>>, Vec<Arc<Draft>>) =
        drafts.into_iter().partition(|draft| choice == Drafts::Built || !is_draft(draft, sources));
    let draft_names = draft_names(&left_out, sources);
    let mut left_out: FxHashSet<FileId> = left_out.iter().map(|draft| draft.file).collect();
    let (drafts, leaves) = facet_file::divide(drafts, sources);
    let (mut tree, mut faults) = Tree::plant(drafts, sources);
    let attach = Attach { sources, config, left_out: &left_out };
    let (with_their_pages, wrong) = attach.attach(leaves, &mut tree);
    left_out.extend(with_their_pages);
    faults.extend(wrong);
    let kind = |entry: &tree::Entry| relation::kind_of(&entry.draft.front_matter, entry.front, config);
    let kinds = tree.entries.iter().map(kind).collect();
    Planted { tree, kinds, left_out, draft_names, faults }
}

/// The page in each file.
fn by_file(tree: &Tree, sources: &Sources) -> Vec<Option<PageId>> {
    let mut by_file = vec![None; sources.iter().len()];
    for (at, entry) in tree.entries.iter().enumerate() {
        by_file[entry.draft.file.index()] = Some(PageId::nth(at));
    }
    by_file
}

/// The page and the anchor of each facet that has a file of its own.
fn leaf_files(tree: &Tree) -> FxHashMap<FileId, (PageId, Arc<str>)> {
    let leaves = |(at, entry): (usize, &tree::Entry)| {
        let leaf = |leaf: &tree::LeafEntry| (leaf.draft.file, (PageId::nth(at), Arc::clone(&leaf.anchor)));
        entry.leaves.iter().map(leaf).collect::<Vec<_>>()
    };
    tree.entries.iter().enumerate().flat_map(leaves).collect()
}

/// The articles, the newest first, those without a date last.
fn articles(mut articles: Vec<PageId>, entries: &[tree::Entry]) -> Vec<PageId> {
    articles.sort_by_key(|page| std::cmp::Reverse(entries[page.index()].draft.front_matter.date));
    articles
}

/// Files of the output that no author's file can stand for.
const ALWAYS_WRITTEN: [&str; 3] = [".boussole.json", "guide.json", "index.html"];

/// Files that are written unless an author has one of that name; never a redirection.
const WRITTEN_BY_DEFAULT: [&str; 8] =
    ["404.html", "sitemap.xml", "robots.txt", "_headers", ".nojekyll", "feed.xml", "favicon.ico", "site.webmanifest"];

fn is_draft(draft: &Draft, sources: &Sources) -> bool {
    draft.front_matter.draft || sources[draft.file].path.stem().ends_with(".draft")
}

/// The names and paths that drafts would answer to.
fn draft_names(drafts: &[Arc<Draft>], sources: &Sources) -> Vec<String> {
    let names = |draft: &Draft| {
        let path = &sources[draft.file].path;
        let own = [draft.title.to_string(), tree::page_stem(path).to_owned(), tree::key(path).to_string()];
        own.into_iter().chain(draft.front_matter.synonyms.clone())
    };
    drafts.iter().flat_map(|draft| names(draft)).collect()
}

/// The page at each address, and where each file that is only copied goes.
fn occupied(
    tree: &Tree,
    sources: &Sources,
    generated: &Generated,
) -> (FxHashMap<Address, PageId>, FxHashMap<FileId, OutputPath>, Vec<Diagnostic>) {
    let (by_address, mut faults) = addresses(tree, sources);
    let (assets, clashes) = assets(tree, &by_address, sources, generated);
    faults.extend(clashes);
    (by_address, assets, faults)
}

/// The page at each address; the first keeps an address that two have.
fn addresses(tree: &Tree, sources: &Sources) -> (FxHashMap<Address, PageId>, Vec<Diagnostic>) {
    let mut by_address: FxHashMap<Address, PageId> =
        FxHashMap::with_capacity_and_hasher(tree.entries.len(), FxBuildHasher);
    let mut faults = Vec::new();
    for (at, entry) in tree.entries.iter().enumerate() {
        let page = PageId::nth(at);
        let first = *by_address.entry(entry.address.clone()).or_insert(page);
        if first != page {
            let path = |page: PageId| sources[tree.entries[page.index()].draft.file].path.as_str();
            let pair = fault::Pair {
                second: (address_place(tree, page, sources), path(page)),
                first: (address_place(tree, first, sources), path(first)),
            };
            faults.push(fault::same_address(entry.address.as_str(), &pair));
        }
    }
    (by_address, faults)
}

/// What decides a page's address: its slug, else its title.
fn address_place(tree: &Tree, page: PageId, sources: &Sources) -> Span {
    let draft = &tree.entries[page.index()].draft;
    match draft.front_matter.slug {
        Some(_) => front_matter::place(draft.file, sources, "slug", &[]),
        None => fault::title_place(tree, page, sources),
    }
}

/// Where each file that is only copied goes: an author's beside its page, a static one as it lies.
fn assets(
    tree: &Tree,
    by_address: &FxHashMap<Address, PageId>,
    sources: &Sources,
    generated: &Generated,
) -> (FxHashMap<FileId, OutputPath>, Vec<Diagnostic>) {
    let mut assets = FxHashMap::default();
    let mut faults = Vec::new();
    if !sources.iter().any(|(_, file)| matches!(file.role, Role::Static | Role::Asset)) {
        return (assets, faults);
    }
    let of_page = |output: &OutputPath| {
        let entry = &tree.entries[by_address.get(&Address::of_file(output)?)?.index()];
        Some(Span::whole(entry.draft.file))
    };
    let mut taken: FxHashMap<OutputPath, Span> = FxHashMap::default();
    let generated: FxHashSet<OutputPath> = generated.addresses().map(Address::file).collect();
    for (id, file) in sources.iter() {
        let output = match file.role {
            Role::Static => file.path.below("static").and_then(OutputPath::new),
            Role::Asset => beside(tree, &file.path),
            _ => continue,
        };
        let Some(output) = output else { continue };
        if ALWAYS_WRITTEN.contains(&output.as_str()) || generated.contains(&output) {
            faults.push(fault::reserved_output(Span::whole(id), output.as_str()));
        } else if let Some(first) = taken.get(&output).copied().or_else(|| of_page(&output)) {
            let path = |span: Span| sources[span.file].path.as_str();
            let second = Span::whole(id);
            let pair = fault::Pair { second: (second, path(second)), first: (first, path(first)) };
            faults.push(fault::same_output(output.as_str(), &pair));
        } else {
            taken.insert(output.clone(), Span::whole(id));
            assets.insert(id, output);
        }
    }
    (assets, faults)
}

/// Where a file of `content/` goes: into the address of its folder, a folder without pages spelled as a page's would be.
fn beside(tree: &Tree, path: &GuidePath) -> Option<OutputPath> {
    let (mut folder, mut rest) = (path.folder(), vec![path.name().to_owned()]);
    let known = loop {
        if let Some(known) = tree.folder(folder) {
            break known;
        }
        let (above, name) = folder.rsplit_once('/')?;
        rest.push(Slug::of(name).map_or_else(|| name.to_owned(), |slug| slug.as_str().to_owned()));
        folder = above;
    };
    rest.reverse();
    OutputPath::new(&format!("{}{}", &tree.folders[known].address.as_str()[1..], rest.join("/")))
}

/// Resolves one page's links and relations.
fn decide(page: PageId, targets: &Targets<'_>, config: &Config) -> Decided {
    let entry = &targets.tree.entries[page.index()];
    let mut faults = Vec::new();
    let mut links_of = |draft: &Draft| {
        let body = &draft.body;
        let link = |link: &WrittenLink| {
            let destination = body.text(link.destination);
            let written = Written { from: page, destination, by: link.by, purpose: link.purpose, span: link.span };
            targets.resolve(&written).unwrap_or_else(|fault| {
                faults.push(*fault);
                Link::Dead
            })
        };
        body.tables.links.iter().map(link).collect()
    };
    let links: Vec<Arc<[Link]>> = entry.drafts().map(|draft| links_of(draft)).collect();
    let mut reader = relation::Reader { targets, config, page, faults };
    let relations = Arc::new(reader.read());
    Decided { links, relations, faults: reader.faults.into() }
}

/// The old addresses, and those that something else has.
fn redirects(targets: &Targets<'_>) -> (Vec<Redirect>, Vec<Diagnostic>) {
    let mut redirects = Vec::new();
    let mut faults = Vec::new();
    if targets.tree.entries.iter().all(|entry| entry.draft.front_matter.redirect_from.is_empty()) {
        return (redirects, faults);
    }
    let outputs = targets.assets.values().cloned().chain(targets.by_address.keys().map(Address::file));
    let generated = targets.generated.iter().map(Address::file);
    let always = ALWAYS_WRITTEN.iter().chain(&WRITTEN_BY_DEFAULT).filter_map(|name| OutputPath::new(name));
    let mut taken: FxHashSet<OutputPath> = outputs.chain(generated).chain(always).collect();
    for (at, entry) in targets.tree.entries.iter().enumerate() {
        for (index, path) in entry.draft.front_matter.redirect_from.iter().enumerate() {
            let place =
                || front_matter::place(entry.draft.file, targets.sources, "redirect_from", &[&index.to_string()]);
            let Some(file) = redirect_file(path) else { continue };
            let is_in_a_file = OutputPath::new(path.trim_matches('/')).is_some_and(|path| taken.contains(&path));
            if is_in_a_file || !taken.insert(file.clone()) {
                faults.push(fault::taken_redirect(place(), path));
                continue;
            }
            redirects.push(Redirect { file, page: PageId::nth(at) });
        }
    }
    (redirects, faults)
}

/// The file that a host answers with at an old address, which may be spelled as browsers show it or as they send it.
fn redirect_file(path: &str) -> Option<OutputPath> {
    let path = percent_decode_str(path.trim_matches('/')).decode_utf8_lossy();
    let path = GuidePath::new(&path)?;
    let is_page = path.extension().is_some_and(|end| matches!(end, "html" | "htm"));
    if is_page {
        return OutputPath::new(path.as_str());
    }
    let slash = if path.as_str().is_empty() { "" } else { "/" };
    OutputPath::new(&format!("{path}{slash}index.html"))
}

/// The pages, each with what was decided about it and its place in the whole.
fn pages(
    decided: impl IndexedParallelIterator<Item = ((tree::Entry, LinkedPage), KindId)>,
    order: &Order,
    (sources, config): (&Sources, &Config),
) -> Pages {
    let mut around: Vec<(Option<PageId>, Option<PageId>)> = vec![(None, None); decided.len()];
    for pair in order.pages.windows(2) {
        around[pair[0].index()].1 = Some(pair[1]);
        around[pair[1].index()].0 = Some(pair[0]);
    }
    let page = |(((entry, linked), kind), (previous, next)): (((tree::Entry, LinkedPage), KindId), _)| {
        let Life { updated, contributors } = Life::of(&entry, sources);
        let LinkedPage { decided, read, inverse, backlinks, series, used } = linked;
        let mut links = decided.links.into_iter();
        let own = links.next().expect("a page has its own text");
        let leaf = |(leaf, links): (tree::LeafEntry, Arc<[Link]>)| Leaf { facet: leaf.facet, draft: leaf.draft, links };
        Page {
            kind,
            summary: Arc::clone(&read.summary),
            reading: Arc::clone(&read.reading),
            draft: entry.draft,
            key: entry.key,
            address: entry.address,
            place: Place { folder: entry.folder, front: entry.front, previous, next },
            links: own,
            leaves: entry.leaves.into_iter().zip(links).map(leaf).collect(),
            relations: decided.relations,
            inverse,
            backlinks,
            series,
            used,
            updated,
            contributors,
        }
    };
    let pages: Vec<Page> = decided.zip(around).map(page).collect();
    Pages::of(pages.into_iter().collect(), config)
}

fn folders(folders: IdVec<Folder>, children: Vec<Vec<super::Node>>) -> IdVec<Folder> {
    folders.into_iter().zip(children).map(|(folder, children)| Folder { children, ..folder }).collect()
}
