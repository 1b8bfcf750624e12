/**
 * The inner loops of pairs of networks: rows of weights and their perturbed copies, what neurons make of their fields,
 * and sparse layers. Buffers are addresses of f64, as in `network.ts`; the order of draws is part of the specification.
 */
import { exponential } from './elementary'
import { fillNormals } from './network'
import { nextNormal, nextUniform, nextWord } from './random'

/** `count` fair signs +1 or -1, 64 to a word, lowest bit first. */
export function fillSigns(out: usize, count: i32): void {
  let word: u64 = 0
  for (let k = 0; k < count; k++) {
    if ((k & 63) === 0) word = nextWord()
    store<f64>(out + (usize(k) << 3), f64(i32(word & 1) * 2 - 1))
    word >>= 1
  }
}

/** `count` signs, each +1 with probability `plus`. */
export function fillBiasedSigns(out: usize, count: i32, plus: f64): void {
  for (let at = out, end = out + (usize(count) << 3); at < end; at += 8) {
    store<f64>(at, nextUniform() < plus ? 1.0 : -1.0)
  }
}

/** out = each number of `row` with its sign turned with probability p. */
export function flipRow(row: usize, out: usize, count: i32, p: f64): void {
  for (let at: usize = 0; at < usize(count) << 3; at += 8) {
    const x = load<f64>(row + at)
    store<f64>(out + at, nextUniform() < p ? -x : x)
  }
}

/** out = scale times each number of `row`, or 0 with probability p. */
export function diluteRow(row: usize, out: usize, count: i32, p: f64, scale: f64): void {
  for (let at: usize = 0; at < usize(count) << 3; at += 8) {
    const x = load<f64>(row + at)
    store<f64>(out + at, nextUniform() < p ? 0.0 : scale * x)
  }
}

/** out = keep row + change fresh. */
export function combineRows(row: usize, fresh: usize, out: usize, count: i32, keep: f64, change: f64): void {
  for (let at: usize = 0; at < usize(count) << 3; at += 8) {
    store<f64>(out + at, keep * load<f64>(row + at) + change * load<f64>(fresh + at))
  }
}

/** Takes `share` of the row's sum from each of its numbers. */
export function shiftRow(row: usize, count: i32, share: f64): void {
  const end = row + (usize(count) << 3)
  let sum: f64 = 0.0
  for (let at = row; at < end; at += 8) sum += load<f64>(at)
  const shift = share * sum
  for (let at = row; at < end; at += 8) store<f64>(at, load<f64>(at) - shift)
}

/** s = sign(z); at 0 the sign of `tie`, or a fair coin where `tie` is 0. */
export function thresholdSigns(z: usize, s: usize, count: i32, tie: f64): void {
  for (let at: usize = 0; at < usize(count) << 3; at += 8) {
    const x = load<f64>(z + at)
    let value: f64 = x > 0.0 ? 1.0 : -1.0
    if (x === 0.0) value = tie > 0.0 || (tie === 0.0 && i64(nextWord()) < 0) ? 1.0 : -1.0
    store<f64>(s + at, value)
  }
}

/** s = +1 with probability e^{beta z} / (2 cosh beta z), else -1. */
export function thermalSigns(z: usize, s: usize, count: i32, beta: f64): void {
  for (let at: usize = 0; at < usize(count) << 3; at += 8) {
    const twice = Math.max(-690.0, Math.min(690.0, -2.0 * beta * load<f64>(z + at)))
    store<f64>(s + at, nextUniform() * (1.0 + exponential(twice)) < 1.0 ? 1.0 : -1.0)
  }
}

/** Adds `scale` times a standard normal to each number. */
export function addNormals(s: usize, count: i32, scale: f64): void {
  for (let at: usize = 0; at < usize(count) << 3; at += 8) {
    store<f64>(s + at, load<f64>(s + at) + scale * nextNormal())
  }
}

/**
 * Draws a layer of pairs of normals (L11 g, L21 g + L22 g') through max(0, .) and sums over the layer, into `out`:
 * first, second, first squared, second squared, first times second. `scratch` holds 2 count numbers.
 */
export function reluPairSums(scratch: usize, count: i32, l11: f64, l21: f64, l22: f64, out: usize): void {
  fillNormals(scratch, 2 * count, 1.0)
  let first: f64 = 0.0
  let second: f64 = 0.0
  let firstSquare: f64 = 0.0
  let secondSquare: f64 = 0.0
  let product: f64 = 0.0
  for (let at = scratch, end = scratch + (usize(count) << 4); at < end; at += 16) {
    const g = load<f64>(at)
    const u = l11 * g
    const v = l21 * g + l22 * load<f64>(at, 8)
    // Twice max(0, .), without a branch; the factors leave at the end, exactly.
    const x = u + Math.abs(u)
    const y = v + Math.abs(v)
    first += x
    second += y
    firstSquare += x * x
    secondSquare += y * y
    product += x * y
  }
  store<f64>(out, 0.5 * first)
  store<f64>(out, 0.5 * second, 8)
  store<f64>(out, 0.25 * firstSquare, 16)
  store<f64>(out, 0.25 * secondSquare, 24)
  store<f64>(out, 0.25 * product, 32)
}

/**
 * One sparse layer of a pair of networks: each neuron has `inputs` different neurons of the layer before, drawn
 * uniformly, the same in both networks, with weights +1 (`fair` = 0) or fair signs, each turned in the second network
 * with probability `flip`. States and fields of `patterns` inputs lie one after another, the first network's before the
 * second's. Fields are `gain` times the sum. `chosen` and `weights` hold `inputs` and 2 `inputs` numbers.
 */
export function sparsePairLayer(
  states: usize,
  fanIn: i32,
  z: usize,
  fanOut: i32,
  patterns: i32,
  inputs: i32,
  fair: i32,
  flip: f64,
  gain: f64,
  chosen: usize,
  weights: usize,
): void {
  const perturbed = weights + (usize(inputs) << 3)
  for (let neuron = 0; neuron < fanOut; neuron++) {
    for (let k = 0; k < inputs; k++) {
      let candidate: f64
      let taken: bool
      do {
        candidate = Math.floor(nextUniform() * f64(fanIn))
        taken = false
        for (let j = 0; j < k; j++) if (load<f64>(chosen + (usize(j) << 3)) === candidate) taken = true
      } while (taken)
      store<f64>(chosen + (usize(k) << 3), candidate)
      const weight: f64 = fair !== 0 && i64(nextWord()) < 0 ? -1.0 : 1.0
      store<f64>(weights + (usize(k) << 3), weight)
      store<f64>(perturbed + (usize(k) << 3), nextUniform() < flip ? -weight : weight)
    }
    for (let block = 0; block < 2 * patterns; block++) {
      const from = states + ((usize(block) * usize(fanIn)) << 3)
      const row = block < patterns ? weights : perturbed
      let sum: f64 = 0.0
      for (let k = 0; k < inputs; k++) {
        const at = usize(load<f64>(chosen + (usize(k) << 3)))
        sum += load<f64>(row + (usize(k) << 3)) * load<f64>(from + (at << 3))
      }
      store<f64>(z + ((usize(block) * usize(fanOut) + usize(neuron)) << 3), gain * sum)
    }
  }
}
