import { gcdPolynomials } from '../../exact/gcd.js'
import {
  addPolynomials,
  coefficientsIn,
  degreeIn,
  generatorsIn,
  isConstant,
  monomialOf,
  multiplyPolynomials,
  negatePolynomial,
  onePolynomial,
  type Polynomial,
  powerPolynomial,
  scalePolynomial,
  subtractPolynomials,
  zeroPolynomial,
} from '../../exact/polynomial.js'
import { DomainError } from '../../expression/errors.js'
import {
  add,
  type Expression,
  log,
  multiply,
  negate,
  rational,
  type SymbolNode,
  squareRoot,
} from '../../expression/expression.js'
import { substitute } from '../../expression/substitute.js'
import { AtomTable, exactQuotient, polynomialRoot, type RationalForm, reduced } from '../support/rational-form.js'
import { some, table } from '../support/tree.js'

/** Splits logarithms of products, quotients and powers of positive quantities into sums. */
function splitLogarithms(e: Expression): Expression {
  if (e.kind === 'function' && e.name === 'log' && e.arguments[0]) {
    const argument = e.arguments[0]
    if (argument.kind === 'product') return { kind: 'sum', terms: argument.factors.map((f) => splitLogarithms(log(f))) }
    if (argument.kind === 'power') return multiply(argument.exponent, splitLogarithms(log(argument.base)))
    return e
  }
  if (e.kind === 'sum') return { kind: 'sum', terms: e.terms.map(splitLogarithms) }
  if (e.kind === 'product') return { kind: 'product', factors: e.factors.map(splitLogarithms) }
  return e
}

/** Polynomials of which one vanishes at each positive solution of a condition; none where there are no such polynomials. */
function polynomialCondition(condition: Expression, atoms: AtomTable): readonly Polynomial[] {
  const { numerator } = atoms.form(splitLogarithms(condition))
  const logarithms = generatorsIn(numerator).filter((id) => {
    const atom = atoms.atom(id)
    return atom.kind === 'function' && atom.name === 'log'
  })
  if (logarithms.length === 0) return [numerator]
  // Sum of n_i log A_i = 0 over a common factor: the product of A_i^{2 n_i} is 1, squared so that roots of unknowns go.
  let common: Polynomial | null = null
  let rest = numerator
  const coefficients = logarithms.map((id) => {
    const [constant, slope] = coefficientsIn(rest, id)
    rest = constant ?? zeroPolynomial
    common = common === null ? (slope ?? zeroPolynomial) : gcdPolynomials(common, slope ?? zeroPolynomial)
    return slope ?? zeroPolynomial
  })
  if (rest.size > 0 || common === null || logarithms.some((id) => degreeIn(numerator, id) > 1)) return []
  let [top, bottom]: [Polynomial, Polynomial] = [onePolynomial, onePolynomial]
  for (const [k, id] of logarithms.entries()) {
    const weight = exactQuotient(coefficients[k] ?? zeroPolynomial, common)
    const atom = atoms.atom(id)
    if (!isConstant(weight) || atom.kind !== 'function' || !atom.arguments[0]) return []
    const n = 2 * Number(weight.get('') ?? 0n)
    if (Math.abs(n) > 40) return []
    const argument = atoms.form(atom.arguments[0])
    const [up, down] = n > 0 ? [argument.numerator, argument.denominator] : [argument.denominator, argument.numerator]
    top = multiplyPolynomials(top, powerPolynomial(up, Math.abs(n)))
    bottom = multiplyPolynomials(bottom, powerPolynomial(down, Math.abs(n)))
  }
  const fraction = reduced(top, bottom)
  // x^2 = y^2 is x = y or x = -y; which of them keeps logarithms real is seen when candidates are tried.
  const [x, y] = [polynomialRoot(fraction.numerator), polynomialRoot(fraction.denominator)]
  return x && y
    ? [subtractPolynomials(x, y), addPolynomials(x, y)]
    : [subtractPolynomials(fraction.numerator, fraction.denominator)]
}

interface Unknown {
  readonly id: number
  /** The unknown stands for this power of the symbol. */
  readonly power: 1 | 2
}

