/**
 * The ensembles of section 5 and appendix 8.3: linear networks at the paper's sizes, what is measured on them, and what a
 * claimed formula predicts of it at finite width.
 *
 * A formula of the paper speaks of infinite width. At the width of the simulation its prediction is multiplied by the exact
 * law's value at that width over the exact law's value at a million neurons; the exact law knows nothing of the formula.
 */
import {
  type CheckInput,
  type CollectiveLaw,
  claimedValue,
  collectiveLaw,
  columnOf,
  type Depth,
  type Estimate,
  expanded,
  type FeedForwardEnsemble,
  type Formula,
  fourierKernel,
  type MatrixNode,
  type ModePowers,
  meanEstimate,
  modeMoments,
  modeNormalForm,
  type NumericKernel,
  numericKernel,
  type ScalarValues,
  type ShardSummary,
  spatialCorrelations,
  windowedSpectrum,
} from 'corrigenda'
import { ringQuantities } from './quantities.js'

export const biasVariance = 0.01
export const paperDepth = 1024
export const paperWidth = 200
export const paperNetworks = 200
/** Layers that are analysed: the last half. */
export const window = 512
/** Weight variances of figure 4. */
export const figureVariances: readonly number[] = [0.02, 0.18, 0.34, 0.5, 0.66, 0.82, 0.98]
/** Where formulas are tested closely: away from criticality, where 200 neurons are nearly infinitely many. */
export const testVariances: readonly number[] = [0.02, 0.34, 0.66, 0.9]
/** Stands for infinite width in ratios of exact laws; what it lacks is a millionth. */
const wide = 1_000_000

export const linearNetwork = (
  weightVariance: number,
  widths = paperWidth,
  depth = paperDepth,
): FeedForwardEnsemble => ({
  kind: 'feed-forward',
  activation: 'linear',
  widths,
  depth,
  weightVariance,
  biasVariance,
  // "A random input": one whose components have mean square one.
  input: { kind: 'normalised', squaredNorm: widths },
})

export const scalars = (weightVariance: number, width = paperWidth): ScalarValues => ({
  weightStandardDeviation: Math.sqrt(weightVariance),
  biasStandardDeviation: Math.sqrt(biasVariance),
  width,
})

export const shownParameters = (weightVariance: number, width = paperWidth): Readonly<Record<string, number>> => ({
  '\\sigma_w^2': weightVariance,
  '\\sigma_b^2': biasVariance,
  N: width,
  L: paperDepth,
})

/** What a claimed formula is read with: a check's input, or a figure's. */
type ReadWith = Pick<CheckInput, 'context' | 'premises'> & { readonly reading?: string | null }

const laws = new Map<string, CollectiveLaw>()
/** The exact law of the norm at a width; made once. */
export function lawAt(weightVariance: number, width: number): CollectiveLaw {
  const key = `${weightVariance} ${width}`
  const known = laws.get(key) ?? collectiveLaw({ width, weightVariance, biasVariance })
  laws.set(key, known)
  return known
}

/** Exact value at the width over the value at infinite width, both in units of sqrt(N). */
export const meanRatio = (weightVariance: number, width: number): number =>
  lawAt(weightVariance, width).mean / Math.sqrt(width) / (lawAt(weightVariance, wide).mean / Math.sqrt(wide))

export function covarianceRatios(weightVariance: number, width: number, lags: readonly number[]): readonly number[] {
  const largest = Math.max(...lags)
  const [here, limit] = [width, wide].map((n) => lawAt(weightVariance, n).autocovariances(largest))
  return lags.map((lag) => here![lag]! / limit![lag]!)
}

/** Exact powers of the modes of the analysed window, from the networks' own start. */
export function windowPowers(weightVariance: number, width: number): readonly number[] {
  const key = `${weightVariance} ${width}`
  const known =
    spectra.get(key) ??
    lawAt(weightVariance, width).window({
      layers: window,
      reference: lawAt(weightVariance, wide).fixedPoint * Math.sqrt(width / wide),
      start: { firstVariance: weightVariance + biasVariance, skip: paperDepth - window },
    }).spectrum
  spectra.set(key, known)
  return known
}
const spectra = new Map<string, readonly number[]>()

export function powerRatios(weightVariance: number, width: number): readonly number[] {
  const limit = windowPowers(weightVariance, wide)
  return windowPowers(weightVariance, width).map((power, m) => power / limit[m]!)
}

/**
 * What L is on a ring of so many sites, by the reading under which the statement holds: the number of sites, or the index
 * of the last (see the readings in paper.yaml). Formulas of premises are taken as the paper prints them, with L sites.
 */
export function depthOn(sites: number, { context, reading }: ReadWith): number {
  const readings = context.statement.readings.map(({ id }) => id)
  if (readings.includes('last-site')) return reading === 'last-site' ? sites - 1 : sites
  return readings.includes('sites-L') && reading !== 'sites-L' ? sites - 1 : sites
}

