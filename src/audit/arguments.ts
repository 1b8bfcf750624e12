/** What callers in plain JavaScript hand over that no type has checked: more arguments than there are, options under unknown names. */
import { InputError } from '../expression/errors.js'
import { nearWord } from './near-word.js'

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth']

/** How a message names an argument, counted from 0. */
export const ordinal = (position: number): string => ordinals[position] ?? `${position + 1}th`

/** What a value is, in a word or two. */
export const kindOf = (value: unknown): string =>
  value === null ? 'null' : value === undefined ? 'missing' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : typeof value === 'function' ? 'a function' : `a ${typeof value}` // biome-ignore format: one choice

/**
 * Refuses arguments behind the last that a call reads.
 *
 * @throws InputError naming the first of them and what the call takes
 */
export function refuseFurther(call: string, takes: readonly string[], further: readonly unknown[]): void {
  if (further.length === 0) return
  const [first] = further
  const shown = typeof first === 'object' && first !== null ? `{ ${Object.keys(first).join(', ')} }` : String(first)
  throw new InputError(
    `${call}: the ${ordinal(takes.length)} argument (${shown}) is not known; it takes ${takes.join(', ')}; take it out`,
  )
}

/**
 * Refuses options under names that a call does not know, so that a misspelt one does not pass in silence.
 *
 * @param known every name, the optional ones too
 * @throws InputError naming the option, and the one that was probably meant
 */
export function refuseUnknownOptions<T extends object>(call: string, options: T, known: KeysOf<T>): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new InputError(`${call} takes one object of options, not ${kindOf(options)}`)
  const names = Object.keys(known)
  for (const key of Object.keys(options)) {
    if (names.includes(key)) continue
    const near = nearWord(key, names)
    throw new InputError(
      `${call}: unknown option '${key}'; ${near === undefined ? `it has ${names.join(', ')}` : `did you mean '${near}'?`}`,
    )
  }
}

/** Every key of an options record: the compiler says where one is missing. */
export type KeysOf<T> = Readonly<Record<keyof Required<T>, true>>
