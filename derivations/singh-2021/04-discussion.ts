/** Chapter 4: assertions about depth, and about other activations. */
import {
  type ActivationForm,
  confirm,
  criticalPoints,
  derive,
  directCheck,
  type Expression,
  hyperbolicForm,
  lastSide,
  readExpression,
  rectifiedForm,
  sameTree,
  signalFate,
  signalMaps,
  stableLength,
  toLatex,
  uses,
} from 'corrigenda'
import { scaleAtOne } from './02-1-maps.js'
import { diagramOf, divergingPower, errorForm, everywhere, smooth } from './02-1-phases.js'

const formula = (latex: string): ActivationForm => ({ kind: 'formula', formula: inZ(latex) })
const inZ = (latex: string): Expression => readExpression(latex, { symbols: [], families: [], variables: ['z'] })

const sigmoidForm = formula('\\frac{1}{1 + \\exp(-z)}')
/** SELU, with the constants of Klambauer et al. 2017. */
const seluForm = formula('1.0507009873554805 (\\max(0, z) + 1.6732632423543772 (\\exp(\\min(0, z)) - 1))')

export const orderedLoss = uses(
  'sec-4.ordered-loss',
  { slope: 'sec-2.1.stability' },
  'the attractor of the correlation map',
)
const attractorOne = directCheck('attractor where chi_1 is below one', 'numeric', () =>
  everywhere(
    smooth().filter(({ fate }) => fate.chi < 1),
    ({ fate }) => fate.attractor.value === 1,
    ({ fate }) => fate.attractor.value,
    'uncorrelated inputs end at correlation one',
  ),
)

export const chaoticGain = uses(
  'sec-4.chaotic-gain',
  { map: 'eq-2.5' },
  'the correlation map of odd activations without bias',
)
const partsCompletely = directCheck('nearly equal inputs in chaotic networks without bias', 'numeric', () => {
  const found = [hyperbolicForm, errorForm].flatMap((activation) =>
    (activation === errorForm ? [3, 5] : [3]).map((weightVariance) => {
      const maps = signalMaps({ activation, weightVariance, biasVariance: 0 })
      const { length, attractor } = signalFate(maps)
      const path = [1 - 1e-6]
      while (path.length < 100) path.push(maps.correlation(Math.min(1, path.at(-1)!), length.value))
      return {
        falls: path.every((c, l) => l === 0 || c <= path[l - 1]! + 1e-12),
        last: Math.abs(path.at(-1)!),
        end: Math.abs(attractor.value),
      }
    }),
  )
  const worst = Math.max(...found.map(({ last }) => last))
  return {
    holds: worst < 0.1 && found.every(({ falls, end }) => falls && end < 1e-9),
    summary: `their correlation falls from layer to layer, to at most ${worst.toExponential(0)} after 100, towards zero`,
    numbers: { largest: worst },
  }
})

export const decay = uses(
  'sec-4.decay',
  { scale: 'sec-2.1.scale-ordered', map: 'eq-2.5' },
  'the correlation map iterated in the ordered phase',
)
const rates = directCheck('measured rate of approach against the slope at one', 'numeric', () => {
  const ordered = [hyperbolicForm, errorForm].flatMap((activation) =>
    diagramOf(activation)
      .filter(({ fate }) => fate.chi < 0.95 && fate.chi > 0.05)
      .map((point) => ({ ...point, activation })),
  )
  const deviations = ordered.map(({ fate, ...model }) => {
    const start = 1e-5
    const rate = (1 - signalMaps(model).correlation(1 - start, fate.length.value)) / start
    return Math.abs(-Math.log(rate) * fate.correlationScale - 1)
  })
  const worst = Math.max(...deviations)
  return {
    holds: worst < 1e-3,
    summary: `the rate a layer is 1/xi_c to ${worst.toExponential(0)} at ${ordered.length} points`,
    numbers: { worst, points: ordered.length },
  }
})

export const scale = derive(
  'sec-4.scale',
  { scale: 'sec-2.1.scale-correlation', first: 'sec-2.1.scale-first', second: 'sec-2.1.scale-second' },
  'the depth scale at correlation one',
  (premises, context) => scaleAtOne(premises, context),
)

