//! Results as Markdown tables, aligned for a terminal and fit to be pasted in a document.

/// Rows of equal length, the first of which is the header; the columns from the `numbers`-th on hold numbers.
pub(crate) fn markdown(rows: &[Vec<String>], numbers: usize) -> String {
    let Some(header) = rows.first() else { return String::new() };
    let widths: Vec<usize> = (0..header.len()).map(|column| width(rows, column)).collect();
    let mut lines: Vec<String> = rows.iter().map(|row| line(row, &widths, numbers)).collect();
    lines.insert(1, rule(&widths, numbers));
    lines.concat()
}

fn width(rows: &[Vec<String>], column: usize) -> usize {
    rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0)
}

fn line(row: &[String], widths: &[usize], numbers: usize) -> String {
    let cells = row.iter().zip(widths).enumerate().map(|(column, (cell, &width))| {
        if column < numbers { format!("| {cell:<width$} ") } else { format!("| {cell:>width$} ") }
    });
    cells.collect::<String>() + "|\n"
}

fn rule(widths: &[usize], numbers: usize) -> String {
    let cells = widths.iter().enumerate().map(|(column, &width)| {
        let dashes = "-".repeat(width + 1);
        if column < numbers { format!("|{dashes}-") } else { format!("|{dashes}:") }
    });
    cells.collect::<String>() + "|\n"
}

/// `value` with as many decimals as it deserves.
pub(crate) fn number(value: f64) -> String {
    match value.abs() {
        0.0..1.0 => format!("{value:.3}"),
        1.0..10.0 => format!("{value:.2}"),
        10.0..100.0 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    }
}

/// `count` in groups of three digits.
pub(crate) fn grouped(count: u32) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
