/**
 * The inner loops of the simulator's three levels. Buffers are addresses of f64 in linear memory, laid out by the host
 * above `heapBase`. Sums run in the order written here; the order is part of the specification.
 */
import { hyperbolicTangent } from './elementary'
import {
  coordinate,
  finishNormal,
  nextBinomial,
  nextChiSquare,
  nextNormal,
  setState,
  state0,
  state1,
  state2,
  state3,
} from './random'
import { zigguratEdge, zigguratScale } from './ziggurat.generated'

const scales = changetype<usize>(zigguratScale)
const edges = changetype<usize>(zigguratEdge)

/** First free address of linear memory. */
export function heapBase(): usize {
  return __heap_base
}

/** Fills `count` numbers with `scale` times standard normals. */
export function fillNormals(out: usize, count: i32, scale: f64): void {
  let s0 = state0
  let s1 = state1
  let s2 = state2
  let s3 = state3
  const end = out + (usize(count) << 3)
  for (let at = out; at < end; at += 8) {
    const word = rotl<u64>(s0 + s3, 23) + s0
    const shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = rotl<u64>(s3, 45)
    const strip = usize(word & 0xff) << 3
    let x = coordinate(word) * load<f64>(scales + strip)
    if (Math.abs(x) >= load<f64>(edges + strip)) {
      setState(s0, s1, s2, s3)
      x = finishNormal(word)
      s0 = state0
      s1 = state1
      s2 = state2
      s3 = state3
    }
    store<f64>(at, scale * x)
  }
  setState(s0, s1, s2, s3)
}

/**
 * One layer at the weights level for one input: z_a = weightScale * sum_b g_ab phi_b + biasScale * g_a, row after row,
 * each weight drawn as it is used and forgotten.
 */
export function weightsLayer(phi: usize, fanIn: i32, z: usize, fanOut: i32, weightScale: f64, biasScale: f64): void {
  let s0 = state0
  let s1 = state1
  let s2 = state2
  let s3 = state3
  const end = phi + (usize(fanIn) << 3)
  for (let row = 0; row < fanOut; row++) {
    let sum: f64 = 0.0
    for (let at = phi; at < end; at += 8) {
      const word = rotl<u64>(s0 + s3, 23) + s0
      const shifted = s1 << 17
      s2 ^= s0
      s3 ^= s1
      s1 ^= s2
      s0 ^= s3
      s2 ^= shifted
      s3 = rotl<u64>(s3, 45)
      const strip = usize(word & 0xff) << 3
      let x = coordinate(word) * load<f64>(scales + strip)
      if (Math.abs(x) >= load<f64>(edges + strip)) {
        setState(s0, s1, s2, s3)
        x = finishNormal(word)
        s0 = state0
        s1 = state1
        s2 = state2
        s3 = state3
      }
      sum += x * load<f64>(at)
    }
    setState(s0, s1, s2, s3)
    const bias = nextNormal()
    s0 = state0
    s1 = state1
    s2 = state2
    s3 = state3
    store<f64>(z + (usize(row) << 3), weightScale * sum + biasScale * bias)
  }
}

/** `weightsLayer` for several inputs that share weights and biases; `row` is scratch for fanIn numbers. Inputs lie one after another. */
export function weightsLayerSeveral(
  phi: usize,
  fanIn: i32,
  z: usize,
  fanOut: i32,
  inputs: i32,
  weightScale: f64,
  biasScale: f64,
  row: usize,
): void {
  for (let neuron = 0; neuron < fanOut; neuron++) {
    fillNormals(row, fanIn, 1.0)
    const bias = biasScale * nextNormal()
    for (let input = 0; input < inputs; input++) {
      const from = phi + ((usize(input) * usize(fanIn)) << 3)
      let sum: f64 = 0.0
      for (let b: usize = 0; b < usize(fanIn) << 3; b += 8) sum += load<f64>(row + b) * load<f64>(from + b)
      store<f64>(z + ((usize(input) * usize(fanOut) + usize(neuron)) << 3), weightScale * sum + bias)
    }
  }
}

/**
 * One layer of pre-activations for several inputs: each neuron's vector over inputs is L g with g standard normal and
 * L the lower triangular factor (inputs x inputs, row after row). `scratch` holds `inputs` numbers.
 */