/** Divides out powers of the unknowns (they are positive) and factors without unknowns. */
function primitive(p: Polynomial, unknowns: readonly Unknown[]): Polynomial {
  let current = p
  for (const u of unknowns) {
    const lowest = coefficientsIn(current, u.id).findIndex((c) => c.size > 0)
    if (lowest > 0) current = exactQuotient(current, new Map([[monomialOf(u.id, lowest), 1n]]))
  }
  // The factor common to all coefficients in the unknowns together.
  let coefficients: readonly Polynomial[] = [current]
  for (const u of unknowns)
    coefficients = coefficients.flatMap((c) => coefficientsIn(c, u.id)).filter((c) => c.size > 0)
  const content = coefficients.reduce((g, c) => gcdPolynomials(g, c), zeroPolynomial)
  return content.size === 0 || isConstant(content) ? current : exactQuotient(current, content)
}

const holdsUnknown = (p: Polynomial, unknowns: readonly Unknown[]): boolean =>
  unknowns.some((u) => degreeIn(p, u.id) > 0)

/** Puts numerator/denominator for a generator and clears denominators. */
function substituted(p: Polynomial, id: number, value: RationalForm): Polynomial {
  const coefficients = coefficientsIn(p, id)
  const degree = coefficients.length - 1
  return coefficients.reduce(
    (sum, c, k) =>
      addPolynomials(
        sum,
        multiplyPolynomials(
          c,
          multiplyPolynomials(powerPolynomial(value.numerator, k), powerPolynomial(value.denominator, degree - k)),
        ),
      ),
    zeroPolynomial,
  )
}

interface Step {
  readonly unknown: Unknown
  readonly values: readonly Expression[]
}

/**
 * Solves stationarity conditions for positive unknowns: all candidate solutions in closed form, spurious ones among
 * them (the caller tests each in the conditions). Throws DomainError naming the unknowns for which there is none.
 */
export function solvePolynomials(
  conditions: readonly Expression[],
  symbols: readonly SymbolNode[],
): readonly (readonly Expression[])[] {
  const atoms = new AtomTable()
  const ids = symbols.map((s) => atoms.idOf(s))
  const unsolved = (): DomainError =>
    new DomainError(
      `the saddle conditions cannot be solved in closed form for ${symbols.map((s) => s.name).join(', ')}`,
    )
  const systems = conditions
    .map((c) => polynomialCondition(c, atoms))
    .reduce<readonly (readonly Polynomial[])[]>(
      (all, options) => all.flatMap((s) => options.map((p) => [...s, p])),
      [[]],
    )
  const solutions = systems.flatMap((system) => solveSystem(system, symbols, ids, atoms))
  if (solutions.length === 0) throw unsolved()
  return solutions
}

