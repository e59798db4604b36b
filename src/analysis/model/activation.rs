//! The network's non-linear functions, in plain arithmetic: the same bits on every machine.

/// The hyperbolic tangent by its continued fraction (Lambert 1770) to the seventh term; wrong by less than 1e-4.
#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    let x = x.clamp(-4.97, 4.97);
    let s = x * x;
    let up = x * (135_135.0 + s * (17_325.0 + s * (378.0 + s)));
    let down = 135_135.0 + s * (62_370.0 + s * (3_150.0 + s * 28.0));
    up / down
}

/// The logistic function.
#[inline(always)]
pub fn sigmoid(x: f32) -> f32 {
    0.5 + 0.5 * tanh(0.5 * x)
}

/// What passes negative values weakly.
#[inline(always)]
pub fn leaky(x: f32) -> f32 {
    if x > 0.0 { x } else { 0.1 * x }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_approximation_is_close_and_rises() {
        let mut before = -1.1;
        for i in -800..=800 {
            let x = i as f32 / 100.0;
            assert!((tanh(x) - x.tanh()).abs() < 2e-4, "{x}");
            assert!(tanh(x) >= before);
            before = tanh(x);
        }
    }
}
