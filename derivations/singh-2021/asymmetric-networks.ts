/** Randomised asymmetric networks: ensembles, exact limits, and where sampled networks have their critical weight variances. */
import {
  type AsymmetricModel,
  criticalSeparation,
  type Depth,
  directCheck,
  type FeedForwardEnsemble,
  limitLaw,
  noiseMoment,
  rectifiedForm,
  type SampledCheck,
  type SimulationRequest,
  sampledExtrapolation,
  sampledExtrapolations,
  separationFactor,
  weightVarianceAtGrowth,
} from 'corrigenda'
import { antiCorrelated, meanOf, networksOf, paper } from './figures-networks.js'

export interface Shown {
  readonly id: 'fig-3.6' | 'fig-3.7'
  readonly model: AsymmetricModel
  readonly weightVariances: readonly number[]
}

export const special = { alpha: 2, beta: 1 }
export const beta21 = { weight: { kind: 'beta', ...special } } as const satisfies FeedForwardEnsemble['special']
export const asymmetric: Shown = {
  id: 'fig-3.6',
  model: { activation: rectifiedForm, special },
  weightVariances: [0.2, 0.36, 0.5, 0.6, 0.66, 0.72, 0.78, 0.9, 1.1, 1.4],
}
export const antiCorrelatedToo: Shown = {
  id: 'fig-3.7',
  model: { activation: rectifiedForm, special, rowCorrelation: paper.rowCorrelation },
  weightVariances: [0.4, 0.6, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.5, 1.8],
}
export const correlatedRows = ({ model }: Shown): boolean => model.rowCorrelation !== undefined

/** As in the program of appendix D: the bias is one more weight, of variance sigma_w^2/N. */
export const asProgrammed = (
  w: number,
  shown: Shown,
  changes: Partial<FeedForwardEnsemble> = {},
): FeedForwardEnsemble =>
  networksOf(w, {
    biasVariance: w / paper.width,
    special: beta21,
    ...(correlatedRows(shown) ? { rows: { ...antiCorrelated, bias: 'among' } } : {}),
    ...changes,
  })

/** Weights alone, one of them special. */
const withoutBias = (w: number, shown: Shown, changes: Partial<FeedForwardEnsemble>): FeedForwardEnsemble =>
  networksOf(w, {
    biasVariance: 0,
    special: { ...beta21, among: 'weights' },
    input: { kind: 'normal', count: 2 },
    ...(correlatedRows(shown) ? { rows: antiCorrelated } : {}),
    ...changes,
  })

const remembered = new Map<string, number>()
/** A number that takes a while, computed when it is first asked for. */
function once(key: string, compute: () => number): number {
  const known = remembered.get(key)
  if (known !== undefined) return known
  const value = compute()
  remembered.set(key, value)
  return value
}
export const lengthBoundaryOf = ({ id, model }: Shown): number =>
  once(`${id} length`, () => weightVarianceAtGrowth(model).value)
export const separationBoundary = (): number =>
  once('separation', () => criticalSeparation(antiCorrelatedToo.model).value)

/** Nodes a deviation where four digits are enough. */
const coarse = 8
export const varianceAt = ({ id, model }: Shown, factor: number): number =>
  once(`${id} ${factor}`, () => factor / noiseMoment(limitLaw(model, factor, coarse), model.rowCorrelation))

// ---- Growth of the length --------------------------------------------------------------------------------------------------

/** Layers over which growth is averaged, the last of so many that the law of the fields has settled. */
const settled = 36
export const averaged = 16
const extrapolated = [512, 1024, 2048]
const atEqualCost = (width: number, depth: Depth): number => Math.round(((depth === 'quick' ? 16 : 80) * 1024) / width)

const growthRequest = (w: number, shown: Shown, width: number, depth: Depth) => ({
  ensemble: withoutBias(w, shown, { widths: width, depth: settled }),
  level: 'preactivations' as const,
  observables: [{ kind: 'windowMean' as const, field: 'logGrowth' as const, last: averaged }],
  networks: atEqualCost(width, depth),
})

const growths = [0.9, 1.2]
export const growth = (shown: Shown): SampledCheck =>
  sampledExtrapolations({
    name: 'growth of the length a layer, without bias',
    stream: `singh-2021-${shown.id}-growth`,
    cases: growths.map((factor) => ({
      parameters: { growth: factor },
      widths: extrapolated,
      powers: [0, 1],
      request: (width, depth) => growthRequest(varianceAt(shown, factor), shown, width, depth),
      measured: (summary) => [meanOf(summary, 0, 0)],
      predicted: () => [Math.log(factor)],
      label: () => `the logarithm of the growth at sigma_w^2 = ${varianceAt(shown, factor).toPrecision(4)}`,
    })),
  })

