//! What many pages show alike: made once, with what templates see of it, and shared.

use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use tera::Value;

/// Something and what templates see of it. To clone it is to share it.
#[derive(Clone, Debug)]
pub(crate) struct Known<T>(Arc<(T, Value)>);

impl<T: Serialize> From<T> for Known<T> {
    fn from(of: T) -> Known<T> {
        let value = Value::from_serializable(&of);
        Known(Arc::new((of, value)))
    }
}

impl<T: Serialize + Default> Default for Known<T> {
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

impl<T> Serialize for Known<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.1.serialize(serializer)
    }
}
