/** The uniform configuration, the Fourier series and the assertions of section 6 and appendix 8.4, put to numbers. */
import {
  type CheckInput,
  type CollectiveLaw,
  claimedValue,
  collectiveLaw,
  confirm,
  criticalZ,
  crossMoments,
  derive,
  directCheck,
  evaluateRing,
  expanded,
  type FigureData,
  type Formula,
  fieldTheoryKernel,
  figure,
  leastEigenvalue,
  meanEstimate,
  measuredOrder,
  modeCovariance,
  modeMoments,
  numericKernel,
  onPremise,
  rational,
  ringGradient,
  ringHessian,
  type SampledCheck,
  type Series,
  saddleExists,
  sampledExpectations,
  samplingSignificance,
  scalarValue,
  scaleEstimate,
  spatialCorrelations,
  substitute,
  unitHash,
  uses,
} from 'corrigenda'
import { sampledCovariances } from './06-networks.js'
import * as section6 from './06-rectified-ring.js'
import * as appendix from './08-4-rectified-ring.js'
import { biasVariance, networksAt } from './linear-networks.js'
import {
  claimedKernel,
  covarianceObservable,
  figureVariances,
  pairs,
  rectifiedNetwork,
  scalars,
  shownParameters,
  windowMeanOf,
} from './rectified-networks.js'
import { normalisedQuantities, rectifiedQuantities } from './rectified-quantities.js'

const testVariances: readonly number[] = [0.02, 0.66, 1.3, 1.9]
const sites = 4

// ---- The uniform configuration ------------------------------------------------------------------------------------------

/** The gradient of the energy by central differences, in all three fields, where the claim puts the uniform configuration. */
const gradientVanishes = directCheck('numeric gradient of the energy in all three fields', 'numeric', (input) => {
  const { energy } = input.premises
  if (!energy) return { holds: null, summary: 'needs the premise `energy`' }
  const { fields, notation } = rectifiedQuantities(input.context)
  const side = expanded(energy, input)
  let worst = 0
  for (const s of testVariances)
    for (const width of [6, 200]) {
      const values = scalars(s, width)
      const norm = claimedValue(input.claimed, input, values)
      // As many components of either sign: a claim of its own, proved with this one.
      const count = width / 2
      if (!(norm > 0))
        return {
          holds: false,
          summary: `the claimed norm is ${norm}`,
          witness: {
            at: { '\\sigma_w^2': String(s), N: String(width) },
            left: String(norm),
            right: 'a positive number',
          },
        }
      const parameters = new Map(Object.entries(values))
      const slopes = (factor: number) =>
        ringGradient(
          side,
          {
            fields,
            values: [norm, norm, count].map((x) => Array.from({ length: sites }, () => factor * x)),
            parameters,
          },
          { notation },
        ).map((row) => row[0]!.value)
      const [here, nearby] = [slopes(1), slopes(1.01)]
      // In units in which every field's slope is that of an extensive energy.
      const units = [norm, norm, count]
      const size = Math.max(...nearby.map((x, k) => Math.abs(x * units[k]!)))
      const ratio = Math.max(...here.map((x, k) => Math.abs(x * units[k]!))) / size
      worst = Math.max(worst, ratio)
      if (!(ratio < 1e-3))
        return {
          holds: false,
          summary: `the gradient is ${here.map((x) => x.toPrecision(4)).join(', ')}`,
          witness: {
            at: { '\\sigma_w^2': String(s), '\\sigma_b^2': String(biasVariance), N: String(width) },
            left: here.map(String).join(', '),
            right: '0, 0, 0',
          },
        }
    }
  return {
    holds: true,
    summary: `vanishes to ${worst.toExponential(0)} of its size one per cent away`,
    numbers: { instances: 2 * testVariances.length },
  }
})

const laws = new Map<string, CollectiveLaw>()
const lawAt = (weightVariance: number, width: number): CollectiveLaw => {
  const key = `${weightVariance} ${width}`
  const known = laws.get(key) ?? collectiveLaw({ activation: 'relu', width, weightVariance, biasVariance })
  laws.set(key, known)
  return known
}
/** Exact mean of either norm at width 200 over its limit of infinite width, both in units of the root of the width. */
const meanRatio = (s: number): number => lawAt(s, 200).mean / lawAt(s, 1_000_000).mean / Math.sqrt(200 / 1e6)

