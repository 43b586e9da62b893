//! Templates: read when the theme is loaded, rendered once a page.
//!
//! The built-in ones are known as `boussole/NAME`, the guide's own as `NAME`; a name without the prefix is the guide's
//! own template where there is one. So an own `page.html` may begin with `{% extends "boussole/page.html" %}`. Three names
//! without the prefix, [`PARTS`], stand for finished text unless the guide has templates of that name.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use tera::{ErrorKind, ReportError, Tera, Value};

use super::context::{Context, Place as PagePlace};
use super::embedded::embedded_text;
use super::form::{Forms, MARK, Parted, Walked};
use super::frame::{FRAME, Frames, PARTS};
use super::joined::joined;
use super::listing::Listing;
use super::menu::{ENTRY, MENU};
use super::view::{Page, Site};
use super::walked::Drawn;
use super::words::Words;
use super::{BUILT_IN, Layers};
use crate::diagnostic::{Code, Diagnostic, Say, say};
use crate::put;
use crate::source::{FileId, Span};

/// Templates that stand.
pub(super) struct Templates {
    tera: Cow<'static, Tera>,
    /// What every template is given.
    shared: tera::Context,
    own: BTreeMap<String, Own>,
    /// The finished parts of all pages.
    frames: Frames,
    /// What pages have in common.
    forms: Forms,
    /// Whether pages are made by their forms.
    has_forms: bool,
}

/// A template of the guide's own.
struct Own {
    file: FileId,
    text: Arc<str>,
}

/// A range of bytes in a template.
struct Place<'a> {
    template: &'a str,
    range: Range<usize>,
}

impl Templates {
    /// The built-in templates and, where nothing is wrong with them, the theme's own.
    pub(super) fn load(layers: &Layers<'_>, words: &Words) -> (Templates, Vec<Diagnostic>) {
        let sources = layers.sources;
        let own: BTreeMap<String, Own> = layers
            .own("templates")
            .map(|(name, file)| (name.to_owned(), Own { file, text: Arc::clone(sources.text(file)) }))
            .collect();
        let mut templates = Templates {
            tera: Cow::Borrowed(built_in(own.is_empty())),
            shared: tera::Context::new(),
            has_forms: own.is_empty(),
            own,
            frames: Frames::default(),
            forms: Forms::default(),
        };
        templates.share("t", Value::from(words.clone()));
        let found = templates.add_own();
        (templates, found)
    }

    /// Gives every template `value` under `name`.
    pub(super) fn share(&mut self, name: &'static str, value: Value) {
        // What stands in forms themselves must not look like a gap.
        self.has_forms &= serde_json::to_string(&value).is_ok_and(|json| !json.contains(MARK));
        self.shared.insert_value(name, value);
    }

    /// Has what frames the pages of `site` rendered once.
    pub(super) fn finish_parts(&mut self, site: &Site) {
        // A built-in partial that is replaced under its full name may know more of a page than its finished form does.
        if !self.own.keys().any(|name| name.starts_with(&format!("{BUILT_IN}/"))) {
            self.frames = Frames::of(site);
        }
    }

    pub(super) fn has_own(&self) -> bool {
        !self.own.is_empty()
    }

    pub(super) fn has(&self, template: &str) -> bool {
        self.tera.contains_template(template)
    }

    pub(super) fn render(&self, template: &str, context: Context, size: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Context { subject, place, mut values } = context;
        let mut bytes = Vec::with_capacity(size);
        let frame = place.map(|place| self.frame(&place)).transpose();
        let rendered = frame.and_then(|frame| {
            if let Some(frame) = frame {
                values.insert_value(FRAME, frame);
            }
            values.extend(self.shared.clone());
            self.tera.render_to(template, &values, &mut bytes)
        });
        rendered.map_err(|error| Box::new(self.render_fault(&error, template, &subject)))?;
        Ok(bytes)
    }

    /// The file that `template` makes of a page, and of what it lists.
    pub(super) fn page(
        &self,
        template: &str,
        (page, listing): (Page, Option<Listing>),
        size: usize,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let frame = if self.has_forms && Drawn::is_common(&page) {
            let place = PagePlace::of(&page);
            self.frame(&place).map_err(|error| Box::new(self.render_fault(&error, template, &place.url)))?
        } else {
            Value::none()
        };
        match frame.as_map() {
            Some(frame) => {
                self.filled(template, Drawn::of(page, listing, frame), Drawn::context).map(String::into_bytes)
            }
            None => self.render(template, Context::of(&page, listing.as_ref()), size),
        }
    }

