import type { Witness } from '../../../src/audit/evidence.js'
import { DomainError } from '../../../src/expression/errors.js'
import type { Expression, IndexSlot } from '../../../src/expression/expression.js'
import type { Notation } from '../../../src/expression/notation.js'
import { type Arithmetic, decimalArithmetic } from '../../../src/numeric/arithmetic.js'
import { evaluate, indexedKey } from '../../../src/numeric/evaluate.js'

const arithmetic = decimalArithmetic(50)
type Value = ReturnType<typeof arithmetic.fromNumber>

/** Wave vectors that differ by whole turns are the same mode, and the delta of two of them is 1. */
const onTheCircle: typeof arithmetic = {
  ...arithmetic,
  call: (name, args) => {
    if (name !== 'kroneckerDelta') return arithmetic.call(name, args)
    const gap = arithmetic.add(args[0]!, arithmetic.negate(args[1]!))
    const turns = arithmetic.real(arithmetic.divide(gap, arithmetic.constant('pi'))) / 2
    return arithmetic.fromNumber(Math.abs(turns - Math.round(turns)) < 1e-12 ? 1 : 0)
  },
}

/** A number as witnesses write it: `3`, `-1/2`, `0.25`, `2 pi 1/3`, `1.5 - 0.5i`. */
export function readNumber(text: string): Value {
  const wave = /^2 pi (\d+)\/(\d+)$/.exec(text)
  if (wave)
    return arithmetic.multiply(
      arithmetic.constant('pi'),
      arithmetic.fromRational(2n * BigInt(wave[1]!), BigInt(wave[2]!)),
    )
  const fraction = /^(-?\d+)\/(\d+)$/.exec(text)
  if (fraction) return arithmetic.fromRational(BigInt(fraction[1]!), BigInt(fraction[2]!))
  const complex = /^(\S+) ([+-]) (\S+?) ?i$/.exec(text)
  if (complex) {
    const imaginary = arithmetic.multiply(arithmetic.constant('i'), readNumber(complex[3]!))
    return arithmetic.add(readNumber(complex[1]!), complex[2] === '-' ? arithmetic.negate(imaginary) : imaginary)
  }
  const decimal = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(text)
  if (!decimal) throw new DomainError(`'${text}' is no number`)
  const [, sign, whole, digits = '', exponent = '0'] = decimal
  const scale = Number(exponent) - digits.length
  const numerator = BigInt(`${sign}${whole}${digits}`)
  return scale >= 0
    ? arithmetic.fromRational(numerator * 10n ** BigInt(scale), 1n)
    : arithmetic.fromRational(numerator, 10n ** BigInt(-scale))
}

/** `5/3 + 1 x + 5/3 x^2`, what the exact engine takes an unknown function for, at given arguments. */
function polynomial(text: string, names: readonly string[], args: readonly Value[]): Value {
  return text
    .split(' + ')
    .map((term) => {
      const [coefficient, power] = term.split(' ')
      const [name, exponent = '1'] = power?.split('^') ?? []
      const factor =
        name === undefined
          ? arithmetic.fromNumber(1)
          : arithmetic.powerInteger(args[names.indexOf(name)]!, Number(exponent))
      return arithmetic.multiply(readNumber(coefficient!), factor)
    })
    .reduce((a, b) => arithmetic.add(a, b))
}

/**
 * The value of an expression at the point that a witness prints, by what it prints alone: scalars, letters, sizes and
 * values are looked up by name, and whatever is missing is an error. It shares nothing with what made the witness but
 * the arithmetic of sums and products.
 */