/** A claimed number may be rounded: what within its last digit comes nearest to a value. */
const nearestWithin = (claimed: number, halfUnit: number, value: number): number =>
  Math.max(claimed - halfUnit, Math.min(claimed + halfUnit, value))

interface Critical {
  readonly name: string
  readonly stream: string
  /** The exact critical weight variance, where networks are sampled. */
  readonly at: () => number
  /** Of the logarithm of the factor a layer against that of the weight variance, there. */
  readonly slope: () => number
  readonly halfUnit: number
  readonly request: (width: number, depth: Depth) => Omit<SimulationRequest, 'seed' | 'stream'>
}

/** The critical weight variance as sampled networks have it: where the factor a layer, measured near it, would be one. */
const sampledCritical = ({ name, stream, at, slope, halfUnit, request }: Critical): SampledCheck =>
  sampledExtrapolation({
    name,
    stream,
    parameters: {},
    widths: extrapolated,
    powers: [0, 1],
    request,
    measured: (summary) => {
      const { value, standardError, count } = meanOf(summary, 0, 0)
      return [{ value: at() * (1 - value / slope()), standardError: (at() * standardError) / Math.abs(slope()), count }]
    },
    predicted: (claimed) => [nearestWithin(numberOf(claimed), halfUnit, at())],
    label: () => 'the critical weight variance',
  })

/** The number that a claim states as its last side. */
function numberOf({ sides }: { readonly sides: readonly unknown[] }): number {
  const side = sides.at(-1) as { readonly kind?: string; readonly numerator?: bigint; readonly denominator?: bigint }
  return side.kind === 'number' ? Number(side.numerator) / Number(side.denominator) : Number.NaN
}

export const lengthCritical = (shown: Shown, halfUnit: number): SampledCheck =>
  sampledCritical({
    name: 'the weight variance at which sampled lengths neither grow nor shrink',
    stream: `singh-2021-${shown.id}-critical`,
    at: () => lengthBoundaryOf(shown),
    slope: () => Math.log(1.03 / 0.97) / Math.log(varianceAt(shown, 1.03) / varianceAt(shown, 0.97)),
    halfUnit,
    request: (width, depth) => growthRequest(lengthBoundaryOf(shown), shown, width, depth),
  })

/** With a bias of order one lengths settle, and two nearly equal inputs draw apart or together at a rate that is chi. */
export const separationCritical = sampledCritical({
  name: 'the weight variance at which nearly equal inputs neither draw apart nor together',
  stream: 'singh-2021-fig-3.7-separation',
  at: separationBoundary,
  slope: () =>
    once('separation slope', () => {
      const law = limitLaw(antiCorrelatedToo.model, 1, coarse)
      const [below, above] = [0.98, 1.02].map((x) => separationFactor(law, x * separationBoundary()))
      return Math.log(above! / below!) / Math.log(1.02 / 0.98)
    }),
  halfUnit: 0.05,
  request: (width, depth) => ({
    ensemble: networksOf(separationBoundary(), {
      widths: width,
      depth: 60,
      special: beta21,
      rows: antiCorrelated,
      input: { kind: 'normal', count: 2, correlation: 1 - 1e-8 },
    }),
    level: 'preactivations',
    observables: [{ kind: 'windowMean', field: 'logSeparation', last: 24 }],
    networks: atEqualCost(width, depth),
  }),
})

/** Without a bias nearly equal inputs draw apart where their differences grow faster than lengths do. */
export const withoutBiasSeparation = (shown: Shown, apart: boolean) =>
  directCheck('growth of differences over growth of lengths, without bias', 'numeric', () => {
    const found = [0.85, 1, 1.5, 2.5].map((factor) => {
      const w = varianceAt(shown, factor)
      return { w, ratio: separationFactor(limitLaw(shown.model, factor, coarse), w) / factor }
    })
    const told = found.map(({ w, ratio }) => `${ratio.toPrecision(4)} at sigma_w^2 = ${w.toPrecision(3)}`).join(', ')
    const wrong = found.find(({ ratio }) => ratio > 1 !== apart)
    return {
      holds: wrong === undefined,
      summary: `${told}: ${apart ? 'above one throughout, so that the limit of infinite width has no ordered phase' : 'below one throughout, so that there is no chaotic phase'}`,
      witness: { at: { 'sigma_w^2': String(wrong?.w) }, left: '1', right: String(wrong?.ratio) },
      numbers: { ratios: found.map(({ ratio }) => ratio) },
    }
  })
