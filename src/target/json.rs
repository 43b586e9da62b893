//! JSON as it is written piece by piece: most of the texts in it are short, and it has very many.

use crate::put;

/// JSON that grows. What stands before a value, such as its name, is given as the file has it.
#[derive(Default)]
pub(super) struct Json(pub(super) String);

impl Json {
    pub(super) fn put(&mut self, json: &str) {
        self.0.push_str(json);
    }

    pub(super) fn puts<const N: usize>(&mut self, json: [&str; N]) {
        json.into_iter().for_each(|json| self.put(json));
    }

    pub(super) fn text(&mut self, before: &str, text: &str) {
        self.written(before, |json| json.push_str(text));
    }

    /// The text that `put` adds.
    pub(super) fn written(&mut self, before: &str, put: impl FnOnce(&mut String)) {
        self.put(before);
        put::json(&mut self.0, put);
    }

    pub(super) fn option(&mut self, before: &str, text: Option<&str>) {
        match text {
            Some(text) => self.text(before, text),
            None => {
                self.put(before);
                self.put("null");
            }
        }
    }

    /// The same, where there is one.
    pub(super) fn some(&mut self, before: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(before, text);
        }
    }

    /// What `put` adds for each item, after what begins the list.
    pub(super) fn list<T>(&mut self, before: &str, items: impl IntoIterator<Item = T>, put: impl Fn(&mut Json, T)) {
        self.put(before);
        for item in items {
            self.go_on();
            put(self, item);
        }
        self.put("]");
    }

    /// Goes on with the next item of a list.
    pub(super) fn go_on(&mut self) {
        if self.0.as_bytes().last() != Some(&b'[') {
            self.put(",");
        }
    }
}
