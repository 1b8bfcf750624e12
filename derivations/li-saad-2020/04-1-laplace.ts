/** Section 4.1: the density by its saddle point, (23), and the rate function of several patterns, (25), on one layer of sign neurons. */
import {
  type ApplyNode,
  type CheckInput,
  type Context,
  children,
  confirm,
  contains,
  directCheck,
  type Expression,
  type Finding,
  type Formula,
  findRoot,
  keyOf,
  lastSide,
  measuredOrder,
  rational,
  scalarValue,
  substitute,
  symbol,
  uses,
} from 'corrigenda'
import { logWeight } from 'corrigenda/theory'
import { logBinomial } from './05-inputs.js'
import { layerOf, writtenOut } from './small-networks.js'

const single = { lastLayer: 1, neurons: 1, inputs: 1 }

/** Quantities of a network of one layer by scalars: the output overlap q, its conjugate, the rotation, inputs with overlap one. */
const asScalars = (e: Expression): Expression =>
  substitute(e, (node) => {
    if (node.kind !== 'indexed') return undefined
    if (node.name === 'widthRatio') return rational(1)
    const layer = layerOf(node)
    if (node.name === 'overlap') return layer === 0 ? rational(1) : symbol('q')
    if (node.name === 'conjugateOverlap') return layer === 0 ? rational(0) : symbol('conjugate')
    return node.name === 'rotation' ? symbol('rotation') : undefined
  })

interface Premises {
  readonly potential: Formula
  readonly saddle: Formula
  /** Where the potential is named with all that it depends on. */
  readonly named: Formula
}

/** The potential of the output overlap at its saddle point. */
function rateFunction({ potential, saddle }: Premises, context: Context): (q: number, rotation: number) => number {
  const value = asScalars(writtenOut(lastSide(potential), single, context))
  const overlap = asScalars(writtenOut(lastSide(saddle), single, context))
  return (q, rotation) => {
    const gap = (conjugate: number) => scalarValue(overlap, { conjugate, rotation }) - q
    const { root } = findRoot(gap, -12, 12)
    return scalarValue(value, { q, rotation, conjugate: root })
  }
}

/** Names of what a potential depends on, at its saddle point, and of the overlap that it is given. */
const argumentsOf = (overlap: Expression, named: Formula): readonly string[] => {
  const [potential] = potentialsIn(lastSide(named))
  const parameters = potential?.arguments.slice(0, 2) ?? []
  const atSaddle = parameters.map((p) => (p.kind === 'symbol' ? p.name.replace(/^all/, 'saddle') : keyOf(p)))
  return [...atSaddle, keyOf(overlap)]
}

const potentialsIn = (e: Expression): readonly ApplyNode[] =>
  e.kind === 'apply' && e.name === 'potential' ? [e] : children(e).flatMap(potentialsIn)

/** Whether every potential of a claimed formula is that of the overlap that it states something of. */
function namesPotential(claimed: Formula, named: Formula): boolean {
  const [stated] = claimed.sides
  const overlap = stated?.kind === 'apply' ? stated.arguments[0] : undefined
  if (overlap === undefined) return false
  const expected = JSON.stringify(argumentsOf(overlap, named))
  const written = (p: ApplyNode) => JSON.stringify(p.arguments.map((a) => (a.kind === 'symbol' ? a.name : keyOf(a))))
  return potentialsIn(lastSide(claimed)).every((p) => written(p) === expected)
}

const otherPotential: Finding = {
  holds: false,
  summary: 'the potential is not that of the overlap at its saddle point',
  witness: { at: {}, left: 'another argument', right: 'the overlap of the left side' },
}

/** The right side of a claimed formula with a number for every potential. */
const withPotential = (e: Expression): Expression =>
  substitute(e, (node) => (node.kind === 'apply' && node.name === 'potential' ? symbol('potential') : undefined))

const premisesOf = ({ premises }: CheckInput): Premises | null => {
  const { potential, saddle, named } = premises
  return potential && saddle && named ? { potential, saddle, named } : null
}

export const density = uses(
  'eq-23',
  { potential: 'eq-38', saddle: 'eq-40', named: 'eq-22' },
  'the exact law of the output overlap of one layer of sign neurons, as its width grows',
)

