/** Appendix 8.4: the weight of positive and negative components, summed over orthants. */
import {
  add,
  boltzmannEnergy,
  type CheckInput,
  call,
  confirm,
  derive,
  directCheck,
  type Expression,
  evaluateRing,
  expanded,
  type Formula,
  lastSide,
  one,
  rational,
  scalarValue,
  solvePolynomials,
  splitBySign,
  substitute,
  subtract,
  uses,
  withActivation,
  withLogGamma,
  withUniformQuantity,
} from 'corrigenda'
import { scalars } from './networks.js'
import { weight } from './quantities.js'

// ---- Positive and negative components ------------------------------------------------------------------------------------

export const signedEnergy = derive(
  'eq-18',
  { lattice: 'eq-11' },
  'max(0, z) put for the activation, sums over neurons split by sign',
  ({ lattice }, context) => {
    const width = context.scalar('N')
    const rectified = withActivation(lastSide(lattice), 'activation', (z) => call('max', rational(0), z))
    return splitBySign(withUniformQuantity(rectified, 'layerWidth', width), {
      notation: context.notation,
      vector: context.quantity('z_\\alpha^l'),
      positive: context.quantity('z_+^l'),
      negative: context.quantity('z_-^l'),
    })
  },
)

export const signedWeight = derive(
  'eq-73',
  { energy: 'eq-18' },
  'Boltzmann weight of the energy',
  ({ energy }, context) => weight('[dz]', lastSide(energy), context),
)
const sameWeight = ({ weight: of }: { readonly weight: Formula }) => lastSide(of)
export const byOrthants = derive('eq-75', { weight: 'eq-73' }, 'the same weight in every orthant', sameWeight)
export const byOrthantsAgain = derive('eq-76', { weight: 'eq-75' }, 'the same weight', sameWeight)
export const inSpheres = derive('eq-77', { weight: 'eq-76' }, 'the same weight', sameWeight)

// ---- The sum over orthants -----------------------------------------------------------------------------------------------

export interface Configuration {
  readonly positive: readonly number[]
  readonly negative: readonly number[]
  readonly count: readonly number[]
}

/** Minus the logarithm of a claimed integrand over all layers of a ring, at a configuration. */
export function minusLog(
  claimed: Expression,
  { context }: CheckInput,
  width: number,
  s: number,
  c: Configuration,
): number {
  const { quantity, notation } = context
  const energy = withLogGamma(boltzmannEnergy(claimed))
  const sites = c.positive.length
  return evaluateRing(
    energy,
    {
      fields: [quantity('r_+^l'), quantity('r_-^l'), quantity('k_l')],
      values: [c.positive, c.negative, c.count],
      parameters: new Map([...Object.entries(scalars(s, width)), ['depth', sites - 1] as const]),
    },
    { notation },
  )
}

/** The exponential's energy alone, which an integrand has besides the weights of orthants. */
export const exponentEnergy = (
  energy: Formula,
  input: CheckInput,
  width: number,
  s: number,
  c: Configuration,
): number =>
  evaluateRing(
    expanded(energy, input),
    {
      fields: [input.context.quantity('r_+^l'), input.context.quantity('r_-^l')],
      values: [c.positive, c.negative],
      parameters: new Map(Object.entries(scalars(s, width))),
    },
    { notation: input.context.notation },
  )

const testFunction = (a: number, b: number): number => Math.exp(-(a + 2 * b) / 2) / (1 + a * b)
const nodes = 24
const reach = 6.5
/** Gauss-Legendre nodes on (0, reach), by Newton's method on the Legendre polynomial. */
const half: readonly (readonly [number, number])[] = Array.from({ length: nodes }, (_, i) => {
  let x = Math.cos((Math.PI * (i + 0.75)) / (nodes + 0.5))
  let slope = 1
  for (let step = 0; step < 50; step++) {
    let [p, before] = [1, 0]
    for (let j = 1; j <= nodes; j++) [p, before] = [((2 * j - 1) * x * p - (j - 1) * before) / j, p]
    slope = (nodes * (x * p - before)) / (x * x - 1)
    x -= p / slope
  }
  return [((1 + x) * reach) / 2, reach / ((1 - x * x) * slope * slope)] as const
})

