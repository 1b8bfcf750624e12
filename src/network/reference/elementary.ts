/**
 * Logarithm and exponential from additions, multiplications and divisions alone: the same operations in the same order
 * as the kernels' (`assembly/elementary.ts`; after fdlibm), so that the scalar reference agrees with them bit for bit.
 */

const LN2_HIGH = 6.9314718036912381649e-1
const LN2_LOW = 1.90821492927058770002e-10
const INVERSE_LN2 = 1.442695040888963387

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
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1))
  const odd =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)))
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
      (1.66666666666666019037e-1 +
        rr *
          (-2.77777777770155933842e-3 +
            rr * (6.61375632143793436117e-5 + rr * (-1.6533902205465251539e-6 + rr * 4.13813679705723846039e-8))))
  const y = 1 + ((r * c) / (2 - c) - low + high)
  return y * fromBits(BigInt(k + 1023) << 52n)
}