/**
 * The kernel per site of a claimed fluctuation energy, whether it is written over sites or over modes, at given
 * parameters. Where it holds the number of sites, `sites` is put for it.
 */
export function claimedKernel(claimed: Formula, input: ReadWith, weightVariance: number, sites: number): NumericKernel {
  const quantities = ringQuantities(input.context)
  const energy = expanded(claimed, input)
  const parameters = new Map([...Object.entries(scalars(weightVariance)), ['depth', depthOn(sites, input)] as const])
  const overModes = JSON.stringify(energy, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v)).includes(
    '"modeAmplitude"',
  )
  const symbolic: MatrixNode = overModes
    ? modeNormalForm(energy, quantities)
    : fourierKernel(energy, { ...quantities, waveVector: 'q' })
  const kernel = numericKernel(symbolic, parameters)
  if (!overModes) return kernel
  return {
    fields: 1,
    at: (q) => kernel.at(q).map((row) => row.map(({ re, im }) => ({ re: re / sites, im: im / sites }))),
  }
}

/** Covariances C(k) of the norm at chosen lags that a claimed fluctuation energy implies at infinite width. */
export function claimedCovariances(
  claimed: Formula,
  input: ReadWith,
  weightVariance: number,
  lags: readonly number[],
): readonly number[] {
  const kernel = claimedKernel(claimed, input, weightVariance, window)
  const rows = spatialCorrelations(kernel, Math.max(...lags))
  return lags.map((lag) => rows[lag]!)
}

/** Variances of the modes of the analysed window that a claimed fluctuation energy implies at infinite width. */
export const claimedPowers = (claimed: Formula, input: ReadWith, weightVariance: number): readonly number[] =>
  Array.from(windowedSpectrum(claimedKernel(claimed, input, weightVariance, window), window).slice(0, window / 2 + 1))

/** The claimed stationary norm at a width. */
export function claimedNorm(claimed: Formula, input: ReadWith, weightVariance: number, width = paperWidth): number {
  const values = scalars(weightVariance, width)
  const { saddle } = input.premises
  // A claim may be put in terms of r^* itself; what that is, is a premise's to say.
  const all = saddle ? { ...values, stationaryNorm: claimedValue(saddle, input, values) } : values
  return claimedValue(claimed, input, all)
}

export const observed = {
  /** Mean norm over the analysed window. */
  windowMean: { kind: 'windowMean', field: 'norm', last: window },
  modePower: (weightVariance: number, width = paperWidth) => ({
    kind: 'modePower' as const,
    fields: ['norm' as const],
    references: [lawAt(weightVariance, wide).fixedPoint * Math.sqrt(width / wide)],
    last: window,
  }),
  autocovariance: (weightVariance: number, width: number, lags: readonly number[]) => ({
    kind: 'autocovariance' as const,
    field: 'norm' as const,
    // About the exact mean, so that nothing has to be subtracted.
    reference: lawAt(weightVariance, width).mean,
    last: window,
    lags,
  }),
} as const

/** Estimates of the columns of an observable that is a table. */
export function estimatesOf(summary: ShardSummary, position: number): readonly Estimate[] {
  const observable = summary.observables[position]
  if (!observable || !('table' in observable)) throw new TypeError(`observable ${position} is no table`)
  return observable.table.mean.map((_, k) => meanEstimate(columnOf(observable.table, k)))
}

/** Mean powers of all modes of the window. */
export function modePowersOf(summary: ShardSummary, position: number): readonly ModePowers[] {
  const observable = summary.observables[position]
  if (observable?.kind !== 'modePower') throw new TypeError(`observable ${position} is no mode power`)
  return Array.from({ length: window / 2 + 1 }, (_, m) => {
    const { power } = modeMoments(observable, m)
    return { mean: power.mean, count: power.count, components: m === 0 || m === window / 2 ? 1 : 2 }
  })
}

/** Networks by how thorough the audit is. */
export const networksAt = (depth: Depth, standard: number): number =>
  depth === 'quick' ? Math.max(200, Math.round(standard / 8)) : depth === 'full' ? 10 * standard : standard

/** Effective number of real components of each mode, 2 mean^2/variance of its power: 1 or 2 for Gaussian amplitudes. */
export function effectiveComponents(summary: ShardSummary, position: number): readonly number[] {
  const observable = summary.observables[position]
  if (observable?.kind !== 'modePower') throw new TypeError(`observable ${position} is no mode power`)
  return Array.from({ length: window / 2 + 1 }, (_, m) => {
    const { power } = modeMoments(observable, m)
    return (2 * power.mean ** 2) / (power.m2 / (power.count - 1))
  })
}