const window = 512
const meansRequest = (s: number, networks: number) => ({
  ensemble: rectifiedNetwork(s),
  level: 'collective' as const,
  observables: (['positiveNorm', 'negativeNorm', 'positiveCount'] as const).map((field) => ({
    kind: 'windowMean' as const,
    field,
    last: window,
  })),
  networks,
})

/** Both norms, as figure 5 shows them. */
export const sampledNorms = sampledExpectations({
  name: 'mean norms of the positive and of the negative components',
  stream: 'rectified-means',
  finiteWidth:
    'finite width by the exact law of the positive norm at N = 200, which is that of the negative norm as well',
  cases: (depth) =>
    figureVariances.map((s) => ({
      parameters: shownParameters(s, 200),
      request: meansRequest(s, networksAt(depth, 1000)),
      measured: (summary) => [windowMeanOf(summary, 0), windowMeanOf(summary, 1)],
      predicted: (claimed, input) => {
        const value = claimedValue(claimed, input, scalars(s)) * meanRatio(s)
        return [value, value]
      },
      label: (k) => `the mean norm of the ${['positive', 'negative'][k]} components`,
    })),
})

export const sampledCounts = sampledExpectations({
  name: 'mean number of positive and of negative components',
  stream: 'rectified-means',
  finiteWidth: 'none is needed: the mean is the same at every width',
  cases: (depth) =>
    figureVariances.map((s) => ({
      parameters: shownParameters(s, 200),
      request: meansRequest(s, networksAt(depth, 1000)),
      measured: (summary) => {
        const positive = windowMeanOf(summary, 2)
        return [positive, { ...positive, value: 200 - positive.value }]
      },
      predicted: (claimed, input) => {
        const value = claimedValue(claimed, input, scalars(s))
        return [value, value]
      },
      label: (k) => `the mean number of ${['positive', 'negative'][k]} components`,
    })),
})

// ---- Fourier series -----------------------------------------------------------------------------------------------------

const seriesSites = 6
/** Any function of the layers has one series: the phases of different wave vectors are orthogonal over the ring's sites. */
const orthogonalPhases = directCheck('orthogonality of the phases over the sites of a ring', 'numeric', (input) => {
  const side = expanded(input.claimed, input)
  if (side.kind !== 'indexedSum') return { holds: null, summary: 'the claim is no series' }
  const phase = substitute(side.body, (node) => (node.kind === 'indexed' ? rational(1) : undefined))
  const at = (l: number, n: number) =>
    numericKernel({ kind: 'matrix', rows: [[phase]] }, new Map([['l', l]])).at((2 * Math.PI * n) / seriesSites)[0]![0]!
  for (let n = 0; n < seriesSites; n++)
    for (let m = 0; m < seriesSites; m++) {
      let [re, im] = [0, 0]
      for (let l = 0; l < seriesSites; l++) {
        const [a, b] = [at(l, n), at(l, m)]
        re += a.re * b.re + a.im * b.im
        im += a.im * b.re - a.re * b.im
      }
      const expected = n === m ? seriesSites : 0
      if (!(Math.hypot(re - expected, im) < 1e-9))
        return {
          holds: false,
          summary: `the phases of wave vectors 2 pi ${n}/${seriesSites} and 2 pi ${m}/${seriesSites} have the product ${re.toPrecision(4)} + ${im.toPrecision(4)} i`,
          witness: {
            at: { sites: String(seriesSites), q: `2 pi ${n}/${seriesSites}`, "q'": `2 pi ${m}/${seriesSites}` },
            left: `${re} + ${im} i`,
            right: String(expected),
          },
        }
    }
  return {
    holds: true,
    summary: `the ${seriesSites} wave vectors of a ring of ${seriesSites} sites are orthogonal`,
    numbers: { sites: seriesSites },
  }
})

// ---- Fluctuations -------------------------------------------------------------------------------------------------------