export const diverges = derive(
  'sec-4.diverges',
  { named: 'sec-2.1.diverges', scale: 'sec-4.scale' },
  'what section 2.1 says of the same scale',
  ({ named }) => lastSide(named),
)
const growing = directCheck(
  'what grows as the slope tends to one',
  'exact',
  ({ claimed, premises, context: { notation } }) => {
    const { scale: stated } = premises
    if (stated === undefined) return { holds: null, summary: 'needs the depth scale' }
    const [diverging, said] = [divergingPower(stated), lastSide(claimed)]
    return {
      holds: sameTree(said, diverging),
      summary: `in proportion to the inverse distance from the boundary it is ${toLatex(diverging, notation)}`,
      witness: { at: { '\\chi_1': '1' }, left: toLatex(said, notation), right: toLatex(diverging, notation) },
    }
  },
)

export const reluChaos = uses('sec-4.relu-chaos', { map: 'eq-3.5' }, 'attractors with and without correlated weights')
const bothKinds = directCheck('attractor of uncorrelated inputs', 'numeric', () => {
  const attractor = (rowCorrelation: number, weightVariance: number): number =>
    signalFate(signalMaps({ activation: rectifiedForm, weightVariance, biasVariance: 0.1, rowCorrelation })).attractor
      .value
  const without = [0.5, 1, 1.5, 1.9].map((s) => attractor(0, s))
  const with100 = [2.2, 2.5, 2.8].map((s) => attractor(100, s))
  return {
    holds: without.every((c) => c === 1) && with100.every((c) => c < 1),
    summary: `one with uncorrelated weights at every bounded length; ${with100.map((c) => c.toFixed(3)).join(', ')} with k = 100 at weight variances 2.2, 2.5, 2.8`,
    numbers: { largest: Math.max(...with100) },
  }
})

export const otherActivations = uses(
  'sec-4.other-activations',
  { slope: 'sec-2.1.stability' },
  'a chaotic point for each activation',
)
const chaoticPoints = directCheck('a chaotic point for each activation', 'numeric', () => {
  const cases = [
    { name: 'tanh', activation: hyperbolicForm, weightVariance: 2, biasVariance: 0.05 },
    { name: 'SELU', activation: seluForm, weightVariance: 1, biasVariance: 0.01 },
    { name: 'sigmoid', activation: sigmoidForm, weightVariance: 200, biasVariance: 0.05 },
  ]
  const found = cases.map((one) => {
    const maps = signalMaps(one)
    const length = stableLength(maps).value
    return { ...one, chi: maps.correlationSlope(1, length) }
  })
  const least = found.reduce((a, b) => (b.chi < a.chi ? b : a))
  return {
    holds: least.chi > 1,
    summary: found
      .map(
        ({ name, weightVariance, chi }) =>
          `${name}: chi_1 = ${chi.toFixed(3)} at weight variance ${weightVariance}, its length bounded`,
      )
      .join('; '),
    witness: { at: { activation: least.name }, left: 'above one', right: String(least.chi) },
    numbers: { least: Number(least.chi.toFixed(5)) },
  }
})

export const tunable = uses(
  'sec-4.tunable',
  { length: 'eq-3.2', slope: 'sec-3.1.stability-integral' },
  'the boundary between order and chaos with and without correlations',
)
const shifts = directCheck('boundary of SELU at a bias variance of 0.05', 'numeric', () => {
  const boundary = (rowCorrelation: number): number =>
    criticalPoints(seluForm, 0.05, rowCorrelation)[0]?.weightVariance ?? Number.NaN
  const [without, anti] = [boundary(0), boundary(100)]
  return {
    holds: Math.abs(anti! - without!) > 1e-4,
    summary: `at weight variance ${without!.toFixed(4)} without and ${anti!.toFixed(4)} with k = 100`,
    numbers: { without: Number(without!.toFixed(6)), anti: Number(anti!.toFixed(6)) },
  }
})

export const confirmations = [
  confirm(orderedLoss, attractorOne),
  confirm(chaoticGain, partsCompletely),
  confirm(decay, rates),
  confirm(diverges, growing),
  confirm(reluChaos, bothKinds),
  confirm(otherActivations, chaoticPoints),
  confirm(tunable, shifts),
]
