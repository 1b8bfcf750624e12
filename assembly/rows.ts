/**
 * The inner loops of layers whose weights are not all independent normals: correlated rows, and one incoming weight of
 * each neuron of another law. Buffers are addresses of f64, as in `network.ts`; the order of draws is part of the
 * specification.
 */
import { exponential, logarithm } from './elementary'
import { fillNormals } from './network'
import { nextGamma, nextNormal, nextUniform } from './random'

/** Sum of `count` numbers, in four interleaved partial sums. */
export function sum(a: usize, count: i32): f64 {
  let sum0: f64 = 0.0
  let sum1: f64 = 0.0
  let sum2: f64 = 0.0
  let sum3: f64 = 0.0
  const bytes = usize(count) << 3
  const whole = bytes & ~31
  let at: usize = 0
  for (; at < whole; at += 32) {
    sum0 += load<f64>(a + at)
    sum1 += load<f64>(a + at, 8)
    sum2 += load<f64>(a + at, 16)
    sum3 += load<f64>(a + at, 24)
  }
  for (; at < bytes; at += 8) sum0 += load<f64>(a + at)
  return sum0 + sum1 + (sum2 + sum3)
}

/** Logarithm of a gamma variate, which does not underflow for a small shape. */
function nextLogGamma(shape: f64): f64 {
  if (shape >= 1.0) return logarithm(nextGamma(shape))
  const boosted = logarithm(nextGamma(shape + 1.0))
  return boosted + logarithm(nextUniform()) / shape
}

/** A Beta(alpha, beta) variate: a power of a uniform for beta = 1, else a share of two gammas. */
export function nextBeta(alpha: f64, beta: f64): f64 {
  if (beta === 1.0) {
    const u = nextUniform()
    if (alpha === 1.0) return u
    if (alpha === 2.0) return Math.sqrt(u)
    return exponential(Math.max(-690.0, logarithm(u) / alpha))
  }
  const first = nextLogGamma(alpha)
  const second = nextLogGamma(beta)
  return 1.0 / (1.0 + exponential(Math.max(-690.0, Math.min(690.0, second - first))))
}

/** `count` Beta(alpha, beta) variates. */
export function fillBetas(out: usize, count: i32, alpha: f64, beta: f64): void {
  for (let at = out, end = out + (usize(count) << 3); at < end; at += 8) store<f64>(at, nextBeta(alpha, beta))
}

/** `count` uniforms on (0, 1). */
export function fillUniforms(out: usize, count: i32): void {
  for (let at = out, end = out + (usize(count) << 3); at < end; at += 8) store<f64>(at, nextUniform())
}

/** `count` whole numbers from 0 to places - 1, all as likely. */
export function fillPlaces(out: usize, count: i32, places: i32): void {
  for (let at = out, end = out + (usize(count) << 3); at < end; at += 8) {
    store<f64>(at, Math.floor(nextUniform() * f64(places)))
  }
}

/**
 * One layer at the weights level for inputs that share weights and biases. A row of fanIn (with `biasAmong` fanIn + 1)
 * standard normals g becomes keep g + push sum(g); its last number is then the bias, which is otherwise an independent
 * normal. Weights are weightScale and the bias is biasScale times these. Where `places` is not 0 the neuron's weight of
 * that place (the bias at place fanIn) is replaced by its number of `values`. `row` is scratch for fanIn + 1 numbers.
 */
export function rowsLayer(
  phi: usize,
  fanIn: i32,
  z: usize,
  fanOut: i32,
  inputs: i32,
  weightScale: f64,
  biasScale: f64,
  keep: f64,
  push: f64,
  biasAmong: i32,
  places: usize,
  values: usize,
  row: usize,
): void {
  const count = fanIn + (biasAmong !== 0 ? 1 : 0)
  for (let neuron = 0; neuron < fanOut; neuron++) {
    fillNormals(row, count, 1.0)
    const shift = push * sum(row, count)
    let bias: f64 = biasAmong !== 0 ? keep * load<f64>(row + (usize(fanIn) << 3)) + shift : nextNormal()
    bias *= biasScale
    for (let at = row, end = row + (usize(fanIn) << 3); at < end; at += 8) {
      store<f64>(at, weightScale * (keep * load<f64>(at) + shift))
    }
    if (places !== 0) {
      const place = i32(load<f64>(places + (usize(neuron) << 3)))
      const value = load<f64>(values + (usize(neuron) << 3))
      if (place === fanIn) bias = value
      else store<f64>(row + (usize(place) << 3), value)
    }
    for (let input = 0; input < inputs; input++) {
      const from = phi + ((usize(input) * usize(fanIn)) << 3)
      let field: f64 = 0.0
      for (let b: usize = 0; b < usize(fanIn) << 3; b += 8) field += load<f64>(row + b) * load<f64>(from + b)
      store<f64>(z + ((usize(input) * usize(fanOut) + usize(neuron)) << 3), field + bias)
    }
  }
}