/** The claimed energy of random fluctuations against half the numeric Hessian of the energy of the three fields. */
const hessianAgrees = directCheck('numeric Hessian of the energy', 'numeric', (input) => {
  const { energy, saddle, count } = input.premises
  if (!energy || !saddle || !count) return { holds: null, summary: 'needs the premises `energy`, `saddle` and `count`' }
  const { fields, fluctuations, notation } = rectifiedQuantities(input.context)
  let worst = 0
  for (const s of testVariances) {
    const values = { ...scalars(s, 20), stationarySignedNorm: 0 }
    const norm = claimedValue(saddle, input, values)
    const all = new Map(Object.entries({ ...values, stationarySignedNorm: norm }))
    const centre = [norm, norm, claimedValue(count, input, values)].map((x) => Array.from({ length: sites }, () => x))
    const hessian = ringHessian(expanded(energy, input), { fields, values: centre, parameters: all }, { notation })
    const epsilon = fields.map((_, f) =>
      Array.from({ length: sites }, (_, l) => 2 * unitHash(`${input.seed} ${s} ${f} ${l}`) - 1),
    )
    const flat = epsilon.flat()
    let [expected, error] = [0, 0]
    for (const [i, row] of hessian.entries())
      for (const [j, entry] of row.entries()) {
        expected += 0.5 * entry.value * flat[i]! * flat[j]!
        error += 0.5 * entry.error * Math.abs(flat[i]! * flat[j]!)
      }
    const claimed = evaluateRing(
      expanded(input.claimed, input),
      { fields: fluctuations, values: epsilon, parameters: all },
      { notation },
    )
    const deviation = Math.abs(claimed - expected)
    worst = Math.max(worst, deviation / Math.abs(expected))
    if (!(deviation <= 10 * error + 1e-5 * Math.abs(expected)))
      return {
        holds: false,
        summary: `the energy of a random fluctuation is ${expected.toPrecision(8)}, claimed ${claimed.toPrecision(8)}`,
        witness: {
          at: { '\\sigma_w^2': String(s), N: '20', sites: String(sites) },
          left: String(claimed),
          right: String(expected),
        },
      }
  }
  return {
    holds: true,
    summary: `agrees on random fluctuations at ${testVariances.length} weight variances, to ${worst.toExponential(0)}`,
    numbers: { relativeDeviation: Number(worst.toPrecision(2)) },
  }
})

// ---- Where there is a minimum -------------------------------------------------------------------------------------------

export const existence = derive(
  'sec-8.4.existence',
  { energy: 'eq-85' },
  'weight variances at which the energy has a uniform stationary point',
  ({ energy }, context) => saddleExists(energy, rectifiedQuantities(context)),
)
export const minimum = uses(
  'sec-8.4.minimum',
  { saddle: 'eq-84', fluctuation: 'eq-90' },
  'where the uniform configuration is real and every mode costs energy',
)
/** Below the claimed bound the configuration exists and the kernel is positive at every wave vector; above it does not. */
const minimumRegion = directCheck(
  'existence of the configuration and least eigenvalue of the kernel',
  'numeric',
  (input) => {
    const { saddle, fluctuation } = input.premises
    if (!saddle || !fluctuation) return { holds: null, summary: 'needs the premises `saddle` and `fluctuation`' }
    const [left, right] = input.claimed.sides.map((side) => expanded({ sides: [side], relations: [] }, input))
    if (!left || !right) return { holds: null, summary: 'the claim is no inequality' }
    const variances = [0.02, 0.5, 1, 1.5, 1.9, 1.99, 2.01, 2.1, 3, 4.5]
    for (const s of variances) {
      const norm = claimedRoot(saddle, input, s)
      const isMinimum = norm > 0 && leastEigenvalue(claimedKernel(fluctuation, input, s)).value > 0
      const isClaimed = scalarValue(left, scalars(s)) < scalarValue(right, scalars(s))
      if (isMinimum !== isClaimed)
        return {
          holds: false,
          summary: `at weight variance ${s} there is ${isMinimum ? 'a' : 'no'} minimum`,
          witness: { at: { '\\sigma_w^2': String(s) }, left: String(isClaimed), right: String(isMinimum) },
        }
    }
    return {
      holds: true,
      summary: `as claimed at ${variances.length} weight variances on both sides of the bound`,
      numbers: { instances: variances.length },
    }
  },
)
/** The stationary norm; not a number where its square is negative. */
function claimedRoot(saddle: Formula, input: CheckInput, s: number): number {
  try {
    return claimedValue(saddle, input, scalars(s))
  } catch {
    return Number.NaN
  }
}

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
      const observable = summary.observables[0]
      if (observable?.kind !== 'modePower') throw new TypeError('the first observable is no mode power')
      return meanEstimate(crossMoments(observable, 1, 1, 2).re)
    })
    const scores = found.map(({ value, standardError }) => value / standardError)
    const worst = Math.max(...scores)
    const limit = criticalZ(samplingSignificance, scores.length)
    const outcome = worst < -limit ? 'holds' : worst > limit ? 'refuted' : 'undecided'
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
        limit: Number(limit.toPrecision(4)),
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