/**
 * Integrals of a function of the squared norms of positive and negative components over all N of them, one by one, for each
 * number of negative ones: over every sign and every node of every component.
 */
function bruteForce(width: number): Float64Array {
  const totals = new Float64Array(width + 1)
  const add = (left: number, a: number, b: number, k: number, weight: number): void => {
    for (const [x, w] of half) {
      const square = x * x
      if (left > 1) {
        add(left - 1, a + square, b, k, weight * w)
        add(left - 1, a, b + square, k + 1, weight * w)
      } else {
        totals[k] = totals[k]! + weight * w * testFunction(a + square, b)
        totals[k + 1] = totals[k + 1]! + weight * w * testFunction(a, b + square)
      }
    }
  }
  add(width, 0, 0, 0, 1)
  return totals
}
const bruteWidths: readonly number[] = [1, 2, 3, 4]
const bruteForced = new Map<number, Float64Array>()
/** Five million points at four components: computed when a check asks for it, and once. */
function integralsOver(width: number): Float64Array {
  const values = bruteForced.get(width) ?? bruteForce(width)
  bruteForced.set(width, values)
  return values
}

const orthantWeights = directCheck('integrals over all components of small layers, one by one', 'numeric', (input) => {
  const { energy } = input.premises
  if (!energy) return { holds: null, summary: 'needs the premise `energy`' }
  const claimed = expanded(input.claimed, input)
  const s = 0.66
  const logPrefactor = (width: number, c: Configuration) =>
    exponentEnergy(energy, input, width, s, c) - minusLog(claimed, input, width, s, c)
  let worst = 0
  for (const width of bruteWidths) {
    const integrals = integralsOver(width)
    const single = (k: number, a: number, b: number) =>
      logPrefactor(width, { positive: [a], negative: [b], count: [k] })
    for (let k = 0; k <= width; k++) {
      const exact = integrals[k]!
      let total = 0
      // The prefactor is a constant times powers of both norms; at an edge one of the norms has no dimension.
      const tiny = 1e-7
      const at = k === 0 ? tiny : k === width ? width - tiny : k
      const constant = Math.exp(single(at, 1, 1))
      const powerOfPositive = single(at, Math.E, 1) - single(at, 1, 1)
      const powerOfNegative = single(at, 1, Math.E) - single(at, 1, 1)
      if (k === 0)
        total =
          (constant / (powerOfNegative + 1)) *
          half.reduce((sum, [x, w]) => sum + w * x ** powerOfPositive * testFunction(x * x, 0), 0)
      else if (k === width)
        total =
          (constant / (powerOfPositive + 1)) *
          half.reduce((sum, [x, w]) => sum + w * x ** powerOfNegative * testFunction(0, x * x), 0)
      else
        for (const [x, w] of half)
          for (const [y, v] of half)
            total += constant * w * v * x ** powerOfPositive * y ** powerOfNegative * testFunction(x * x, y * y)
      const deviation = Math.abs(total / exact - 1)
      worst = Math.max(worst, deviation)
      if (!(deviation < 1e-4))
        return {
          holds: false,
          summary: `for ${width} neurons, ${k} of them negative, the weight of the orthants is ${total.toPrecision(8)}, the integral ${exact.toPrecision(8)}`,
          witness: {
            at: { N: String(width), k: String(k), L: '0' },
            left: String(total),
            right: String(exact),
            note: 'integral of exp(-(r_+^2 + 2 r_-^2)/2)/(1 + r_+^2 r_-^2)',
          },
        }
    }
  }
  // Layers are alike: the prefactor of two is the product of both.
  const first = { positive: [1.3], negative: [0.7], count: [2] }
  const other = { positive: [0.4], negative: [1.9], count: [1] }
  const both = { positive: [1.3, 0.4], negative: [0.7, 1.9], count: [2, 1] }
  const excess = logPrefactor(3, both) - logPrefactor(3, first) - logPrefactor(3, other)
  if (!(Math.abs(excess) < 1e-9))
    return {
      holds: false,
      summary: `the prefactor of two layers is ${Math.exp(excess).toPrecision(6)} times the product of both`,
      witness: { at: { N: '3', L: '1' }, left: String(excess), right: '0' },
    }
  return {
    holds: true,
    summary: `agree for 1 to 4 neurons at every count to ${worst.toExponential(0)}, and factorise over layers`,
    numbers: { relativeDeviation: Number(worst.toPrecision(2)) },
  }
})

