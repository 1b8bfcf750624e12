import { gcdPolynomials } from '../../exact/gcd.js'
import {
  addPolynomials,
  constantPolynomial,
  dividePolynomials,
  exponentIn,
  generatorPower,
  isConstant,
  leadingCoefficient,
  leadingMonomial,
  multiplyMonomials,
  multiplyPolynomials,
  negatePolynomial,
  onePolynomial,
  type Polynomial,
  powerPolynomial,
  scalePolynomial,
  subtractPolynomials,
} from '../../exact/polynomial.js'
import { DomainError } from '../../expression/errors.js'
import { add, divide, type Expression, keyOf, multiply, power, rational } from '../../expression/expression.js'

/** numerator / denominator in lowest terms. */
export interface RationalForm {
  readonly numerator: Polynomial
  readonly denominator: Polynomial
}

/** Quotient of exact polynomials; both have no remainder by construction. */
export function exactQuotient(a: Polynomial, b: Polynomial): Polynomial {
  const quotient = dividePolynomials(a, b)
  if (!quotient) throw new DomainError('internal: a division with a remainder')
  return quotient
}

/** Lowest terms, the denominator's leading coefficient positive. */
export function reduced(numerator: Polynomial, denominator: Polynomial): RationalForm {
  if (denominator.size === 0) throw new DomainError('division by an expression that is zero')
  if (numerator.size === 0) return { numerator, denominator: onePolynomial }
  const g = gcdPolynomials(numerator, denominator)
  const [n, d] = [exactQuotient(numerator, g), exactQuotient(denominator, g)]
  return leadingCoefficient(d) < 0n
    ? { numerator: negatePolynomial(n), denominator: negatePolynomial(d) }
    : { numerator: n, denominator: d }
}

/**
 * Expressions as quotients of polynomials in atoms: names, logarithms and whatever else is not rational. Unlike a normal
 * form it knows no relations between atoms; that is what solving equations for them needs.
 */
export class AtomTable {
  private readonly ids = new Map<string, number>()
  private readonly atoms: Expression[] = []

  idOf(atom: Expression): number {
    const key = keyOf(atom)
    const known = this.ids.get(key)
    if (known !== undefined) return known
    this.ids.set(key, this.atoms.length)
    this.atoms.push(atom)
    return this.atoms.length - 1
  }

  atom(id: number): Expression {
    const atom = this.atoms[id]
    if (!atom) throw new DomainError('internal: an unknown atom')
    return atom
  }

  /** The rational form of an expression. Throws LimitError where it grows too large. */
  form(e: Expression): RationalForm {
    switch (e.kind) {
      case 'number':
        return { numerator: constantPolynomial(e.numerator), denominator: constantPolynomial(e.denominator) }
      case 'sum':
        return e.terms
          .map((t) => this.form(t))
          .reduce((a, b) =>
            reduced(
              addPolynomials(
                multiplyPolynomials(a.numerator, b.denominator),
                multiplyPolynomials(b.numerator, a.denominator),
              ),
              multiplyPolynomials(a.denominator, b.denominator),
            ),
          )
      case 'product':
        return e.factors
          .map((f) => this.form(f))
          .reduce((a, b) =>
            reduced(multiplyPolynomials(a.numerator, b.numerator), multiplyPolynomials(a.denominator, b.denominator)),
          )
      case 'power':
        if (e.exponent.kind === 'number' && e.exponent.denominator === 1n) {
          const n = Number(e.exponent.numerator)
          const base = this.form(e.base)
          const [top, bottom] = n >= 0 ? [base.numerator, base.denominator] : [base.denominator, base.numerator]
          return reduced(powerPolynomial(top, Math.abs(n)), powerPolynomial(bottom, Math.abs(n)))
        }
        return { numerator: generatorPower(this.idOf(e)), denominator: onePolynomial }
      default:
        return { numerator: generatorPower(this.idOf(e)), denominator: onePolynomial }
    }
  }

  /** A polynomial as an expression; `powers` says which atom stands for which power of another expression. */
  expression(p: Polynomial): Expression {
    return add(
      ...[...p].map(([monomial, coefficient]) =>
        multiply(
          rational(coefficient),
          ...[...monomial].flatMap((_, id) => {
            const exponent = exponentIn(monomial, id)
            return exponent === 0 ? [] : [power(this.atom(id), exponent)]
          }),
        ),
      ),
    )
  }

  /** A rational form as an expression. */
  quotient(form: RationalForm): Expression {
    // 1 - x reads better than x - 1 under a fraction bar.
    const turn = (form.denominator.get('') ?? 0n) < 0n && !isConstant(form.denominator)
    const [n, d] = turn
      ? [negatePolynomial(form.numerator), negatePolynomial(form.denominator)]
      : [form.numerator, form.denominator]
    return divide(this.expression(n), this.expression(d))
  }
}

/** The polynomial whose square is `p`, or null. Leading coefficient positive. */
export function polynomialRoot(p: Polynomial): Polynomial | null {
  if (p.size === 0) return p
  const lead = halfMonomial(leadingMonomial(p))
  const coefficient = integerRoot(leadingCoefficient(p))
  if (lead === null || coefficient === null) return null
  const leading: Polynomial = new Map([[lead, coefficient]])
  let root = leading
  let rest = subtractPolynomials(p, multiplyPolynomials(root, root))
  const twice = scalePolynomial(leading, 2n)
  for (let k = 0; rest.size > 0 && k < p.size + 1; k++) {
    const top = leadingMonomial(rest)
    const term = dividePolynomials(new Map([[top, leadingCoefficient(rest)]]), twice)
    if (!term) return null
    const next = addPolynomials(root, term)
    rest = subtractPolynomials(p, multiplyPolynomials(next, next))
    root = next
  }
  return rest.size === 0 ? root : null
}

function halfMonomial(m: string): string | null {
  let result = ''
  for (let k = 0; k < m.length; k++) {
    const exponent = m.charCodeAt(k)
    if (exponent % 2 !== 0) return null
    result += String.fromCharCode(exponent / 2)
  }
  return multiplyMonomials(result, '')
}

function integerRoot(n: bigint): bigint | null {
  if (n < 0n) return null
  let root = BigInt(Math.floor(Math.sqrt(Number(n))))
  while (root * root > n) root--
  while ((root + 1n) * (root + 1n) <= n) root++
  return root * root === n ? root : null
}
