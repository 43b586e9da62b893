//! Typed indices: an [`Id<T>`] is issued by the [`IdVec<T>`] that holds the `T`.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Index;

/// The place of one `T` in its [`IdVec`]. Four bytes, `Copy`, ordered by issue.
pub struct Id<T> {
    index: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The position in the vector that issued this id.
    pub fn index(self) -> usize {
        self.index as usize
    }

    /// The id that the item at `index` gets.
    pub(crate) fn nth(index: usize) -> Id<T> {
        let index = u32::try_from(index).expect("a guide has fewer than four billion of anything");
        Id { index, of: PhantomData }
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.index.cmp(&other.index)
    }
}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.index)
    }
}

/// A vector that is indexed by the ids it issues. Append only.
#[derive(Clone, Debug)]
pub(crate) struct IdVec<T> {
    items: Vec<T>,
}

impl<T> IdVec<T> {
    /// An empty vector.
    pub(crate) fn new() -> IdVec<T> {
        IdVec { items: Vec::new() }
    }

    /// An empty vector, with room for so many.
    pub(crate) fn with_capacity(capacity: usize) -> IdVec<T> {
        IdVec { items: Vec::with_capacity(capacity) }
    }

    /// Appends `item` and issues its id.
    pub(crate) fn push(&mut self, item: T) -> Id<T> {
        let id = Id::nth(self.items.len());
        self.items.push(item);
        id
    }

    /// Puts `item` into the place of another.
    #[cfg(feature = "serve")]
    pub(crate) fn replace(&mut self, id: Id<T>, item: T) {
        self.items[id.index()] = item;
    }

    /// How many items there are.
    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    /// The items in the order of their ids.
    pub(crate) fn as_slice(&self) -> &[T] {
        &self.items
    }

    /// The ids in order.
    pub(crate) fn ids(&self) -> impl ExactSizeIterator<Item = Id<T>> + use<T> {
        (0..self.items.len()).map(Id::nth)
    }

    /// Ids and items in order.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = (Id<T>, &T)> {
        self.items.iter().enumerate().map(|(index, item)| (Id::nth(index), item))
    }
}

impl<T> Default for IdVec<T> {
    fn default() -> Self {
        IdVec::new()
    }
}

impl<T> FromIterator<T> for IdVec<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        IdVec { items: items.into_iter().collect() }
    }
}

impl<T> IntoIterator for IdVec<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> std::vec::IntoIter<T> {
        self.items.into_iter()
    }
}

impl<T> Index<Id<T>> for IdVec<T> {
    type Output = T;

    fn index(&self, id: Id<T>) -> &T {
        &self.items[id.index()]
    }
}
