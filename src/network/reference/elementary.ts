/**
 * Logarithm and exponential from additions, multiplications and divisions alone: the same operations in the same order
 * as the kernels' (`assembly/elementary.ts`; after fdlibm), so that the scalar reference agrees with them bit for bit.
 */

const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
const INVERSE_LN2 = Math.LOG2E

const bytes = new DataView(new ArrayBuffer(8))

function bitsOf(x: number): bigint {
  bytes.setFloat64(0, x)
  return bytes.getBigUint64(0)
}

function fromBits(bits: bigint): number {
  bytes.setBigUint64(0, bits)
  return bytes.getFloat64(0)
}

/** Natural logarithm of a positive normal number. */
export function logarithm(x: number): number {
  const bits = bitsOf(x) + 0x3ff0000000000000n - 0x3fe6a09e00000000n
  const exponent = Number(bits >> 52n) - 0x3ff
  const f = fromBits((bits & 0x000fffffffffffffn) + 0x3fe6a09e00000000n) - 1
  const halfSquare = 0.5 * f * f
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373))
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)))
  return s * (halfSquare + (odd + even)) + exponent * LN2_LOW - halfSquare + f + exponent * LN2_HIGH
}

/** Exponential for |x| < 700. */
export function exponential(x: number): number {
  const k = Math.floor(INVERSE_LN2 * x + 0.5)
  const high = x - k * LN2_HIGH
  const low = k * LN2_LOW
  const r = high - low
  const rr = r * r
  const c =
    r -
    rr *
      (0.16666666666666602 +
        rr *
          (-0.0027777777777015593 +
            rr * (0.00006613756321437934 + rr * (-1.6533902205465252e-6 + rr * 4.1381367970572385e-8))))
  const y = 1 + ((r * c) / (2 - c) - low + high)
  return y * fromBits(BigInt(k + 1023) << 52n)
}
