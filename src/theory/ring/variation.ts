import { differentiate } from '../../expression/differentiate.js'
import { DomainError } from '../../expression/errors.js'
import {
  add,
  type Expression,
  type Formula,
  half,
  type IndexedNode,
  multiply,
  power,
  rational,
} from '../../expression/expression.js'
import { substitute } from '../../expression/substitute.js'
import { domainsOf, vanishesNumerically } from '../support/sample.js'
import { tidy } from '../support/simplify.js'
import { isVariable, table } from '../support/tree.js'
import {
  fieldAt,
  type Occurrence,
  occurrencesOf,
  type RingEnergy,
  ringEnergy,
  siteLetter,
  sumOverSites,
  type UniformOptions,
  uniformEnergy,
} from './energy.js'
import { type Coupling, collectCouplings, type QuadraticForm, quadraticExpression } from './quadratic.js'

/** How an energy is expanded about a uniform configuration. */
export interface VariationOptions extends UniformOptions {
  /** The fluctuations, one for each field: `\epsilon^l`. */
  readonly fluctuations: readonly IndexedNode[]
  /** Equations that the uniform values satisfy (`r^* = …`), put in after differentiation. */
  readonly at?: readonly Formula[]
}

/** Puts solved values in: each formula's first side, a scalar or indexed quantity, gives way to its last side. */
export function substituteSolutions(e: Expression, at: readonly Formula[] = []): Expression {
  const pairs = at.map((f) => {
    const [left, right] = [f.sides[0], f.sides.at(-1)]
    if (!left || !right || f.sides.length < 2 || !isVariable(left))
      throw new DomainError('a saddle is given as equations whose left side is the uniform value, such as r^* = …')
    return [left, right] as const
  })
  return substitute(e, table(pairs))
}

interface Setting {
  readonly ring: RingEnergy
  readonly occurrences: readonly Occurrence[]
  readonly atUniform: (e: Expression) => Expression
}

function setting(energy: Formula | Expression | RingEnergy, options: VariationOptions): Setting {
  const ring = ringEnergy(energy, options)
  const occurrences = occurrencesOf(ring, options.fields, ring.density)
  const pairs = occurrences.map((o) => {
    const value = options.uniform[o.field]
    if (!value) throw new DomainError(`no uniform value was named for the field ${o.node.name}`)
    return [o.node, value] as const
  })
  const replacements = table(pairs)
  return { ring, occurrences, atUniform: (e) => substituteSolutions(substitute(e, replacements), options.at) }
}

/** The second variation of an energy about a uniform configuration as a quadratic form, shifts of the site collected. */
export function secondVariationForm(
  energy: Formula | Expression | RingEnergy,
  options: VariationOptions,
): QuadraticForm {
  const { ring, occurrences, atUniform } = setting(energy, options)
  const terms: Coupling[] = []
  occurrences.forEach((a, i) => {
    const slope = differentiate(ring.density, a.node)
    occurrences.slice(i).forEach((b, j) => {
      const second = differentiate(slope, b.node)
      if (second.kind === 'number' && second.numerator === 0n) return
      const coefficient = multiply(j === 0 ? half : rational(1), atUniform(second))
      terms.push({ first: a.field, second: b.field, distance: a.offset - b.offset, coefficient })
    })
  })
  const domains = domainsOf(options.notation)
  const couplings = collectCouplings(terms, domains).filter((c) => !vanishesNumerically(c.coefficient, domains))
  return { ring: { ...ring, constant: rational(0) }, fields: options.fluctuations, couplings }
}

/**
 * The energy of small fluctuations about a uniform configuration, to second order and modulo total differences:
 * `\sum_l [A (ε^l)^2 + B ε^l ε^{l-1}]`. Terms linear in the fluctuations cancel around the ring at a saddle; they are not
 * looked at here (see `saddleConditions`).
 *
 * @param energy a premise, its last side, or a ring's energy that was read before
 * @param options `notation`, `fields`, `uniform`, `fluctuations`, and `at`: solved uniform values such as the saddle's
 *   statement, which are put in after differentiation. Without `at` the symbols of `uniform` stay in the result
 * @returns a sum over the sites in the fluctuations
 * @throws DomainError where the energy is not a ring's, a field has no uniform value, or `at` holds no solved equations
 */
export const secondVariation = (energy: Formula | Expression | RingEnergy, options: VariationOptions): Expression =>
  quadraticExpression(secondVariationForm(energy, options))

