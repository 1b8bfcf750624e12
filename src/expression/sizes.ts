/** The explicit sizes for which a formula is written out, and the budget that it may use. */
import { InputError, LimitError } from './errors.js'
import type { Expression, IndexSlot } from './expression.js'
import type { Notation } from './notation.js'

/** The sizes to write a formula out for. */
export interface InstantiationContext {
  readonly notation: Notation
  /** The members of each index family: `site -> [0, 1, 2]`. */
  readonly families?: ReadonlyMap<string, readonly number[]>
  /** The members of each named set, by canonical name. */
  readonly sets?: ReadonlyMap<string, readonly number[]>
  /** Whole numbers for symbols (by canonical name) and for free index letters (as written): `depth -> 2`, `L -> 2`, `l -> 0`. */
  readonly values?: ReadonlyMap<string, number>
  /** For families on a ring: the number of sites; indices are reduced to 0 … n-1. */
  readonly periods?: ReadonlyMap<string, number>
  /** What a member of a family is worth on the base line, where that is not its number: a mode `q = 2 pi n / L`. */
  readonly memberValue?: (family: string, member: number) => Expression | undefined
  /** Most nodes made. @defaultValue 200000 */
  readonly maximumSize?: number
}

/** The member that a letter stands for, and of which family where that is known. */
export interface Binding {
  readonly member: number
  readonly family: string | null
}
export type Environment = ReadonlyMap<string, Binding>

/** Looks sizes up and keeps count of the nodes made. */
export class Sizes {
  readonly context: InstantiationContext
  #left: number

  constructor(context: InstantiationContext) {
    this.context = context
    this.#left = context.maximumSize ?? 200_000
  }

  /** Takes from the budget of nodes. Throws LimitError when it is used up. */
  spend(n = 1): void {
    this.#left -= n
    if (this.#left < 0)
      throw new LimitError(
        `the formula grows beyond ${this.context.maximumSize ?? 200_000} nodes when written out: take smaller sizes`,
      )
  }

  member(letter: string, environment: Environment): Binding {
    const bound = environment.get(letter)
    if (bound) return bound
    const own = this.context.values?.get(letter)
    if (own !== undefined) return { member: own, family: null }
    // A letter such as L in z^L is also a declared scalar: its value is given under the canonical name.
    const declared = this.context.notation.symbols.find((s) => s.latex.includes(letter))
    const value = declared && this.context.values?.get(declared.name)
    if (value === undefined)
      throw new InputError(`the index \`${letter}\` has no value: give one to instantiate, or sum over it`)
    return { member: value, family: null }
  }

  reduce(member: number, family: string): number {
    const period = this.context.periods?.get(family)
    return period === undefined ? member : ((member % period) + period) % period
  }

  slot(slot: IndexSlot, environment: Environment): IndexSlot {
    const { letter, sign, offset } = slot.index
    const value = letter === null ? sign * offset : sign * this.member(letter, environment).member + offset
    return { slot: slot.slot, index: { letter: null, sign: 1, offset: this.reduce(value, slot.slot) } }
  }

  family(name: string): readonly number[] {
    const members = this.context.families?.get(name)
    if (members === undefined) throw new InputError(`the members of the index family \`${name}\` are not given`)
    return members
  }

  familyOf(letter: string): string | undefined {
    return this.context.notation.families.find((f) => f.letters.includes(letter))?.name
  }

  set(name: string): readonly number[] {
    const members = this.context.sets?.get(name)
    if (members === undefined) throw new InputError(`the members of the set \`${name}\` are not given`)
    return members
  }
}
