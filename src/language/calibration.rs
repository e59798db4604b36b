//! `common/confidence.toml`: how often what the rules say is right, by how sure they say it.

use serde::Deserialize;

/// The scales of the four kinds of findings.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// Of relations.
    pub claims: Scale,
    /// Of events.
    pub events: Scale,
    /// Of quantities.
    pub quantities: Scale,
    /// Of quotations.
    pub quotations: Scale,
}

/// Pairs of a rule's certainty and the measured share that is right, both in hundredths.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Columns")]
pub struct Scale {
    points: Vec<(u8, u8)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Columns {
    said: Vec<u8>,
    right: Vec<u8>,
}

impl TryFrom<Columns> for Scale {
    type Error = String;

    fn try_from(Columns { said, right }: Columns) -> Result<Self, String> {
        if said.is_empty() || said.len() != right.len() {
            return Err(format!("`said` has {} numbers and `right` {}: give as many of both", said.len(), right.len()));
        }
        if !said.is_sorted_by(|a, b| a < b) || !right.is_sorted() || right.iter().any(|r| *r > 100) {
            return Err("`said` and `right` must rise, up to 100".to_owned());
        }
        Ok(Self { points: said.into_iter().zip(right).collect() })
    }
}

impl Scale {
    /// The share of findings that are right where the rules are so sure, in hundredths.
    pub fn of(&self, said: u8) -> u8 {
        let next = self.points.partition_point(|p| p.0 < said);
        let Some(&(x1, y1)) = self.points.get(next) else { return self.points[next - 1].1 };
        let Some(&(x0, y0)) = next.checked_sub(1).and_then(|i| self.points.get(i)) else { return y1 };
        let share = f64::from(said - x0) / f64::from(x1 - x0);
        (f64::from(y0) + share * f64::from(y1 - y0)).round() as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(said: &[u8], right: &[u8]) -> Result<Scale, String> {
        Columns { said: said.to_vec(), right: right.to_vec() }.try_into()
    }

    #[test]
    fn between_points_it_is_the_line_and_outside_the_nearest() {
        let scale = scale(&[50, 70, 90], &[20, 60, 80]).unwrap();
        let of = [0, 50, 60, 70, 75, 90, 100].map(|said| scale.of(said));
        assert_eq!(of, [20, 20, 40, 60, 65, 80, 80]);
    }

    #[test]
    fn columns_that_fall_or_differ_in_length_are_faults() {
        assert!(scale(&[50, 40], &[20, 30]).is_err());
        assert!(scale(&[50, 60], &[30, 20]).is_err());
        assert!(scale(&[50, 60], &[30]).is_err());
        assert!(scale(&[], &[]).is_err());
    }
}