const angular = "surfaces of both spheres and the share of an orthant: the check's brute force"
export const angles = uses('eq-78', { weight: 'eq-77', energy: 'eq-18' }, angular)
export const resultSeven = derive('eq-74', { weight: 'eq-78', energy: 'eq-18' }, 'the same weight', ({ weight }) =>
  lastSide(weight),
)
export const inText = derive('eq-19', { weight: 'eq-74', energy: 'eq-18' }, 'the same weight', ({ weight }) =>
  lastSide(weight),
)

export const whatIsCounted = derive(
  'sec-6.what-k-counts',
  { weight: 'eq-19' },
  'the power of r_+ in the volume element, plus one, is the number of positive components',
  ({ weight: of }, context) => {
    const power = powerOf(lastSide(of), 'positiveNorm')
    const dimension = add(
      substitute(power, (node) => (node.kind === 'indexed' && node.name === 'count' ? context.scalar('k') : undefined)),
      one,
    )
    const solution = solvePolynomials([subtract(dimension, context.scalar('n'))], [context.scalar('k')])[0]![0]!
    return solution
  },
)

/** The exponent of a quantity's symbolic power in an integrand. */
function powerOf(e: Expression, name: string): Expression {
  let found: Expression | undefined
  substitute(e, (node) => {
    if (
      node.kind === 'power' &&
      node.base.kind === 'indexed' &&
      node.base.name === name &&
      node.exponent.kind !== 'number'
    )
      found = node.exponent
    return undefined
  })
  if (!found) throw new TypeError(`the integrand holds no symbolic power of ${name}`)
  return found
}

export const decomposition = derive('sec-6.decomposition', {}, 'the sum over neurons split by sign', (_, context) =>
  splitBySign(context.read('\\sum_{l=0}^L z_\\alpha^l z_\\alpha^l'), {
    notation: context.notation,
    vector: context.quantity('z_\\alpha^l'),
    positive: context.quantity('z_+^l'),
    negative: context.quantity('z_-^l'),
  }),
)

export const orthants = uses('sec-6.orthants', {}, 'all patterns of signs, counted')
export const allOrthants = uses('sec-6.all-orthants', {}, 'all patterns of signs, counted')
/** Patterns of signs of so many components, by their number of positive ones; null for all. */
const signPatterns = (all: boolean) =>
  directCheck('count of all patterns of signs', 'numeric', (input) => {
    const claimed = expanded(input.claimed, input)
    for (let width = 1; width <= 12; width++) {
      const counts = new Array<number>(width + 1).fill(0)
      for (let pattern = 0; pattern < 2 ** width; pattern++) {
        let positives = 0
        for (let rest = pattern; rest > 0; rest >>= 1) positives += rest & 1
        counts[positives] = counts[positives]! + 1
      }
      for (const [k, count] of counts.entries()) {
        const expected = all ? 2 ** width : count
        const stated = scalarValue(claimed, { width, stationaryCount: k })
        if (!(Math.abs(stated - expected) < 1e-6 * expected))
          return {
            holds: false,
            summary: `for ${width} components, ${k} positive: ${expected}, claimed ${stated}`,
            witness: { at: { N: String(width), k: String(k) }, left: String(stated), right: String(expected) },
          }
      }
    }
    return { holds: true, summary: 'agrees for 1 to 12 components', numbers: { instances: 12 } }
  })

export const confirmations = [
  confirm(orthants, signPatterns(false)),
  confirm(allOrthants, signPatterns(true)),
  confirm(angles, orthantWeights),
  confirm(resultSeven, orthantWeights),
  confirm(inText, orthantWeights),
]
