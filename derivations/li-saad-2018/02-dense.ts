/** Densely connected networks: covariances of fields, overlaps, volumes and entropies: equations (7) to (12). */
import {
  add,
  type CheckInput,
  type Context,
  call,
  confirm,
  derive,
  differentiate,
  directCheck,
  divide,
  type Expression,
  expanded,
  type Formula,
  gaussianExpectation,
  infiniteWidth,
  integrate,
  keyOf,
  lastSide,
  log,
  type MatrixNode,
  multiply,
  negate,
  one,
  power,
  rational,
  sampledExpectations,
  sampledExtrapolations,
  scalarValue,
  squareRoot,
  substitute,
  substituteSymbols,
  symbol,
  tableEstimates,
  toLeadingOrder,
  zero,
} from 'corrigenda'
import { agreementAt, thermalOverlap } from 'corrigenda/network'
import { coinEntropy } from 'corrigenda/theory'
import { layerProduct } from './single-site.js'

// ---- Laws of the weights -----------------------------------------------------------------------------------------------

/** The perturbed weight as a mixture of two independent weights of the same law: their coefficients. */
function mixture(perturbation: Formula): { readonly kept: Expression; readonly mixed: Expression } {
  const side = lastSide(perturbation)
  const coefficient = (name: string): Expression => {
    const only = substitute(side, (node) =>
      node.kind === 'indexed' && (node.name === 'referenceWeight' || node.name === 'weightPerturbation')
        ? rational(node.name === name ? 1 : 0)
        : undefined,
    )
    return only
  }
  return { kept: coefficient('referenceWeight'), mixed: coefficient('weightPerturbation') }
}

const weightVariance = power(symbol('weightStandardDeviation'), 2)

export const variance = derive(
  'sec-continuous.variance',
  { perturbation: 'sec-continuous.perturbation' },
  'the squares of both coefficients times the variance of independent weights',
  ({ perturbation }) => {
    const { kept, mixed } = mixture(perturbation)
    return multiply(add(power(kept, 2), power(mixed, 2)), weightVariance)
  },
)

/** The probability of a value under a law written with Kronecker deltas, for a reference weight that is +1. */
export function probabilityOf(law: Formula, value: 1 | -1): Expression {
  return substitute(lastSide(law), (node) => {
    if (node.kind !== 'function' || node.name !== 'kroneckerDelta') return undefined
    const numbers = node.arguments.map((argument) =>
      substitute(argument, (part) =>
        part.kind === 'indexed' ? (part.name === 'weight' ? rational(value) : one) : undefined,
      ),
    )
    return keyOf(numbers[0]!) === keyOf(numbers[1]!) ? one : zero
  })
}

/** Mean of a perturbed weight whose reference is +1: what a flip leaves of the correlation. */
export const keptByFlips = (law: Formula): Expression => add(probabilityOf(law, 1), negate(probabilityOf(law, -1)))

/** The covariance matrix of both fields: each is a normalised sum over the layer before, whose states have the overlap q. */
function fieldCovariance(
  { field, overlap }: { readonly field: Formula; readonly overlap: Formula },
  weights: { readonly variance: Expression; readonly covariance: Expression },
  { read }: Context,
): MatrixNode {
  // The sum of N products of weights and states, normalised twice: N times the square of the prefactor.
  const prefactor = substitute(lastSide(field), (node) => (node.kind === 'indexedSum' ? one : undefined))
  const scale = multiply(symbol('width'), power(prefactor, 2))
  const mean = lastSide(overlap)
  if (mean.kind !== 'product') throw new TypeError('the overlap is a mean over neurons')
  const diagonal = multiply(scale, weights.variance)
  const corner = multiply(scale, weights.covariance, read('q^{l-1}'))
  return {
    kind: 'matrix',
    rows: [
      [diagonal, corner],
      [corner, diagonal],
    ],
  }
}

export const continuousCovariance = derive(
  'eq-7',
  { field: 'sec-dense.local-field', overlap: 'sec-dense.overlap', perturbation: 'sec-continuous.perturbation' },
  'second moments of both fields: of the weights by the mixture, of the states by the overlap of the layer before',
  (premises, context) => {
    const { kept, mixed } = mixture(premises.perturbation)
    // The perturbed field has the reference's variance where the mixture keeps that of a weight.
    const own = multiply(add(power(kept, 2), power(mixed, 2)), weightVariance)
    const matrix = fieldCovariance(
      premises,
      { variance: weightVariance, covariance: multiply(kept, weightVariance) },
      context,
    )
    return {
      ...matrix,
      rows: [matrix.rows[0]!, [matrix.rows[1]![0]!, multiply(matrix.rows[1]![1]!, divide(own, weightVariance))]],
    }
  },
)

