//! Two commands measured against each other in the same rounds, so that what slows the machine slows both.

use std::io;

use crate::run::{self, Cost, Measure, typical};
use crate::table::number;

/// What tables show of a cost, in this order.
pub(crate) const MEASURES: [Measure; 3] = [|cost| cost.wall, |cost| cost.cpu, |cost| cost.memory];

/// Costs of two commands; what stands at the same place of both lists ran in the same round.
#[derive(Default)]
pub(crate) struct Pair {
    base: Vec<Cost>,
    other: Vec<Cost>,
}

impl Pair {
    /// Run both; which goes first changes from round to round.
    pub(crate) fn round(
        &mut self,
        base: impl FnOnce() -> io::Result<Cost>,
        other: impl FnOnce() -> io::Result<Cost>,
    ) -> io::Result<()> {
        if self.base.len().is_multiple_of(2) {
            self.base.push(base()?);
            self.other.push(other()?);
        } else {
            self.other.push(other()?);
            self.base.push(base()?);
        }
        Ok(())
    }

    /// Drop the round that warmed the machine up.
    pub(crate) fn forget_first(&mut self) {
        self.base.remove(0);
        self.other.remove(0);
    }

    /// What each run of the first command cost.
    pub(crate) fn base(&self) -> &[Cost] {
        &self.base
    }

    /// What each run of the second command cost.
    pub(crate) fn other(&self) -> &[Cost] {
        &self.other
    }

    /// The median over rounds of the second command's `measure` over the first's.
    pub(crate) fn ratio(&self, measure: Measure) -> f64 {
        ratio(&self.other, &self.base, measure)
    }

    /// The cells of a row of ratios: each with the median, the least and the greatest.
    pub(crate) fn ratio_cells(&self) -> [String; 3] {
        ratio_cells(&self.other, &self.base)
    }
}

/// The median over rounds of what `costs` are of `base`, in `measure`; equal places ran in the same round.
pub(crate) fn ratio(costs: &[Cost], base: &[Cost], measure: Measure) -> f64 {
    run::median(ratios(costs, base, measure))
}

/// The cells of a row of ratios: each with the median, the least and the greatest.
pub(crate) fn ratio_cells(costs: &[Cost], base: &[Cost]) -> [String; 3] {
    MEASURES.map(|measure| spread(ratios(costs, base, measure)))
}

fn ratios(costs: &[Cost], base: &[Cost], measure: Measure) -> Vec<f64> {
    costs.iter().zip(base).map(|(cost, base)| measure(cost) / measure(base)).collect()
}

/// The cells of a row of costs: the median of each measure.
pub(crate) fn cost_cells(costs: &[Cost]) -> [String; 3] {
    let cost = typical(costs);
    MEASURES.map(|measure| number(measure(&cost)))
}

/// The median of `ratios`, with the least and the greatest.
fn spread(ratios: Vec<f64>) -> String {
    let least = ratios.iter().copied().fold(f64::INFINITY, f64::min);
    let greatest = ratios.iter().copied().fold(0.0, f64::max);
    format!("{} ({}–{})", number(run::median(ratios)), number(least), number(greatest))
}
