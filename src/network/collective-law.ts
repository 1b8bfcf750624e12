import { DomainError } from '../expression/errors.js'
import { type ChainKernel, linearKernel } from './law/chain-kernel.js'
import { rectifiedKernel } from './law/rectified-kernel.js'
import { type CollectiveChain, checkChain, contractionOf } from './law/squared-norm.js'
import { logGrowth, type StationaryLaw, stationaryLaw } from './law/stationary.js'
import { windowMoments } from './law/window.js'

export { type CollectiveChain, type SquaredNormLaw, squaredNormLaw } from './law/squared-norm.js'

/** Where the networks start: D_0, the variance of each component of z^0, and how many layers come before the window. */
export interface Start {
  readonly firstVariance: number
  /** Layers 0 … skip - 1 come before the window. */
  readonly skip: number
}

export interface WindowRequest {
  /** Layers in the window, n. */
  readonly layers: number
  /** What is subtracted from r. @defaultValue 0 */
  readonly reference?: number
  /** The networks' start; without one the window lies in the stationary regime. */
  readonly start?: Start
}

/** Exact expectations over a window of n layers, at finite width. */
export interface WindowLaw {
  /** E of the window's mean of r. */
  readonly mean: number
  /** Variance of the window's mean of r. */
  readonly varianceOfMean: number
  /** E|epsilon_q|^2 for q = 2 pi m / n, m = 0 … floor(n/2), with epsilon_q = (1/n) sum_j (r_j - reference) e^{iqj}. */
  readonly spectrum: readonly number[]
}

/**
 * The exact law of the norms r_l = |z^l| of a linear network (of r_+ in a rectified linear one) at finite width, from
 * the transfer operator of the chain r_{l+1}^2 = (sigma_w^2 r_l^2 / N + sigma_b^2) chi^2 with N (k ~ Binomial(N, 1/2))
 * degrees of freedom, discretised in log r with the trapezoid rule, which converges
 * exponentially here. Everything is computed at two resolutions and refused (DomainError) where they disagree.
 */
export interface CollectiveLaw {
  /** The mean-field fixed point: sqrt(N sigma_b^2 / (1 - sigma_w^2)), or sqrt(N sigma_b^2 / (2 - sigma_w^2)) for r_+. */
  readonly fixedPoint: number
  /** Stationary E f(r), for smooth f growing at most like r^{2 growth}. */
  expectation(f: (r: number) => number): number
  /** Stationary E r. */
  readonly mean: number
  /** Stationary Var r. */
  readonly variance: number
  /** Stationary Cov(f(r_{l+k}), f(r_l)) for k = 0 … largestLag, for smooth f growing at most like r^growth. @defaultValue f(r) = r */
  autocovariances(largestLag: number, f?: (r: number) => number): readonly number[]
  /** Expectations over a window of layers. */
  window(request: WindowRequest): WindowLaw
}

export interface LawOptions {
  /** How fast the functions asked about grow: r^growth. The grid is made wide enough for their squares. @defaultValue 1 */
  readonly growth?: number
}

/** Largest disagreement of the two resolutions, relative to the scale of what is computed. */
const agreement = 1e-10
const longestWindow = 8192

function agreed(coarse: number, fine: number, scale: number, what: string): number {
  if (!(Math.abs(coarse - fine) <= agreement * scale))
    throw new DomainError(
      `the ${what} of the exact law comes out as ${coarse} and as ${fine} at two resolutions: the function grows too fast or is not smooth, or the law's tail is too heavy; take a larger width`,
    )
  return fine
}

/** Narrowest widths: one neuron alone has no trapezoid rule, and a rectified layer of few may have none positive. */
const narrowest = { linear: 2, relu: 64 } as const

/**
 * The exact stationary law of a chain.
 * @param chain width 2 to 10^6 (64 to 10^6 for relu), contraction (sigma_w^2, or half of it for relu) up to 0.999.
 * @throws DomainError outside that domain, LimitError where the tail is too heavy for a grid (very small widths close
 * to contraction 1).
 */
export function collectiveLaw(chain: CollectiveChain, { growth = 1 }: LawOptions = {}): CollectiveLaw {
  checkDomain(chain)
  const { width, weightVariance, biasVariance, activation = 'linear' } = chain
  const kernel = (activation === 'relu' ? rectifiedKernel : linearKernel)(width, weightVariance, biasVariance)
  if (!(growth >= 1 && growth <= 8)) throw new DomainError(`functions growing as r^${growth}: give 1 to 8`)
  if (weightVariance > 0 && logGrowth(kernel, growth) >= 0)
    throw new DomainError(
      `r^${2 * growth} has no stationary mean at width ${width} and weight variance ${weightVariance}: take a larger width or a smaller growth`,
    )
  return lawOf(kernel, growth)
}