export function correlatedLayer(z: usize, fanOut: i32, inputs: i32, factor: usize, scratch: usize): void {
  for (let neuron = 0; neuron < fanOut; neuron++) {
    fillNormals(scratch, inputs, 1.0)
    for (let i = 0; i < inputs; i++) {
      let sum: f64 = 0.0
      for (let j = 0; j <= i; j++) {
        sum += load<f64>(factor + (usize(i * inputs + j) << 3)) * load<f64>(scratch + (usize(j) << 3))
      }
      store<f64>(z + ((usize(i) * usize(fanOut) + usize(neuron)) << 3), sum)
    }
  }
}

/** Inner product, in four interleaved partial sums. */
export function dot(a: usize, b: usize, count: i32): f64 {
  let sum0: f64 = 0.0
  let sum1: f64 = 0.0
  let sum2: f64 = 0.0
  let sum3: f64 = 0.0
  const bytes = usize(count) << 3
  const whole = bytes & ~31
  let at: usize = 0
  for (; at < whole; at += 32) {
    sum0 += load<f64>(a + at) * load<f64>(b + at)
    sum1 += load<f64>(a + at, 8) * load<f64>(b + at, 8)
    sum2 += load<f64>(a + at, 16) * load<f64>(b + at, 16)
    sum3 += load<f64>(a + at, 24) * load<f64>(b + at, 24)
  }
  for (; at < bytes; at += 8) sum0 += load<f64>(a + at) * load<f64>(b + at)
  return sum0 + sum1 + (sum2 + sum3)
}

/** phi = tanh(z). */
export function applyTanh(z: usize, phi: usize, count: i32): void {
  for (let at: usize = 0; at < usize(count) << 3; at += 8) store<f64>(phi + at, hyperbolicTangent(load<f64>(z + at)))
}

/** phi = max(z, 0). */
export function applyRelu(z: usize, phi: usize, count: i32): void {
  for (let at: usize = 0; at < usize(count) << 3; at += 8) {
    const x = load<f64>(z + at)
    store<f64>(phi + at, Math.max(x, 0.0))
  }
}

/** phi = sign(z), 0 at 0. */
export function applySign(z: usize, phi: usize, count: i32): void {
  for (let at: usize = 0; at < usize(count) << 3; at += 8) {
    const x = load<f64>(z + at)
    store<f64>(phi + at, x > 0.0 ? 1.0 : x < 0.0 ? -1.0 : 0.0)
  }
}

/**
 * Norms |z^l| of a linear network: |z^l|^2 = D_l chi^2 with widths[l] degrees of freedom, D_0 = firstVariance and
 * D_l = gains[l] |z^{l-1}|^2 + biasVariance.
 */
export function linearTrajectory(
  widths: usize,
  gains: usize,
  depth: i32,
  firstVariance: f64,
  biasVariance: f64,
  norms: usize,
): void {
  let variance = firstVariance
  for (let at: usize = 0; at < usize(depth) << 3; at += 8) {
    const squared = variance * nextChiSquare(load<f64>(widths + at))
    store<f64>(norms + at, Math.sqrt(squared))
    // gains[l + 1] sits one place on; the host leaves one spare entry at the end.
    variance = load<f64>(gains + at, 8) * squared + biasVariance
  }
}

/** Norms of a rectified linear network's positive and negative parts and the number of positive neurons. */
export function reluTrajectory(
  widths: usize,
  gains: usize,
  depth: i32,
  firstVariance: f64,
  biasVariance: f64,
  positiveNorms: usize,
  negativeNorms: usize,
  counts: usize,
): void {
  let variance = firstVariance
  for (let at: usize = 0; at < usize(depth) << 3; at += 8) {
    const width = load<f64>(widths + at)
    // At zero variance every pre-activation is 0 and none is positive.
    const count = variance > 0.0 ? nextBinomial(width, 0.5) : 0.0
    const positive = variance * nextChiSquare(count)
    const negative = variance * nextChiSquare(width - count)
    store<f64>(positiveNorms + at, Math.sqrt(positive))
    store<f64>(negativeNorms + at, Math.sqrt(negative))
    store<f64>(counts + at, count)
    variance = load<f64>(gains + at, 8) * positive + biasVariance
  }
}
