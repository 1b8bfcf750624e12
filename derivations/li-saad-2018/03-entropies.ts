/** Assertions about perturbations of greatest entropy and about generalisation. */

import {
  type CheckInput,
  claimedValue,
  confirm,
  directCheck,
  type Finding,
  type Formula,
  findRoot,
  one,
  substitute,
  uses,
} from 'corrigenda'
import {
  annealedError,
  certifiedEntropy,
  entropyOf,
  learningTransitions,
  type MaximalEntropy,
  mixtureOptimum,
  smallErrorLaws,
} from 'corrigenda/theory'
import { binaryJumps, errors, optimaOf, problemOf, type Weights } from './optima.js'

const failure = (summary: string, at: Readonly<Record<string, string>>, left: number, right: number): Finding => ({
  holds: false,
  summary,
  witness: { at, left: String(left), right: String(right) },
})

// ---- The optimum, by two methods ---------------------------------------------------------------------------------------

/** The optimum by enumeration of stationary points and by dynamic programming, and against many other perturbations. */
const twoMethods = (weights: Weights) =>
  directCheck('optimum by two methods', 'numeric', ({ depth }) => {
    const problem = problemOf(weights, 4)
    const some = depth === 'quick' ? [0.1, 0.31, 0.45] : [0.01, 0.1, 0.2, 0.3, 0.31, 0.35, 0.41, 0.42, 0.45, 0.47, 0.49]
    let worst = 0
    let stationary = 0
    for (const error of some) {
      const { entropy, byGrid } = certifiedEntropy(problem, error, { points: 100 })
      worst = Math.max(worst, Math.abs(entropy - byGrid))
      stationary += problem.stationary(error).length
    }
    return {
      holds: true,
      summary: `all ${stationary} stationary points at ${some.length} errors, boundaries among them, and dynamic programming give one optimum each, to ${worst.toExponential(0)}`,
      numbers: { errors: some.length, stationary, deviation: worst },
    }
  })

const noOtherIsBetter = (weights: Weights) =>
  directCheck('other perturbations with the same error', 'property', () => {
    const { chain, maximal } = problemOf(weights, 4)
    let tried = 0
    let nearest = Number.POSITIVE_INFINITY
    for (let k = 1; k <= 200; k++) {
      // A row of points that fills the cube evenly.
      const e = chain.map((_, l) => ((k * [0.8567, 0.7339, 0.6287, 0.5386][l]!) % 1) ** (4 - l))
      let before = 0
      for (const [l, { overlap }] of chain.entries()) before = overlap.deficit(e[l]! + before - e[l]! * before)
      if (!(before > 1e-6 && before < 0.998)) continue
      const best = maximal(before / 2).entropy
      const entropy = entropyOf(chain, e)
      tried += 1
      nearest = Math.min(nearest, best - entropy)
      if (entropy > best)
        return failure('a perturbation has more entropy', { error: String(before / 2), e: e.join(', ') }, best, entropy)
    }
    return {
      holds: tried > 100,
      summary: `none of ${tried} other perturbations has more entropy at its error (nearest: ${nearest.toExponential(1)} less)`,
      numbers: { tried, nearest },
    }
  })

// ---- A larger class of perturbations -----------------------------------------------------------------------------------

/** Second derivative of a layer's entropy by the overlap after it, and what weights matched to uneven overlaps can win. */
function curvatures({ deficits, e }: MaximalEntropy): readonly { readonly loss: number; readonly gain: number }[] {
  return e.slice(0, -1).map((_, l) => {
    const before = l === 0 ? 1 : 1 - deficits[l - 1]!
    const after = 1 - deficits[l]!
    const c = 1 - e[l + 1]!
    // log eta = log(1 - sin^2(pi q/2)/q'^2)/2 for a neuron with the overlap q behind a layer with q'.
    const h = 1e-4 * Math.min(after, deficits[l]!)
    const own = (q: number): number => Math.log(1 - (Math.sin((Math.PI * q) / 2) / before) ** 2) / 2
    const loss = (own(after + h) - 2 * own(after) + own(after - h)) / (h * h)
    // Uneven overlaps of spread v let matched weights win c^2/((1 + c^2) q^2) v/2 in log sqrt(1 - c^2).
    return { loss, gain: (c * c) / ((1 + c * c) * after * after) }
  })
}