/** Throws DomainError for chains that the transfer operator is not for. */
export function checkDomain(chain: CollectiveChain): void {
  checkChain(chain)
  const { width, weightVariance, activation = 'linear' } = chain
  if (width < narrowest[activation] || width > 1_000_000 || contractionOf(chain) > 0.999)
    throw new DomainError(
      `the exact law of ${activation} networks takes widths from ${narrowest[activation]} to 10^6 and weight variances up to ${activation === 'relu' ? 1.998 : 0.999}, not ${width} and ${weightVariance}`,
    )
}

/** The two discretisations between which every result is checked. */
function discretise(
  kernel: ChainKernel,
  growth: number,
  reach: readonly [number, number],
): readonly [StationaryLaw, StationaryLaw] {
  const { spacing } = kernel
  return [stationaryLaw(kernel, spacing, growth, reach), stationaryLaw(kernel, 0.8 * spacing, growth, reach)]
}

function lawOf(kernel: ChainKernel, growth: number): CollectiveLaw {
  const pair = discretise(kernel, growth, [0, 0])
  const { scale } = kernel
  const values = ({ operator }: StationaryLaw, f: (r: number) => number): Float64Array =>
    Float64Array.from(operator.nodes, (u) => f(scale * Math.exp(u)))
  const expectation = (f: (r: number) => number): number => {
    const [coarse, fine] = pair.map((law) => inner(law.law, values(law, f)))
    const size = inner(
      pair[1].law,
      values(pair[1], (r) => Math.abs(f(r))),
    )
    return agreed(coarse!, fine!, size, 'expectation')
  }
  const autocovariances = (largestLag: number, f: (r: number) => number = (r) => r): readonly number[] => {
    const [coarse, fine] = pair.map((law) => covariances(law, values(law, f), largestLag))
    return fine!.map((value, k) => agreed(coarse![k]!, value, fine![0]!, `autocovariance at lag ${k}`))
  }
  const window = ({ layers, reference = 0, start }: WindowRequest): WindowLaw => {
    if (!Number.isSafeInteger(layers) || layers < 1 || layers > longestWindow)
      throw new DomainError(`a window of ${layers} layers: give 1 to ${longestWindow}`)
    const centre = start === undefined ? 0 : startCentre(kernel, start)
    // The start may lie far from the stationary law: then the grids must reach it.
    const grids = start === undefined ? pair : discretise(kernel, growth, [Math.min(0, centre), Math.max(0, centre)])
    const [coarse, fine] = grids.map((law) => {
      const first = start === undefined ? law.law : law.operator.lawAround(centre)
      return windowMoments(
        law.operator,
        values(law, (r) => r),
        first,
        start?.skip ?? 0,
        layers,
        reference,
      )
    })
    const largest = Math.max(...fine!.spectrum)
    return {
      mean: agreed(coarse!.mean, fine!.mean, Math.abs(fine!.mean), 'window mean'),
      varianceOfMean: agreed(
        coarse!.varianceOfMean,
        fine!.varianceOfMean,
        fine!.varianceOfMean * 100,
        'variance of the window mean',
      ),
      spectrum: fine!.spectrum.map((value, m) => agreed(coarse!.spectrum[m]!, value, largest, `power of mode ${m}`)),
    }
  }
  const variance = autocovariances(0)[0]!
  return { fixedPoint: scale, expectation, mean: expectation((r) => r), variance, autocovariances, window }
}

/** log(sqrt(D_0 E chi^2) / r*), the centre of log(r_0 / r*). */
function startCentre({ meanChiSquare, scale }: ChainKernel, { firstVariance, skip }: Start): number {
  if (!(firstVariance > 0 && Number.isFinite(firstVariance)))
    throw new DomainError(`the first layer's variance is ${firstVariance}: give a positive number`)
  if (!Number.isSafeInteger(skip) || skip < 0)
    throw new DomainError(`${skip} layers before the window: give a whole number, 0 or more`)
  return 0.5 * Math.log(meanChiSquare * firstVariance) - Math.log(scale)
}

const inner = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, k) => sum + x * b[k]!, 0)

function covariances({ operator, law }: StationaryLaw, values: Float64Array, largestLag: number): readonly number[] {
  const mean = inner(law, values)
  const centred = values.map((x) => x - mean)
  const weighted = law.map((p, k) => p * centred[k]!)
  let current: Float64Array = centred
  let next: Float64Array = new Float64Array(centred.length)
  const result: number[] = []
  for (let lag = 0; lag <= largestLag; lag++) {
    result.push(inner(weighted, current))
    operator.backward(current, next)
    ;[current, next] = [next, current]
  }
  return result
}