export const binaryCovariance = derive(
  'eq-10',
  { field: 'sec-dense.local-field', overlap: 'sec-dense.overlap', flips: 'sec-binary.perturbed' },
  'second moments of both fields: of the weights by the flips, of the states by the overlap of the layer before',
  (premises, context) => fieldCovariance(premises, { variance: one, covariance: keptByFlips(premises.flips) }, context),
)

// ---- Overlaps ----------------------------------------------------------------------------------------------------------

/**
 * The mean product of the signs of two normal fields, by Price's theorem: its derivative by the correlation is four times
 * their density at the origin; it vanishes without correlation.
 */
function signOverlapOf(density: Expression, covariance: Formula): Expression {
  const matrix = entriesOf(lastSide(covariance))
  const correlation = divide(matrix[0]![1]!, squareRoot(multiply(matrix[0]![0]!, matrix[1]![1]!)))
  // The density (5) at vanishing fields, of variance one.
  const atOrigin = substitute(density, (node) => {
    if (node.kind === 'determinant' || node.kind === 'modulus') return add(one, negate(power(symbol('t'), 2)))
    return node.kind === 'matrixProduct' ? zero : undefined
  })
  return { kind: 'integral', variable: 't', from: zero, to: correlation, body: multiply(rational(4), atOrigin) }
}

function entriesOf(e: Expression): readonly (readonly Expression[])[] {
  if (e.kind === 'matrix') return e.rows
  if (e.kind !== 'product') throw new TypeError('a matrix is expected')
  const matrix = e.factors.find((f): f is MatrixNode => f.kind === 'matrix')
  const rest = e.factors.filter((f) => f !== matrix)
  if (!matrix) throw new TypeError('a matrix is expected')
  return matrix.rows.map((row) => row.map((x) => multiply(...rest, x)))
}

/** The density of both fields in the measure of a layer: what holds no state. */
const densityIn = (measure: Formula): Expression => {
  const product = layerProduct(measure)
  const factors = product.kind === 'product' ? product.factors : [product]
  const text = (e: Expression): string => keyOf(e)
  const density = factors.filter((f) => text(f).includes('ovariance') || text(f).includes('fieldVector'))
  return multiply(...density)
}

const priceTheorem =
  "the mean product of both signs, whose derivative by the fields' correlation is four times their density at the origin"

export const continuousOverlap = derive(
  'eq-8',
  { measure: 'eq-5', covariance: 'eq-7' },
  priceTheorem,
  ({ measure, covariance }) => signOverlapOf(densityIn(measure), covariance),
)
export const binaryOverlap = derive(
  'eq-11',
  { measure: 'eq-5', covariance: 'eq-10' },
  priceTheorem,
  ({ measure, covariance }) => signOverlapOf(densityIn(measure), covariance),
)

/** The claimed overlap at a strength of the perturbation and an overlap before it. */
export function claimedOverlap(
  claimed: Formula,
  input: Pick<CheckInput, 'context'>,
  strength: number,
  before: number,
): number {
  const scalars = substitute(expanded(claimed, input), (node) => {
    if (node.kind !== 'indexed') return undefined
    return symbol(node.name === 'overlap' ? 'before' : 'strength')
  })
  return scalarValue(scalars, { before, strength })
}

const coldLimit = (kept: (strength: number) => number) =>
  directCheck('mean product of states as the noise vanishes', 'numeric', (input) => {
    let worst = { gap: 0, strength: 0, before: 0, left: 0, right: 0 }
    for (const strength of [0.05, 0.3, 0.45])
      for (const before of [0.9, 0.4]) {
        const right = thermalOverlap(kept(strength) * before, 1e4)
        const left = claimedOverlap(input.claimed, input, strength, before)
        const gap = Math.abs(left - right)
        if (!(gap <= worst.gap)) worst = { gap, strength, before, left, right }
      }
    return {
      // At beta = 10^4 the fields within 10^-4 of zero are still noisy.
      holds: worst.gap < 3e-8,
      summary: `the integral (6) at beta = 10^4 agrees to ${worst.gap.toExponential(0)} at six perturbations and overlaps`,
      witness: {
        at: { perturbation: String(worst.strength), 'q before': String(worst.before) },
        left: String(worst.left),
        right: String(worst.right),
      },
      numbers: { deviation: worst.gap },
    }
  })

const networksAt = (depth: CheckInput['depth'], standard: number): number =>
  depth === 'quick' ? Math.ceil(standard / 4) : depth === 'full' ? 4 * standard : standard

