import { DomainError } from '../../expression/errors.js'
import { bandedCholesky } from '../../numeric/banded-cholesky.js'
import { type Action, actionOf, hiddenSize, type Trajectory, typicalTrajectory } from './action.js'
import type { DeviationChain } from './chain.js'
import { ConvergenceError } from './convergence-error.js'
import { descend, residualOf, type StationaryTrajectory } from './descent.js'
import { mergingTrajectories } from './logit-sign.js'
import { continueSaddle } from './newton.js'
import { signShooter } from './shooting.js'
import type { SiteLaw, Vector } from './site-law.js'
import { tiltedStarts } from './starts.js'

/** One layer of a dominant trajectory. */
export interface LayerState {
  /** The order parameters: (q) of a sign layer, (v_hat, v, q) of others. */
  readonly statistics: readonly number[]
  /** Their conjugates as tilts: `(-i V_hat, -i V, -i Q)` in the convention exp(-i Q s_hat s). */
  readonly tilts: readonly number[]
  /** q^l, the mean product of the two networks' activations. */
  readonly overlap: number
  /** v_hat^l and v^l, the mean squares; 1 for a sign layer. */
  readonly squares: readonly [reference: number, perturbed: number]
  /** m_hat^l and m^l under the tilted measure; NaN where the law gives none. */
  readonly means: readonly [reference: number, perturbed: number]
  /** rho^l = (q - m_hat m) / sqrt((v_hat - m_hat^2)(v - m^2)). */
  readonly correlation: number
}

/** The rate function at an end point. */
export interface RatePoint {
  readonly end: number
  /** I(q^L): P(q^L) ~ exp(-N I), N the width to which the layers' shares refer. */
  readonly rate: number
  /** I'(q^L) = alpha^L times the last layer's tilt (the envelope theorem). Infinite at the ends of the range. */
  readonly slope: number
  /** I''(q^L). */
  readonly curvature: number
  /** The hidden layers' Gaussian fluctuations (NaN where the trajectory all but merges): the density of q^L tends to `hiddenAmplitude sqrt(N ownCurvature / 2 pi) e^{-N I}`. */
  readonly hiddenAmplitude: number
  /** alpha^L times the last layer's own second derivative, its hidden layers held fixed. */
  readonly ownCurvature: number
  readonly layers: readonly LayerState[]
  /** Largest component of the saddle-point equations that is not zero. */
  readonly residual: number
  readonly method: RateMethod
  /** Actions of all the minima that the search met, lowest (the rate) first. */
  readonly minima: readonly number[]
}

/** What finds the saddle point. `shooting`: sign networks only. `newton`: one saddle point, not known to be the lowest. */
export type RateMethod = 'descent' | 'shooting' | 'newton'

/** How to search. */
export interface RateSearch {
  /** @defaultValue 'shooting' for sign networks, 'descent' otherwise */
  readonly method?: RateMethod
  /** Starts of the descent: a neighbouring end point's trajectory or the mean-field one, or also asymmetric and
   * strongly tilted ones. @defaultValue 'typical' */
  readonly starts?: 'typical' | 'several'
}

/** The typical end point: where the rate function vanishes. Throws DomainError where nothing fluctuates. */
export function typicalEnd(chain: DeviationChain): number {
  return typicalOrThrow(chain).at(-1)![0]!
}

/** The rate function at one end point, see `rateCurve`. */
export const ratePoint = (chain: DeviationChain, end: number, options: RateSearch = {}): RatePoint =>
  rateCurve(chain, [end], options)[0]!

/**
 * The rate function `I(q^L) = inf sum_l alpha^l J_l(x^l | x^{l-1})` at end points anywhere in [-1, 1], with its
 * derivatives and dominant trajectories. The descent starts from the mean-field trajectory, from neighbouring end
 * points' and from tilted ones; sign networks are solved by shooting, which meets every stationary trajectory. At the
 * ends +-1 trajectories that are absorbed there before the last layer (equal weights) compete as well.
 * Throws DomainError for end points outside [-1, 1] and for chains in which nothing fluctuates, ConvergenceError
 * where no search converges.
 */
