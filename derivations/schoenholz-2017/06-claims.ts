/** The assertions of section 6 about correlations, symmetries and long waves, put to numbers. */
import {
  acceptedDeviations,
  type CheckInput,
  confirm,
  crossMoments,
  directCheck,
  expanded,
  type Formula,
  fieldTheoryKernel,
  meanEstimate,
  measuredOrder,
  modeCovariance,
  numericKernel,
  onPremise,
  type SampledCheck,
  samplingSignificance,
  spatialCorrelations,
  uses,
} from 'corrigenda'
import { modesOf, networksAt, scalars } from './networks.js'
import { claimedKernel, covarianceObservable, figureVariances, rectifiedNetwork } from './rectified-networks.js'
import { normalisedQuantities } from './rectified-quantities.js'

// ---- Correlations -------------------------------------------------------------------------------------------------------

/** Covariances in one layer that an energy implies: [first field][second field], the count being that of positive components. */
function sameLayer(formula: Formula, input: CheckInput, s: number): readonly (readonly number[])[] {
  const kernel = claimedKernel(formula, input, s)
  // The energy counts negative components.
  const sign = [1, 1, -1]
  return sign.map((a, i) => sign.map((b, j) => a * b * spatialCorrelations(kernel, 1, [i, j])[0]!))
}

export const anticorrelated = uses(
  'sec-6.anti-correlated',
  { fluctuation: 'eq-21' },
  'the covariances in one layer that (21) implies',
)
const negativeCovariance = directCheck(
  'covariance of the number of positive components and the norm of the negative ones',
  'numeric',
  (input) => {
    const { fluctuation } = input.premises
    if (!fluctuation) return { holds: null, summary: 'needs the premise `fluctuation`' }
    const correlations = figureVariances.map((s) => {
      const c = sameLayer(fluctuation, input, s)
      return { s, value: c[1]![2]! / Math.sqrt(c[1]![1]! * c[2]![2]!) }
    })
    const worst = correlations.reduce((a, b) => (b.value > a.value ? b : a))
    return {
      holds: worst.value < 0,
      summary: `the correlation is ${correlations.map(({ value }) => value.toFixed(3)).join(', ')} at the weight variances of figure 6`,
      witness: { at: { '\\sigma_w^2': String(worst.s) }, left: 'negative', right: String(worst.value) },
      numbers: { largest: Number(worst.value.toPrecision(4)) },
    }
  },
)
const sampledAntiCorrelation: SampledCheck = {
  kind: 'sampled',
  name: 'covariance of the number of positive components and the norm of the negative ones, sampled',
  simulations: ({ seed, depth }) =>
    figureVariances.map((s, c) => ({
      ensemble: rectifiedNetwork(s, 200, 256),
      level: 'collective',
      observables: [covarianceObservable(s, 200, 4)],
      networks: networksAt(depth, 2000),
      seed,
      stream: `rectified-anticorrelation/${c}`,
    })),
  judge: (input, summaries) => {
    const found = summaries.map((summary) => {
      return meanEstimate(crossMoments(modesOf(summary), 1, 1, 2).re)
    })
    const scores = found.map((estimate) => {
      const [lower, upper] = acceptedDeviations(estimate, samplingSignificance / found.length)
      return { z: estimate.value / estimate.standardError, lower, upper }
    })
    const { z: worst, lower } = scores.reduce((a, b) => (b.z > a.z ? b : a))
    const refuted = scores.some(({ z, upper }) => z > upper)
    const outcome = refuted ? 'refuted' : scores.every((score) => score.z < score.lower) ? 'holds' : 'undecided'
    return {
      method: 'sampled',
      target: input.target,
      outcome,
      summary: `negative by at least ${(-worst).toFixed(1)} standard errors at every weight variance of figure 6`,
      witness:
        outcome === 'refuted'
          ? { at: {}, left: 'negative', right: `${worst.toFixed(1)} standard errors above zero` }
          : null,
      numbers: {
        z: Number(worst.toPrecision(4)),
        limit: Number((-lower).toPrecision(4)),
        networks: summaries.reduce((n, x) => n + x.networks, 0),
        seed: input.seed,
      },
    }
  },
}

export const retained = uses('sec-6.retained-covariance', { inverse: 'eq-22' }, 'the inverse of the matrix (22)')
const offDiagonal = directCheck('covariances of different fields at equal wave vector', 'numeric', (input) => {
  const { inverse } = input.premises
  if (!inverse) return { holds: null, summary: 'needs the premise `inverse`' }
  let least = Number.POSITIVE_INFINITY
  for (const s of figureVariances) {
    const kernel = claimedKernel(inverse, input, s)
    for (const q of [0.1, 1, 2, 3]) {
      const c = modeCovariance(kernel, 1, q)
      for (const [a, b] of [
        [0, 1],
        [0, 2],
        [1, 2],
      ] as const)
        least = Math.min(least, Math.hypot(c[a]![b]!.re, c[a]![b]!.im) / Math.sqrt(c[a]![a]!.re * c[b]![b]!.re))
    }
  }
  return {
    holds: least > 1e-3,
    summary: `no correlation of two fields is smaller than ${least.toPrecision(3)}`,
    numbers: { least: Number(least.toPrecision(4)) },
  }
})