/** One term of a Taylor expansion: which occurrences, each how often, and the coefficient. */
export interface TaylorTerm {
  readonly powers: readonly { readonly field: number; readonly offset: number; readonly power: number }[]
  readonly coefficient: Expression
}

/** The Taylor coefficients of one order in the fluctuations, site by site (shifts not collected). */
export function taylorTerms(
  energy: Formula | Expression | RingEnergy,
  order: number,
  options: VariationOptions,
): readonly TaylorTerm[] {
  const { ring, occurrences, atUniform } = setting(energy, options)
  if (!(Number.isInteger(order) && order >= 0 && order <= 8)) throw new DomainError('an order from 0 to 8 is expanded')
  const domains = domainsOf(options.notation)
  const result: TaylorTerm[] = []
  const descend = (
    e: Expression,
    from: number,
    left: number,
    chosen: readonly { at: Occurrence; power: number }[],
  ): void => {
    if (e.kind === 'number' && e.numerator === 0n) return
    if (left === 0) {
      let factorials = 1
      for (const c of chosen) for (let k = 2; k <= c.power; k++) factorials *= k
      result.push({
        powers: chosen.map((c) => ({ field: c.at.field, offset: c.at.offset, power: c.power })),
        coefficient: tidy(multiply(rational(1, factorials), atUniform(e)), domains),
      })
      return
    }
    for (let k = from; k < occurrences.length; k++) {
      const occurrence = occurrences[k]
      if (!occurrence) continue
      let derived = e
      for (let n = 1; n <= left; n++) {
        derived = differentiate(derived, occurrence.node)
        descend(derived, k + 1, left - n, [...chosen, { at: occurrence, power: n }])
      }
    }
  }
  descend(ring.density, 0, order, [])
  return result
}

/** How far an energy is expanded term by term. */
export interface ExpansionOptions extends VariationOptions {
  /** Highest order kept. @defaultValue 2 */
  readonly order?: number
  /** What stands for the energy of the uniform configuration; without it the energy itself, `false` to leave it out. */
  readonly reference?: Expression | false
}

/**
 * The whole Taylor expansion of an energy about a uniform configuration up to an order, linear terms included, nothing
 * shifted: `E(uniform) + \sum_l \{a ε^{l-1} + b ε^l + …\}`.
 */
export function expandEnergy(energy: Formula | Expression | RingEnergy, options: ExpansionOptions): Expression {
  const ring = ringEnergy(energy, options)
  const body: Expression[] = []
  for (let order = 1; order <= (options.order ?? 2); order++)
    for (const t of taylorTerms(ring, order, options))
      body.push(
        multiply(
          t.coefficient,
          ...t.powers.map((p) => {
            const pattern = options.fluctuations[p.field]
            if (!pattern) throw new DomainError('every field needs a fluctuation')
            return power(fieldAt(ring, pattern, p.offset, siteLetter(ring, pattern)), p.power)
          }),
        ),
      )
  const sum = sumOverSites(ring, add(...body))
  if (options.reference === false) return sum
  return add(options.reference ?? substituteSolutions(uniformEnergy(ring, options), options.at), sum)
}

/** Coefficients of one order modulo total differences: terms that a shift makes equal are added. */
export function termsModuloShift(
  energy: Formula | Expression | RingEnergy,
  order: number,
  options: VariationOptions,
): readonly TaylorTerm[] {
  const sums = new Map<string, { powers: TaylorTerm['powers']; parts: Expression[] }>()
  for (const t of taylorTerms(energy, order, options)) {
    const last = Math.max(...t.powers.map((p) => p.offset))
    const powers = t.powers.map((p) => ({ ...p, offset: p.offset - last }))
    const key = JSON.stringify(powers)
    const sum = sums.get(key) ?? { powers, parts: [] }
    sum.parts.push(t.coefficient)
    sums.set(key, sum)
  }
  return [...sums.values()].map((s) => ({
    powers: s.powers,
    coefficient: tidy(add(...s.parts), domainsOf(options.notation)),
  }))
}

/**
 * The order of the first terms beyond `after` that do not cancel around the ring: 3 for an energy with a cubic
 * anharmonicity. Throws DomainError where all terms up to order 6 cancel.
 */
export function orderOfNeglectedTerms(
  energy: Formula | Expression | RingEnergy,
  options: VariationOptions & { readonly after?: number },
): number {
  const domains = domainsOf(options.notation)
  for (let order = (options.after ?? 2) + 1; order <= 6; order++)
    if (termsModuloShift(energy, order, options).some((t) => !vanishesNumerically(t.coefficient, domains))) return order
  throw new DomainError('all terms up to sixth order cancel')
}