    /// The text that `template` makes of what `context` tells of a view.
    pub(super) fn text<V: Walked>(
        &self,
        template: &str,
        view: V,
        context: impl Fn(&V) -> Context,
    ) -> Result<String, Box<Diagnostic>> {
        if self.has_forms {
            return self.filled(template, view, context);
        }
        let bytes = self.render(template, context(&view), 256)?;
        Ok(String::from_utf8(bytes).expect("templates and values are text"))
    }

    /// The same by its form.
    fn filled<V: Walked>(
        &self,
        template: &str,
        view: V,
        context: impl Fn(&V) -> Context,
    ) -> Result<String, Box<Diagnostic>> {
        let mut parted = Parted::of(template, view);
        let form = self.forms.of(&mut parted, |view| {
            let Context { subject, mut values, .. } = context(view);
            values.extend(self.shared.clone());
            let rendered = self.tera.render(template, &values);
            rendered.map_err(|error| Box::new(self.render_fault(&error, template, &subject)))
        })?;
        Ok(form.fill(&parted))
    }

    /// The finished parts of a page.
    fn frame(&self, place: &PagePlace) -> Result<Value, tera::Error> {
        self.frames.at(place, |partial, page| {
            let mut values = self.shared.clone();
            values.insert_value("page", page);
            self.tera.render(&format!("{BUILT_IN}/{partial}"), &values)
        })
    }

    fn add_own(&mut self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (name, own) in &self.own {
            let alone = Tera::new().add_raw_template(name, &own.text);
            if let Err(error) = alone
                && let ErrorKind::SyntaxError(report) = error.kind()
            {
                found.push(self.fault(report.message(), &Place::of(report)));
            }
        }
        if found.is_empty()
            && !self.own.is_empty()
            && let Err(error) =
                self.tera.to_mut().add_raw_templates(self.own.iter().map(|(name, own)| (name, &own.text)))
        {
            found.extend(self.load_faults(&error));
        }
        found
    }

    /// The faults that templates have together: names of other templates, of filters, of blocks.
    fn load_faults(&self, error: &tera::Error) -> Vec<Diagnostic> {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                vec![self.fault(report.message(), &Place::of(report))]
            }
            ErrorKind::Msg(reports) => reports.split("\n\n").map(|report| self.reported(report)).collect(),
            ErrorKind::CircularExtend { tpl, .. }
            | ErrorKind::CircularInclude { tpl, .. }
            | ErrorKind::MissingParent { current: tpl, .. } => vec![self.fault(&error.to_string(), &Place::start(tpl))],
            _ => vec![self.fault(&error.to_string(), &Place::start(BUILT_IN))],
        }
    }

    /// Tera gives unknown names only as text: `error: MESSAGE`, then `--> TEMPLATE:LINE:COLUMN`, the line, carets.
    fn reported(&self, report: &str) -> Diagnostic {
        let mut lines = report.lines();
        let message = lines.next().unwrap_or_default();
        let mut place = lines.next().unwrap_or_default().trim_start().trim_start_matches("--> ").rsplitn(3, ':');
        let mut number = || place.next().and_then(|number| number.parse::<usize>().ok()).unwrap_or(1);
        let (column, line) = (number(), number());
        let template = place.next().unwrap_or_default();
        let width = lines.last().map_or(0, |line| line.matches('^').count());
        let text = self.own.get(template).map_or("", |own| &own.text);
        let start = text.split_inclusive('\n').take(line.max(1) - 1).map(str::len).sum::<usize>();
        let offset = |column: usize| start + text[start..].chars().take(column).map(char::len_utf8).sum::<usize>();
        let range = offset(column.max(1) - 1)..offset(column.max(1) - 1 + width);
        self.fault(message.strip_prefix("error: ").unwrap_or(message), &Place { template, range })
    }

    fn fault(&self, message: &str, place: &Place<'_>) -> Diagnostic {
        let words = reads(place.template, message);
        self.placed(place, words)
    }

    fn render_fault(&self, error: &tera::Error, template: &str, page: &str) -> Diagnostic {
        let words = |template: &str, Say { french, english }: Say| {
            say!(
                "le modèle `{template}` ne sait pas faire la page `{page}`\u{202f}; {french}",
                "the template `{template}` cannot make the page `{page}`; {english}"
            )
        };
        match error.kind() {
            ErrorKind::RenderingError(report) => {
                self.placed(&Place::of(report), words(report.filename(), quoted(report.message())))
            }
            _ => self.placed(&Place::start(template), words(template, quoted(&error.to_string()))),
        }
    }

    /// In the guide's own template at its place; without a place where the template is a built-in one.
    fn placed(&self, place: &Place<'_>, words: Say) -> Diagnostic {
        match self.own.get(place.template) {
            Some(own) => Diagnostic::new(Code::Template, place.span(own), words).help(say!("corrigez ce modèle\u{202f}; le `README.md` du thème intégré dit quels noms et quels blocs existent", "correct this template; the `README.md` of the built-in theme says what names and blocks there are")),
            None => Diagnostic::of_the_guide(Code::Template, words).help(say!(
                "ce modèle intégré compte sur un modèle de votre thème\u{a0}: gardez-y les blocs et les noms de l’original",
                "this built-in template relies on a template of your theme: keep the original’s blocks and names in it"
            )),
        }
    }
}

