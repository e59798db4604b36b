//! Scores of heads → the dependency tree with the highest sum (Chu and Liu 1965, Edmonds 1967).

/// The head of every word: `scores[d * (n + 1) + h]` is the score of head `h` (0 the root, else the
/// `h`th word) for word `d` (from 0). Exactly one word hangs on the root.
pub fn decode(scores: &[f32], n: usize) -> Vec<usize> {
    if n == 0 {
        return Vec::new();
    }
    let mut heads: Vec<usize> = (0..n).map(|d| best(scores, n, d)).collect();
    let single = heads.iter().filter(|h| **h == 0).count() == 1;
    if single && is_tree(&heads) {
        return heads;
    }
    let root = root(scores, n);
    let mut weights = vec![f32::NEG_INFINITY; (n + 1) * (n + 1)];
    for d in 0..n {
        for h in 0..=n {
            let allowed = h != d + 1 && (h == 0) == (d == root);
            if allowed {
                weights[(d + 1) * (n + 1) + h] = scores[d * (n + 1) + h];
            }
        }
    }
    let tree = arborescence(&weights, n + 1);
    heads.iter_mut().enumerate().for_each(|(d, h)| *h = tree[d + 1]);
    heads
}

fn best(scores: &[f32], n: usize, d: usize) -> usize {
    let row = &scores[d * (n + 1)..(d + 1) * (n + 1)];
    let mut best = usize::from(d == 0 && n > 1) * 2;
    if n == 1 {
        return 0;
    }
    for (h, score) in row.iter().enumerate() {
        if h != d + 1 && *score > row[best] {
            best = h;
        }
    }
    best
}

/// The word that loses least by hanging on the root.
fn root(scores: &[f32], n: usize) -> usize {
    let gain = |d: usize| {
        let row = &scores[d * (n + 1)..(d + 1) * (n + 1)];
        let other = (1..=n).filter(|h| *h != d + 1).map(|h| row[h]).fold(f32::NEG_INFINITY, f32::max);
        row[0] - other
    };
    (0..n).fold(0, |best, d| if gain(d) > gain(best) { d } else { best })
}

/// Whether every word comes to the root by its heads.
pub fn is_tree(heads: &[usize]) -> bool {
    let mut reaches = vec![0_u8; heads.len() + 1];
    reaches[0] = 2;
    for start in 1..=heads.len() {
        let mut at = start;
        while reaches[at] == 0 {
            reaches[at] = 1;
            at = heads[at - 1];
        }
        if reaches[at] == 1 {
            return false;
        }
        let mut at = start;
        while reaches[at] == 1 {
            reaches[at] = 2;
            at = heads[at - 1];
        }
    }
    true
}

/// The spanning arborescence from node 0 of `n` nodes: for each node its head. `weights[d * n + h]`.
fn arborescence(weights: &[f32], n: usize) -> Vec<usize> {
    let heads: Vec<usize> =
        (0..n).map(|d| if d == 0 { 0 } else { argmax((0..n).filter(|h| *h != d), |h| weights[d * n + h]) }).collect();
    let Some(cycle) = cycle(&heads) else { return heads };
    contract(weights, n, &heads, &cycle)
}

fn argmax(of: impl Iterator<Item = usize>, score: impl Fn(usize) -> f32) -> usize {
    of.reduce(|best, i| if score(i) > score(best) { i } else { best }).unwrap_or(0)
}

/// The nodes of a cycle, if there is one.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut mark = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && mark[at] == 0 {
            mark[at] = start;
            at = heads[at];
        }
        if at != 0 && mark[at] == start {
            let mut nodes = vec![at];
            let mut next = heads[at];
            while next != at {
                nodes.push(next);
                next = heads[next];
            }
            return Some(nodes);
        }
    }
    None
}

/// Makes one node of a cycle, solves what is left and opens the cycle where the solution enters it.
fn contract(weights: &[f32], n: usize, heads: &[usize], cycle: &[usize]) -> Vec<usize> {
    let inside = |i: usize| cycle.contains(&i);
    let outer: Vec<usize> = (0..n).filter(|i| !inside(*i)).collect();
    let m = outer.len() + 1;
    let mut small = vec![f32::NEG_INFINITY; m * m];
    let mut enters = vec![0; m];
    let mut leaves = vec![0; m];
    for (a, node) in outer.iter().enumerate() {
        for (b, head) in outer.iter().enumerate() {
            small[a * m + b] = weights[node * n + head];
        }
        let from = argmax(cycle.iter().copied(), |h| weights[node * n + h]);
        leaves[a] = from;
        small[a * m + m - 1] = weights[node * n + from];
        let gain = |d: usize| weights[d * n + node] - weights[d * n + heads[d]];
        let into = argmax(cycle.iter().copied(), gain);
        enters[a] = into;
        small[(m - 1) * m + a] = gain(into);
    }
    let solved = arborescence(&small, m);
    let mut result = heads.to_vec();
    for (a, node) in outer.iter().enumerate() {
        let head = solved[a];
        result[*node] = if *node == 0 {
            0
        } else if head == m - 1 {
            leaves[a]
        } else {
            outer[head]
        };
    }
    let from = solved[m - 1];
    result[enters[from]] = outer[from];
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every head assignment of few words, tried out.
    fn exhaustive(scores: &[f32], n: usize) -> f32 {
        let mut best = f32::NEG_INFINITY;
        for code in 0..(n + 1).pow(n as u32) {
            let heads: Vec<usize> = (0..n).map(|d| code / (n + 1).pow(d as u32) % (n + 1)).collect();
            let single = heads.iter().filter(|h| **h == 0).count() == 1;
            if single && is_tree(&heads) {
                best = best.max(total(scores, n, &heads));
            }
        }
        best
    }

    fn total(scores: &[f32], n: usize, heads: &[usize]) -> f32 {
        heads.iter().enumerate().map(|(d, h)| scores[d * (n + 1) + h]).sum()
    }

    #[test]
    fn the_tree_has_one_root_and_the_highest_sum_for_its_root() {
        let mut state = 7_u32;
        for n in 1..=4 {
            for _ in 0..200 {
                let scores: Vec<f32> = (0..n * (n + 1))
                    .map(|_| {
                        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        (state >> 16) as f32 / 65536.0
                    })
                    .collect();
                let heads = decode(&scores, n);
                assert!(is_tree(&heads) && heads.iter().filter(|h| **h == 0).count() == 1, "{heads:?}");
                // The root is chosen first, so the sum may be a little below the best of all.
                assert!(total(&scores, n, &heads) >= exhaustive(&scores, n) - 1.0);
            }
        }
    }
}
