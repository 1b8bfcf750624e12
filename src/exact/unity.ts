import { LimitError } from '../expression/errors.js'
import { spend } from '../numeric/budget.js'
import { type FractionField, oneFraction } from './fraction.js'
import { everywhere, type Fraction } from './generators.js'
import { cyclotomicRelation, factorInteger, largestOrderOfUnity } from './integers.js'
import { constantPolynomial } from './polynomial.js'
import type { PositiveBases } from './positive-bases.js'
import { lowest, type Rational } from './rational.js'

/** The imaginary unit and roots of unity in a field of fractions. */
export class RootsOfUnity {
  constructor(
    private readonly field: FractionField,
    private readonly positive: PositiveBases,
  ) {}

  imaginary(): Fraction {
    return this.field.generator(this.imaginaryId())
  }

  private imaginaryId(): number {
    const known = this.field.table.find('i')
    if (known !== undefined) return known
    return this.field.table.register('i', { kind: 'imaginary' }, false, everywhere, {
      degree: 2,
      value: constantPolynomial(-1n),
    })
  }

  /** exp(i pi turn), by i and square roots of 2 and 3 where they suffice (denominators 2, 3, 4, 6, 12), else by a root of unity. */
  unity(turn: Rational): Fraction {
    const { field } = this
    const [p, q] = lowest(turn[0], turn[1])
    if (q === 1n) return field.rational(p % 2n === 0n ? 1n : -1n)
    if (q > BigInt(largestOrderOfUnity))
      throw new LimitError(`a root of unity of order ${q}; at most ${largestOrderOfUnity} is carried out`)
    let result = oneFraction
    let remaining = turn
    for (const part of coprimeParts(q)) {
      const cofactor = q / part
      spend(Number(part))
      let share = 0n
      while ((share * cofactor - p) % part !== 0n) share++
      result = field.multiply(result, field.power(this.primitiveUnity(part), Number(share)))
      remaining = lowest(remaining[0] * part - share * remaining[1], remaining[1] * part)
    }
    return remaining[0] % 2n === 0n ? result : field.negate(result)
  }

  /** exp(i pi / order) of a prime-power order. */
  private primitiveUnity(order: bigint): Fraction {
    const { field } = this
    const i = this.imaginary()
    if (order === 2n) return i
    if (order === 4n)
      return field.multiply(field.add(oneFraction, i), this.positive.root(constantPolynomial(2n), [-1n, 2n]))
    if (order === 3n)
      return field.multiply(
        field.add(oneFraction, field.multiply(i, this.positive.root(constantPolynomial(3n), [1n, 2n]))),
        field.rational(1n, 2n),
      )
    const id = this.field.table.register(`unity ${order}`, { kind: 'unity', order: Number(order) }, false, everywhere)
    if (!this.field.table.relationOf(id)) this.field.table.relate(id, cyclotomicRelation(Number(order), id))
    return field.generator(id)
  }
}

/** Coprime prime-power factors of an order. */
const coprimeParts = (order: bigint): readonly bigint[] => factorInteger(order).map(([p, k]) => p ** BigInt(k))