impl<'a> Place<'a> {
    fn of(report: &'a ReportError) -> Place<'a> {
        Place { template: report.filename(), range: report.span().range.clone() }
    }

    fn start(template: &'a str) -> Place<'a> {
        Place { template, range: 0..0 }
    }

    fn span(&self, own: &Own) -> Span {
        let start = own.text.floor_char_boundary(self.range.start);
        let end = own.text.floor_char_boundary(self.range.end).max(start);
        Span::new(own.file, start..end)
    }
}

/// The built-in templates, and those that stand for finished parts; where they are `alone`, with their partials in their
/// places. They are read once, however often a guide is built.
fn built_in(alone: bool) -> &'static Tera {
    static ALONE: LazyLock<Tera> = LazyLock::new(|| read(true));
    static BESIDE_OWN: LazyLock<Tera> = LazyLock::new(|| read(false));
    if alone { &ALONE } else { &BESIDE_OWN }
}

fn read(alone: bool) -> Tera {
    let finished: BTreeMap<&str, String> = PARTS
        .iter()
        .map(|(name, partial)| {
            let made_anew = format!("{{% include \"{BUILT_IN}/{partial}\" %}}");
            (*partial, format!("{{% if {FRAME} %}}{{{{ {FRAME}.{name} }}}}{{% else %}}{made_anew}{{% endif %}}"))
        })
        .collect();
    let templates: BTreeMap<&str, &str> = embedded_text("templates").collect();
    let partial = |name: &str| finished.get(name).map(String::as_str).or_else(|| templates.get(name).copied());
    let text = |text: &'static str| if alone { joined(text, &partial) } else { text.to_owned() };
    let is_rendered =
        |name: &str| !name.starts_with("partials/") || [MENU, ENTRY].contains(&name) || finished.contains_key(name);
    let rendered = templates.iter().filter(|(name, _)| !alone || is_rendered(name));
    let built_in = rendered.map(|(name, of)| (format!("{BUILT_IN}/{name}"), text(of)));
    let stand_ins = finished.iter().map(|(name, text)| ((*name).to_owned(), text.clone()));
    let mut tera = Tera::new();
    tera.set_escape_fn(|text, out| out.write_all(put::quoted(text).as_bytes()));
    tera.set_fallback_prefixes([format!("{BUILT_IN}/")])
        .and_then(|()| tera.add_raw_templates(built_in.chain(stand_ins)))
        .expect("a test loads every built-in template");
    tera
}

fn reads(template: &str, message: &str) -> Say {
    let Say { french, english } = quoted(message);
    say!(
        "le modèle `{template}` contient une faute\u{202f}; {french}",
        "the template `{template}` holds a mistake; {english}"
    )
}

/// The words of the template engine, which speaks English only, as its own.
fn quoted(message: &str) -> Say {
    let message = message.trim();
    say!("le moteur de modèles dit, en anglais\u{a0}: «\u{a0}{message}\u{a0}»", "the template engine says: “{message}”")
}