export function rateCurve(
  chain: DeviationChain,
  ends: readonly number[],
  options: RateSearch = {},
): readonly RatePoint[] {
  for (const end of ends)
    if (!(Math.abs(end) <= 1)) throw new DomainError(`the end point is ${end}: overlaps are defined from -1 to 1`)
  const typical = typicalOrThrow(chain)
  const method = options.method ?? (chain.signFields ? 'shooting' : 'descent')
  const shooter = method === 'shooting' ? signShooter(chain) : null
  const found = new Map<number, RatePoint>()
  let neighbour: Trajectory | null = null
  // In order of distance from the typical end point on either side, so that neighbours are good starts.
  const centre = typical.at(-1)![0]!
  const order = [...new Set(ends)].sort((a, b) => Math.abs(a - centre) - Math.abs(b - centre))
  for (const side of [-1, 1]) {
    neighbour = null
    for (const end of order.filter((e) => (e < centre ? -1 : 1) === side)) {
      const candidates = shooter
        ? shooter(end).map(({ overlaps }) => overlaps.map((q) => Float64Array.of(q)))
        : method === 'newton'
          ? [continueSaddle(chain, end).trajectory]
          : startsFor(chain, end, typical, neighbour, options.starts ?? 'typical')
      const point = lowest(chain, end, candidates, method)
      found.set(end, point)
      neighbour = point.layers.map(({ statistics }) => Float64Array.from(statistics))
    }
  }
  return ends.map((end) => found.get(end)!)
}

function startsFor(
  chain: DeviationChain,
  end: number,
  typical: Trajectory,
  neighbour: Trajectory | null,
  starts: 'typical' | 'several',
): readonly Trajectory[] {
  const ending = (t: Trajectory): Trajectory => [...t.slice(0, -1), Float64Array.of(end)]
  const near = neighbour ? [ending(neighbour)] : []
  if (starts === 'typical') return near.length > 0 ? near : [ending(typical)]
  return [...near, ending(typical), ...tiltedStarts(chain, end)]
}

function lowest(chain: DeviationChain, end: number, candidates: readonly Trajectory[], method: RateMethod): RatePoint {
  const minima: StationaryTrajectory[] = []
  let failure: unknown = null
  for (const start of candidates)
    try {
      const found = method === 'newton' ? stationary(chain, start) : descend(chain, start)
      if (found) minima.push(found)
    } catch (error) {
      if (!(error instanceof ConvergenceError)) throw error
      failure ??= error
    }
  const others = [absorbedAt(chain, end, method) ?? [], method === 'shooting' ? mergedAt(chain, end) : []].flat()
  const values = [...minima.map((m) => m.action.value), ...others.map((o) => o.rate)].sort((a, b) => a - b)
  const distinct = values.filter((v, k) => k === 0 || v - values[k - 1]! > 1e-9 * (1 + v))
  const other = others.find(
    ({ rate }) =>
      minima.every(({ action }) => rate < action.value - 1e-12 * (1 + rate)) &&
      rate === Math.min(...others.map((o) => o.rate)),
  )
  if (other) return { ...other, minima: distinct }
  const best = minima.reduce<StationaryTrajectory | null>(
    (b, m) => (b && b.action.value <= m.action.value ? b : m),
    null,
  )
  if (!best) throw failure ?? new DomainError(`no trajectory of order parameters reaches the end point ${end}`)
  return describe(chain, end, best, method, distinct)
}

const stationary = (chain: DeviationChain, trajectory: Trajectory): StationaryTrajectory | null => {
  const action = actionOf(chain, trajectory)
  return action && { trajectory, action, residual: residualOf(action), iterations: 0 }
}

/** Trajectories whose overlaps come closer to +-1 than rounding would show. */
const mergedAt = (chain: DeviationChain, end: number): readonly RatePoint[] =>
  mergingTrajectories(chain, end).map(({ shares, tilts, value, slope, curvature, residual }) => ({
    end,
    rate: value,
    slope,
    curvature,
    hiddenAmplitude: Number.NaN,
    ownCurvature: chain.layers.at(-1)!.width / ((1 - end) * (1 + end)),
    layers: shares.map((d, k) => ({
      statistics: [1 - 2 * d],
      tilts: [tilts[k]!],
      overlap: 1 - 2 * d,
      squares: [1, 1] as const,
      means: [0, 0] as const,
      correlation: 1 - 2 * d,
    })),
    residual,
    method: 'shooting',
    minima: [],
  }))

