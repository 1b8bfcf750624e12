/** Randomised asymmetric networks: ensembles, exact limits, and where sampled networks have their critical weight variances. */
import {
  type Depth,
  directCheck,
  type FeedForwardEnsemble,
  rectifiedForm,
  type SampledCheck,
  sampledExtrapolations,
} from 'corrigenda'
import {
  type AsymmetricModel,
  criticalSeparation,
  limitLaw,
  noiseMoment,
  separationFactor,
  weightVarianceAtGrowth,
} from 'corrigenda/theory'
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
