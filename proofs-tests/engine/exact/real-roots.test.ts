import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  numberOf,
  polynomialAt,
  type RationalPolynomial,
  realRoots,
  refineRoot,
  rootValue,
} from '../../../src/exact/real-roots.js'
import { DomainError } from '../../../src/expression/errors.js'
import { type NumberNode, rational } from '../../../src/expression/expression.js'

const times = (a: RationalPolynomial, b: RationalPolynomial): RationalPolynomial =>
  Array.from({ length: a.length + b.length - 1 }, (_, n) =>
    a.reduce((sum, c, k) => {
      const d = b[n - k]
      return d === undefined
        ? sum
        : rational(
            sum.numerator * c.denominator * d.denominator + c.numerator * d.numerator * sum.denominator,
            sum.denominator * c.denominator * d.denominator,
          )
    }, rational(0)),
  )
const from = (roots: readonly NumberNode[]): RationalPolynomial =>
  roots.reduce<RationalPolynomial>(
    (p, { numerator, denominator }) => times(p, [rational(-numerator), rational(denominator)]),
    [rational(1)],
  )

describe('real roots of exact polynomials', () => {
  it('are those that the polynomial was made of, each once, whatever else it is multiplied by', () => {
    const root = fc.tuple(fc.integer({ min: -12, max: 12 }), fc.integer({ min: 1, max: 7 }))
    fc.assert(
      fc.property(fc.array(root, { minLength: 1, maxLength: 5 }), fc.boolean(), (pairs, withoutReal) => {
        const roots = pairs.map(([n, d]) => rational(n, d))
        // x^2 + 1 has no real root.
        const p = withoutReal ? times(from(roots), [rational(1), rational(0), rational(1)]) : from(roots)
        const found = realRoots(p, rational(-13), rational(13)).map(rootValue)
        const distinct = [...new Set(roots.map(numberOf))].sort((a, b) => a - b)
        return found.length === distinct.length && found.every((x, k) => Math.abs(x - distinct[k]!) < 1e-15)
      }),
      { seed: 1, numRuns: 60 },
    )
  })

  it('tell the fifteenth and sixteenth of the twenty roots of Wilkinson apart', () => {
    const found = realRoots(from(Array.from({ length: 20 }, (_, k) => rational(k + 1))), rational(0), rational(30))
    expect(found.map(rootValue)).toEqual(Array.from({ length: 20 }, (_, k) => k + 1))
  })

  it('count the end of the interval and not its beginning', () => {
    const p = from([rational(0), rational(1)])
    expect(realRoots(p, rational(0), rational(1)).map(rootValue)).toEqual([1])
  })

  it('are irrational where no fraction is one: the root of x^2 = 2 to eighty bits', () => {
    const [root] = realRoots([rational(-2), rational(0), rational(1)], rational(0), rational(2))
    const { low, high } = refineRoot(root!, 80)
    const side = (x: NumberNode): number => Math.sign(Number(polynomialAt(root!.polynomial, x).numerator))
    expect(side(low) * side(high)).toBe(-1)
    expect(numberOf(high) - numberOf(low)).toBeLessThan(2 ** -50)
    expect(rootValue(root!)).toBe(Math.SQRT2)
  })

  it('are everywhere for the polynomial 0, and nowhere for another constant', () => {
    expect(() => realRoots([rational(0)], rational(0), rational(1))).toThrow(DomainError)
    expect(realRoots([rational(3)], rational(0), rational(1))).toEqual([])
  })
})