// ---- Figures ------------------------------------------------------------------------------------------------------------

export const figureFive = uses(
  'fig-5',
  { saddle: 'eq-20', count: 'sec-6.saddle-count' },
  "the norms and counts that (20) implies at the figure's parameters",
)
export const figureSix = uses(
  'fig-6',
  { inverse: 'eq-22' },
  "the covariances that (22) implies at the figure's weight variances",
)

const colours = ['#2166ac', '#4393c3', '#92c5de', '#969696', '#f4a582', '#d6604d', '#b2182b']
const line = (name: string, x: readonly number[], y: readonly number[]): Series => ({
  name,
  kind: 'line',
  x,
  y,
  color: '#111',
  dashed: true,
})
const fine = Array.from({ length: 98 }, (_, k) => 0.02 * (k + 1))

export const figures = [
  figure(
    'fig-5',
    (input) => sampledNorms.simulations(input),
    (summaries): FigureData => {
      const points = (position: number, name: string, color: string): Series => ({
        name,
        kind: 'points',
        x: figureVariances,
        y: summaries.map((summary) => windowMeanOf(summary, position).value),
        error: summaries.map((summary) => windowMeanOf(summary, position).standardError),
        color,
      })
      const variance = { label: 'weight variance σ_w²' }
      return {
        panels: [
          {
            x: variance,
            y: { label: 'r*' },
            series: [
              points(0, 'positive components', '#b2182b'),
              points(1, 'negative components', '#2166ac'),
              line(
                'theory, (20)',
                fine,
                fine.map((s) => Math.sqrt((200 * biasVariance) / (2 - s))),
              ),
            ],
          },
          {
            title: 'inset',
            x: variance,
            y: { label: 'k*' },
            series: [points(2, 'positive components', '#111'), line('theory, (20)', [0, 2], [100, 100])],
          },
        ],
      }
    },
  ),
  figure(
    'fig-6',
    ({ seed }) =>
      figureVariances.map((s, c) => ({
        ensemble: rectifiedNetwork(s),
        level: 'collective' as const,
        observables: [covarianceObservable(s, 200, 512)],
        networks: 200,
        stream: `rectified-figure-6/${c}`,
        seed,
      })),
    (summaries): FigureData => {
      const modes = Array.from({ length: 255 }, (_, m) => m + 1).filter((m) => m < 16 || m % 8 === 1)
      return {
        panels: pairs.map(([a, b]) => ({
          title: `${['+', '-', 'k'][a]}${['+', '-', 'k'][b]}`,
          x: { label: 'wave vector q' },
          y: { label: 'covariance, real part' },
          series: figureVariances.map((s, c): Series => {
            const observable = summaries[c]!.observables[0]
            if (observable?.kind !== 'modePower') throw new TypeError('the first observable is no mode power')
            const norm = Math.sqrt((2 - s) / biasVariance)
            const scale = [norm, norm, -1 / Math.sqrt(200)]
            const estimates = modes.map((m) =>
              scaleEstimate(
                meanEstimate(a === b ? modeMoments(observable, m, a).power : crossMoments(observable, m, a, b).re),
                512 * scale[a]! * scale[b]!,
              ),
            )
            return {
              name: `σ_w² = ${s}`,
              kind: 'points',
              x: modes.map((m) => (2 * Math.PI * m) / 512),
              y: estimates.map(({ value }) => value),
              error: estimates.map(({ standardError }) => standardError),
              color: colours[c]!,
            }
          }),
        })),
      }
    },
  ),
]

export const confirmations = [
  confirm(appendix.saddleNorm, gradientVanishes, sampledNorms),
  confirm(appendix.saddleCount, sampledCounts),
  confirm(section6.saddle, sampledNorms),
  confirm(section6.saddleCount, sampledCounts),
  confirm(appendix.inVariances, hessianAgrees),
  confirm(appendix.quadratic, hessianAgrees),
  confirm('eq-98', orthogonalPhases),
  confirm(anticorrelated, negativeCovariance, sampledAntiCorrelation),
  confirm(minimum, minimumRegion),
  confirm(retained, offDiagonal),
  confirm(anisotropy, spectraVary),
  confirm(symmetry, brokenSymmetries),
  confirm(longLimit, onPremise('theory', longWaves)),
  confirm(figureFive, onPremise('saddle', sampledNorms), onPremise('count', sampledCounts)),
  confirm(figureSix, onPremise('inverse', sampledCovariances)),
]
