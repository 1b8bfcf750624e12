import { DomainError } from '../../expression/errors.js'
import { findRoot } from '../../numeric/roots.js'
import type { SignalMaps } from './model.js'

/** What iteration does near a fixed point; `marginal` where the slope is one and neighbours do not tell. */
export type Stability = 'stable' | 'unstable' | 'half-stable' | 'marginal'

/** A fixed point of a map of one variable. */
export interface MapFixedPoint {
  readonly value: number
  /** The map's slope there. */
  readonly slope: number
  readonly stability: Stability
  /** 1 where the map crosses the diagonal, 2 where it touches it. */
  readonly multiplicity: 1 | 2
}

/** Fixed points of the length map. */
export interface LengthFixedPoints {
  /** In ascending order; of a whole line (`every`) none is listed. */
  readonly points: readonly MapFixedPoint[]
  /** Every q >= 0 is a fixed point: a homogeneous activation at its critical weight variance without bias. */
  readonly every: boolean
  /** Whether the mean square grows without bound from large enough values. */
  readonly unbounded: boolean
}

/** Slopes this close to one (absolutely) are judged by the neighbours. */
const flat = 1e-7

const stabilityOf = (map: (x: number) => number, x: number, slope: number, step: number): Stability => {
  if (Math.abs(slope) < 1 - flat) return 'stable'
  if (Math.abs(slope) > 1 + flat) return 'unstable'
  const above = map(x + step) - (x + step)
  const below = map(x - step) - (x - step)
  if (above === 0 && below === 0) return 'marginal'
  if (above < 0 && below > 0) return 'stable'
  return above > 0 && below < 0 ? 'unstable' : 'half-stable'
}

interface Scan {
  readonly at: readonly number[]
  readonly value: readonly number[]
}

/** Where a scanned function crosses zero, and where it touches it between three scanned points. */
function zeros(f: (x: number) => number, { at, value }: Scan, touch: number): { x: number; multiplicity: 1 | 2 }[] {
  const found: { x: number; multiplicity: 1 | 2 }[] = []
  for (let k = 0; k < at.length; k++) {
    const here = value[k]!
    if (here === 0) {
      found.push({ x: at[k]!, multiplicity: 1 })
      continue
    }
    const next = value[k + 1]
    if (next !== undefined && next !== 0 && here > 0 !== next > 0)
      found.push({ x: findRoot(f, at[k]!, at[k + 1]!).root, multiplicity: 1 })
    const before = value[k - 1]
    if (before === undefined || next === undefined || here > 0 !== next > 0 || here > 0 !== before > 0) continue
    if (!(Math.abs(here) <= Math.abs(before) && Math.abs(here) <= Math.abs(next))) continue
    const [x, least] = extremum((y) => Math.abs(f(y)) * (f(y) > 0 === here > 0 ? 1 : -1), at[k - 1]!, at[k + 1]!)
    if (least < -touch)
      found.push(
        { x: findRoot(f, at[k - 1]!, x).root, multiplicity: 1 },
        { x: findRoot(f, x, at[k + 1]!).root, multiplicity: 1 },
      )
    else if (least <= touch) found.push({ x, multiplicity: 2 })
  }
  return found.sort((p, q) => p.x - q.x)
}

/** A minimum by golden sections. */
function extremum(f: (x: number) => number, a: number, b: number): readonly [x: number, value: number] {
  const ratio = (Math.sqrt(5) - 1) / 2
  let [low, high] = [a, b]
  let x1 = high - ratio * (high - low)
  let x2 = low + ratio * (high - low)
  let [f1, f2] = [f(x1), f(x2)]
  for (let k = 0; k < 60 && high - low > 1e-9 * Math.max(Math.abs(low), Math.abs(high)); k++)
    if (f1 < f2) {
      ;[high, x2, f2] = [x2, x1, f1]
      x1 = high - ratio * (high - low)
      f1 = f(x1)
    } else {
      ;[low, x1, f1] = [x1, x2, f2]
      x2 = low + ratio * (high - low)
      f2 = f(x2)
    }
  return f1 < f2 ? [x1, f1] : [x2, f2]
}

/** Where fixed points of lengths are sought. */
export interface LengthScan {
  /** @defaultValue 1e-10 */
  readonly least?: number
  /** @defaultValue 1e8 */
  readonly most?: number
  /** Points a decade. @defaultValue 12 */
  readonly perDecade?: number
}

/**
 * All fixed points of the length map in [0, most]: exactly for rectifiers, whose map is a line, else by a scan over a
 * logarithmic grid that finds crossings and touching points. Touching points are told to about 1e-10 of q; two crossings
 * within one step of the scan are found where they enclose an extremum.
 */