const sampledRotations = sampledExpectations({
  name: 'overlaps of sampled pairs, weights drawn',
  stream: 'rotated-pairs',
  finiteWidth: 'one layer from a given overlap: exact at every width, since fields of Gaussian weights are normal',
  cases: (depth) =>
    [
      [0.1, 1],
      [0.6, 1],
      [0.3, 0.5],
    ].map(([eta, overlap]) => ({
      parameters: { '\\eta^l': eta!, 'q^{l-1}': overlap! },
      request: {
        ensemble: {
          kind: 'pair',
          activation: 'sign',
          widths: 40,
          depth: 1,
          weights: { kind: 'gaussian' },
          weightVariance: 1,
          perturbation: { kind: 'rotation', eta: eta! },
          input: { flips: { kind: 'overlap', overlap: overlap! } },
        },
        level: 'weights',
        observables: [{ kind: 'layers', field: 'pairOverlap', layers: [1] }],
        networks: networksAt(depth, 2000),
      },
      measured: tableEstimates,
      predicted: (claimed, input) => [claimedOverlap(claimed, input, eta!, overlap!)],
      label: () => 'the mean overlap',
    })),
})

const binaryPair = (widths: number, p: number, overlap: number) =>
  ({
    kind: 'pair',
    activation: 'sign',
    widths,
    depth: 1,
    weights: { kind: 'binary' },
    weightVariance: 1,
    perturbation: { kind: 'signFlips', p },
    input: { flips: { kind: 'overlap', overlap } },
  }) as const

const exactFlips = infiniteWidth({
  name: 'exact agreement of neurons with flipped weights',
  widths: [128, 256, 512, 1024, 2048],
  cases: [
    [0.1, 1],
    [0.3, 0.5],
    [0.05, 0.75],
  ].map(([p, overlap]) => ({
    parameters: { 'p^l': p!, 'q^{l-1}': overlap! },
    exact: (width) => [1 - 2 * agreementAt(binaryPair(width, p!, overlap!), 1, overlap!).different],
    predicted: (claimed, input) => [claimedOverlap(claimed, input, p!, overlap!)],
    label: () => 'the overlap',
  })),
})

const sampledFlips = sampledExtrapolations({
  name: 'overlaps of sampled pairs with binary weights, extrapolated in the width',
  stream: 'flipped-pairs',
  cases: [
    [0.1, 1],
    [0.3, 0.5],
  ].map(([p, overlap]) => ({
    parameters: { 'p^l': p!, 'q^{l-1}': overlap! },
    widths: [24, 48, 96],
    powers: [0, 1],
    request: (width, depth) => ({
      ensemble: binaryPair(width, p!, overlap!),
      level: 'weights' as const,
      observables: [{ kind: 'layers' as const, field: 'pairOverlap' as const, layers: [1] }],
      networks: networksAt(depth, 1000),
    }),
    measured: tableEstimates,
    predicted: (claimed, input) => [claimedOverlap(claimed, input, p!, overlap!)],
    label: () => 'the mean overlap',
  })),
})

// ---- Angles and volumes ------------------------------------------------------------------------------------------------

export const angle = derive(
  'sec-continuous.angle',
  { perturbation: 'sec-continuous.perturbation' },
  "the cosine of the angle between long weight vectors is the weights' correlation coefficient",
  ({ perturbation }) => {
    const { kept, mixed } = mixture(perturbation)
    return call('acos', divide(kept, squareRoot(add(power(kept, 2), power(mixed, 2)))))
  },
)

const narrowAngle = directCheck('angle between long random vectors', 'numeric', (input) => {
  // cos of the angle by its first two moments: E (w w')/N and the variance of each factor, which falls as 1/N.
  const eta = 0.37
  const stated = scalarValue(
    substitute(expanded(input.claimed, input), (node) => (node.kind === 'indexed' ? symbol('eta') : undefined)),
    { eta },
  )
  const kept = Math.sqrt(1 - eta * eta)
  const product = gaussianExpectation((x) => x * x).value * kept
  const norm = gaussianExpectation((x) => x * x).value * (kept * kept + eta * eta)
  const found = Math.acos(product / Math.sqrt(norm))
  return {
    holds: Math.abs(stated - found) < 1e-9,
    summary: `at eta = ${eta} the angle is ${found.toFixed(9)}`,
    witness: { at: { eta: String(eta) }, left: String(stated), right: String(found) },
    numbers: { deviation: Math.abs(stated - found) },
  }
})

export const volume = derive(
  'sec-continuous.volume',
  { angle: 'sec-continuous.angle' },
  'directions at an angle to a given one are a sphere of two dimensions less, of radius the sine of the angle',
  ({ angle }, { read }) => power(call('sin', lastSide(angle)), read('N - 2')),
)