/** The cheapest trajectory that sits at the end point +-1 from some hidden layer on, where that is certain to last. */
function absorbedAt(chain: DeviationChain, end: number, method: RateMethod): RatePoint | null {
  if (Math.abs(end) !== 1 || method === 'newton') return null
  let best: RatePoint | null = null
  for (let depth = chain.layers.length - 1; depth >= 1; depth--) {
    const { law } = chain.layers[depth]!
    if (law.parameters !== 1 || law.certain?.([end])?.[0] !== end) break
    const { signFields, ...rest } = chain
    const shorter: DeviationChain = {
      ...rest,
      layers: chain.layers.slice(0, depth),
      ...(signFields && { signFields: signFields.slice(0, depth) }),
    }
    const starts = signFields
      ? signShooter(shorter)(end).map(({ overlaps }) => overlaps.map((q) => Float64Array.of(q)))
      : [...tiltedStarts(shorter, end)]
    const found = starts.flatMap((start) => descend(shorter, start) ?? [])
    for (const m of found)
      if (!best || m.action.value < best.rate) {
        const point = describe(shorter, end, m, method, [])
        const still = Array.from(
          { length: chain.layers.length - depth },
          (): LayerState => ({ ...point.layers.at(-1)!, tilts: [0] }),
        )
        best = { ...point, layers: [...point.layers, ...still] }
      }
  }
  return best
}

function describe(
  chain: DeviationChain,
  end: number,
  { trajectory, action, residual }: StationaryTrajectory,
  method: RateMethod,
  minima: readonly number[],
): RatePoint {
  const { size, band } = hiddenSize(chain)
  const factor = size > 0 ? bandedCholesky(action.hessian, size, band) : null
  const response = factor?.solve(action.endMixed)
  const relief = response ? response.reduce((sum, r, k) => sum + r * action.endMixed[k]!, 0) : 0
  const hidden =
    size === 0 ? 1 : factor ? Math.exp((action.logOwnDeterminants - factor.logDeterminant) / 2) : Number.NaN
  return {
    end,
    rate: action.value,
    slope: action.endSlope,
    curvature: size > 0 && !factor ? Number.NaN : action.endCurvature - relief,
    hiddenAmplitude: hidden,
    ownCurvature: action.endCurvature,
    layers: chain.layers.map(({ law }, k) =>
      layerState(law, trajectory[k]!, action.costs[k]!.tilts, k === 0 ? chain.start : trajectory[k - 1]!),
    ),
    residual,
    method,
    minima,
  }
}

function layerState(law: SiteLaw, statistics: Vector, tilts: Float64Array, from: Vector): LayerState {
  const [first, second, product] =
    law.statistics === 1 ? [1, 1, statistics[0]!] : [statistics[0]!, statistics[1]!, statistics[2]!]
  const means = law.means?.(tilts, from) ?? ([Number.NaN, Number.NaN] as const)
  const spread = Math.sqrt((first - means[0] ** 2) * (second - means[1] ** 2))
  return {
    statistics: Array.from(statistics),
    tilts: [...tilts],
    overlap: product,
    squares: [first, second],
    means,
    correlation: (product - means[0] * means[1]) / spread,
  }
}

function typicalOrThrow(chain: DeviationChain): Trajectory {
  const typical = typicalTrajectory(chain)
  if (typical?.every((x) => x.every(Number.isFinite))) return typical
  const certain = chain.layers[0]!.law.certain?.(chain.start)
  throw new DomainError(
    certain
      ? `the fields of the first layer are perfectly correlated (equal inputs and equal weights): the overlap is ${certain[0]} with certainty and has no rate function elsewhere`
      : 'the covariance of the fields is singular in some layer at the mean-field trajectory: the order parameters there do not fluctuate and the rate function is not defined',
  )
}

export type { Action }
