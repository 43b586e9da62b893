//! The accent colours, which must be readable on the grounds that the themes use.

use super::keys::ACCENT;
use super::{Accent, Colour, DARK_GROUND, LIGHT_GROUND, READABLE};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::source::{Sources, Span};
use crate::yaml::{Map, Named, Node, Read, Value};

/// The accent that `accent:` gives: one colour, or one for each ground.
pub(super) fn read(map: &mut Map<'_>) -> Option<Accent> {
    let named = map.get("accent")?;
    if !matches!(named.node.value, Value::Map(_)) {
        return map.keep(light(named)).map(Accent::on_light);
    }
    let mut both = map.keep(Map::of(named, ACCENT, map.tongue()))?;
    let given = both.get("light").is_some();
    let (light, dark) = (both.read("light", light), both.read("dark", dark));
    map.faults(both.finish());
    if !given {
        let message = say!(
            "`accent` a une couleur `dark`, mais pas de couleur `light`",
            "`accent` has a colour `dark`, but no colour `light`"
        );
        let fault = Diagnostic::new(Code::MissingKey, named.node.span, message);
        map.fault(fault.help(say!("ajoutez `light: \"#…\"`", "add `light: \"#…\"`")));
    }
    let light = light?;
    Some(
        dark.map_or_else(
            || Accent::on_light(light),
            |dark| Accent { light: light.to_string(), dark: dark.to_string() },
        ),
    )
}

/// The fault of a colour without quotes, which YAML takes for a comment.
pub(super) fn commented(node: &Node<'_>, sources: &Sources) -> Option<Diagnostic> {
    let Span { file, start, .. } = node.span;
    let rest = sources.text(file).get(start as usize..)?.lines().next()?;
    let written = rest.trim_start_matches([':', ' ', '\t']);
    let colour = written.split_whitespace().next().filter(|word| Colour::new(word).is_some())?;
    let at = start as usize + rest.len() - written.len();
    let message = say!(
        "sans guillemets, `{colour}` est pris pour un commentaire",
        "without quotes, `{colour}` is taken for a comment"
    );
    let span = Span::new(file, at..at + colour.len());
    let fault = Diagnostic::new(Code::WrongValue, span, message);
    Some(
        fault
            .help(say!("mettez la couleur entre guillemets", "put the colour in quotes"))
            .patch(span, format!("\"{colour}\"")),
    )
}

impl Accent {
    fn on_light(light: Colour) -> Accent {
        let dark = light.lightened_until(|colour| colour.contrast(DARK_GROUND) >= READABLE);
        Accent { light: light.to_string(), dark: dark.to_string() }
    }
}

fn light(named: Named<'_>) -> Read<Colour> {
    let colour = colour(named)?;
    let better = || colour.darkened_until(|colour| colour.contrast(LIGHT_GROUND) >= READABLE);
    readable(named, (colour, LIGHT_GROUND), better)
}

fn dark(named: Named<'_>) -> Read<Colour> {
    let colour = colour(named)?;
    let better = || colour.lightened_until(|colour| colour.contrast(DARK_GROUND) >= READABLE);
    readable(named, (colour, DARK_GROUND), better)
}

fn readable(named: Named<'_>, (colour, ground): (Colour, Colour), better: impl Fn() -> Colour) -> Read<Colour> {
    let ratio = colour.contrast(ground);
    if ratio >= READABLE {
        return Ok(colour);
    }
    let english = format!("{:.2}", (ratio * 100.0).floor() / 100.0);
    let french = english.replace('.', ",");
    let better = better();
    let fault = named.fault(say!(
        "la couleur `{colour}` se lit mal sur le fond `{ground}`\u{a0}: son contraste est de {french}, et il faut 4,5",
        "the colour `{colour}` is hard to read on the ground `{ground}`: its contrast is {english}, and must be 4.5"
    ));
    let help = say!(
        "prenez `{better}`, la couleur la plus proche qui se lit bien",
        "take `{better}`, the nearest colour that reads well"
    );
    Err(Box::new(fault.help(help).patch(named.node.span, format!("\"{better}\""))))
}

fn colour(named: Named<'_>) -> Read<Colour> {
    let written = named.written()?;
    Colour::new(written).ok_or_else(|| {
        let fault = named.fault(say!("`{written}` n’est pas une couleur", "`{written}` is not a colour"));
        Box::new(
            fault.help(say!("écrivez-la entre guillemets\u{a0}: `\"#0b5c7d\"`", "write it in quotes: `\"#0b5c7d\"`")),
        )
    })
}