export const anisotropy = uses('sec-6.anisotropy', { inverse: 'eq-22' }, 'the spectrum that (22) implies')
/** Layers of the factorial approximation are independent: no spectrum depends on the wave vector. */
const spectraVary = directCheck('dependence of the covariance on the wave vector', 'numeric', (input) => {
  const { inverse } = input.premises
  if (!inverse) return { holds: null, summary: 'needs the premise `inverse`' }
  const ratios = figureVariances.map((s) => {
    const kernel = claimedKernel(inverse, input, s)
    return modeCovariance(kernel, 1, 0.1)[0]![0]!.re / modeCovariance(kernel, 1, 3)[0]![0]!.re
  })
  return {
    holds: ratios.every((x) => Math.abs(x - 1) > 1e-3),
    summary: `the variance of r_+ at q = 0.1 is ${ratios.map((x) => x.toPrecision(3)).join(', ')} times that at q = 3; independent layers have 1`,
    numbers: { ratios },
  }
})

// ---- Field theory -------------------------------------------------------------------------------------------------------

export const symmetry = uses('sec-6.broken-symmetry', { theory: 'eq-23' }, 'images of the field theory (23)')
const brokenSymmetries = directCheck('images of the field theory', 'numeric', (input) => {
  const { theory } = input.premises
  if (!theory) return { holds: null, summary: 'needs the premise `theory`' }
  const kernel = fieldTheoryKernel(expanded(theory, input), normalisedQuantities(input.context))
  for (const s of figureVariances) {
    const matrix = numericKernel(kernel, new Map(Object.entries(scalars(s)))).at(0.5)
    for (let f = 0; f < 3; f++) {
      // Reversing one field turns its couplings; reversing depth in one field turns their wave vector against the others'.
      const couples = [0, 1, 2].some((g) => g !== f && Math.hypot(matrix[f]![g]!.re, matrix[f]![g]!.im) > 1e-9)
      if (!couples)
        return {
          holds: false,
          summary: `field ${f + 1} is coupled to no other`,
          witness: { at: { '\\sigma_w^2': String(s) }, left: 'broken', right: 'kept' },
        }
    }
    // Reversing depth in all fields conjugates the kernel.
    if (!(Math.abs(matrix[0]![1]!.im) > 1e-9))
      return {
        holds: false,
        summary: 'the kernel is real: depth can be reversed',
        witness: { at: { '\\sigma_w^2': String(s) }, left: 'broken', right: 'kept' },
      }
  }
  return {
    holds: true,
    summary:
      'every field is coupled to another, so that neither its sign nor its direction of depth can be turned alone; turning depth in all three changes the energy, turning the sign of all three does not',
    numbers: { variances: figureVariances.length },
  }
})

/** How fast the kernel of a field theory approaches the lattice's as waves grow long. */
const longWaves = directCheck('error for long waves', 'numeric', (input) => {
  const { lattice: premise } = input.premises
  if (!premise) return { holds: null, summary: 'needs the premise `lattice`' }
  const claimed = fieldTheoryKernel(expanded(input.claimed, input), normalisedQuantities(input.context))
  const orders: number[] = []
  for (const s of [0.34, 0.98, 1.62]) {
    const [own, lattice] = [
      numericKernel(claimed, new Map(Object.entries(scalars(s)))),
      claimedKernel(premise, input, s),
    ]
    const points = [0.02, 0.04].map((q) => {
      const [a, b] = [own.at(q), lattice.at(q)]
      return {
        x: q,
        y: Math.max(...a.flatMap((row, i) => row.map((z, j) => Math.hypot(z.re - b[i]![j]!.re, z.im - b[i]![j]!.im)))),
      }
    })
    const order = measuredOrder(points)
    orders.push(order)
    if (!(order > 2.5))
      return {
        holds: false,
        summary: `at weight variance ${s} the kernels differ by ${points[0]!.y.toPrecision(3)} at q = 0.02, as q^${order.toFixed(1)}`,
        witness: {
          at: { '\\sigma_w^2': String(s), q: '0.02' },
          left: String(points[0]!.y),
          right: '0',
          note: 'largest difference of an entry from the lattice kernel',
        },
      }
  }
  const order = orders.reduce((a, b) => a + b) / orders.length
  return {
    holds: true,
    summary: `the kernel agrees with the lattice's up to terms of order q^${order.toFixed(2)}`,
    numbers: { order: Number(order.toFixed(3)) },
    leadingOrder: true,
  }
})
export const longLimit = uses(
  'sec-6.long-wavelength',
  { theory: 'eq-23', lattice: 'eq-21' },
  'the kernels of (23) and (21)',
)

export const confirmations = [
  confirm(anticorrelated, negativeCovariance, sampledAntiCorrelation),
  confirm(retained, offDiagonal),
  confirm(anisotropy, spectraVary),
  confirm(symmetry, brokenSymmetries),
  confirm(longLimit, onPremise('theory', longWaves)),
]
