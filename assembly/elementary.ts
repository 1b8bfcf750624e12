/**
 * Logarithm, exponential and hyperbolic tangent from additions, multiplications and divisions alone, so that a stream
 * gives the same bytes on every machine (Math.log and friends may differ between engines). After fdlibm (Sun
 * Microsystems, 1993) and, for tanh near zero, Cephes (Moshier). Errors below 2 units in the last place.
 * `src/network/reference/elementary.ts` does the same operations in the same order.
 */

const LN2_HIGH: f64 = 0.6931471803691238
const LN2_LOW: f64 = 1.9082149292705877e-10
const INVERSE_LN2 = Math.LOG2E

/** Natural logarithm of a positive normal number. */
export function logarithm(x: f64): f64 {
  let bits = reinterpret<u64>(x)
  bits += 0x3ff0000000000000 - 0x3fe6a09e00000000
  const exponent = f64(i32(bits >> 52) - 0x3ff)
  bits = (bits & 0x000fffffffffffff) + 0x3fe6a09e00000000
  const f = reinterpret<f64>(bits) - 1.0
  const halfSquare = 0.5 * f * f
  const s = f / (2.0 + f)
  const z = s * s
  const w = z * z
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373))
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)))
  return s * (halfSquare + (odd + even)) + exponent * LN2_LOW - halfSquare + f + exponent * LN2_HIGH
}

/** Exponential for |x| < 700. */
export function exponential(x: f64): f64 {
  const k = i32(Math.floor(INVERSE_LN2 * x + 0.5))
  const high = x - f64(k) * LN2_HIGH
  const low = f64(k) * LN2_LOW
  const r = high - low
  const rr = r * r
  const c =
    r -
    rr *
      (0.16666666666666602 +
        rr *
          (-0.0027777777777015593 +
            rr * (0.00006613756321437934 + rr * (-1.6533902205465252e-6 + rr * 4.1381367970572385e-8))))
  const y = 1.0 + ((r * c) / (2.0 - c) - low + high)
  return y * reinterpret<f64>(u64(k + 1023) << 52)
}

/** Hyperbolic tangent of any finite number. */
export function hyperbolicTangent(x: f64): f64 {
  const size = Math.abs(x)
  if (size < 0.625) {
    const z = x * x
    const p = (-0.9643991794250523 * z + -99.28772310019185) * z + -1614.6876844170845
    const q = ((z + 112.81167849163293) * z + 2235.4883906010045) * z + 4844.063053251255
    return x + (x * z * p) / q
  }
  const t = size > 22.0 ? 1.0 : 1.0 - 2.0 / (exponential(2.0 * size) + 1.0)
  return x < 0.0 ? -t : t
}