const largerContinuousClass = directCheck('perturbations that differ from neuron to neuron', 'numeric', () => {
  const problem = problemOf('continuous', 3)
  let most = Number.NEGATIVE_INFINITY
  for (const error of [0.05, 0.2, 0.4]) {
    const uniform = problem.maximal(error).entropy
    const mixed = mixtureOptimum(problem.chain, error, 120).entropy
    most = Math.max(most, mixed - uniform)
    if (mixed > uniform)
      return failure('neurons with different perturbations have more entropy', { error: String(error) }, uniform, mixed)
  }
  let margin = Number.POSITIVE_INFINITY
  for (const error of [0.2, 0.3, 0.4, 0.45, 0.49])
    for (const { loss, gain } of curvatures(problemOf('continuous', 4).maximal(error)))
      margin = Math.min(margin, (-loss - gain) / gain)
  if (!(margin > 0))
    return failure('uneven overlaps with matched weights have more entropy', { margin: String(margin) }, 0, margin)
  return {
    holds: true,
    summary: `none has more entropy: mixtures of neurons fall short by at least ${(-most).toExponential(1)}, and overlaps made uneven with weights matched to them lose to second order at every layer (by at least ${(100 * margin).toFixed(0)} % more than they win)`,
    numbers: { shortfall: -most, margin },
  }
})

// ---- Shapes of the curves ----------------------------------------------------------------------------------------------

const exponents = directCheck('exponents of the perturbations at small errors', 'numeric', () => {
  const { strengths, entropy } = smallErrorLaws(problemOf('continuous', 4))
  const found = strengths.map((law) => law?.exponent ?? 0)
  const falling = found.every((x, l) => l === 0 || x < found[l - 1]! - 0.5)
  return {
    holds: falling,
    summary: `eta of layers 1 to 4 goes as the error to the powers ${found.map((x) => x.toFixed(6)).join(', ')}, the entropy as ${entropy.exponent.toFixed(6)} times the error's logarithm`,
    witness: { at: {}, left: 'falling', right: found.join(', ') },
    numbers: {
      exponents: found,
      entropy: entropy.exponent,
      error: Math.max(...strengths.map((law) => law?.error ?? 0)),
    },
  }
})

const ordered = (weights: Weights) =>
  directCheck(`order of the layers, ${weights} weights`, 'numeric', () => {
    const found = optimaOf(weights)
    for (const { error, strengths } of found)
      for (let l = 1; l < strengths.length; l++)
        if (strengths[l]! < strengths[l - 1]!)
          return failure(
            `layer ${l} is perturbed more than the next`,
            { error: String(error) },
            strengths[l - 1]!,
            strengths[l]!,
          )
    const fall = found
      .slice(1)
      .every((here, k) => here.strengths.every((x, l) => x >= found[k]!.strengths[l]! || weights === 'binary'))
    return {
      holds: fall,
      summary: `the perturbation grows from layer to layer at all of ${errors.length} errors from 0.0001 to 0.498${weights === 'continuous' ? ', and every one with the error' : ''}`,
      witness: { at: {}, left: 'growing', right: 'not growing' },
      numbers: { errors: errors.length },
    }
  })

/** d log eta / d log error falls from layer to layer at every error, not only in the limit. */
const decay = directCheck('logarithmic slopes of the perturbations', 'numeric', () => {
  const { maximal } = problemOf('continuous', 4)
  for (const error of errors.slice(0, -1)) {
    const [a, b] = [maximal(error * (1 - 1e-5)), maximal(error * (1 + 1e-5))]
    const slopes = a.strengths.map((x, l) => Math.log(b.strengths[l]! / x) / Math.log((1 + 1e-5) / (1 - 1e-5)))
    for (let l = 1; l < slopes.length; l++)
      if (!(slopes[l]! < slopes[l - 1]!))
        return failure(
          `layer ${l + 1} decays no slower than layer ${l}`,
          { error: String(error) },
          slopes[l - 1]!,
          slopes[l]!,
        )
  }
  return {
    holds: true,
    summary: `they fall from layer to layer at ${errors.length - 1} errors from 0.0001 to 0.49`,
    numbers: { errors: errors.length - 1 },
  }
})

const aligned = ({ states }: MaximalEntropy): number => states.findIndex((state) => state !== 'reference')

