import { angleOverSine, isCopositive, quadrantMean } from '../../numeric/quadrant.js'
import { SecondOrder } from '../../numeric/second-order.js'
import type { SiteLaw, Vector } from './site-law.js'

/** `branches: 'arctangent'` stops where a determinant under a root vanishes, as formulas with arctan alone do. */
export interface RectifiedOptions {
  /** @defaultValue 'all' */
  readonly branches?: 'all' | 'arctangent'
}

/** The integral of exp(-z A z / 2) over the quadrant as a function of A's entries; null where it has no value. */
function quadrant(a: SecondOrder, b: SecondOrder, c: SecondOrder, arctangentOnly: boolean): SecondOrder | null {
  if (!isCopositive({ first: a.value, second: b.value, cross: c.value })) return null
  const root = a.times(b).power(0.5)
  const ratio = c.over(root)
  if (arctangentOnly && !(ratio.value < 1)) return null
  if (!(ratio.value > -1)) return null
  return ratio.through(angleOverSine(ratio.value)).over(root)
}

const variable = (value: number, k: number): SecondOrder => SecondOrder.variable(value, k, 6)

/**
 * The four quadrants of the fields in the exponent exp(tilts . t - H Sigma^-1 H / 2), their matrices multiplied by
 * the determinant of Sigma so that nothing is divided by it: both neurons active, the first alone, the second alone,
 * none. Each entry is (first, second, cross) with both coordinates counted positive.
 */
function matrices(tilts: Vector, parameters: Vector) {
  const [l1, l2, l3] = [variable(tilts[0]!, 0), variable(tilts[1]!, 1), variable(tilts[2]!, 2)]
  const [s1, s2, s3] = [variable(parameters[0]!, 3), variable(parameters[1]!, 4), variable(parameters[2]!, 5)]
  const determinant = s1.times(s2).minus(s3.times(s3))
  const first = s2.combine(1, l1.times(determinant), -2)
  const second = s1.combine(1, l2.times(determinant), -2)
  return {
    determinant,
    both: [first, second, s3.combine(-1, l3.times(determinant), -1)],
    firstAlone: [first, s1, s3],
    secondAlone: [s2, second, s3],
    none: [s2, s1, s3.scaled(-1)],
  } as const
}

/**
 * A pair of neurons with the activation max(0, h); the statistics are (reference^2, perturbed^2, their product), the
 * parameters their fields' covariance (variance, variance, cross). Closed form on every branch of the quadrant
 * integrals: the mean exists wherever the quadratic form is copositive, also where its determinant is negative.
 */
export function rectifiedLaw({ branches = 'all' }: RectifiedOptions = {}): SiteLaw {
  const arctangentOnly = branches === 'arctangent'
  const logMoment = (tilts: Vector, parameters: Vector): SecondOrder | null => {
    const { determinant, both, firstAlone, secondAlone, none } = matrices(tilts, parameters)
    if (!(parameters[0]! > 0 && parameters[1]! > 0 && determinant.value > 0)) return null
    let sum: SecondOrder | null = null
    for (const [a, b, c] of [both, firstAlone, secondAlone, none]) {
      const part = quadrant(a, b, c, arctangentOnly)
      if (!part) return null
      sum = sum ? sum.plus(part) : part
    }
    if (!sum) return null
    return sum
      .log()
      .combine(1, determinant.log(), 0.5)
      .scaled(1, -Math.log(2 * Math.PI))
  }
  return {
    statistics: 3,
    parameters: 3,
    logMoment,
    means(tilts, parameters) {
      const moment = logMoment(tilts, parameters)
      if (!moment) return [Number.NaN, Number.NaN]
      const { determinant, both, firstAlone, secondAlone } = matrices(tilts, parameters)
      // A = (entries) / determinant: the mean over a quadrant scales as determinant^(3/2), the density's norm as its root.
      const norm = determinant.value / (2 * Math.PI * Math.exp(moment.value))
      const plain = (m: readonly SecondOrder[]) => ({ first: m[0]!.value, second: m[1]!.value, cross: m[2]!.value })
      const swapped = (m: readonly SecondOrder[]) => ({ first: m[1]!.value, second: m[0]!.value, cross: m[2]!.value })
      return [
        norm * (quadrantMean(plain(both)) + quadrantMean(plain(firstAlone))),
        norm * (quadrantMean(swapped(both)) + quadrantMean(swapped(secondAlone))),
      ]
    },
  }
}
