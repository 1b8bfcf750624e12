/**
 * The random stream: xoshiro256++ (Blackman and Vigna, 2019) and the draws made from it. One stream an instance; its
 * state lives in globals, so that a host saves, restores and replays it. `src/network/reference/scalar-stream.ts` is
 * the specification in plain TypeScript and must agree bit for bit.
 */
import { exponential, logarithm } from './elementary'
import { zigguratDensity, zigguratEdge, zigguratScale, zigguratTail } from './ziggurat.generated'

export let state0: u64 = 1
export let state1: u64 = 2
export let state2: u64 = 3
export let state3: u64 = 4

/** Sets the state; not all four words may be zero. */
export function setState(a: u64, b: u64, c: u64, d: u64): void {
  state0 = a
  state1 = b
  state2 = c
  state3 = d
}

/** The next 64 random bits. */
export function nextWord(): u64 {
  const result = rotl<u64>(state0 + state3, 23) + state0
  const shifted = state1 << 17
  state2 ^= state0
  state3 ^= state1
  state1 ^= state2
  state0 ^= state3
  state2 ^= shifted
  state3 = rotl<u64>(state3, 45)
  return result
}

/** Uniform on the open interval (0, 1): a centred multiple of 2^-52, never 0 or 1. */
export function nextUniform(): f64 {
  return (f64(nextWord() >> 12) + 0.5) * 2.220446049250313e-16
}

const scales = changetype<usize>(zigguratScale)
const edges = changetype<usize>(zigguratEdge)
const densities = changetype<usize>(zigguratDensity)

/** The signed ziggurat coordinate of a word: 53 bits with a half added, so that it is symmetric and never zero. */
export function coordinate(word: u64): f64 {
  return f64(i64(word) >> 11) + 0.5
}

/** The rest of a normal draw whose first word did not fall inside its strip's rectangle. */
export function finishNormal(first: u64): f64 {
  let word = first
  while (true) {
    const strip = usize(word & 0xff)
    const x = coordinate(word) * load<f64>(scales + (strip << 3))
    const size = Math.abs(x)
    if (size < load<f64>(edges + (strip << 3))) return x
    if (strip === 0) {
      // Marsaglia's tail: exact beyond the last strip.
      let excess: f64
      let y: f64
      do {
        excess = -logarithm(nextUniform()) / zigguratTail
        y = -logarithm(nextUniform())
      } while (y + y < excess * excess)
      const tail = zigguratTail + excess
      return x < 0.0 ? -tail : tail
    }
    const lower = load<f64>(densities + (strip << 3))
    const upper = load<f64>(densities + ((strip + 1) << 3))
    if (lower + nextUniform() * (upper - lower) < exponential(-0.5 * size * size)) return x
    word = nextWord()
  }
}

/** A standard normal, by a ziggurat of 256 strips (Marsaglia and Tsang, 2000; Doornik's use of the bits). */
export function nextNormal(): f64 {
  const word = nextWord()
  const strip = usize(word & 0xff) << 3
  const x = coordinate(word) * load<f64>(scales + strip)
  return Math.abs(x) < load<f64>(edges + strip) ? x : finishNormal(word)
}

let gammaShape: f64 = -1.0
let gammaD: f64 = 0.0
let gammaC: f64 = 0.0

/** A gamma variate of scale 1 and shape >= 1/2 (Marsaglia and Tsang, 2000); a smaller shape than 1 is boosted by U^(1/shape). */
export function nextGamma(shape: f64): f64 {
  const boosted = shape < 1.0 ? shape + 1.0 : shape
  if (boosted !== gammaShape) {
    gammaShape = boosted
    gammaD = boosted - 1.0 / 3.0
    gammaC = 1.0 / Math.sqrt(9.0 * gammaD)
  }
  const d = gammaD
  const c = gammaC
  let value: f64 = 0.0
  while (true) {
    const x = nextNormal()
    const root = 1.0 + c * x
    if (root <= 0.0) continue
    const v = root * root * root
    const u = nextUniform()
    const xx = x * x
    if (u < 1.0 - 0.0331 * xx * xx || logarithm(u) < 0.5 * xx + d * (1.0 - v + logarithm(v))) {
      value = d * v
      break
    }
  }
  return shape < 1.0 ? value * exponential(logarithm(nextUniform()) / shape) : value
}

