import { DomainError } from '../../expression/errors.js'
import { add, type Expression, multiply, type NumberNode, power, rational } from '../../expression/expression.js'

/** The most inputs for which polynomials are written out. */
const mostInputs = 61

/** Throws DomainError unless a majority of k inputs is defined: k odd, from 1 to 61. */
export function checkedInputs(k: number): void {
  if (!Number.isInteger(k) || k < 1) throw new DomainError(`a gate with ${k} inputs; give an odd whole number`)
  if (k % 2 === 0) throw new DomainError(`a majority of ${k} inputs can be a tie: give an odd number of them`)
  if (k > mostInputs) throw new DomainError(`a majority of ${k} inputs; at most ${mostInputs} are written out`)
}

/** Binomial coefficient of whole numbers. */
export function choose(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n
  let result = 1n
  for (let j = 1; j <= Math.min(k, n - k); j++) result = (result * BigInt(n - j + 1)) / BigInt(j)
  return result
}

/**
 * The mean of MAJ-k over independent inputs of mean x, as a polynomial in x: coefficients by ascending power, exact. Odd
 * powers only, up to the k-th. Throws DomainError for even k.
 */
export function majorityPolynomial(k: number): readonly NumberNode[] {
  checkedInputs(k)
  // sum over n > k/2 of C(k, n) [(1+x)^n (1-x)^(k-n) - (1-x)^n (1+x)^(k-n)] / 2^k; the bracket's even powers cancel.
  const totals = new Array<bigint>(k + 1).fill(0n)
  for (let n = (k + 1) / 2; n <= k; n++) {
    const weight = choose(k, n)
    for (let power_ = 1; power_ <= k; power_ += 2) {
      let coefficient = 0n
      for (let j = 0; j <= power_; j++) {
        const term = choose(n, power_ - j) * choose(k - n, j)
        coefficient += j % 2 === 0 ? term : -term
      }
      totals[power_]! += 2n * weight * coefficient
    }
  }
  return totals.map((total) => rational(total, 1n << BigInt(k)))
}

/** A term of the polynomial for the mean product of two gates: powers of the two means and of the mean product of the inputs. */
export interface OverlapTerm {
  readonly first: number
  readonly second: number
  readonly overlap: number
  readonly coefficient: NumberNode
}

/**
 * The mean of MAJ-k(s) MAJ-k(t) over independent pairs (s_j, t_j) with means a and b and mean product c: the terms of a
 * polynomial in a, b, c. The coefficient of a^i b^j c^l is the number of ways to choose three disjoint sets of i, j and l
 * inputs times the gate's Fourier coefficients of orders i + l and j + l. Throws DomainError for even k.
 */
export function majorityOverlap(k: number): readonly OverlapTerm[] {
  const fourier = majorityPolynomial(k).map((c, d) => rational(c.numerator, c.denominator * choose(k, d)))
  const terms: OverlapTerm[] = []
  for (let first = 0; first <= k; first++)
    for (let second = 0; first + second <= k; second++)
      for (let overlap = 0; first + second + overlap <= k; overlap++) {
        const [f, g] = [fourier[first + overlap]!, fourier[second + overlap]!]
        if (f.numerator === 0n || g.numerator === 0n) continue
        const ways = choose(k, first) * choose(k - first, second) * choose(k - first - second, overlap)
        const coefficient = rational(ways * f.numerator * g.numerator, f.denominator * g.denominator)
        terms.push({ first, second, overlap, coefficient })
      }
  return terms
}

/** The polynomial of `majorityPolynomial` in an expression. */
export const majorityMean = (k: number, x: Expression): Expression =>
  add(...majorityPolynomial(k).map((c, d) => multiply(c, power(x, d))))

/** The polynomial of `majorityOverlap` in three expressions. */
export const majorityProduct = (k: number, a: Expression, b: Expression, c: Expression): Expression =>
  add(
    ...majorityOverlap(k).map(({ first, second, overlap, coefficient }) =>
      multiply(coefficient, power(a, first), power(b, second), power(c, overlap)),
    ),
  )
