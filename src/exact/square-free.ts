import { contentIn, contentOf, divideExactly, gcdPolynomials, positiveLead } from './gcd.js'
import {
  addPolynomials,
  coefficientsIn,
  constantPolynomial,
  degreeIn,
  generatorPower,
  generatorsIn,
  isConstant,
  multiplyPolynomials,
  onePolynomial,
  type Polynomial,
  powerPolynomial,
  samePolynomial,
  scalePolynomial,
  subtractPolynomials,
  zeroPolynomial,
} from './polynomial.js'

/** Derivative with respect to a generator. */
export function differentiatePolynomial(a: Polynomial, id: number): Polynomial {
  let result: Polynomial = zeroPolynomial
  for (const [k, c] of coefficientsIn(a, id).entries())
    if (k > 0)
      result = addPolynomials(result, scalePolynomial(multiplyPolynomials(c, generatorPower(id, k - 1)), BigInt(k)))
  return result
}

/** Pairwise coprime primitive factors with their multiplicities (Yun's algorithm in each generator in turn); content left out. */
export function squareFreeFactors(a: Polynomial): readonly (readonly [Polynomial, number])[] {
  const ids = generatorsIn(a)
  const id = ids.find((k) => degreeIn(a, k) > 0)
  if (id === undefined) return []
  const content = contentIn(a, id)
  let rest = divideExactly(a, content)
  const factors: (readonly [Polynomial, number])[] = [...squareFreeFactors(content)]
  const derivative = differentiatePolynomial(rest, id)
  const repeated = gcdPolynomials(rest, derivative)
  if (isConstant(repeated)) return [...factors, [positiveLead(rest), 1]]
  let c = divideExactly(rest, repeated)
  let d = subtractPolynomials(divideExactly(derivative, repeated), differentiatePolynomial(c, id))
  for (let multiplicity = 1; !isConstant(c) && multiplicity <= degreeIn(a, id); multiplicity++) {
    const factor = d.size === 0 ? positiveLead(c) : gcdPolynomials(c, d)
    if (!isConstant(factor)) factors.push([factor, multiplicity])
    c = divideExactly(c, factor)
    if (d.size > 0) d = subtractPolynomials(divideExactly(d, factor), differentiatePolynomial(c, id))
    else c = onePolynomial
  }
  rest = factors.reduce((p, [f, k]) => multiplyPolynomials(p, powerPolynomial(f, k)), onePolynomial as Polynomial)
  const primitive = divideExactly(a, constantPolynomial(contentOf(a)))
  // A gcd that fell short of the greatest would show here; then the polynomial stands as it is.
  const whole = positiveLead(primitive)
  return samePolynomial(positiveLead(rest), whole) ? factors : [[whole, 1]]
}