const exactLaw = directCheck('exact law of the overlap of one layer', 'numeric', (input) => {
  const given = premisesOf(input)
  if (given === null) return { holds: null, summary: 'needs the potential and its saddle point' }
  if (!namesPotential(input.claimed, given.named)) return otherPotential
  const rate = rateFunction(given, input.context)
  const exponent = logWeight(withPotential(lastSide(input.claimed)))
  const isImaginary = (n: Expression): boolean => n.kind === 'constant' && n.name === 'i'
  if (contains(exponent, isImaginary))
    return { holds: false, summary: 'a negative density', witness: { at: {}, left: 'negative', right: 'positive' } }
  const rotation = 0.6
  // At zero conjugate the saddle is the typical overlap, the mean of the product of both outputs.
  const typical = scalarValue(asScalars(writtenOut(lastSide(given.saddle), single, input.context)), {
    conjugate: 0,
    rotation,
  })
  const points = [64, 256, 1024, 4096].map((width) => {
    const gaps = [-0.5, 0.25, 0.75].map((target) => {
      const agree = Math.round((width * (1 + target)) / 2)
      const q = (2 * agree) / width - 1
      const exact =
        logBinomial(width, agree) + agree * Math.log((1 + typical) / 2) + (width - agree) * Math.log((1 - typical) / 2)
      return Math.abs(exact - scalarValue(exponent, { width, potential: rate(q, rotation) })) / width
    })
    return { x: width, y: Math.max(...gaps) }
  })
  const order = measuredOrder(points)
  const last = points.at(-1)!.y
  return {
    holds: order < -0.7 && last < 2e-3,
    summary: `differs from the exponent of the exact law by ${last.toExponential(1)} per neuron at N = 4096, falling as N^${order.toFixed(2)}`,
    witness: {
      at: { N: '4096' },
      left: String(last),
      right: '0',
      note: 'largest difference per neuron at three overlaps',
    },
    numbers: { order: Number(order.toFixed(3)) },
    leadingOrder: true,
  }
})

export const severalPatterns = uses(
  'eq-25',
  { potential: 'eq-38', saddle: 'eq-40', named: 'eq-22' },
  'contraction principle for independent patterns: the least sum of rates at a given mean',
)

/** The least sum of the rates of several patterns at a given mean overlap: pairs are exchanged until none lowers it. */
function leastSum(rate: (q: number) => number, mean: number, patterns: number): number {
  // From unequal overlaps about the mean, towards what is least.
  const overlaps = Array.from({ length: patterns }, (_, k) => mean + 0.1 * (k - (patterns - 1) / 2))
  for (let step = 0.1; step > 1e-7; step /= 2)
    for (let changed = true; changed; ) {
      changed = false
      for (let a = 0; a < patterns; a++)
        for (let b = 0; b < patterns; b++) {
          const [x, y] = [overlaps[a]!, overlaps[b]!]
          if (a === b || x + step > 0.99 || y - step < -0.99) continue
          if (rate(x + step) + rate(y - step) < rate(x) + rate(y) - 1e-14) {
            overlaps[a] = x + step
            overlaps[b] = y - step
            changed = true
          }
        }
    }
  return overlaps.reduce((sum, q) => sum + rate(q), 0)
}

const contraction = directCheck('least sum of the rates of independent patterns', 'numeric', (input) => {
  const given = premisesOf(input)
  if (given === null) return { holds: null, summary: 'needs the potential and its saddle point' }
  if (!namesPotential(input.claimed, given.named)) return otherPotential
  const rate = rateFunction(given, input.context)
  const stated = withPotential(lastSide(input.claimed))
  let worst = 0
  for (const patternCount of [1, 2, 3])
    for (const mean of [-0.4, 0.1, 0.6]) {
      const least = leastSum((q) => rate(q, 0.6), mean, patternCount)
      const claimed = scalarValue(stated, { patternCount, potential: rate(mean, 0.6) })
      worst = Math.max(worst, Math.abs(least - claimed))
      if (!(worst < 1e-6))
        return {
          holds: false,
          summary: `for ${patternCount} patterns with mean overlap ${mean}: ${least.toPrecision(8)}, claimed ${claimed.toPrecision(8)}`,
          witness: {
            at: { M: String(patternCount), '\\tilde{q}^L': String(mean) },
            left: String(claimed),
            right: String(least),
          },
        }
    }
  return {
    holds: true,
    summary: `agrees for 1 to 3 patterns to ${worst.toExponential(0)}; that patterns are independent is assumed`,
    numbers: { deviation: worst },
    leadingOrder: true,
  }
})

export const confirmations = [confirm(density, exactLaw), confirm(severalPatterns, contraction)]