export function valueAt(e: Expression, at: Witness['at'], notation: Notation): Value {
  const family = new Map(notation.families.map((f) => [f.name, f]))
  const ofLetter = new Map(notation.families.flatMap((f) => f.letters.map((letter) => [letter, f] as const)))
  const scalars = new Map(
    notation.symbols.filter((s) => s.kind === 'scalar').flatMap((s) => s.latex.map((form) => [form, s.name] as const)),
  )
  const entry = (name: string): string => {
    const text = at[name]
    if (text === undefined) throw new DomainError(`the witness does not say what ${name} is`)
    return text
  }
  const whole = (name: string): number => {
    const wave = /^2 pi (\d+)\//.exec(entry(name))
    return wave ? Number(wave[1]) : arithmetic.real(readNumber(entry(name)))
  }
  const sites = (): number => whole('sites')
  // The exact engine has one size for every family.
  const wrapped = (member: number): number => {
    const size = Object.keys(at).find((name) => name === 'sites' || name.startsWith('members['))
    return size === undefined ? member : ((member % whole(size)) + whole(size)) % whole(size)
  }
  const place = (indices: readonly IndexSlot[]): string =>
    indices
      .map(({ slot, index }) => {
        const letter = index.letter
        const member =
          index.offset +
          (letter === null ? 0 : index.sign * whole(at[letter] === undefined ? scalars.get(letter)! : letter))
        const geometry = family.get(slot)?.geometry
        return geometry === 'periodic' || geometry === 'modes' ? wrapped(member) : member
      })
      .join(',')
  const indexed = (name: string, indices: readonly IndexSlot[]): Value => {
    const exact = at[indexedKey(name, indices)]
    return readNumber(exact ?? entry(indices.length === 0 ? name : `${name}[${place(indices)}]`))
  }
  const applied = (name: string, indices: readonly IndexSlot[], args: readonly Value[]): Value => {
    const keys = [
      indexedKey(name, indices),
      indices.length === 0
        ? name
        : `${name}[${at['l'] === undefined && indices.some((s) => s.index.letter) ? '' : place(indices)}]`,
    ]
    for (const [key, text] of Object.entries(at)) {
      const head = keys.find((one) => key.startsWith(`${one}(`))
      if (head === undefined) continue
      const inside = key.slice(head.length + 1, -1).split(', ')
      if (inside.length !== args.length) continue
      if (/^x/.test(inside[0]!)) return polynomial(text, inside, args)
      const near = inside.every((one, k) => {
        const gap = arithmetic.modulus(arithmetic.add(readNumber(one), arithmetic.negate(args[k]!)))
        return arithmetic.real(gap) <= 1e-12 * (1 + arithmetic.real(arithmetic.modulus(args[k]!)))
      })
      if (near) return readNumber(text)
    }
    throw new DomainError(`the witness does not say what ${keys.join(' or ')} is`)
  }
  const letters = new Map(
    [...ofLetter.keys()].filter((letter) => at[letter] !== undefined).map((letter) => [letter, whole(letter)]),
  )
  const waveVector = (letter: string): boolean => ofLetter.get(letter)?.geometry === 'modes'
  const waveVectors = notation.families.some(({ geometry }) => geometry === 'modes')
  return evaluate<Value>(
    e,
    {
      letters,
      symbol: (name) => readNumber(entry(name)),
      indexed,
      apply: applied,
      members: ({ kind, name }) => {
        const geometry = kind === 'family' ? family.get(name)?.geometry : 'plain'
        const count = geometry === 'plain' || geometry === undefined ? whole(`members[${name}]`) : sites()
        return Array.from({ length: count }, (_, k) => k)
      },
      memberValue: (letter, member) =>
        waveVector(letter) ? readNumber(`2 pi ${member}/${sites()}`) : arithmetic.fromNumber(member),
    },
    waveVectors ? onTheCircle : arithmetic,
  )
}

/** Relative distance of a value from what a witness prints. */
export function distance(value: Value, printed: string, from: Arithmetic<Value> = arithmetic): number {
  const stated = readNumber(printed)
  const size = Math.max(from.real(from.modulus(value)), from.real(from.modulus(stated)))
  return size === 0 ? 0 : from.real(from.modulus(from.add(value, from.negate(stated)))) / size
}
