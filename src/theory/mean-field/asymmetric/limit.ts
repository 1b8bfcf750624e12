import { DomainError } from '../../../expression/errors.js'
import { findRoot } from '../../../numeric/roots.js'
import { type ActivationForm, gaussianActivation } from '../activation.js'
import { meanShare } from '../model.js'
import { carried, chainMatrix } from './chain-matrix.js'
import { mass } from './field-grid.js'
import type { SpecialWeight } from './special-weight.js'
import { type FieldLaw, stationaryLaw } from './stationary-law.js'

/**
 * A network in which every neuron has one incoming weight, chosen at random, replaced by a Beta variable (randomised
 * asymmetric initialisation, Lu et al. 2019), its other weights normal with or without correlated rows.
 */
export interface AsymmetricModel {
  readonly activation: ActivationForm
  readonly special: SpecialWeight
  /** k > -1, as for a SignalModel. @defaultValue 0 */
  readonly rowCorrelation?: number
}

/** A number with an estimate of its error: what a coarser discretisation gives otherwise. */
export interface LimitValue {
  readonly value: number
  readonly error: number
}

const finePoints = 14
const coarsePoints = 10

/** The weight variance at two resolutions; what the grid cuts off counts as error. */
function atGrowth(model: AsymmetricModel, growth: number): LimitValue {
  const law = limitLaw(model, growth, finePoints)
  const value = growth / noiseMoment(law, model.rowCorrelation)
  const coarse = growth / noiseMoment(limitLaw(model, growth, coarsePoints), model.rowCorrelation)
  return { value, error: Math.abs(value - coarse) + (1e-13 + 2 * law.truncation) * value }
}

/** A quantity at two resolutions. */
function twice(at: (points: number) => number): LimitValue {
  const value = at(finePoints)
  return { value, error: Math.abs(value - at(coarsePoints)) + 1e-13 * Math.abs(value) }
}

const homogeneous = (form: ActivationForm, what: string): void => {
  if (form.kind !== 'rectifier')
    throw new DomainError(
      `${what} does not depend on the mean square for a homogeneous activation alone; give a rectifier, or find the fixed points of the length`,
    )
}

const lawAt = ({ activation, special }: AsymmetricModel, growth: number, points: number): FieldLaw =>
  stationaryLaw({ activation: gaussianActivation(activation), special, gain: 1 / Math.sqrt(growth) }, points)

/** E phi^2 - k/(1+k) (E phi)^2 under a law: the normal part's variance over sigma_w^2. */
export function noiseMoment(law: FieldLaw, rowCorrelation = 0): number {
  const phi = law.chain.activation.value
  return law.mean((h) => phi(h) ** 2) - meanShare(rowCorrelation) * law.mean(phi) ** 2
}

/**
 * The exact law of the fields as N -> infinity where lengths grow by the factor `growth` a layer, in units of the normal
 * part's deviation: h = Z + phi(h') U / sqrt(growth). For a rectifier; it depends on no variance. At growth 1 it is the law
 * at a fixed point, whatever the bias. Throws DomainError for other activations and growth <= 0.
 */
export function limitLaw(model: AsymmetricModel, growth = 1, points = finePoints): FieldLaw {
  homogeneous(model.activation, 'the shape of the law of the fields')
  if (!(growth > 0)) throw new DomainError(`the growth of the mean square is ${growth}: give a positive factor`)
  const { activation, special } = model
  const key = [JSON.stringify(activation), special.alpha, special.beta, growth, points].join(' ')
  const known = laws.get(key) ?? lawAt(model, growth, points)
  // What was asked for last is forgotten last.
  laws.delete(key)
  laws.set(key, known)
  if (laws.size > mostLaws) laws.delete(laws.keys().next().value!)
  return known
}

/** Laws that were found: networks with and without correlated rows share them, and each takes a tenth of a second and more. */
const laws = new Map<string, FieldLaw>()
const mostLaws = 40

/**
 * The weight variance at which the mean square of activations grows by `growth` a layer as N -> infinity without bias:
 * growth / (E X^2 - k/(1+k) (E X)^2), X = phi(Z + X U / sqrt(growth)) in law. At growth 1 it is the critical value: below
 * it the mean square stays bounded, above it diverges. Throws DomainError as {@link limitLaw}.
 */