function solveSystem(
  given: readonly Polynomial[],
  symbols: readonly SymbolNode[],
  ids: readonly number[],
  atoms: AtomTable,
): readonly (readonly Expression[])[] {
  const plain = ids.map((id): Unknown => ({ id, power: 1 }))
  let system = given.map((p) => primitive(p, plain))
  for (const id of new Set(system.flatMap((p) => generatorsIn(p))))
    if (!ids.includes(id) && some(atoms.atom(id), (n) => n.kind === 'symbol' && symbols.some((s) => s.name === n.name)))
      return []
  // An unknown that occurs in even powers only is solved for as its square.
  const unknowns = ids.map((id): Unknown => {
    const even = system.every((p) => coefficientsIn(p, id).every((c, k) => k % 2 === 0 || c.size === 0))
    return { id, power: even ? 2 : 1 }
  })
  system = system.map((p) => unknowns.filter((u) => u.power === 2).reduce((q, u) => halvePowers(q, u.id), p))
  const solutions: (readonly Step[])[] = []
  const eliminate = (left: readonly Polynomial[], open: readonly Unknown[], steps: readonly Step[]): void => {
    if (open.length === 0 || solutions.length > 64) {
      if (open.length === 0) solutions.push(steps)
      return
    }
    const equations = left.map((p) => primitive(p, open)).filter((p) => holdsUnknown(p, open))
    const options = equations
      .flatMap((p) => open.map((unknown) => ({ p, unknown, degree: degreeIn(p, unknown.id) })))
      .filter((o) => o.degree >= 1 && (o.degree <= 2 || open.length === 1))
      .sort((a, b) => a.degree - b.degree || a.p.size - b.p.size)
    for (const { p, unknown, degree } of options.slice(0, 3)) {
      const others = equations.filter((q) => q !== p)
      const rest = open.filter((u) => u !== unknown)
      const coefficients = coefficientsIn(p, unknown.id)
      const [c0, c1, c2] = [
        coefficients[0] ?? zeroPolynomial,
        coefficients[1] ?? zeroPolynomial,
        coefficients[2] ?? zeroPolynomial,
      ]
      const rationals: RationalForm[] = []
      if (degree === 1) rationals.push(reduced(negatePolynomial(c0), c1))
      if (degree === 2) {
        const discriminant = subtractPolynomials(
          multiplyPolynomials(c1, c1),
          scalePolynomial(multiplyPolynomials(c0, c2), 4n),
        )
        const root = polynomialRoot(discriminant)
        if (root)
          for (const r of [root, negatePolynomial(root)])
            rationals.push(reduced(subtractPolynomials(r, c1), scalePolynomial(c2, 2n)))
        else if (rest.length === 0) {
          const [a, b, c] = [c2, c1, c0].map((x) => atoms.expression(x))
          if (a && b && c) solutions.push([...steps, { unknown, values: quadraticRoots(a, b, c) }])
        }
      }
      const before = solutions.length
      for (const value of rationals) {
        const step: Step = { unknown, values: [atoms.quotient(value)] }
        eliminate(
          others.map((q) => substituted(q, unknown.id, value)),
          rest,
          [...steps, step],
        )
      }
      // A factor that all coefficients share is a branch of its own.
      const content = coefficients.filter((c) => c.size > 0).reduce((g, c) => gcdPolynomials(g, c), zeroPolynomial)
      if (holdsUnknown(content, rest)) eliminate([...others, content], open, steps)
      if (solutions.length > before) return
    }
  }
  eliminate(system, unknowns, [])
  return solutions.flatMap((steps) => backSubstitute(steps, unknowns, symbols))
}

const halvePowers = (p: Polynomial, id: number): Polynomial =>
  coefficientsIn(p, id).reduce(
    (sum, c, k) => (k % 2 === 0 ? addPolynomials(sum, scalePolynomial(c, 1n, monomialOf(id, k / 2))) : sum),
    zeroPolynomial,
  )

/** The unknowns' values from the last solved to the first. A step's symbol stands for its power while steps are open. */
function backSubstitute(
  steps: readonly Step[],
  unknowns: readonly Unknown[],
  symbols: readonly SymbolNode[],
): readonly (readonly Expression[])[] {
  let branches: readonly ReadonlyMap<number, Expression>[] = [new Map()]
  for (const step of [...steps].reverse())
    branches = branches.flatMap((branch) =>
      step.values.map((value) => {
        const replacements = table(
          [...branch].map(([id, e]) => [symbols[unknowns.findIndex((u) => u.id === id)] ?? e, e] as const),
        )
        return new Map([...branch, [step.unknown.id, substitute(value, replacements)]])
      }),
    )
  return branches.flatMap((branch) => {
    const values = unknowns.map((u, k) => simplified(branch.get(u.id) ?? symbols[k] ?? rational(0)))
    // A branch with a vanishing denominator is none.
    if (values.some((v) => v === null)) return []
    return [unknowns.map((u, k) => (u.power === 2 ? squareRoot(values[k] ?? rational(0)) : (values[k] ?? rational(0))))]
  })
}

/** Lowest terms, so that nested quotients of the elimination come out as one; null where a denominator vanishes. */
function simplified(e: Expression): Expression | null {
  const atoms = new AtomTable()
  try {
    return atoms.quotient(atoms.form(e))
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}

/** Both roots of a w^2 + b w + c as expressions. */
function quadraticRoots(a: Expression, b: Expression, c: Expression): readonly Expression[] {
  const root = squareRoot(add(multiply(b, b), negate(multiply(rational(4), a, c))))
  return [root, negate(root)].map((r) =>
    multiply(add(negate(b), r), { kind: 'power', base: multiply(rational(2), a), exponent: rational(-1) }),
  )
}