/**
 * One layer of pre-activations for several inputs where each neuron has a weight of its own law: given its place and
 * its value the neuron's fields over inputs are normal, of the covariance identity x_i . x_k + ones X_i X_k +
 * independentVariance, x_i the other activations times weightScale (and biasAmong, the correlated bias's deviation), X_i
 * their sum. `gram` (inputs x inputs) and `sums` are those of all activations. `scratch` holds
 * inputs (inputs + 3) numbers.
 */
export function specialLayer(
  phi: usize,
  fanIn: i32,
  z: usize,
  fanOut: i32,
  inputs: i32,
  gram: usize,
  sums: usize,
  identity: f64,
  ones: f64,
  weightScale: f64,
  biasAmong: f64,
  independentVariance: f64,
  places: usize,
  values: usize,
  scratch: usize,
): void {
  const size = usize(inputs) << 3
  const normals = scratch
  const totals = scratch + size
  const removed = scratch + 2 * size
  const factor = scratch + 3 * size
  const scaledIdentity = identity * weightScale * weightScale
  for (let neuron = 0; neuron < fanOut; neuron++) {
    const place = i32(load<f64>(places + (usize(neuron) << 3)))
    const value = load<f64>(values + (usize(neuron) << 3))
    const isBias = place === fanIn
    const bias: f64 = isBias ? 0.0 : biasAmong
    const constant = identity * bias * bias + (isBias ? 0.0 : independentVariance)
    for (let i = 0; i < inputs; i++) {
      const own: f64 = isBias ? 0.0 : load<f64>(phi + ((usize(i) * usize(fanIn) + usize(place)) << 3))
      store<f64>(removed + (usize(i) << 3), own)
      store<f64>(totals + (usize(i) << 3), weightScale * (load<f64>(sums + (usize(i) << 3)) - own) + bias)
    }
    fillNormals(normals, inputs, 1.0)
    for (let i = 0; i < inputs; i++) {
      const rowOf = factor + usize(i) * size
      const gramRow = gram + usize(i) * size
      const own = load<f64>(removed + (usize(i) << 3))
      const total = ones * load<f64>(totals + (usize(i) << 3))
      let field: f64 = 0.0
      for (let j = 0; j <= i; j++) {
        const rowBefore = factor + usize(j) * size
        const whole = scaledIdentity * load<f64>(gramRow + (usize(j) << 3))
        let entry =
          whole -
          scaledIdentity * own * load<f64>(removed + (usize(j) << 3)) +
          total * load<f64>(totals + (usize(j) << 3)) +
          constant
        for (let k = 0; k < j; k++) {
          entry -= load<f64>(rowOf + (usize(k) << 3)) * load<f64>(rowBefore + (usize(k) << 3))
        }
        let element: f64 = 0.0
        if (j === i) {
          // A direction without variance, to within rounding of what was subtracted, has a zero column.
          if (entry > (whole + constant) * f64(inputs) * 8.881784197001252e-16) element = Math.sqrt(entry)
        } else {
          const pivot = load<f64>(rowBefore + (usize(j) << 3))
          if (pivot > 0.0) element = entry / pivot
        }
        store<f64>(rowOf + (usize(j) << 3), element)
        field += element * load<f64>(normals + (usize(j) << 3))
      }
      const mean = value * (isBias ? 1.0 : own)
      store<f64>(z + ((usize(i) * usize(fanOut) + usize(neuron)) << 3), field + mean)
    }
  }
}
