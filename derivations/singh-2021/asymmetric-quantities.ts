/** What section 3.3 and its appendices share: both ensembles, their exact limits, the approximations of appendices B and C. */
import {
  type CheckInput,
  type Formula,
  findRoot,
  gaussianExpectation,
  lastSide,
  type NumberReading,
  rational,
  rectifiedForm,
  scalarValue,
} from 'corrigenda'
import {
  type AsymmetricClosure,
  type AsymmetricModel,
  closureCritical,
  criticalSeparation,
  type FieldLaw,
  frozenExpectation,
  limitLaw,
  separationFactor,
  weightVarianceAtGrowth,
} from 'corrigenda/theory'

/** Beta(2, 1), as appendix A and the program have it. */
export const special = { alpha: 2, beta: 1 } as const
/** One special weight to a neuron, the others independent. */
export const asymmetric: AsymmetricModel = { activation: rectifiedForm, special }
/** The same with the strength of correlations of table 3.1. */
export const antiCorrelation = 100
export const antiCorrelated: AsymmetricModel = { ...asymmetric, rowCorrelation: antiCorrelation }

/** (E phi)^2 / E phi^2 of a rectified centred normal variable, which appendix C.1 puts for the mean. */
export const centredShare = 1 / Math.PI

/** A value that is computed once, when it is first asked for. */
export function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | null = null
  return () => {
    known ??= { value: compute() }
    return known.value
  }
}

// ---- Exact limits, N -> infinity ------------------------------------------------------------------------------------------

/** The weight variances at which the mean square neither grows nor shrinks. */
export const exactLength = {
  uncorrelated: once(() => weightVarianceAtGrowth(asymmetric).value),
  antiCorrelated: once(() => weightVarianceAtGrowth(antiCorrelated).value),
}
/** The weight variance at which close inputs neither part nor meet, for both ensembles: the law of the fields is the same. */
export const exactSeparation = once(() => criticalSeparation(asymmetric).value)

const laws = new Map<number, FieldLaw>()
/** The law of the fields where lengths grow by a factor a layer. */
export function lawAtGrowth(growth: number): FieldLaw {
  const known = laws.get(growth) ?? limitLaw(asymmetric, growth, 10)
  laws.set(growth, known)
  return known
}

/** At a growth of lengths: the weight variance, and by how much differences of close inputs grow beyond lengths. */
export interface Growth {
  readonly growth: number
  readonly weightVariance: number
  readonly separation: number
}

const growths = [0.75, 0.9, 1, 1.25, 2, 4] as const

const growthsOf = (model: AsymmetricModel): readonly Growth[] =>
  growths.map((growth) => {
    const law = lawAtGrowth(growth)
    const share = (model.rowCorrelation ?? 0) / (1 + (model.rowCorrelation ?? 0))
    const weightVariance =
      growth / (law.mean((h) => Math.max(h, 0) ** 2) - share * law.mean((h) => Math.max(h, 0)) ** 2)
    return { growth, weightVariance, separation: separationFactor(law, weightVariance) / growth }
  })

/** Without a bias of order one: lengths grow or shrink, and differences with them. */
export const withoutBias = {
  uncorrelated: once(() => growthsOf(asymmetric)),
  antiCorrelated: once(() => growthsOf(antiCorrelated)),
}

/** Whether close inputs part before the length diverges: how many chaotic phases of bounded length there are. */
export const chaosBefore = (separation: number, length: number): number => (separation < length ? 1 : 0)

// ---- The approximations ----------------------------------------------------------------------------------------------------

type Scheme = keyof typeof exactLength
type Factor = 'length' | 'separation'

