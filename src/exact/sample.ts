import { DomainError } from '../expression/errors.js'
import { children, type Expression, type IndexSlot } from '../expression/expression.js'
import type { Domain } from '../expression/notation.js'
import type { Arithmetic } from '../numeric/arithmetic.js'
import { describe } from '../numeric/describe.js'
import { type Environment, indexedKey } from '../numeric/evaluate.js'
import type { Assumptions } from './generators.js'
import { lowest, type Rational } from './rational.js'

/** What the letters of a formula are set to while it is tried at numbers. */
export interface SampleOptions extends Assumptions {
  /** Number of members of every family summed over. @defaultValue 5 */
  readonly members?: number
  /** Value of a family member's letter on the base line; without it formulas that need one cannot be tried. */
  readonly memberValue?: <T>(letter: string, member: number, arithmetic: Arithmetic<T>) => T
  /** Letters of wave vectors: they stand for 2 pi k / n with whole k and n, and for nothing else. */
  readonly waveVectors?: ReadonlySet<string>
}

/** Sizes of rings whose wave vectors are tried: odd, so that pi and its halves, at which much vanishes, are none. */
const ringSizes = [3, 5, 7, 11, 13] as const

const inside = (value: number, domain: Domain | undefined): boolean =>
  domain === undefined ||
  ((domain.includeMinimum ? value >= domain.minimum : value > domain.minimum) &&
    (domain.includeMaximum ? value <= domain.maximum : value < domain.maximum))

/** Simple fractions inside a domain, the simplest first: small denominators, then small numerators. */
export function simpleValues(domain: Domain | undefined, positive: boolean, count = 24): readonly Rational[] {
  const found: Rational[] = []
  const admit = (n: number, d: number): void => {
    if (inside(n / d, domain) && (!positive || n > 0)) found.push([BigInt(n), BigInt(d)])
  }
  for (let size = 1; size <= 60 && found.length < count; size++)
    for (let d = 1; d <= (domain?.integer ? 1 : size); d++) {
      const n = size + 1 - d
      if (gcd(n, d) !== 1) continue
      admit(n, d)
      admit(-n, d)
    }
  if (found.length > 0) return found
  // A narrow or far-off domain: fractions of its width, or its whole numbers.
  const low = domain!.minimum
  const high = domain!.maximum
  if (Number.isFinite(low) && Number.isFinite(high) && !domain!.integer) {
    const exactLow = BigInt(Math.round(low * 2 ** 40))
    const width = BigInt(Math.round((high - low) * 2 ** 40))
    for (const d of [2n, 3n, 5n, 7n]) for (let k = 1n; k < d; k++) found.push([exactLow * d + k * width, d << 40n])
    return found
  }
  const start = Number.isFinite(low) ? Math.ceil(low) + (domain!.includeMinimum ? 0 : 1) : Math.floor(high) - count
  for (let k = 0; k < count; k++) admit(start + k, 1)
  return found
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))

/** A scattered whole number from a text: FNV-1a. Not random, only unrelated between names. */
export function scatter(text: string): number {
  let hash = 2_166_136_261
  for (let k = 0; k < text.length; k++) hash = Math.imul(hash ^ text.charCodeAt(k), 16_777_619) >>> 0
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_519) >>> 0
  return (hash ^ (hash >>> 13)) >>> 0
}

/** Index letters and summed letters of a formula. */
interface Letters {
  readonly free: ReadonlySet<string>
  /** Bound by a sum over a family or set. */
  readonly family: ReadonlySet<string>
  readonly reach: number
}

export function lettersOf(expressions: readonly Expression[]): Letters {
  const free = new Set<string>()
  const family = new Set<string>()
  let reach = 0
  const visit = (e: Expression, bound: ReadonlySet<string>): void => {
    if (e.kind === 'indexed' || e.kind === 'apply')
      for (const { index } of e.indices) {
        reach = Math.max(reach, Math.abs(index.offset))
        if (index.letter !== null && !bound.has(index.letter)) free.add(index.letter)
      }
    if ((e.kind === 'indexedSum' || e.kind === 'indexedProduct') && typeof e.index === 'string') {
      if (e.range.kind === 'family' || e.range.kind === 'set') family.add(e.index)
      const inner = new Set(bound).add(e.index)
      for (const c of children(e)) visit(c, c === e.body ? inner : bound)
      return
    }
    for (const c of children(e)) visit(c, bound)
  }
  for (const e of expressions) visit(e, new Set())
  return { free, family, reach }
}