const alignment = directCheck('layers that are aligned, at every error', 'numeric', () => {
  const found = optimaOf('binary')
  let last = 4
  const rows: string[] = []
  for (const optimum of found) {
    const first = aligned(optimum)
    const prefix = optimum.states.every((state, l) => (state === 'reference') === l < first)
    if (!prefix || first > last)
      return failure('the aligned layers are not the first ones', { error: String(optimum.error) }, last, first)
    if (first < last) rows.push(`${first} from ${optimum.error}`)
    last = first
  }
  return {
    holds: last === 0,
    summary: `always the first ones, fewer as the error grows (${rows.join(', ')}): behind a perturbed layer entropy gains infinitely fast at first where the error does not, so that no later layer is aligned`,
    numbers: { errors: found.length },
  }
})

/** Where every neuron may have a probability of its own: the same order, and jumps at other errors. */
const alignmentOfNeurons = directCheck(
  'layers whose neurons are aligned, each with a probability of its own',
  'numeric',
  () => {
    const { chain } = problemOf('binary', 4)
    let last = 4
    const rows: string[] = []
    for (const error of [0.1, 0.2, 0.244, 0.25, 0.35, 0.42, 0.48]) {
      const { layers } = mixtureOptimum(chain, error, 160)
      const first = layers.findIndex(({ mean }) => mean > 0)
      if (layers.some(({ mean }, l) => (mean === 0) === l >= first) || first > last)
        return failure('the aligned layers are not the first ones', { error: String(error) }, last, first)
      rows.push(`${first} at ${error}`)
      last = first
    }
    const onset = mixtureOptimum(chain, 0.25, 160).layers[2]!
    return {
      holds: last === 0,
      summary: `the first ones here too (${rows.join(', ')}); the third layer begins between 0.244 and 0.25, with ${(100 * onset.share).toFixed(0)} % of its neurons: a jump as well, at a smaller error`,
      numbers: { share: onset.share },
    }
  },
)

const printedJumps = (): string =>
  binaryJumps()
    .map(({ at }) => at.toFixed(6))
    .join(', ')

const jumps = directCheck('jumps of the optimum', 'numeric', () => {
  const found = binaryJumps()
  const apart = found.map(({ below, above }) =>
    Math.max(...below.strengths.map((p, l) => Math.abs(p - above.strengths[l]!))),
  )
  return {
    holds: found.length === 3 && apart.every((x) => x > 0.01),
    summary: `at the errors ${printedJumps()} two perturbations have the same entropy and differ by up to ${Math.max(...apart).toFixed(3)}; between them the entropy has a minimum on the surface of that error`,
    witness: { at: {}, left: 'jumps', right: `${found.length} found` },
    numbers: { jumps: found.map(({ at }) => Number(at.toFixed(10))), apart },
  }
})

const noContinuousJumps = directCheck('one stationary perturbation at each error', 'numeric', () => {
  const counts = errors.map((error) => problemOf('continuous', 4).stationary(error).length)
  return {
    holds: counts.every((count) => count === 1),
    summary: `for continuous weights there is exactly one at each of ${errors.length} errors: no jumps`,
    witness: { at: {}, left: '1', right: counts.join(', ') },
    numbers: { errors: errors.length },
  }
})

const growing = directCheck('slope of the entropy in the error', 'numeric', () => {
  const slopes = optimaOf('binary').map(({ multiplier }) => multiplier)
  return {
    holds: slopes.every((slope) => slope > 0),
    summary: `positive at ${slopes.length} errors from 0.0001 to 0.498, smallest ${Math.min(...slopes).toPrecision(3)}`,
    witness: { at: {}, left: 'positive', right: String(Math.min(...slopes)) },
    numbers: { smallest: Math.min(...slopes) },
  }
})

// ---- Generalisation ----------------------------------------------------------------------------------------------------

