/**
 * Our decimals against decimal.js, which nobody here wrote: the same digits for every operation, at random numbers and at
 * those where digits cancel, vanish or carry. decimal.js rounds correctly at almost every argument; so do we.
 */
import { Decimal } from 'decimal.js'
import { describe, expect, test } from 'vitest'
import * as decimal from '../../../src/numeric/decimal/decimal.js'
import * as functions from '../../../src/numeric/decimal/functions.js'

type Own = decimal.Decimal

/** Park and Miller's minimal generator: the same numbers in every run. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

/** Eighths, doubles, full mantissas and full mantissas of every size. */
function randomText(random: () => number, Peer: typeof Decimal): string {
  const way = random()
  const value = 2 * random() - 1
  if (way < 0.25) return String(Math.round(value * 100) / 8)
  if (way < 0.5) return String(value)
  const full = new Peer(value).div(7)
  return (way < 0.75 ? full : full.mul(new Peer(10).pow(Math.floor(24 * random() - 12)))).toString()
}

const peerOf = (precision: number): typeof Decimal =>
  Decimal.clone({ precision, toExpNeg: -9, toExpPos: 21, maxE: 1e7, minE: -1e7 })

describe.each([20, 65, 95])('%i digits', (precision) => {
  const Peer = peerOf(precision)
  const random = generator(precision)
  const numbers = Array.from({ length: 60 }, () => randomText(random, Peer))
  const pairs = numbers.map((text, k) => [text, numbers[(7 * k + 3) % numbers.length]!] as const)
  /** Where the two differ. */
  const differences = (
    theirs: (a: Decimal, b: Decimal) => Decimal,
    ours: (a: Own, b: Own) => Own,
    wanted: (a: Decimal, b: Decimal) => boolean = () => true,
  ): readonly string[] =>
    pairs.flatMap(([a, b]) => {
      const [x, y] = [new Peer(a), new Peer(b)]
      if (!wanted(x, y)) return []
      const [expected, found] = [theirs(x, y).toString(), ours(decimal.fromText(a), decimal.fromText(b))]
      return decimal.toText(found, precision) === expected.replace(/^-0$/, '0') ? [] : [`${a}, ${b}: ${expected}`]
    })

  test('sums, products, quotients, roots and whole powers', () => {
    expect(
      differences(
        (a, b) => Peer.add(a, b),
        (a, b) => decimal.add(a, b, precision),
      ),
    ).toEqual([])
    expect(
      differences(
        (a, b) => Peer.sub(a, b),
        (a, b) => decimal.subtract(a, b, precision),
      ),
    ).toEqual([])
    expect(
      differences(
        (a, b) => Peer.mul(a, b),
        (a, b) => decimal.multiply(a, b, precision),
      ),
    ).toEqual([])
    const divisible = (_: Decimal, b: Decimal): boolean => !b.isZero()
    expect(
      differences(
        (a, b) => Peer.div(a, b),
        (a, b) => decimal.divide(a, b, precision),
        divisible,
      ),
    ).toEqual([])
    expect(
      differences(
        (a) => Peer.sqrt(a.abs()),
        (a) => decimal.squareRoot(decimal.absolute(a), precision),
      ),
    ).toEqual([])
    for (const n of [-7, -1, 2, 3, 19])
      expect(
        differences(
          (a) => Peer.pow(a, n),
          (a) => decimal.powerInteger(a, n, precision),
          (a) => !a.isZero(),
        ),
      ).toEqual([])
  })

  test('exponentials, logarithms, circular functions and powers', () => {
    const finite = (a: Decimal): boolean => a.e < 7
    const moderate = (a: Decimal): boolean => Math.abs(a.e) < 10
    expect(
      differences(
        (a) => Peer.exp(a),
        (a) => functions.exp(a, precision),
        finite,
      ),
    ).toEqual([])
    const positive = (a: Decimal): boolean => !a.isZero()
    expect(
      differences(
        (a) => Peer.ln(a.abs()),
        (a) => functions.log(decimal.absolute(a), precision),
        positive,
      ),
    ).toEqual([])
    expect(
      differences(
        (a) => Peer.sin(a),
        (a) => functions.circle(a, precision).sine,
        moderate,
      ),
    ).toEqual([])
    expect(
      differences(
        (a) => Peer.cos(a),
        (a) => functions.circle(a, precision).cosine,
        moderate,
      ),
    ).toEqual([])
    expect(
      differences(
        (a, b) => Peer.atan2(a, b),
        (a, b) => functions.arcTangent(a, b, precision),
      ),
    ).toEqual([])
    const inside = (a: Decimal): boolean => a.abs().lte(1)
    expect(
      differences(
        (a) => Peer.asin(a),
        (a) => functions.arcSine(a, precision),
        inside,
      ),
    ).toEqual([])
    expect(
      differences(
        (a) => Peer.acos(a),
        (a) => functions.arcCosine(a, precision),
        inside,
      ),
    ).toEqual([])
    expect(
      differences(
        (a) => Peer.sinh(a),
        (a) => functions.smallHyperbola(a, precision).sine,
        inside,
      ),
    ).toEqual([])
    expect(
      differences(
        (a) => Peer.cosh(a),
        (a) => functions.smallHyperbola(a, precision).cosine,
        inside,
      ),
    ).toEqual([])
    const usual = (a: Decimal, b: Decimal): boolean => !a.isZero() && Math.abs(b.e) < 4
    expect(differences((a, b) => Peer.pow(a.abs(), b), (a, b) => functions.power(decimal.absolute(a), b, precision), usual)).toEqual([]) // biome-ignore format: one call
  })

  test('where the result is nearly nothing', () => {
    const pi = Peer.acos(-1)
    const angles = [pi, pi.mul(3.5), pi.mul(1234567), new Peer('1e-70'), new Peer('-1e-33'), new Peer('9.99e14')]
    for (const angle of angles) {
      const { sine, cosine } = functions.circle(decimal.fromText(angle.toString()), precision)
      expect(decimal.toText(sine, precision)).toBe(Peer.sin(angle).toString())
      expect(decimal.toText(cosine, precision)).toBe(Peer.cos(angle).toString())
    }
    for (const small of ['1e-18', '-1e-15', '1e-9', '0.1']) {
      const near = new Peer(1).add(small)
      const own = decimal.fromText(near.toString())
      expect(decimal.toText(functions.log(own, precision), precision)).toBe(Peer.ln(near).toString())
    }
    expect(decimal.isZero(functions.log(decimal.fromText('1.000'), precision))).toBe(true)
  })
})