/** A point at which formulas are tried: values are chosen when first asked for, each name's own, and remembered. */
export class SamplePoint {
  readonly values = new Map<string, Rational | readonly [Rational, Rational]>()
  /** Unknown functions by name: what they are taken for. */
  private readonly functions = new Map<string, { readonly key: string; readonly polynomial: Polynomial }>()
  /** Wave vectors by their letters, in turns of the circle. */
  private readonly waves = new Map<string, Rational>()
  private readonly members: number
  private readonly families = new Set<string>()
  private readonly letters: ReadonlyMap<string, number>
  private readonly sums: boolean

  constructor(
    private readonly attempt: number,
    private readonly options: SampleOptions,
    private readonly known: Letters,
  ) {
    this.sums = known.family.size > 0
    this.members = Math.max(options.members ?? 5, 2 * known.reach + 1)
    // Free index letters become members only where sums could meet them; else `epsilon[l-1]` is a name.
    this.letters = this.sums ? new Map([...known.free].map((letter, k) => [letter, (k + 1) % this.members])) : new Map()
  }

  /** Everything that was chosen, as text: name and fraction; for an unknown function its arguments and the polynomial. */
  get shown(): readonly (readonly [string, string])[] {
    const values = [...this.values].map(([name, v]): readonly [string, string] => [
      name,
      typeof v[0] === 'bigint' ? fraction(v as Rational) : `${fraction(v[0])} + ${fraction(v[1] as Rational)} i`,
    ])
    const waves = [...this.waves].map(([letter, [k, n]]) => [letter, `2 pi ${k}/${n}`] as const)
    const sizes: (readonly [string, string])[] = [...this.letters].map(([letter, member]) => [letter, String(member)])
    for (const family of this.families)
      sizes.push([
        family === 'ring' ? (this.values.has('sites') ? 'sites of the ring' : 'sites') : `members[${family}]`,
        String(this.members),
      ])
    return [
      ...values,
      ...waves,
      ...sizes,
      ...[...this.functions.values()].map(({ key, polynomial }) => polynomialText(key, polynomial)),
    ]
  }

  environment<T>(arithmetic: Arithmetic<T>): Environment<T> {
    const wrap = (indices: readonly IndexSlot[]): readonly IndexSlot[] =>
      indices.map((s) =>
        s.index.letter === null && this.sums
          ? {
              slot: s.slot,
              index: { ...s.index, offset: ((s.index.offset % this.members) + this.members) % this.members },
            }
          : s,
      )
    return {
      letters: this.letters,
      symbol: (name) =>
        this.options.waveVectors?.has(name) ? this.waveVector(name, arithmetic) : this.value(name, name, arithmetic),
      indexed: (name, indices) => this.value(name, indexedKey(name, wrap(indices)), arithmetic),
      apply: (name, indices, args) => this.functionValue(indexedKey(name, wrap(indices)), args, arithmetic),
      members: ({ name }) => {
        this.families.add(name)
        return Array.from({ length: this.members }, (_, k) => k)
      },
      memberValue: (letter, member) => {
        if (!this.known.family.has(letter) && !this.known.free.has(letter)) return arithmetic.fromNumber(member)
        if (this.options.memberValue) return this.options.memberValue(letter, member, arithmetic)
        throw new DomainError(`the value of the letter ${letter} on the base line is not known`)
      },
      node: (e) => {
        // At finitely many points the derivatives of an unknown function are independent of its values.
        if (e.kind === 'derivative' && (e.of.kind === 'apply' || e.of.kind === 'indexed') && !this.sums)
          return this.value(e.of.name, describe(e), arithmetic)
        throw new DomainError(`${describe(e).slice(0, 80)} is not evaluated`)
      },
    }
  }

