/**
 * Logarithm, exponential and hyperbolic tangent from additions, multiplications and divisions alone, so that a stream
 * gives the same bytes on every machine (Math.log and friends may differ between engines). After fdlibm (Sun
 * Microsystems, 1993) and, for tanh near zero, Cephes (Moshier). Errors below 2 units in the last place.
 * `src/network/reference/elementary.ts` does the same operations in the same order.
 */

const LN2_HIGH: f64 = 6.93147180369123816490e-1
const LN2_LOW: f64 = 1.90821492927058770002e-10
const INVERSE_LN2: f64 = 1.44269504088896338700

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
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1))
  const odd =
    z *
    (6.666666666666735130e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)))
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
      (1.66666666666666019037e-1 +
        rr *
          (-2.77777777770155933842e-3 +
            rr * (6.61375632143793436117e-5 + rr * (-1.65339022054652515390e-6 + rr * 4.13813679705723846039e-8))))
  const y = 1.0 + ((r * c) / (2.0 - c) - low + high)
  return y * reinterpret<f64>(u64(k + 1023) << 52)
}

/** Hyperbolic tangent of any finite number. */
export function hyperbolicTangent(x: f64): f64 {
  const size = Math.abs(x)
  if (size < 0.625) {
    const z = x * x
    const p = (-9.64399179425052238628e-1 * z + -9.92877231001918586564e1) * z + -1.61468768441708447952e3
    const q = ((z + 1.12811678491632931402e2) * z + 2.23548839060100448583e3) * z + 4.84406305325125486048e3
    return x + (x * z * p) / q
  }
  const t = size > 22.0 ? 1.0 : 1.0 - 2.0 / (exponential(2.0 * size) + 1.0)
  return x < 0.0 ? -t : t
}