const shell = directCheck('share of directions within an angle', 'numeric', (input) => {
  // For random directions in N dimensions x_1^2/|x|^2 is Beta distributed: the density of the angle, integrated.
  const sides = input.claimed.sides.slice(1)
  let worst = { gap: 0, left: '', right: '', at: {} as Record<string, string> }
  for (const dimensions of [3, 6, 15]) {
    const stated = (side: Expression) => (theta: number) =>
      scalarValue(
        substitute(side, (node) =>
          node.kind === 'indexed' ? symbol(node.name === 'rotation' ? 'eta' : 'theta') : undefined,
        ),
        { eta: Math.sin(theta), theta, width: dimensions },
      )
    // P(angle < theta) by slicing the sphere: x_1 = r cos(angle), integrated over the chi law of the other components.
    const exact = (theta: number): number => {
      const cot = 1 / Math.tan(theta)
      const tail = (x: number): number => complementary(x * cot)
      const weight = (x: number): number => x ** (dimensions - 2) * Math.exp((-x * x) / 2)
      return integrate((x) => weight(x) * tail(x), 0, 12).value / integrate(weight, 0, 12).value
    }
    for (const side of sides) {
      const density = stated(side)
      const share = (a: number, b: number): number => integrate(density, a, b).value
      const left = share(0, 0.5) / share(0, 1.2)
      const right = exact(0.5) / exact(1.2)
      const gap = Math.abs(left - right) / right
      if (!(gap <= worst.gap)) worst = { gap, left: String(left), right: String(right), at: { N: String(dimensions) } }
    }
  }
  return {
    holds: worst.gap < 1e-6,
    summary: `shares within 0.5 and 1.2 of a given direction compare as stated in 3, 6 and 15 dimensions, to ${worst.gap.toExponential(0)}`,
    witness: { at: worst.at, left: worst.left, right: worst.right, note: 'share within 0.5 over share within 1.2' },
    numbers: { deviation: worst.gap },
  }
})

/** P(Z > x) for a standard normal, by quadrature. */
const complementary = (x: number): number =>
  integrate((z) => Math.exp((-z * z) / 2), x, Math.max(x, 0) + 12).value / Math.sqrt(2 * Math.PI)

export const totalVolume = derive(
  'sec-continuous.total-volume',
  { volume: 'sec-continuous.volume' },
  'the product of the volumes of all perceptrons of all layers',
  ({ volume }, { read }) => {
    const layers = read('\\prod_{l=1}^L 1')
    const neurons = read('\\prod_{i=1}^N 1')
    if (layers.kind !== 'indexedProduct' || neurons.kind !== 'indexedProduct') throw new TypeError('products expected')
    return { ...layers, body: { ...neurons, body: lastSide(volume) } }
  },
)

export const continuousEntropy = derive(
  'eq-9',
  { volume: 'sec-continuous.total-volume' },
  'the logarithm of the product as a sum, per weight; to leading order in the number of neurons',
  ({ volume }, { read }) => {
    const product = lastSide(volume)
    if (product.kind !== 'indexedProduct' || product.body.kind !== 'indexedProduct')
      throw new TypeError('the volume is a product over layers and neurons')
    const { body } = product.body
    if (body.kind !== 'power') throw new TypeError('the volume of a perceptron is a power')
    // The exponent grows as this many times N.
    const growth = differentiate(body.exponent, symbol('width'))
    const total: Expression = {
      ...product,
      kind: 'indexedSum',
      body: multiply(symbol('width'), growth, symbol('width'), log(body.base)),
    }
    return toLeadingOrder('1/N', divide(total, read('L N^2')))
  },
)