const inverseLoad = directCheck('typical error at large loads', 'numeric', () => {
  const rows = [1, 2, 3, 4].map((depth) => {
    const problem = problemOf('continuous', depth)
    const [a, b] = [1e5, 1e6].map((load) => annealedError(problem, load).error)
    return { depth, slope: Math.log10(b! / a!), factor: (b! * 1e6 * depth) / (2 ** depth - 1) }
  })
  const off = Math.max(...rows.map(({ slope }) => Math.abs(slope + 1)))
  return {
    holds: off < 1e-3 && rows.every(({ factor }) => Math.abs(factor - 1) < 1e-3),
    summary: `for 1 to 4 layers it falls as the load to the power -1 (to ${off.toExponential(0)} between 10^5 and 10^6), with the factor (2^L - 1)/L`,
    witness: { at: {}, left: '-1', right: rows.map(({ slope }) => slope).join(', ') },
    numbers: { order: rows[3]!.slope, factors: rows.map(({ factor }) => factor) },
    leadingOrder: true,
  }
})

const ruledOut = directCheck('volumes at two errors as examples are added', 'property', (input) => {
  // Omega_alpha(e')/Omega_alpha(e) = (Omega_0(e')/Omega_0(e)) ((1-e')/(1-e))^P: the claimed volume at two errors.
  const volume = input.premises['volume']!
  const at = (error: number, exampleCount: number): number =>
    claimedVolume({ ...input, claimed: volume }, error, exampleCount)
  for (const [low, high] of [
    [0.01, 0.02],
    [0.1, 0.4],
    [0.3, 0.31],
  ] as const) {
    const ratios = [1, 10, 100].map((count) => at(high, count) / at(low, count))
    if (!(ratios[1]! < ratios[0]! && ratios[2]! < ratios[1]!))
      return failure(
        'the volume of the higher error gains',
        { low: String(low), high: String(high) },
        ratios[0]!,
        ratios[2]!,
      )
  }
  // And the typical error falls as the load grows.
  const curve = [6, 8, 12, 20, 40, 100].map((load) => annealedError(problemOf('continuous', 4), load).error)
  return {
    holds: curve.every((error, k) => k === 0 || error < curve[k - 1]!),
    summary:
      'the volume of the higher of two errors loses with every example, and the typical error of four layers falls with the load',
    witness: { at: {}, left: 'falling', right: curve.join(', ') },
  }
})

/** The claimed volume left, in units of the maximal one. */
function claimedVolume(input: CheckInput, error: number, exampleCount: number): number {
  return claimedValue(withoutMaximalVolume(input.claimed), input, { error, exampleCount })
}

const manyExamples = directCheck('loads for good generalisation, four layers', 'numeric', () => {
  const problem = problemOf('continuous', 4)
  const good = 0.05
  const { root } = findRoot((load) => annealedError(problem, load).error - good, 20, 400)
  const atTen = annealedError(problem, 10).error
  const [jump] = learningTransitions(problem, 1, 50, 20)
  return {
    holds: root > 50 && atTen > 0.25,
    summary: `an error of ${good} takes ${root.toFixed(1)} examples per weight; at 10 it is ${atTen.toFixed(4)}, and below ${jump!.load.toFixed(4)} nothing is learnt: the error jumps there from 1/2 to ${jump!.above.error.toFixed(4)}`,
    witness: { at: {}, left: 'more than 10', right: String(root) },
    numbers: { load: root, errorAtTen: atTen, transition: jump!.load },
  }
})

const withoutMaximalVolume = (formula: Formula): Formula => ({
  ...formula,
  sides: formula.sides.map((side) =>
    substitute(side, (node) => (node.kind === 'apply' && node.name === 'maximalVolume' ? one : undefined)),
  ),
})

export const ruling = uses(
  'sec-continuous.ruled-out',
  { volume: 'sec-continuous.volume-left' },
  'the volume left at two errors',
)

export const confirmations = [
  confirm('sec-continuous.dominated', twoMethods('continuous'), noOtherIsBetter('continuous'), largerContinuousClass),
  confirm('sec-continuous.decay', exponents, decay),
  confirm('sec-continuous.asymptotics', inverseLoad),
  confirm(ruling, ruledOut),
  confirm('sec-continuous.many-examples', manyExamples),
  confirm('sec-binary.maximum', twoMethods('binary'), noOtherIsBetter('binary')),
  confirm('sec-binary.first-to-align', alignment, alignmentOfNeurons),
  confirm('sec-binary.discontinuities', jumps),
  confirm('sec-binary.many-more', growing),
  confirm('sec-summary.early-layers', ordered('continuous'), ordered('binary')),
  confirm('fig-2a', noContinuousJumps),
]
