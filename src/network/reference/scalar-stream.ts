import { zigguratDensity, zigguratEdge, zigguratScale, zigguratTail } from '../kernels/kernels.generated.js'
import type { StreamState } from '../stream.js'
import { exponential, logarithm } from './elementary.js'

const mask = (1n << 64n) - 1n
const rotate = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (64n - k))) & mask

const stirlingTails = [
  0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.020790672103765, 0.0166446911898211, 0.0138761288230707,
  0.0118967099458917, 0.010411265261972, 0.00925546218271273, 0.00833056343336287,
] as const

/**
 * The random streams' specification: xoshiro256++ and every draw made from it, in plain scalar arithmetic. Slow; the
 * kernels in WebAssembly must agree with it bit for bit, and a test says so.
 */
export class ScalarStream {
  #state: [bigint, bigint, bigint, bigint]

  constructor(state: StreamState) {
    this.#state = [...state]
  }

  /** The next 64 random bits. */
  nextWord(): bigint {
    let [s0, s1, s2, s3] = this.#state
    const result = (rotate((s0 + s3) & mask, 23n) + s0) & mask
    const shifted = (s1 << 17n) & mask
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = rotate(s3, 45n)
    this.#state = [s0, s1, s2, s3]
    return result
  }

  /** Uniform on (0, 1). */
  nextUniform(): number {
    return (Number(this.nextWord() >> 12n) + 0.5) * 2 ** -52
  }

  /** Standard normal, by the ziggurat. */
  nextNormal(): number {
    for (;;) {
      const word = this.nextWord()
      const strip = Number(word & 0xffn)
      const x = (Number(BigInt.asIntN(64, word) >> 11n) + 0.5) * zigguratScale[strip]!
      const size = Math.abs(x)
      if (size < zigguratEdge[strip]!) return x
      if (strip === 0) {
        const tail = zigguratTail + this.#excess()
        return x < 0 ? -tail : tail
      }
      const lower = zigguratDensity[strip]!
      const upper = zigguratDensity[strip + 1]!
      if (lower + this.nextUniform() * (upper - lower) < exponential(-0.5 * size * size)) return x
    }
  }

  #excess(): number {
    for (;;) {
      const excess = -logarithm(this.nextUniform()) / zigguratTail
      const y = -logarithm(this.nextUniform())
      if (y + y >= excess * excess) return excess
    }
  }

  /** Gamma of scale 1. */
  nextGamma(shape: number): number {
    const d = (shape < 1 ? shape + 1 : shape) - 1 / 3
    const c = 1 / Math.sqrt(9 * d)
    for (;;) {
      const x = this.nextNormal()
      const root = 1 + c * x
      if (root <= 0) continue
      const v = root * root * root
      const u = this.nextUniform()
      const xx = x * x
      if (u < 1 - 0.0331 * xx * xx || logarithm(u) < 0.5 * xx + d * (1 - v + logarithm(v)))
        return shape < 1 ? d * v * exponential(logarithm(this.nextUniform()) / shape) : d * v
    }
  }

  #logGamma(shape: number): number {
    if (shape >= 1) return logarithm(this.nextGamma(shape))
    const boosted = logarithm(this.nextGamma(shape + 1))
    return boosted + logarithm(this.nextUniform()) / shape
  }

  /** Beta(alpha, beta). */
  nextBeta(alpha: number, beta: number): number {
    if (beta === 1) {
      const u = this.nextUniform()
      if (alpha === 1) return u
      return alpha === 2 ? Math.sqrt(u) : exponential(Math.max(-690, logarithm(u) / alpha))
    }
    const first = this.#logGamma(alpha)
    const second = this.#logGamma(beta)
    return 1 / (1 + exponential(Math.max(-690, Math.min(690, second - first))))
  }

  /** Chi-square with a whole number of degrees of freedom. */
  nextChiSquare(degrees: number): number {
    if (degrees < 1) return 0
    if (degrees < 2) {
      const x = this.nextNormal()
      return x * x
    }
    return 2 * this.nextGamma(0.5 * degrees)
  }

  /** Binomial(n, p). */
  nextBinomial(n: number, p: number): number {
    if (n < 1 || p <= 0) return 0
    if (p >= 1) return n
    if (p === 0.5 && n <= 1024) return this.#fairCoins(n)
    if (p > 0.5) return n - this.nextBinomial(n, 1 - p)
    return n * p < 10 ? this.#binomialByInversion(n, p) : this.#binomialByRejection(n, p)
  }

  #fairCoins(n: number): number {
    let heads = 0
    for (let left = n; left > 0; left -= 64) {
      const word = left >= 64 ? this.nextWord() : this.nextWord() >> BigInt(64 - left)
      heads += word.toString(2).replaceAll('0', '').length
    }
    return heads
  }

  #binomialByInversion(n: number, p: number): number {
    const odds = p / (1 - p)
    const start = exponential(n * logarithm(1 - p))
    for (;;) {
      let u = this.nextUniform()
      let term = start
      let k = 0
      while (u >= term && k < n && term > 1e-300) {
        u -= term
        k += 1
        term *= ((n - k + 1) / k) * odds
      }
      if (u < term) return k
    }
  }

  #binomialByRejection(n: number, p: number): number {
    const spread = Math.sqrt(n * p * (1 - p))
    const b = 1.15 + 2.53 * spread
    const a = -0.0873 + 0.0248 * b + 0.01 * p
    const odds = p / (1 - p)
    const alpha = (2.83 + 5.1 / b) * spread
    const mode = Math.floor((n + 1) * p)
    for (;;) {
      const u = this.nextUniform() - 0.5
      const v = this.nextUniform()
      const us = 0.5 - Math.abs(u)
      const k = Math.floor(((2 * a) / us + b) * u + (n * p + 0.5))
      if (us >= 0.07 && v <= 0.92 - 4.2 / b) return k
      if (k < 0 || k > n) continue
      const bound =
        (mode + 0.5) * logarithm((mode + 1) / (odds * (n - mode + 1))) +
        (n + 1) * logarithm((n - mode + 1) / (n - k + 1)) +
        (k + 0.5) * logarithm((odds * (n - k + 1)) / (k + 1)) +
        stirlingTail(mode) +
        stirlingTail(n - mode) -
        stirlingTail(k) -
        stirlingTail(n - k)
      if (logarithm((v * alpha) / (a / (us * us) + b)) <= bound) return k
    }
  }
}

function stirlingTail(k: number): number {
  if (k < 9.5) return stirlingTails[k]!
  const m = k + 1
  const mm = m * m
  return (1 / 12 - (1 / 360 - 1 / 1260 / mm) / mm) / m
}