export function lengthFixedPoints(maps: SignalMaps, options: LengthScan = {}): LengthFixedPoints {
  const { biasVariance } = maps.model
  if (maps.activation.form.kind === 'rectifier') return lineFixedPoints(maps.lengthSlope(1), biasVariance)
  const { least = 1e-10, most = 1e8, perDecade = 12 } = options
  const count = Math.ceil(perDecade * Math.log10(most / least))
  // In s = log q of log(map/q): the same accuracy at every scale.
  const excess = (s: number): number => Math.log(maps.length(Math.exp(s))) - s
  const at: number[] = []
  const value: number[] = []
  for (let k = 0; k <= count; k++) {
    const s = Math.log(least) + (k * Math.log(most / least)) / count
    let e = Number.NaN
    try {
      e = excess(s)
    } catch (error) {
      // Beyond the variance at which its moments cease to exist a map has no fixed points.
      if (!(error instanceof DomainError) || k === 0) throw error
    }
    if (Number.isNaN(e) || e === Number.POSITIVE_INFINITY) break
    at.push(s)
    value.push(e)
  }
  const points: MapFixedPoint[] = zeros(excess, { at, value }, 1e-10).map(({ x, multiplicity }) => {
    const q = Math.exp(x)
    const slope = maps.lengthSlope(q)
    const stability = multiplicity === 2 ? 'half-stable' : stabilityOf(maps.length, q, slope, 1e-3 * q)
    return { value: q, slope, multiplicity, stability }
  })
  if (maps.length(0) === 0 && maps.activation.jumps.length === 0) {
    const slope = maps.length(least) / least
    const stability = Math.abs(slope - 1) > flat ? (slope < 1 ? 'stable' : 'unstable') : (value[0] ?? 0) <= 0 ? 'stable' : 'unstable' // biome-ignore format: one choice
    // At slope one, rounding finds roots beside zero: they are the one at zero.
    return {
      points: [{ value: 0, slope, stability, multiplicity: 1 }, ...points.filter((p) => p.value > 4 * least)],
      every: false,
      unbounded: (value.at(-1) ?? 0) > 0,
    }
  }
  return { points, every: false, unbounded: (value.at(-1) ?? 0) > 0 }
}

function lineFixedPoints(slope: number, bias: number): LengthFixedPoints {
  const one = Math.abs(slope - 1) <= 4 * Number.EPSILON
  if (one) return { points: [], every: bias === 0, unbounded: bias > 0 }
  const stability = slope < 1 ? 'stable' : 'unstable'
  const value = bias / (1 - slope)
  return {
    points: value >= 0 ? [{ value: value === 0 ? 0 : value, slope, stability, multiplicity: 1 }] : [],
    every: false,
    unbounded: slope > 1,
  }
}

/**
 * The largest stable positive fixed point of the length map. Throws DomainError that says which of them there are where
 * there is none: correlation maps are defined about it.
 */
export function stableLength(maps: SignalMaps, options: LengthScan = {}): MapFixedPoint {
  const { points, every, unbounded } = lengthFixedPoints(maps, options)
  const found = points.filter((p) => p.value > 0 && (p.stability === 'stable' || p.stability === 'half-stable')).at(-1)
  if (found) return found
  throw new DomainError(
    every
      ? 'every mean square is a fixed point of the length map: choose one and use the maps at it'
      : `the length map has no positive stable fixed point: the mean square ${unbounded ? 'grows without bound; a smaller weight variance keeps it finite' : 'dies out; a bias variance above 0 or a larger weight variance keeps it positive'}`,
  )
}

/**
 * All fixed points in [-1, 1] of the correlation map at mean square q, a fixed point of the length map; c = 1 is always
 * one. The scan is uniform in the angle arccos c, so that points close to 1 are told from it down to 1 - c of 1e-7.
 * Throws DomainError where q is not positive.
 */
export function correlationFixedPoints(maps: SignalMaps, q: number, pieces = 64): readonly MapFixedPoint[] {
  const excess = (angle: number): number => maps.correlation(Math.cos(angle), q) - Math.cos(angle)
  const angles = [5e-4, 2e-3, 8e-3, ...Array.from({ length: pieces }, (_, k) => ((k + 1) * Math.PI) / pieces)].sort((x, y) => x - y) // biome-ignore format: one list
  const value = angles.map(excess)
  if (value.every((e) => Math.abs(e) < 1e-12)) return [{ value: 1, slope: 1, stability: 'marginal', multiplicity: 1 }]
  const map = (c: number): number => maps.correlation(Math.max(-1, Math.min(1, c)), q)
  const points = zeros(excess, { at: angles, value }, 1e-11).map(({ x, multiplicity }): MapFixedPoint => {
    const c = Math.cos(x)
    const slope = maps.correlationSlope(c, q)
    return { value: c, slope, multiplicity, stability: multiplicity === 2 ? 'half-stable' : stabilityOf(map, c, slope, 1e-4 * (1 - c)) } // biome-ignore format: one point
  })
  const slope = maps.correlationSlope(1, q)
  const near = value[0]!
  const stability = Math.abs(slope - 1) > flat ? (slope < 1 ? 'stable' : 'unstable') : near > 0 ? 'stable' : near < 0 ? 'unstable' : 'marginal' // biome-ignore format: one choice
  return [...points.reverse(), { value: 1, slope, stability, multiplicity: 1 }]
}