/** A chi-square variate with a whole number of degrees of freedom, 0 and 1 included. */
export function nextChiSquare(degrees: f64): f64 {
  if (degrees < 1.0) return 0.0
  if (degrees < 2.0) {
    const x = nextNormal()
    return x * x
  }
  return 2.0 * nextGamma(0.5 * degrees)
}

/** log k! minus its Stirling formula (k + 1/2) log(k + 1) - (k + 1) + log(2 pi)/2. */
function stirlingTail(k: f64): f64 {
  if (k < 9.5) return load<f64>(changetype<usize>(stirlingTails) + (usize(k) << 3))
  const m = k + 1.0
  const mm = m * m
  return (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / 1260.0 / mm) / mm) / m
}

const stirlingTails: StaticArray<f64> = [
  0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.020790672103765, 0.0166446911898211, 0.0138761288230707,
  0.0118967099458917, 0.010411265261972, 0.00925546218271273, 0.00833056343336287,
]

/** Binomial by transformed rejection (Hoermann, 1993, algorithm BTRS), for p <= 1/2 and np >= 10. */
function binomialByRejection(n: f64, p: f64): f64 {
  const spread = Math.sqrt(n * p * (1.0 - p))
  const b = 1.15 + 2.53 * spread
  const a = -0.0873 + 0.0248 * b + 0.01 * p
  const centre = n * p + 0.5
  const squeeze = 0.92 - 4.2 / b
  const odds = p / (1.0 - p)
  const alpha = (2.83 + 5.1 / b) * spread
  const mode = Math.floor((n + 1.0) * p)
  while (true) {
    const u = nextUniform() - 0.5
    const v = nextUniform()
    const us = 0.5 - Math.abs(u)
    const k = Math.floor(((2.0 * a) / us + b) * u + centre)
    if (us >= 0.07 && v <= squeeze) return k
    if (k < 0.0 || k > n) continue
    const bound =
      (mode + 0.5) * logarithm((mode + 1.0) / (odds * (n - mode + 1.0))) +
      (n + 1.0) * logarithm((n - mode + 1.0) / (n - k + 1.0)) +
      (k + 0.5) * logarithm((odds * (n - k + 1.0)) / (k + 1.0)) +
      stirlingTail(mode) +
      stirlingTail(n - mode) -
      stirlingTail(k) -
      stirlingTail(n - k)
    if (logarithm((v * alpha) / (a / (us * us) + b)) <= bound) return k
  }
}

/** Binomial by inversion, for np < 10. */
function binomialByInversion(n: f64, p: f64): f64 {
  const odds = p / (1.0 - p)
  const start = exponential(n * logarithm(1.0 - p))
  let k: f64
  let u: f64
  let term: f64
  // Rounding can leave a sliver of u beyond the last term that counts: draw again.
  do {
    u = nextUniform()
    term = start
    k = 0.0
    while (u >= term && k < n && term > 1e-300) {
      u -= term
      k += 1.0
      term *= ((n - k + 1.0) / k) * odds
    }
  } while (u >= term)
  return k
}

/** Heads among n <= 1024 fair coins: random bits, counted. */
function fairCoins(n: i32): f64 {
  let left = n
  let heads: u64 = 0
  while (left >= 64) {
    heads += popcnt<u64>(nextWord())
    left -= 64
  }
  if (left > 0) heads += popcnt<u64>(nextWord() >> u64(64 - left))
  return f64(heads)
}

/** Binomial(n, p) for a whole n >= 0 and 0 <= p <= 1. */
export function nextBinomial(n: f64, p: f64): f64 {
  if (n < 1.0 || p <= 0.0) return 0.0
  if (p >= 1.0) return n
  if (p === 0.5 && n <= 1024.0) return fairCoins(i32(n))
  if (p > 0.5) return n - nextBinomial(n, 1.0 - p)
  return n * p < 10.0 ? binomialByInversion(n, p) : binomialByRejection(n, p)
}
