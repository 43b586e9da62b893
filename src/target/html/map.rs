//! The site map: the whole tree, on one page where it is short, else on several, each under [`LONG_LIST`].

use rustc_hash::{FxHashMap, FxHashSet};

use super::Generated;
use super::shared::{LONG_LIST, Shared, count, escaped};
use crate::guide::{FolderId, Guide, Node};
use crate::id::{Id, IdVec};
use crate::language::Tongue;
use crate::path::{Address, Slug};
use crate::theme::{self, Known, Theme, view};

/// The place of a part of the map in [`Maps`].
pub(in crate::target) type MapId = Id<Map>;

/// All parts of the site map.
pub(in crate::target) struct Maps {
    maps: IdVec<Map>,
    by_address: FxHashMap<Address, MapId>,
    /// The part that each folder with a part of its own has.
    by_folder: FxHashMap<FolderId, MapId>,
}

/// One page of the site map.
#[derive(Clone, Debug)]
pub(in crate::target) struct Map {
    address: Address,
    /// The folder it lists; the root's is the map itself.
    folder: FolderId,
    /// Where a folder's list is split: the part that leads here, and which piece this is, from 1.
    piece: Option<(MapId, usize)>,
    lists: Vec<Listed>,
}

/// An entry of a part.
#[derive(Clone, Copy, Debug)]
enum Listed {
    /// A page, or a folder with all that is below it.
    Whole(Node),
    /// A folder that has a part of its own.
    Apart(FolderId, MapId),
    /// Some of a folder's children, which have a part of their own.
    Piece { first: Node, last: Node, part: MapId },
}

impl Maps {
    /// The map of `guide`.
    pub(in crate::target) fn of(guide: &Guide) -> Maps {
        let mut surveyor =
            Surveyor { guide, weights: weights(guide), maps: Vec::new(), by_folder: FxHashMap::default() };
        surveyor.part(guide.root(), guide.generated.site_map.clone());
        let maps: IdVec<Map> = surveyor.maps.into_iter().collect();
        let by_address = maps.iter().map(|(id, map)| (map.address.clone(), id)).collect();
        Maps { maps, by_address, by_folder: surveyor.by_folder }
    }

    /// Where each part is.
    pub(in crate::target) fn addresses(&self) -> impl Iterator<Item = (MapId, &Address)> {
        self.maps.iter().map(|(id, map)| (id, &map.address))
    }

    /// The part at `address`.
    pub(in crate::target) fn at(&self, address: &Address) -> Option<MapId> {
        self.by_address.get(address).copied()
    }

    /// Where the nearest part that lists `folder` is.
    pub(super) fn of_folder<'a>(&'a self, guide: &'a Guide, folder: FolderId) -> &'a Address {
        let mut chain = guide.upward(Some(folder));
        let part = chain.find_map(|folder| self.by_folder.get(&folder));
        part.map_or(&guide.generated.site_map, |&part| &self.maps[part].address)
    }

    /// A part as a page that no author wrote.
    pub(in crate::target) fn host(&self, map: MapId, theme: &Theme, shared: &Shared<'_>) -> Generated {
        let mut title = theme.word("site_map").to_owned();
        let map = &self.maps[map];
        let guide = shared.spelling.guide;
        let mut above = Vec::new();
        if map.address != guide.generated.site_map {
            above.push(view::Link::to((title.clone(), shared.spelling.address(&guide.generated.site_map))).into());
            title = format!("{title} – {}", shared.folder_title(map.folder));
        }
        if let Some((whole, piece)) = map.piece {
            let address = &self.maps[whole].address;
            if *address != guide.generated.site_map {
                above.push(view::Link::to((title.clone(), shared.spelling.address(address))).into());
            }
            title = format!("{title} ({piece})");
        }
        Generated { title, address: map.address.clone(), above }
    }

    /// What a part lists.
    pub(in crate::target) fn view(&self, map: MapId, shared: &Shared<'_>) -> view::SiteMap {
        let map = &self.maps[map];
        let home = (map.folder == shared.spelling.guide.root() && map.piece.is_none()).then(|| leaf(shared.home()));
        let entries = map.lists.iter().map(|&listed| self.entry(listed, shared));
        view::SiteMap { entries: theme::Listed::of(home.into_iter().chain(entries), shared.telling) }
    }

    fn entry(&self, listed: Listed, shared: &Shared<'_>) -> view::MapEntry {
        let url = |part: MapId| shared.spelling.address(&self.maps[part].address);
        match listed {
            Listed::Whole(node) => whole(node, shared),
            Listed::Apart(folder, part) => {
                let pages = count(shared.spelling.guide.folders[folder].pages, shared.tongue());
                let more = Some(view::Link::to((pages, url(part))).into());
                view::MapEntry { more, ..leaf(shared.folder(folder)) }
            }
            Listed::Piece { first, last, part } => {
                let title = format!("{} – {}", shared.node(first).title, shared.node(last).title);
                leaf(view::Link::to((title, url(part))).into())
            }
        }
    }
}

fn leaf(page: Known<view::Link>) -> view::MapEntry {
    view::MapEntry { page, children: Vec::new(), more: None }
}