describe('conversions', () => {
  const Peer = peerOf(65)
  const random = generator(3)
  const numbers = Array.from({ length: 300 }, () => randomText(random, Peer))

  test('to and from doubles and text, and whether a number is whole', () => {
    for (const text of numbers) {
      const [own, theirs] = [decimal.fromText(text), new Peer(text)]
      expect(decimal.toNumber(own)).toBe(theirs.toNumber() || 0)
      expect(decimal.isInteger(own)).toBe(theirs.isInteger())
      for (const digits of [1, 5, 50])
        expect(decimal.toText(own, digits)).toBe(theirs.toSignificantDigits(digits).toString())
      const double = theirs.toNumber()
      expect(decimal.toText(decimal.fromNumber(double), 65)).toBe(new Peer(double).toString().replace(/^-0$/, '0'))
    }
  })

  test('a quotient of whole numbers of any length', () => {
    const [n, d] = [123456789n ** 40n, -(987654321n ** 13n)]
    const own = decimal.fromRational(n, d, 65)
    expect(decimal.toText(own, 65)).toBe(new Peer(String(n)).div(String(d)).toString())
  })

  test('what is out of reach is not finite, and stays so', () => {
    const huge = functions.exp(decimal.fromNumber(3e7), 65)
    expect(decimal.isNumber(huge)).toBe(false)
    for (const result of [
      decimal.multiply(huge, decimal.zero, 65),
      decimal.add(huge, huge, 65),
      functions.exp(huge, 65),
    ])
      expect(decimal.isNumber(result)).toBe(false)
    expect(decimal.isZero(functions.exp(decimal.fromNumber(-3e7), 65))).toBe(true)
    expect(decimal.isNumber(decimal.divide(decimal.one, decimal.zero, 65))).toBe(false)
  })

  test('the whole root of a square, of one less and of one more', () => {
    for (let k = 1n; k < 400n; k += 7n) {
      const root = 3n ** k + k
      expect(decimal.wholeRoot(root * root)).toBe(root)
      expect(decimal.wholeRoot(root * root - 1n)).toBe(root - 1n)
      expect(decimal.wholeRoot(root * root + 1n)).toBe(root)
    }
  })
})
