//! Scores of labels a word → the best sequence of labels in which no name continues that did not begin.

use crate::record::EntityType;

/// The classes of names, in the order of their labels.
pub const CLASSES: [EntityType; 7] = [
    EntityType::Person,
    EntityType::Organization,
    EntityType::GovernmentOrganization,
    EntityType::Place,
    EntityType::Product,
    EntityType::Work,
    EntityType::Event,
];
/// Number of labels: outside, and two of each class.
pub const LABELS: usize = 1 + 2 * CLASSES.len();

/// Label 0 is outside; of the class `c`, `1 + 2c` begins a name and `2 + 2c` continues it (IOB2).
pub fn decode(scores: &[&[f32]]) -> Vec<usize> {
    let Some(first) = scores.first() else { return Vec::new() };
    let labels = first.len();
    let continues = |label: usize| label > 0 && label.is_multiple_of(2);
    let mut best: Vec<f32> = (0..labels).map(|l| if continues(l) { f32::NEG_INFINITY } else { first[l] }).collect();
    let mut back: Vec<Vec<usize>> = Vec::with_capacity(scores.len());
    for row in &scores[1..] {
        let top = (0..labels).fold(0, |b, l| if best[l] > best[b] { l } else { b });
        let mut next = vec![f32::NEG_INFINITY; labels];
        let mut from = vec![top; labels];
        for l in 0..labels {
            let before = match continues(l) {
                true if best[l] > best[l - 1] => l,
                true => l - 1,
                false => top,
            };
            from[l] = before;
            next[l] = best[before] + row[l];
        }
        best = next;
        back.push(from);
    }
    let mut at = (0..labels).fold(0, |b, l| if best[l] > best[b] { l } else { b });
    let mut path = vec![at];
    for from in back.iter().rev() {
        at = from[at];
        path.push(at);
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_begins_before_it_continues() {
        let rows: [&[f32]; 2] = [&[1.0, 0.9, 3.0, 0.0, 0.0], &[0.0, 0.0, 2.0, 0.0, 0.0]];
        assert_eq!(decode(&rows), [1, 2]);
        assert_eq!(decode(&[&[0.0, 0.0, 5.0]]), [0]);
    }
}
