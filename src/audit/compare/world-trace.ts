import type { Arithmetic } from '../../numeric/arithmetic.js'
import type { Vocabulary } from './world.js'

/** Most field and function values written into a witness. */
const mostShown = 24

/** A number in full, without zeros that say nothing: what is shown is what was used. */
const shortText = (text: string): string => (/^-?\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, '') : text)

/**
 * Everything that an evaluation took from its world: what a witness has to say so that anybody can evaluate the formula
 * again and find the same value.
 */
export class WorldTrace {
  readonly #scalars = new Map<string, string>()
  readonly #sizes = new Map<string, string>()
  readonly #letters = new Map<string, string>()
  readonly #values = new Map<string, string>()
  #seeded = false

  constructor(private readonly vocabulary: Vocabulary) {}

  scalar(name: string, value: string): void {
    this.#scalars.set(name, value)
  }

  /** The size of the ring is used. */
  sites(count: number): void {
    this.#sizes.set(
      sitesLabel((name) => this.vocabulary.symbols.has(name)),
      String(count),
    )
  }

  /** The number of members of a family without geometry is used. */
  members(family: string, count: number): void {
    this.#sizes.set(`members[${family}]`, String(count))
  }

  /** A letter that no sum binds stands for a member; a wave vector is shown as such. */
  letter(letter: string, member: number, sites: number): void {
    const isMode = this.vocabulary.byLetter.get(letter)?.geometry === 'modes'
    this.#letters.set(letter, isMode ? waveVectorText(member, sites) : String(member))
    if (isMode) this.sites(sites)
  }

  /** Whether more values were drawn than a witness shows: further ones need no text. */
  get crowded(): boolean {
    return this.#values.size > mostShown
  }

  /** A value of a field, function or matrix that was drawn. */
  value<T>(what: string, value: T, arithmetic: Arithmetic<T>): void {
    if (!this.crowded) this.#values.set(what, shortText(arithmetic.toText(value)))
  }

  /** Something was drawn that has no value to be shown: the harmonics of a function under an integral. */
  drawnUnseen(): void {
    this.#seeded = true
  }

  /** The witness's entries: scalars, sizes, letters, then values; where these are too many, the seed they are drawn from. */
  shown(seed: number): Readonly<Record<string, string>> {
    const entries = [...this.#scalars, ...this.#sizes, ...this.#letters]
    if (!this.#seeded && !this.crowded) return Object.fromEntries([...entries, ...this.#values])
    return Object.fromEntries([...entries, ['fields', `seed ${seed}`]])
  }
}

/** What a witness calls the size of a ring: a paper may have a symbol named `sites` of its own. */
export const sitesLabel = (isTaken: (name: string) => boolean): string =>
  isTaken('sites') ? 'sites of the ring' : 'sites'

/** `2 pi 3/5`: the wave vector of a mode of a ring. */
export const waveVectorText = (mode: number, sites: number): string => (mode === 0 ? '0' : `2 pi ${mode}/${sites}`)

/** An argument as it stands in the name of a function's value: `activation(0.5)`. */
export const argumentText = <T>(x: T, arithmetic: Arithmetic<T>): string => shortText(arithmetic.toText(x))
