/**
 * The ensembles of section 5 and appendix 8.3: linear networks at the paper's sizes, what is measured on them, and what a
 * claimed formula predicts of it at finite width.
 *
 * A formula of the paper speaks of infinite width. At the width of the simulation its prediction is multiplied by the exact
 * law's value at that width over the exact law's value at a million neurons; the exact law knows nothing of the formula.
 */
import {
  type CheckInput,
  claimedValue,
  expanded,
  type Formula,
  fourierKernel,
  type MatrixNode,
  type ModePowers,
  modeMoments,
  modeNormalForm,
  type NumericKernel,
  numericKernel,
  type ShardSummary,
  spatialCorrelations,
  windowedRealVariances,
  windowedSpectrum,
} from 'corrigenda'
import {
  biasVariance,
  lawOf,
  meanRatioOf,
  mentions,
  modesOf,
  networkOf,
  paperDepth,
  paperWidth,
  paperWindow,
  remembered,
  scalars,
  wide,
} from './networks.js'
import { ringQuantities } from './quantities.js'

/** Layers that are analysed: the last half. */
export const window = paperWindow
/** Weight variances of figure 4. */
export const figureVariances: readonly number[] = [0.02, 0.18, 0.34, 0.5, 0.66, 0.82, 0.98]
/** Where formulas are tested closely: away from criticality, where 200 neurons are nearly infinitely many. */
export const testVariances: readonly number[] = [0.02, 0.34, 0.66, 0.9]
export const linearNetwork = networkOf('linear')

/** What a claimed formula is read with: a check's input, or a figure's. */
type ReadWith = Pick<CheckInput, 'context' | 'premises'> & { readonly reading?: string | null }

/** The exact law of the norm at a width; made once. */
export const lawAt = lawOf('linear')

/** Exact value at the width over the value at infinite width, both in units of sqrt(N). */
export const meanRatio = meanRatioOf(lawAt)

export function covarianceRatios(weightVariance: number, width: number, lags: readonly number[]): readonly number[] {
  const largest = Math.max(...lags)
  const [here, limit] = [width, wide].map((n) => lawAt(weightVariance, n).autocovariances(largest))
  return lags.map((lag) => here![lag]! / limit![lag]!)
}

/** Exact powers of the modes of the analysed window, from the networks' own start. */
export const windowPowers = remembered(
  (weightVariance, width) =>
    lawAt(weightVariance, width).window({
      layers: window,
      reference: lawAt(weightVariance, wide).fixedPoint * Math.sqrt(width / wide),
      start: { firstVariance: weightVariance + biasVariance, skip: paperDepth - window },
    }).spectrum,
)

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
  const overModes = mentions(energy, 'modeAmplitude')
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

/** Variances of the real parts of those modes. */
export const claimedRealVariances = (claimed: Formula, input: ReadWith, weightVariance: number): readonly number[] =>
  Array.from(
    windowedRealVariances(
      spatialCorrelations(claimedKernel(claimed, input, weightVariance, window), window - 1),
      window,
    ).slice(0, window / 2 + 1),
  )

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

/** Mean powers of all modes of the window. */
export function modePowersOf(summary: ShardSummary, position: number): readonly ModePowers[] {
  const observable = modesOf(summary, position)
  return Array.from({ length: window / 2 + 1 }, (_, m) => {
    const { power } = modeMoments(observable, m)
    return { mean: power.mean, count: power.count, components: m === 0 || m === window / 2 ? 1 : 2 }
  })
}

/** Effective number of real components of each mode, 2 mean^2/variance of its power: 1 or 2 for Gaussian amplitudes. */
export function effectiveComponents(summary: ShardSummary, position: number): readonly number[] {
  const observable = modesOf(summary, position)
  return Array.from({ length: window / 2 + 1 }, (_, m) => {
    const { power } = modeMoments(observable, m)
    return (2 * power.mean ** 2) / (power.m2 / (power.count - 1))
  })
}
