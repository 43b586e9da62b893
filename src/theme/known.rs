//! What many pages show alike: made once, with what templates see of it, and shared.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};
use tera::Value;

/// Something and what is made of it where it is shown. To clone it is to share it.
#[derive(Clone, Debug)]
pub(crate) struct Known<T>(Arc<Made<T>>);

#[derive(Debug)]
struct Made<T> {
    of: T,
    /// What templates see of it.
    value: OnceLock<Value>,
}

impl<T> From<T> for Known<T> {
    fn from(of: T) -> Known<T> {
        Known(Arc::new(Made { of, value: OnceLock::new() }))
    }
}

impl<T> From<&Known<T>> for Known<T> {
    fn from(known: &Known<T>) -> Known<T> {
        Known(Arc::clone(&known.0))
    }
}

impl<T: Default> Default for Known<T> {
    fn default() -> Known<T> {
        Known::from(T::default())
    }
}

impl<T> Deref for Known<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.of
    }
}

impl<T: Serialize> Serialize for Known<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.value.get_or_init(|| Value::from_serializable(&self.0.of)).serialize(serializer)
    }
}
