import { DomainError } from '../../expression/errors.js'
import { bandedCholesky } from '../../numeric/banded-cholesky.js'
import { type Action, actionOf, hiddenSize, type Trajectory, typicalTrajectory } from './action.js'
import type { DeviationChain } from './chain.js'
import { ConvergenceError } from './convergence-error.js'
import { descend, residualOf, type StationaryTrajectory } from './descent.js'
import { continueSaddle } from './newton.js'
import { type ShotTrajectory, signShooter } from './shooting.js'
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
 * points' and from tilted ones; sign networks are solved by shooting, which meets every stationary trajectory, those
 * included whose copies all but merge or are all but opposite at a hidden layer. At the ends +-1 trajectories that are
 * absorbed there before the last layer (equal weights) compete as well.
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
      if (shooter) {
        found.set(end, lowestShot(chain, end, shooter(end)))
        continue
      }
      const candidates =
        method === 'newton'
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
  const points: RatePoint[] = []
  let failure: unknown = null
  for (const start of candidates)
    try {
      const found = method === 'newton' ? stationary(chain, start) : descend(chain, start)
      if (found) points.push(describe(chain, end, found, method))
    } catch (error) {
      if (!(error instanceof ConvergenceError)) throw error
      failure ??= error
    }
  const absorbed = method === 'newton' ? [] : absorbedAt(chain, end, method)
  const best = ofLeastRate([...points, ...absorbed])
  if (!best) throw failure ?? unreached(end)
  return best
}

const unreached = (end: number): DomainError =>
  new DomainError(`no trajectory of order parameters reaches the end point ${end}`)

/** The point of least rate, with the rates of all; null for none. */
function ofLeastRate(points: readonly RatePoint[]): RatePoint | null {
  const sorted = points.toSorted((a, b) => a.rate - b.rate)
  const values = sorted.map(({ rate }) => rate)
  const minima = values.filter((v, k) => k === 0 || v - values[k - 1]! > 1e-9 * (1 + v))
  return sorted[0] ? { ...sorted[0], minima } : null
}

const stationary = (chain: DeviationChain, trajectory: Trajectory): StationaryTrajectory | null => {
  const action = actionOf(chain, trajectory)
  return action && { trajectory, action, residual: residualOf(action), iterations: 0 }
}

/** Of the stationary trajectories of sign networks those that are minima, and the lowest of them. */
function lowestShot(chain: DeviationChain, end: number, shots: readonly ShotTrajectory[]): RatePoint {
  const points = shots.filter(({ minimum }) => minimum).map((shot) => shotPoint(end, shot))
  const best = ofLeastRate([...points, ...absorbedAt(chain, end, 'shooting')])
  if (!best) throw unreached(end)
  return best
}

/** Shares of unequal or of equal signs below this are none at any width that networks have: no Gaussian fluctuation. */
const smallestShare = 1e-9

const shotPoint = (end: number, { overlaps, tilts, value, minimum: _, ...rest }: ShotTrajectory): RatePoint => ({
  ...rest,
  hiddenAmplitude: overlaps.slice(0, -1).some((q) => 1 - Math.abs(q) < 2 * smallestShare)
    ? Number.NaN
    : rest.hiddenAmplitude,
  end,
  rate: value,
  layers: overlaps.map((overlap, k) => ({
    statistics: [overlap],
    tilts: [tilts[k]!],
    overlap,
    squares: [1, 1],
    means: [0, 0],
    correlation: overlap,
  })),
  method: 'shooting',
  minima: [],
})

/** The cheapest trajectories that sit at the end point +-1 from some hidden layer on, where that is certain to last. */
function absorbedAt(chain: DeviationChain, end: number, method: RateMethod): readonly RatePoint[] {
  if (Math.abs(end) !== 1) return []
  const absorbed: RatePoint[] = []
  for (let depth = chain.layers.length - 1; depth >= 1; depth--) {
    const { law } = chain.layers[depth]!
    if (law.parameters !== 1 || law.certain?.([end])?.[0] !== end) break
    const { signFields, ...rest } = chain
    const shorter: DeviationChain = {
      ...rest,
      layers: chain.layers.slice(0, depth),
      ...(signFields && { signFields: signFields.slice(0, depth) }),
    }
    const points = signFields
      ? signShooter(shorter)(end).flatMap((shot) => (shot.minimum ? shotPoint(end, shot) : []))
      : tiltedStarts(shorter, end).flatMap((start) => {
          const found = descend(shorter, start)
          return found ? describe(shorter, end, found, method) : []
        })
    const point = ofLeastRate(points)
    if (!point) continue
    const still = Array.from(
      { length: chain.layers.length - depth },
      (): LayerState => ({ ...point.layers.at(-1)!, tilts: [0] }),
    )
    absorbed.push({ ...point, method, layers: [...point.layers, ...still] })
  }
  return absorbed
}

function describe(
  chain: DeviationChain,
  end: number,
  { trajectory, action, residual }: StationaryTrajectory,
  method: RateMethod,
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
    minima: [],
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
