import { differentiate } from '../../expression/differentiate.js'
import { DomainError } from '../../expression/errors.js'
import { type Expression, type Formula, rational, type SymbolNode } from '../../expression/expression.js'
import { substitute } from '../../expression/substitute.js'
import { evaluateReal } from '../support/evaluate.js'
import { type Domains, domainsOf, samplePoint, scaleOf } from '../support/sample.js'
import { tidy } from '../support/simplify.js'
import { table, variablesOf } from '../support/tree.js'
import { solvePolynomials } from './elimination.js'
import { type RingEnergy, type UniformOptions, uniformDensity } from './energy.js'

/** A saddle's unknowns are symbols: the names of the uniform values. */
export interface SaddleOptions extends UniformOptions {
  /** The uniform value of each field, in their order, as a scalar to solve for: `r^*`. */
  readonly uniform: readonly SymbolNode[]
}

/** A predicate over parameter values with a description. */
export interface ParameterRegion {
  readonly kind: 'region'
  readonly describe: string
  readonly contains: (values: ReadonlyMap<string, number>) => boolean
}

/**
 * The conditions for a uniform configuration to be stationary, one for each field, as expressions that vanish: the
 * derivatives of the uniform energy per site.
 *
 * @param energy a premise, its last side, or a ring's energy that was read before
 * @param options `notation`, `fields`, `uniform`
 * @throws DomainError where the energy is not a ring's
 */
export function saddleConditions(
  energy: Formula | Expression | RingEnergy,
  options: SaddleOptions,
): readonly Expression[] {
  const density = uniformDensity(energy, options)
  return options.uniform.map((u) => tidy(differentiate(density, u), domainsOf(options.notation)))
}

const conditionsAt = (
  conditions: readonly Expression[],
  solution: readonly Expression[],
  unknowns: readonly SymbolNode[],
) => {
  const replacements = table(unknowns.map((u, k) => [u, solution[k] ?? u] as const))
  return conditions.map((c) => substitute(c, replacements))
}

type Judgement = 'holds' | 'absent' | 'violated'

/** What a candidate does at given parameters: solves with positive unknowns, has no positive real value, or is spurious. */
function judge(
  conditions: readonly Expression[],
  candidate: readonly Expression[],
  unknowns: readonly SymbolNode[],
  scalars: ReadonlyMap<string, number>,
): Judgement {
  const values = candidate.map((e) => evaluateReal(e, { scalars }))
  if (!values.every((v) => Number.isFinite(v) && v > 0)) return 'absent'
  const all = new Map([...scalars, ...unknowns.map((u, k) => [u.name, values[k] ?? Number.NaN] as const)])
  for (const condition of conditions) {
    const total = evaluateReal(condition, { scalars: all })
    const scale = scaleOf(condition, { scalars: all })
    if (!(Math.abs(total) <= 1e-8 * scale)) return 'violated'
  }
  return 'holds'
}

function parameterPoints(
  e: readonly Expression[],
  unknowns: readonly SymbolNode[],
  domains: Domains,
): readonly ReadonlyMap<string, number>[] {
  const hidden = new Set(unknowns.map((u) => u.name))
  const names = [...new Set(e.flatMap((x) => variablesOf(x)).flatMap((v) => (v.kind === 'symbol' ? [v.name] : [])))]
    .filter((n) => !hidden.has(n))
    .sort()
  return Array.from(
    { length: 32 },
    (_, k) => new Map(names.map((n, d) => [n, samplePoint(domains.get(n), k, d)] as const)),
  )
}

/**
 * The uniform configuration of stationary energy, solved exactly: one equation `r^* = …` for each field. Conditions are
 * brought over common denominators, logarithms of ratios are exponentiated, and unknowns are eliminated one after
 * another where a condition is linear in one of them or its square; the last may be quadratic. Of several branches the
 * one is taken that is positive and satisfies every condition at the most sample points of the parameters' domains; a
 * saddle at zero is not looked for.
 *
 * @param energy a premise, its last side, or a ring's energy that was read before
 * @param options `notation`, `fields`, `uniform`
 * @returns one formula for each field, in their order (not a list of solutions): `lastSide` of the first is the first
 *   field's value; each of them may be given to `secondVariation` as `at`
 * @throws DomainError where the energy is not a ring's, or naming what stays unsolved in closed form: then derive from
 *   `saddleConditions`
 */
export function uniformSaddle(energy: Formula | Expression | RingEnergy, options: SaddleOptions): readonly Formula[] {
  const conditions = saddleConditions(energy, options)
  const points = parameterPoints(conditions, options.uniform, domainsOf(options.notation))
  let best: { solution: readonly Expression[]; score: number } | null = null
  for (const candidate of solvePolynomials(conditions, options.uniform)) {
    const judgements = points.map((p) => judge(conditions, candidate, options.uniform, p))
    const score = judgements.filter((j) => j === 'holds').length
    if (judgements.includes('violated') || score === 0) continue
    if (!best || score > best.score) best = { solution: candidate, score }
  }
  if (!best)
    throw new DomainError(
      `no uniform configuration with positive ${options.uniform.map((u) => u.name).join(', ')} was found in closed form where the parameters are declared to live; solve the saddle conditions numerically`,
    )
  const found = best.solution
  return options.uniform.map((u, k) => ({ sides: [u, found[k] ?? u], relations: ['='] }))
}

/** Where in the parameters a solved uniform configuration is real and positive and satisfies the conditions. */
export function saddleExists(
  energy: Formula | Expression | RingEnergy,
  options: SaddleOptions & { readonly solution?: readonly Formula[] },
): ParameterRegion {
  const conditions = saddleConditions(energy, options)
  const solution = options.solution ?? uniformSaddle(energy, options)
  const sides = solution.map((f) => f.sides.at(-1) ?? rational(0))
  return {
    kind: 'region',
    describe: `${options.uniform.map((u) => u.name).join(', ')} real, positive and stationary`,
    contains: (values) => judge(conditions, sides, options.uniform, values) === 'holds',
  }
}

/** The conditions with a solution put in; each vanishes identically when the solution is right. */
export function saddleResiduals(
  energy: Formula | Expression | RingEnergy,
  solution: readonly Formula[],
  options: SaddleOptions,
): readonly Expression[] {
  const sides = options.uniform.map(
    (u) => solution.find((f) => f.sides[0]?.kind === 'symbol' && f.sides[0].name === u.name)?.sides.at(-1) ?? u,
  )
  return conditionsAt(saddleConditions(energy, options), sides, options.uniform)
}
