import { DomainError } from '../../../expression/errors.js'
import { gaussianActivation } from '../activation.js'
import { meanShare } from '../model.js'
import type { AsymmetricModel } from './limit.js'
import { checkSpecial, type SpecialWeight } from './special-weight.js'

/** Random numbers, given by the caller: standard normals, and uniforms in (0, 1). */
export interface RandomSource {
  readonly normal: () => number
  readonly uniform: () => number
}

/** Samples of the joint law of a neuron's activations for two inputs. */
export interface ActivationPopulation {
  readonly first: Float64Array
  readonly second: Float64Array
}

/** Moments of a population: the order parameters of a layer. */
export interface PopulationMoments {
  readonly first: number
  readonly second: number
  readonly cross: number
  readonly meanFirst: number
  readonly meanSecond: number
}

/** E S1^2, E S2^2, E S1 S2, E S1, E S2. Throws DomainError for populations of different or no size. */
export function populationMoments({ first, second }: ActivationPopulation): PopulationMoments {
  const n = first.length
  if (n === 0 || second.length !== n)
    throw new DomainError(`the populations have ${n} and ${second.length} members: give as many of both, and some`)
  const sums = [0, 0, 0, 0, 0]
  for (let k = 0; k < n; k++) {
    const [a, b] = [first[k]!, second[k]!]
    sums[0]! += a * a
    sums[1]! += b * b
    sums[2]! += a * b
    sums[3]! += a
    sums[4]! += b
  }
  const [square, other, cross, mean, otherMean] = sums.map((x) => x / n)
  return { first: square!, second: other!, cross: cross!, meanFirst: mean!, meanSecond: otherMean! }
}

/** A Beta variable by Johnk's rejection; parameters up to about 10 are cheap. */
function drawBeta({ alpha, beta }: SpecialWeight, uniform: () => number): number {
  if (beta === 1) return uniform() ** (1 / alpha)
  for (;;) {
    const x = uniform() ** (1 / alpha)
    const y = uniform() ** (1 / beta)
    if (x + y <= 1 && x + y > 0) return x / (x + y)
  }
}

/**
 * One layer of the joint law of a neuron's activations for two inputs as N -> infinity, by population dynamics: each new
 * member draws a special input from the population and correlated normal fields of the population's covariance. What a
 * population of n members gives has a sampling error of order 1/sqrt(n) and a bias of order 1/n. Throws DomainError for
 * negative variances, k <= -1, and Beta parameters that are not positive.
 */
export function populationStep(
  model: AsymmetricModel,
  variances: { readonly weightVariance: number; readonly biasVariance: number },
  population: ActivationPopulation,
  { normal, uniform }: RandomSource,
): ActivationPopulation {
  const { weightVariance, biasVariance } = variances
  if (!(weightVariance >= 0 && biasVariance >= 0))
    throw new DomainError(`the variances are ${weightVariance} and ${biasVariance}: neither is negative`)
  checkSpecial(model.special)
  const { value: phi } = gaussianActivation(model.activation)
  const share = meanShare(model.rowCorrelation ?? 0)
  const moments = populationMoments(population)
  const { meanFirst, meanSecond } = moments
  const covariance = (second: number, means: number): number => weightVariance * (second - share * means) + biasVariance
  const a = Math.sqrt(covariance(moments.first, meanFirst * meanFirst))
  const both = covariance(moments.cross, meanFirst * meanSecond)
  const slope = a === 0 ? 0 : both / a
  const rest = Math.sqrt(Math.max(0, covariance(moments.second, meanSecond * meanSecond) - slope * slope))
  const n = population.first.length
  const first = new Float64Array(n)
  const second = new Float64Array(n)
  for (let k = 0; k < n; k++) {
    const from = Math.min(n - 1, Math.floor(uniform() * n))
    const u = drawBeta(model.special, uniform)
    const z = normal()
    first[k] = phi(a * z + u * population.first[from]!)
    second[k] = phi(slope * z + rest * normal() + u * population.second[from]!)
  }
  return { first, second }
}
