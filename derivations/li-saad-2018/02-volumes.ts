/** Dense networks: angles between weight vectors, and volumes and entropies of perturbations at an overlap. */
import {
  add,
  call,
  confirm,
  derive,
  differentiate,
  directCheck,
  divide,
  type Expression,
  expanded,
  gaussianExpectation,
  integrate,
  lastSide,
  log,
  multiply,
  negate,
  one,
  power,
  rational,
  scalarValue,
  squareRoot,
  substitute,
  substituteSymbols,
  symbol,
  toLeadingOrder,
  zero,
} from 'corrigenda'
import { coinEntropy } from 'corrigenda/theory'
import { mixture, probabilityOf } from './02-dense.js'

// ---- Angles and volumes --------------------------------------------------------------------------------------------------

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

// ---- Examples ------------------------------------------------------------------------------------------------------------

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
  confirm(angle, narrowAngle),
  confirm(volume, shell),
  confirm(continuousEntropy, finiteEntropy),
  confirm(binaryEntropy, countedFlips),
]
