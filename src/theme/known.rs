//! What many pages show alike: made once, with what templates see of it where one does, and shared.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};
use tera::Value;

/// Something and what templates see of it. To clone it is to share it.
#[derive(Clone, Debug)]
pub(crate) struct Known<T>(Arc<(T, OnceLock<Value>)>);

impl<T> From<T> for Known<T> {
    fn from(of: T) -> Known<T> {
        Known(Arc::new((of, OnceLock::new())))
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
        &self.0.0
    }
}

impl<T: Serialize> Serialize for Known<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.1.get_or_init(|| Value::from_serializable(&self.0.0)).serialize(serializer)
    }
}
