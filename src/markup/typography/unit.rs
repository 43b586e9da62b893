//! The units that keep to their number.

/// The longest unit, in characters.
const LONGEST: usize = 3;

/// Whether more letters follow than any unit has, as nearly always.
pub(super) fn is_exceeded(text: &[u8]) -> bool {
    text.first_chunk::<{ LONGEST + 1 }>().is_some_and(|first| first.iter().all(u8::is_ascii_alphabetic))
}

/// Whether `text` starts with a unit as a whole word: `km` does, `kmart` and the `l` of `l’eau` do not.
pub(super) fn starts(text: impl Iterator<Item = char>) -> bool {
    let mut text = text.peekable();
    if text.next_if(|first| is_symbol(*first)).is_some() {
        return true;
    }
    let (mut word, mut length) = (['\0'; LONGEST], 0);
    while let Some(part) = text.next_if(|next| is_part(*next)) {
        if length == LONGEST {
            return false;
        }
        word[length] = part;
        length += 1;
    }
    let goes_on = text.peek().is_some_and(|next| next.is_alphanumeric() || matches!(next, '\'' | '’'));
    !goes_on && is_unit(&word[..length])
}

/// Whether `character` is a unit alone, whatever follows.
fn is_symbol(character: char) -> bool {
    matches!(character, '%' | '‰' | '€' | '$' | '£')
}

fn is_part(character: char) -> bool {
    character.is_alphabetic() || matches!(character, '°' | '²' | '³' | '€')
}

fn is_unit(word: &[char]) -> bool {
    matches!(
        word,
        ['°']
            | ['°', 'C' | 'F']
            | ['k' | 'M', '€']
            | ['M', 'd', '€']
            | ['E', 'U', 'R']
            | ['C', 'H', 'F']
            | ['C', 'A', 'D']
            | ['m']
            | ['k' | 'h' | 'd' | 'c' | 'm' | 'µ' | 'μ' | 'n', 'm']
            | ['m', '²' | '³']
            | ['k' | 'd' | 'c' | 'm', 'm', '²' | '³']
            | ['h', 'a']
            | ['g' | 't']
            | ['k' | 'c' | 'm' | 'µ' | 'μ', 'g']
            | ['l' | 'L']
            | ['h' | 'd' | 'c' | 'm', 'l' | 'L']
            | ['h' | 's']
            | ['m', 'i', 'n']
            | ['m' | 'µ' | 'μ' | 'n', 's']
            | ['k' | 'K' | 'M' | 'G' | 'T', 'o']
            | ['H', 'z']
            | ['k' | 'M' | 'G', 'H', 'z']
            | ['W']
            | ['k' | 'M' | 'G', 'W']
            | ['W', 'h']
            | ['k' | 'M' | 'G', 'W', 'h']
            | ['k', 'V']
            | ['J']
            | ['k', 'J']
            | ['p', 'x']
    )
}