/// A node with all that is below it.
fn whole(node: Node, shared: &Shared<'_>) -> view::MapEntry {
    let children = match node {
        Node::Page(_) => Vec::new(),
        Node::Folder(folder) => {
            shared.spelling.guide.folders[folder].children.iter().map(|&child| whole(child, shared)).collect()
        }
    };
    view::MapEntry { children, ..leaf(shared.node(node)) }
}

/// About how many bytes of HTML a page takes up in the map.
fn page_weight(guide: &Guide, title: &str, address: &Address) -> usize {
    40 + escaped(title) + guide.config.base.path.len() + address.as_str().len()
}

/// About how many bytes of HTML each folder and all below it take up.
fn weights(guide: &Guide) -> Vec<usize> {
    let own = guide.folders.as_slice().iter().map(|folder| page_weight(guide, &folder.title, &folder.address));
    let mut weights: Vec<usize> = own.collect();
    for (_, page) in guide.pages.iter().filter(|(_, page)| !page.place.front) {
        weights[page.place.folder.index()] += page_weight(guide, page.title(), &page.address);
    }
    for at in (1..weights.len()).rev() {
        let weight = weights[at];
        if let Some(parent) = guide.folders.as_slice()[at].parent {
            weights[parent.index()] += weight;
        }
    }
    weights
}

/// Divides the tree into parts.
struct Surveyor<'a> {
    guide: &'a Guide,
    weights: Vec<usize>,
    maps: Vec<Map>,
    by_folder: FxHashMap<FolderId, MapId>,
}

impl Surveyor<'_> {
    /// Makes the part of `folder`, and those that it leads to.
    fn part(&mut self, folder: FolderId, address: Address) -> MapId {
        let id = self.add(Map { address: address.clone(), folder, piece: None, lists: Vec::new() });
        self.by_folder.insert(folder, id);
        let children = &self.guide.folders[folder].children;
        let lists: Vec<Listed> = children.iter().map(|&child| self.listed(child, &address)).collect();
        let lists = if self.weight_of(&lists) <= LONG_LIST { lists } else { self.pieces(id, &lists) };
        self.maps[id.index()].lists = lists;
        id
    }

    fn add(&mut self, map: Map) -> MapId {
        self.maps.push(map);
        MapId::nth(self.maps.len() - 1)
    }

    /// How a child is listed: with a part of its own where it is too long for any other.
    fn listed(&mut self, child: Node, above: &Address) -> Listed {
        match child {
            Node::Folder(folder) if self.weights[folder.index()] > LONG_LIST => {
                let address = match slug_of(&self.guide.folders[folder].address) {
                    Some(slug) => above.join(&slug),
                    None => above.clone(),
                };
                Listed::Apart(folder, self.part(folder, address))
            }
            _ => Listed::Whole(child),
        }
    }

    fn weight(&self, listed: &Listed) -> usize {
        match *listed {
            Listed::Whole(Node::Page(page)) => {
                let page = &self.guide.pages[page];
                page_weight(self.guide, page.title(), &page.address)
            }
            Listed::Whole(Node::Folder(folder)) => self.weights[folder.index()],
            Listed::Apart(..) | Listed::Piece { .. } => 200,
        }
    }

    fn weight_of(&self, lists: &[Listed]) -> usize {
        lists.iter().map(|listed| self.weight(listed)).sum()
    }

    /// Splits a list that is too long into parts of its own.
    fn pieces(&mut self, whole: MapId, lists: &[Listed]) -> Vec<Listed> {
        let Map { address, folder, .. } = self.maps[whole.index()].clone();
        let taken: FxHashSet<Address> = self.maps.iter().map(|map| map.address.clone()).collect();
        let word = match self.guide.config.site.language.tongue() {
            Tongue::French => "partie",
            Tongue::English => "part",
        };
        let mut free = (1..)
            .filter_map(|number| Slug::exact(&format!("{word}-{number}")))
            .map(|slug| address.join(&slug))
            .filter(|address| !taken.contains(address));
        let mut pieces = Vec::new();
        let mut rest = lists;
        while let (Some(first), Some(address)) = (rest.first(), free.next()) {
            let mut weight = 0;
            let fits = rest.iter().take_while(|listed| {
                weight += self.weight(listed);
                weight <= LONG_LIST
            });
            let (piece, after) = rest.split_at(fits.count().max(1));
            let last = piece.last().unwrap_or(first);
            let number = pieces.len() + 1;
            let (first, last) = (node(first), node(last));
            let part = self.add(Map { address, folder, piece: Some((whole, number)), lists: piece.to_vec() });
            pieces.extend(first.zip(last).map(|(first, last)| Listed::Piece { first, last, part }));
            rest = after;
        }
        pieces
    }
}

fn node(listed: &Listed) -> Option<Node> {
    match *listed {
        Listed::Whole(node) => Some(node),
        Listed::Apart(folder, _) => Some(Node::Folder(folder)),
        Listed::Piece { .. } => None,
    }
}

/// The last segment of an address.
fn slug_of(address: &Address) -> Option<Slug> {
    Slug::exact(address.as_str().trim_end_matches('/').rsplit('/').next()?)
}