const closures = new Map<string, number>()
/** Where an approximation is marginal. */
export function approximateCritical(
  scheme: Scheme,
  closure: Pick<AsymmetricClosure, 'replacement' | 'squaredMean'>,
  factor: Factor,
): number {
  const key = `${scheme} ${closure.replacement} ${closure.squaredMean ?? 'own'} ${factor}`
  const model = scheme === 'uncorrelated' ? asymmetric : antiCorrelated
  const known = closures.get(key) ?? closureCritical({ ...model, ...closure }, factor)
  closures.set(key, known)
  return known
}

const phi = (h: number): number => Math.max(h, 0)
const slope = (h: number): number => (h > 0 ? 1 : 0)

/** (E phi)^2 / E phi^2 of the exact law at a fixed point of the length, the same for both ensembles. */
export const exactShare = once(() => {
  const law = lawAtGrowth(1)
  return law.mean(phi) ** 2 / law.mean((h) => phi(h) ** 2)
})

/** The boundaries with the special input's activation at sqrt(share q), and the same share in the reduced deviation. */
export function boundaryAtShare(scheme: Scheme, factor: Factor, share: number): number {
  const reduction = scheme === 'uncorrelated' ? 1 : 1 - (antiCorrelation / (1 + antiCorrelation)) * share
  const excess = (s: number): number => {
    const variance = Math.exp(s)
    const frozen = { deviation: Math.sqrt(variance * reduction), scale: Math.sqrt(share), special }
    return factor === 'length'
      ? Math.log(frozenExpectation((h) => phi(h) ** 2, frozen, [0]).value)
      : s + Math.log(frozenExpectation(slope, frozen, [0]).value)
  }
  return Math.exp(findRoot(excess, Math.log(0.05), Math.log(20), 1e-10).root)
}

/** Where (B.1) as it is printed is one, at the deviation that the recursion has: `reduction` is its square over sigma_w^2. */
export function printedStability(reduction: number): number {
  const excess = (s: number): number => {
    const deviation = Math.exp(s / 2)
    const frozen = { deviation, scale: 1, special }
    return Math.log(
      deviation ** 2 * frozenExpectation(slope, frozen, [0]).value +
        deviation * frozenExpectation((h) => slope(h) * phi(h), frozen, [0]).value,
    )
  }
  return Math.exp(findRoot(excess, Math.log(0.05), Math.log(20), 1e-10).root) / reduction
}

/** Mean of a rectified normal variable. */
const rectifiedMean = (mean: number, deviation: number): number =>
  gaussianExpectation(phi, { mean, variance: deviation ** 2, kinks: [0] }).value

/**
 * The correlation of activations one layer on in the approximation of appendix B, where the special input's activation is
 * sqrt(q) for both inputs: fields sigma Z + U of correlation c in Z.
 */
export function approximateCorrelation(c: number, weightVariance: number): number {
  const key = `${c} ${weightVariance}`
  const known = correlations.get(key) ?? correlationAfter(c, weightVariance)
  correlations.set(key, known)
  return known
}

const correlations = new Map<string, number>()

function correlationAfter(c: number, weightVariance: number): number {
  const deviation = Math.sqrt(weightVariance)
  const rest = deviation * Math.sqrt(Math.max(0, 1 - c * c))
  const other = (h: number, u: number): number => {
    const mean = u + c * (h - u)
    return rest === 0 ? phi(mean) : rectifiedMean(mean, rest)
  }
  const frozen = { deviation, scale: 1, special }
  const cross = frozenExpectation((h, u) => phi(h) * other(h, u), frozen, [0]).value
  return cross / frozenExpectation((h) => phi(h) ** 2, frozen, [0]).value
}

// ---- Readings of numbers ---------------------------------------------------------------------------------------------------

export const named = (name: string, value: (input: CheckInput) => number): NumberReading => ({ name, value })

/** The number on a formula's last side. */
export const numberOf = (formula: Formula): number => scalarValue(lastSide(formula), {})

/** The sign of the difference of two printed numbers. */
export const orderOf = (first: Formula, second: Formula) => rational(Math.sign(numberOf(first) - numberOf(second)))