  /** Sites of the ring that wave vectors belong to. */
  private get ring(): number {
    return this.sums ? this.members : ringSizes[this.attempt % ringSizes.length]!
  }

  private waveVector<T>(letter: string, arithmetic: Arithmetic<T>): T {
    const mode = 1 + (scatter(`${letter}#${this.attempt}`) % (this.ring - 1))
    this.waves.set(letter, [BigInt(mode), BigInt(this.ring)])
    return arithmetic.multiply(arithmetic.constant('pi'), arithmetic.fromRational(BigInt(2 * mode), BigInt(this.ring)))
  }

  private choose(name: string, key: string): Rational {
    const domain = this.options.domains?.get(name)
    const list = simpleValues(domain, this.options.positive?.has(name) ?? false)
    if (list.length === 0) throw new DomainError(`no value found in the domain of ${name}`)
    // The first attempts use the simplest few values, later ones the whole list.
    const breadth = Math.min(list.length, 3 + this.attempt)
    return list[(scatter(key) + 7 * this.attempt + scatter(`${key}#${this.attempt}`)) % breadth]!
  }

  private value<T>(name: string, key: string, arithmetic: Arithmetic<T>): T {
    const isComplex = this.options.complex?.has(name) ?? false
    let value = this.values.get(key)
    if (value === undefined) {
      value = isComplex ? [this.choose(name, `${key} re`), this.choose(name, `${key} im`)] : this.choose(name, key)
      this.values.set(key, value)
    }
    if (typeof value[0] === 'bigint') return arithmetic.fromRational(...(value as Rational))
    const [re, im] = value as readonly [Rational, Rational]
    return arithmetic.add(
      arithmetic.fromRational(...re),
      arithmetic.multiply(arithmetic.constant('i'), arithmetic.fromRational(...im)),
    )
  }

  private functionValue<T>(key: string, args: readonly T[], arithmetic: Arithmetic<T>): T {
    // A name with another number of arguments, P(s) and P(s, h), is another function.
    const name = `${key} of ${args.length}`
    const { polynomial } = this.functions.get(name) ?? { polynomial: this.choosePolynomial(key, args.length) }
    this.functions.set(name, { key, polynomial })
    return args.reduce(
      (sum, a, k) => {
        const { linear, square } = polynomial.terms[k]!
        const linearPart = arithmetic.multiply(arithmetic.fromRational(...linear), a)
        const squarePart = arithmetic.multiply(arithmetic.fromRational(...square), arithmetic.multiply(a, a))
        return arithmetic.add(sum, arithmetic.add(linearPart, squarePart))
      },
      arithmetic.fromRational(...polynomial.constant),
    )
  }

  private choosePolynomial(key: string, count: number): Polynomial {
    const thirds = (part: string): bigint => BigInt((scatter(`${key} ${part} ${this.attempt}`) % 9) + 1)
    return {
      constant: lowest(thirds('constant'), 3n),
      terms: Array.from({ length: count }, (_, k) => ({
        linear: lowest(thirds(`linear ${k}`), 3n),
        square: lowest(thirds(`square ${k}`) * thirds('mixed'), 9n),
      })),
    }
  }
}

/** What an unknown function is tried as: a constant, and in each argument a linear and a quadratic term. */
interface Polynomial {
  readonly constant: Rational
  readonly terms: readonly { readonly linear: Rational; readonly square: Rational }[]
}

const fraction = ([n, d]: Rational): string => (d === 1n ? String(n) : `${n}/${d}`)

/** A function with its arguments, and its polynomial. */
function polynomialText(key: string, { constant, terms }: Polynomial): readonly [string, string] {
  const names = terms.map((_, k) => (terms.length === 1 ? 'x' : `x_${k + 1}`))
  const parts = terms.map(
    ({ linear, square }, k) => `${fraction(linear)} ${names[k]} + ${fraction(square)} ${names[k]}^2`,
  )
  return [`${key}(${names.join(', ')})`, [fraction(constant), ...parts].join(' + ')]
}
