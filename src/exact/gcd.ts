import { spend, withinBudget } from '../numeric/budget.js'
import { wordsOf } from '../numeric/words.js'
import {
  addPolynomials,
  coefficientsIn,
  commonMonomial,
  constantPolynomial,
  degreeIn,
  dividePolynomials,
  exponentIn,
  generatorPower,
  generatorsIn,
  leadingCoefficient,
  multiplyPolynomials,
  negatePolynomial,
  onePolynomial,
  type Polynomial,
  scalePolynomial,
  subtractPolynomials,
  zeroPolynomial,
} from './polynomial.js'

export function gcdIntegers(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a
  let y = b < 0n ? -b : b
  const words = Math.min(wordsOf(x), wordsOf(y))
  // Euclid's algorithm takes 0.6 steps a bit, each as long as the numbers.
  if (words > 1) spend(words * 40 * (2 + words / 20))
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

/** Greatest common divisor of the coefficients; 0 for the zero polynomial. */
export function contentOf(a: Polynomial): bigint {
  let g = 0n
  for (const c of a.values()) {
    g = gcdIntegers(g, c)
    if (g === 1n) break
  }
  return g
}

/** The monomial that divides every term. */
export function monomialContent(a: Polynomial): string {
  let g: string | null = null
  for (const m of a.keys()) {
    g = g === null ? m : commonMonomial(g, m)
    if (g === '') break
  }
  return g ?? ''
}

const prime = 2_147_483_629n // below 2^31; products fit where bigints are still fast

const modulo = (a: bigint): bigint => ((a % prime) + prime) % prime

function powerModulo(a: bigint, exponent: number): bigint {
  let result = 1n
  let square = a
  for (let k = exponent; k > 0; k = Math.floor(k / 2)) {
    if (k % 2 === 1) result = (result * square) % prime
    square = (square * square) % prime
  }
  return result
}

const inverse = (a: bigint): bigint => powerModulo(modulo(a), Number(prime - 2n))

/** Image of `a` as a univariate polynomial in `id` modulo the prime, other generators at fixed scattered points. */
function image(a: Polynomial, id: number, salt: bigint): bigint[] {
  const result: bigint[] = Array.from({ length: degreeIn(a, id) + 1 }, () => 0n)
  for (const [m, c] of a) {
    let value = modulo(c)
    let steps = 4 + wordsOf(c) + m.length / 8
    for (let k = 0; k < m.length; k++) {
      const exponent = m.charCodeAt(k)
      if (exponent === 0 || k === id) continue
      const point = ((BigInt(k) + 7n) * 1_103_515_245n + salt * 12_345_678_901n) % prime
      value = (value * powerModulo(point, exponent)) % prime
      steps += 8 * Math.log2(exponent + 1)
    }
    spend(steps)
    const e = exponentIn(m, id)
    result[e] = (result[e]! + value) % prime
  }
  return result
}

const trim = (p: bigint[]): bigint[] => {
  while (p.length > 0 && p[p.length - 1] === 0n) p.pop()
  return p
}

/** Degree of the greatest common divisor in one generator, from above, by one modular image. */
function degreeBound(a: Polynomial, b: Polynomial, id: number): number {
  const most = Math.min(degreeIn(a, id), degreeIn(b, id))
  if (most === 0) return 0
  let p = image(a, id, 1n)
  let q = image(b, id, 1n)
  // A vanishing leading coefficient makes the image say nothing.
  if (p[p.length - 1] === 0n || q[q.length - 1] === 0n) return most
  while (trim(q).length > 0) {
    const scale = inverse(q[q.length - 1]!)
    spend(100)
    while (trim(p).length >= q.length) {
      spend(4 * q.length)
      const factor = (p[p.length - 1]! * scale) % prime
      const shift = p.length - q.length
      for (let k = 0; k < q.length; k++) p[k + shift] = modulo(p[k + shift]! - factor * q[k]!)
    }
    ;[p, q] = [q, p]
  }
  return p.length - 1
}

/** The polynomial or its negative, whichever has a positive leading coefficient. */
export const positiveLead = (a: Polynomial): Polynomial => (leadingCoefficient(a) < 0n ? negatePolynomial(a) : a)

/** The quotient of a polynomial by a factor of it. */
export const divideExactly = (a: Polynomial, b: Polynomial): Polynomial => {
  const q = dividePolynomials(a, b)
  if (q === null) throw new Error('internal: inexact division')
  return q
}

const height = (a: Polynomial): bigint => {
  let h = 0n
  for (const c of a.values()) h = c > h ? c : -c > h ? -c : h
  return h
}

/** Value with one generator set to an integer. */
function substituteInteger(a: Polynomial, id: number, value: bigint): Polynomial {
  const coefficients = coefficientsIn(a, id)
  let result: Polynomial = zeroPolynomial
  for (let k = coefficients.length - 1; k >= 0; k--)
    result = addPolynomials(scalePolynomial(result, value), coefficients[k]!)
  return result
}

/** Reads a polynomial in `id` back from its value at a large integer, coefficients taken symmetrically. */
function fromDigits(value: Polynomial, id: number, base: bigint): Polynomial {
  let rest = value
  let result: Polynomial = zeroPolynomial
  for (let k = 0; rest.size > 0; k++) {
    if (k > 200) return zeroPolynomial
    spend(rest.size * (8 + 4 * wordsOf(base)))
    const digit = new Map<string, bigint>()
    const next = new Map<string, bigint>()
    for (const [m, c] of rest) {
      let d = ((c % base) + base) % base
      if (d > base / 2n) d -= base
      if (d !== 0n) digit.set(m, d)
      if (c !== d) next.set(m, (c - d) / base)
    }
    result = addPolynomials(result, multiplyPolynomials(digit, generatorPower(id, k)))
    rest = next
  }
  return result
}

/** Heuristic gcd of primitive polynomials (Char, Geddes, Gonnet 1989): evaluate at a large integer, read the result back, try. */
function heuristicGcd(a: Polynomial, b: Polynomial): Polynomial | null {
  const ids = generatorsIn(a).filter((id) => degreeIn(b, id) > 0)
  const id = ids[0]
  if (id === undefined) return constantPolynomial(gcdIntegers(contentOf(a), contentOf(b)))
  const heights = [height(a), height(b)].sort((x, y) => (x < y ? -1 : 1))
  let point = 2n * heights[0]! + 29n
  spend(2 * (a.size + b.size) * (1 + wordsOf(heights[1]!) / 8))
  for (let attempt = 0; attempt < 4; attempt++) {
    const bits = 64 * wordsOf(point) * Math.max(degreeIn(a, id), degreeIn(b, id))
    if (bits > 6000) return null
    const p = substituteInteger(a, id, point)
    const q = substituteInteger(b, id, point)
    if (p.size > 0 && q.size > 0) {
      const g = heuristicGcd(p, q)
      if (g !== null) {
        const candidate = fromDigits(g, id, point)
        if (candidate.size > 0) {
          const primitive = positiveLead(divideExactly(candidate, constantPolynomial(contentOf(candidate))))
          const content = constantPolynomial(gcdIntegers(contentOf(a), contentOf(b)))
          if (dividePolynomials(a, primitive) && dividePolynomials(b, primitive))
            return multiplyPolynomials(primitive, content)
        }
      }
    }
    point = (point * 73_794n) / 27_011n
  }
  return null
}

/** Content with respect to one generator: gcd of the coefficients of its powers. */
export function contentIn(a: Polynomial, id: number, depth = 0): Polynomial {
  let g: Polynomial = zeroPolynomial
  for (const c of coefficientsIn(a, id)) {
    if (c.size === 0) continue
    g = g.size === 0 ? positiveLead(c) : gcdAt(g, c, depth + 1)
    if (g.size === 1 && g.get('') === 1n) break
  }
  return g
}

/** Primitive polynomial remainder sequence in one generator; null where it grows beyond bounds. */
function remainderGcd(a: Polynomial, b: Polynomial, id: number, depth: number): Polynomial | null {
  const contentA = contentIn(a, id, depth)
  const contentB = contentIn(b, id, depth)
  let p = divideExactly(a, contentA)
  let q = divideExactly(b, contentB)
  const content = gcdAt(contentA, contentB, depth + 1)
  if (degreeIn(p, id) < degreeIn(q, id)) [p, q] = [q, p]
  while (q.size > 0) {
    if (degreeIn(q, id) === 0) return content
    const lead = coefficientsIn(q, id).at(-1)!
    const degree = degreeIn(q, id)
    let rest = p
    while (rest.size > 0 && degreeIn(rest, id) >= degree) {
      const top = coefficientsIn(rest, id).at(-1)!
      const shift = generatorPower(id, degreeIn(rest, id) - degree)
      rest = subtractPolynomials(
        multiplyPolynomials(rest, lead),
        multiplyPolynomials(multiplyPolynomials(top, shift), q),
      )
      if (rest.size > 3000) return null
    }
    p = q
    q = rest.size === 0 ? rest : divideExactly(rest, contentIn(rest, id, depth))
  }
  return multiplyPolynomials(content, positiveLead(p))
}

function gcdAt(a: Polynomial, b: Polynomial, depth: number): Polynomial {
  if (a.size === 0) return positiveLead(b)
  if (b.size === 0) return positiveLead(a)
  const integer = gcdIntegers(contentOf(a), contentOf(b))
  const monomialA = monomialContent(a)
  const monomialB = monomialContent(b)
  const shared = new Map([[commonMonomial(monomialA, monomialB), integer]])
  if (a.size === 1 || b.size === 1) return shared
  const p = divideExactly(a, new Map([[monomialA, contentOf(a)]]))
  const q = divideExactly(b, new Map([[monomialB, contentOf(b)]]))
  const bounds = generatorsIn(p).map((id) => [id, degreeBound(p, q, id)] as const)
  if (bounds.every(([, degree]) => degree === 0)) return shared
  if (p.size <= q.size && dividePolynomials(q, p)) return multiplyPolynomials(shared, positiveLead(p))
  if (q.size <= p.size && dividePolynomials(p, q)) return multiplyPolynomials(shared, positiveLead(q))
  if (depth > 12) return shared
  const found =
    heuristicGcd(p, q) ??
    remainderGcd(p, q, bounds.filter(([, degree]) => degree > 0).sort((x, y) => x[1] - y[1])[0]![0], depth)
  return found !== null && dividePolynomials(p, found) && dividePolynomials(q, found)
    ? multiplyPolynomials(shared, positiveLead(found))
    : shared
}

/**
 * A greatest common divisor over the integers with positive leading coefficient: modular degree bounds, trial division,
 * the heuristic gcd, then a primitive remainder sequence. Where that grows beyond bounds the result is a common divisor
 * that may not be the greatest: equality never depends on it, only the size of what is shown.
 */
export function gcdPolynomials(a: Polynomial, b: Polynomial): Polynomial {
  return withinBudget(
    gcdSteps,
    () => gcdAt(a, b, 0),
    () => onePolynomial,
  )
}

/** What one greatest common divisor may take; beyond it nothing is cancelled. */
const gcdSteps = 3_000_000