const finiteEntropy = directCheck('entropy per weight at finite width', 'numeric', (input) => {
  const side = expanded(input.claimed, input)
  const eta = [0.2, 0.5, 0.9]
  const stated = scalarValue(
    substitute(side, (node) => {
      if (node.kind !== 'indexedSum') return undefined
      const at = (value: number): Expression =>
        substitute(node.body, (part) => (part.kind === 'indexed' ? symbol(`eta${value}`) : undefined))
      return add(...eta.map((_, k) => at(k)))
    }),
    { eta0: eta[0]!, eta1: eta[1]!, eta2: eta[2]!, depth: 3, width: 1e9 },
  )
  const exact = (width: number): number =>
    eta.reduce((sum, x) => sum + width * (width - 2) * Math.log(x), 0) / (3 * width * width)
  // What stands before the approximation, for five neurons: the logarithm of their volume per weight.
  const [neurons, layers] = [5, 3]
  const total = eta.reduce((product, x) => product * x ** (neurons * (neurons - 2)), 1)
  const middle = input.claimed.sides.at(-2)
  const before =
    input.claimed.sides.length < 3 || !middle
      ? exact(neurons)
      : scalarValue(
          substitute(middle, (node) =>
            node.kind === 'apply' && node.name === 'totalVolume' ? symbol('volumeOfAll') : undefined,
          ),
          { volumeOfAll: total, width: neurons, depth: layers },
        )
  if (!(Math.abs(before / exact(neurons) - 1) < 1e-9))
    return {
      holds: false,
      summary: `the entropy of ${neurons} neurons in ${layers} layers is another`,
      witness: { at: { eta: eta.join(', '), N: String(neurons) }, left: String(before), right: String(exact(neurons)) },
    }
  const [near, far] = [exact(1000) - stated, exact(100_000) - stated]
  const order = Math.log(near / far) / Math.log(1000 / 100_000)
  return {
    holds: Math.abs(order + 1) < 1e-3,
    summary: `the finite-width correction goes as N^${order.toFixed(3)}`,
    witness: { at: { eta: eta.join(', ') }, left: String(stated), right: String(exact(1e9)) },
    numbers: { order },
    leadingOrder: true,
  }
})

export const binaryEntropy = derive(
  'eq-12',
  { flips: 'sec-binary.perturbed' },
  'minus the mean logarithm of the law of a weight, averaged over the layers',
  ({ flips }, { read }) => {
    const layers = read('\\sum_{l=1}^L p^l')
    if (layers.kind !== 'indexedSum') throw new TypeError('a sum over layers is expected')
    const terms = ([1, -1] as const).map((value) => {
      const probability = probabilityOf(flips, value)
      return negate(multiply(probability, log(probability)))
    })
    return divide({ ...layers, body: add(...terms) }, read('L'))
  },
)

const countedFlips = directCheck('number of weights with a given share flipped', 'numeric', (input) => {
  const stated = scalarValue(
    substitute(expanded(input.claimed, input), (node) => {
      if (node.kind !== 'indexedSum') return undefined
      return substitute(node.body, (part) => (part.kind === 'indexed' ? symbol('p') : undefined))
    }),
    { p: 0.3, depth: 1 },
  )
  // log C(n, pn)/n by adding logarithms; its limit from three sizes, the logarithmic correction taken out.
  const counted = (n: number): number => {
    const k = Math.round(0.3 * n)
    let sum = 0
    for (let j = 1; j <= k; j++) sum += Math.log((n - k + j) / j)
    return (sum + Math.log(2 * Math.PI * n * 0.3 * 0.7) / 2) / n
  }
  const [a, b] = [counted(20_000), counted(200_000)]
  const limit = b + (b - a) / 99
  return {
    holds: Math.abs(limit - stated) < 1e-9 && Math.abs(limit - coinEntropy(0.3)) < 1e-9,
    summary: `log C(n, 0.3 n)/n tends to ${limit.toFixed(9)}`,
    witness: { at: { p: '0.3' }, left: String(stated), right: String(limit) },
    numbers: { limit },
  }
})

// ---- Examples ----------------------------------------------------------------------------------------------------------

export const volumeLeft = derive(
  'sec-continuous.volume-left',
  { error: 'sec-continuous.error' },
  'each of P independent examples is met with the probability that both outputs agree',
  ({ error }, { read }) => {
    // The error is (1 - q)/2: agreement has probability (1 + q)/2, q by the error.
    const disagreement = lastSide(error)
    const q = symbol('outputOverlap')
    const linear = substitute(disagreement, (node) => (node.kind === 'indexed' ? q : undefined))
    const slope = differentiate(linear, q)
    const constant = substituteSymbols(linear, new Map([['outputOverlap', zero]]))
    const overlap = divide(add(read('\\varepsilon'), negate(constant)), slope)
    const agreement = divide(add(one, overlap), rational(2))
    return multiply(read('\\Omega_0(\\varepsilon)'), power(agreement, read('P')))
  },
)

export const confirmations = [
  confirm(
    continuousOverlap,
    coldLimit((eta) => Math.sqrt(1 - eta * eta)),
    sampledRotations,
  ),
  confirm(
    binaryOverlap,
    coldLimit((p) => 1 - 2 * p),
    exactFlips,
    sampledFlips,
  ),
  confirm(angle, narrowAngle),
  confirm(volume, shell),
  confirm(continuousEntropy, finiteEntropy),
  confirm(binaryEntropy, countedFlips),
]