export const weightVarianceAtGrowth = (model: AsymmetricModel, growth = 1): LimitValue => atGrowth(model, growth)

/**
 * The factor by which the mean square grows a layer as N -> infinity without bias. Throws DomainError as
 * {@link limitLaw}, and where the growth is below about 0.6: the law of fields falls off like a power (Kesten 1973), of
 * which less and less fits the grid; {@link weightVarianceAtGrowth} at chosen growths avoids the search.
 */
export function lengthGrowth(model: AsymmetricModel, weightVariance: number): LimitValue {
  if (!(weightVariance > 0 && Number.isFinite(weightVariance)))
    throw new DomainError(`the weight variance is ${weightVariance}: give a positive number`)
  const excess = (points: number) => (s: number) =>
    s - Math.log(noiseMoment(limitLaw(model, Math.exp(s), points), model.rowCorrelation) * weightVariance)
  const coarse = excess(coarsePoints)
  const up = coarse(0) < 0
  const step = up ? 0.5 : -0.1
  let end = step
  while (coarse(end) < 0 === up && end < 4.6 && end > -1.4) end += step
  const near = findRoot(coarse, end - step, end, 1e-10).root
  const value = Math.exp(findRoot(excess(finePoints), near - 1e-7, near + 1e-7, 1e-12).root)
  return { value, error: Math.abs(value - Math.exp(near)) + 1e-10 * value }
}

/** phi'(h)^2 at the nodes. */
const squaredSlopes = (law: FieldLaw): Float64Array => law.nodes.map((h) => law.chain.activation.derivative(h) ** 2)

/**
 * The factor chi by which the mean squared difference of two close inputs' activations grows a layer as N -> infinity: the
 * leading eigenvalue of e(h) -> phi'(h)^2 (sigma_w^2 p(h) int e + int k_2(h | h') e(h') dh'), where e(s) is the squared
 * difference carried by neurons of field s, p the law of fields and k_2 the chain's density weighted by U^2: the
 * difference comes through the normal weights and through the special weight. Equal inputs are a stable fixed point where
 * it is below the growth of the mean square (1 at a fixed point). Throws DomainError for an activation that jumps.
 */
export function separationFactor(law: FieldLaw, weightVariance: number): number {
  const { carry, source } = separation(law)
  let field = law.density
  let factor = 0
  for (let k = 0; k < 2000; k++) {
    const before = mass(law.weights, field)
    const next = carry(field)
    for (let i = 0; i < next.length; i++) next[i] = next[i]! + weightVariance * before * source[i]!
    const after = mass(law.weights, next) / before
    field = next.map((x) => x / (after * before))
    if (Math.abs(after - factor) < 1e-14 * after) return after
    factor = after
  }
  return factor
}

function separation(law: FieldLaw): {
  readonly carry: (field: Float64Array) => Float64Array
  readonly source: Float64Array
} {
  if (law.chain.activation.jumps.length > 0)
    throw new DomainError(
      'the activation jumps: the squared difference of close inputs is not of second order in their distance, and has no factor',
    )
  const slopes = squaredSlopes(law)
  const matrix = chainMatrix({ ...law.chain, gain: law.chain.gain ?? 1 }, law, 2, law)
  return {
    carry: (field) => carried(matrix, field).map((x, i) => x * slopes[i]!),
    source: law.density.map((x, i) => x * slopes[i]!),
  }
}

/**
 * The weight variance at which equal inputs cease to be a stable fixed point, chi = 1 at growth 1, for any bias: with A the
 * part through the special weights, 1 / int (1 - A)^{-1} phi'^2 p, summed as a series. Throws DomainError as
 * {@link limitLaw}, and where differences grow through the special weights alone.
 */
export const criticalSeparation = (model: AsymmetricModel): LimitValue =>
  twice((points) => {
    const law = limitLaw(model, 1, points)
    const { carry, source } = separation(law)
    let term = source
    let sum = 0
    for (let k = 0; k < 5000; k++) {
      const size = mass(law.weights, term)
      sum += size
      if (size < 1e-16 * sum) return 1 / sum
      term = carry(term)
    }
    throw new DomainError('differences of inputs do not shrink along special weights: chi is above 1 at every variance')
  })
