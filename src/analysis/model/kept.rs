//! What the first layer makes of frequent forms, kept because most words of a text are frequent.

use crate::analysis::syntax::NameTag;
use std::collections::HashMap;
use std::sync::Arc;

/// How many vectors are kept, of three kibibytes each.
const MOST: usize = 6_000;

type Forms = HashMap<String, Vec<(NameTag, Arc<[f32]>)>>;

/// Vectors by form and hint. Those not asked for in a while are forgotten: when as many were asked for as may be
/// young, the young become old and the old go.
#[derive(Default)]
pub(super) struct Kept {
    young: Forms,
    old: Forms,
    /// Number of young vectors.
    count: usize,
}

impl Kept {
    /// The vector of a form with a hint.
    pub(super) fn get(&mut self, form: &str, hint: NameTag) -> Option<Arc<[f32]>> {
        let find = |forms: &Forms| forms.get(form)?.iter().find(|v| v.0 == hint).map(|v| v.1.clone());
        if let Some(vector) = find(&self.young) {
            return Some(vector);
        }
        let vector = find(&self.old)?;
        self.keep(form, hint, vector.clone());
        Some(vector)
    }

    /// Keeps the vector of a form with a hint that has none among the young.
    pub(super) fn keep(&mut self, form: &str, hint: NameTag, vector: Arc<[f32]>) {
        if self.count == MOST / 2 {
            self.old = std::mem::take(&mut self.young);
            self.count = 0;
        }
        self.young.entry(form.to_owned()).or_default().push((hint, vector));
        self.count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stays_and_the_rest_goes() {
        let mut kept = Kept::default();
        let vector = |n: usize| Arc::from([n as f32]);
        for n in 0..MOST {
            kept.keep(&n.to_string(), NameTag::O, vector(n));
            assert_eq!(kept.get("0", NameTag::O), Some(vector(0)));
        }
        assert_eq!(kept.get("1", NameTag::O), None);
        assert!(kept.young.len() + kept.old.len() <= MOST);
    }
}
