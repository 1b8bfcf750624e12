/** Index letters in scripts: `l-1`, `\alpha;i`, `-q'`, `0`; and which slot of a declaration each of them fills. */
import { add, type Expression, type Index, type IndexSlot, index, negate, rational, symbol } from './expression.js'
import type { SlotDeclaration, SymbolDeclaration } from './notation.js'
import type { ReadState } from './read-state.js'
import type { Token } from './tokens.js'
import type { Vocabulary } from './vocabulary.js'

/** Whether a letter may stand in a script: a family's, a bound one, a variable, or a declared number such as the depth `L`. */
function isIndexLetter(s: ReadState, letter: string): boolean {
  return (
    s.vocabulary.families.has(letter) ||
    s.vocabulary.variables.has(letter) ||
    s.bound.includes(letter) ||
    (s.vocabulary.forms.get(letter) ?? []).some(
      (f) => f.subscript.length + f.superscript.length === 0 && f.declaration.kind === 'scalar',
    )
  )
}

/** A letter with scripts of its own at a place among tokens, and the place behind it; braces do not matter. */
export function scriptedLetter(
  { scripted }: Vocabulary,
  tokens: readonly Token[],
  from: number,
): { readonly letter: string; readonly behind: number } | null {
  for (const { letter, tokens: wanted } of scripted) {
    let [at, matched, open] = [from, 0, 0]
    while (matched < wanted.length && at < tokens.length) {
      const text = tokens[at]!.text
      if (text === wanted[matched]) matched++
      else if (text === '{' && matched > 0) open++
      else if (text === '}' && open > 0) open--
      else break
      at++
    }
    for (; open > 0 && tokens[at]?.text === '}'; at++) open--
    if (matched === wanted.length && open === 0) return { letter, behind: at }
  }
  return null
}

const integer = (token: Token | undefined): number | null =>
  token?.kind === 'number' && /^[0-9]{1,9}$/.test(token.text) ? Number(token.text) : null

/**
 * The indices that a script's tokens list, or null where they are something else (a power, say).
 * `\alpha\beta`, `\alpha,\beta` and `\alpha;\beta` are two indices; `l-1` is one.
 */
export function readIndices(s: ReadState, tokens: readonly Token[]): readonly Index[] | null {
  const list: Index[] = []
  let i = 0
  while (i < tokens.length) {
    if (list.length > 0 && (tokens[i]!.text === ',' || tokens[i]!.text === ';')) i++
    let sign: 1 | -1 = 1
    if (tokens[i]?.text === '-' || (tokens[i]?.text === '+' && i + 1 < tokens.length)) {
      sign = tokens[i]!.text === '-' ? -1 : 1
      i++
    }
    const token = tokens[i]
    if (token === undefined) return null
    const number = integer(token)
    if (number !== null) {
      list.push(index(null, sign * number || 0))
      i++
      continue
    }
    if (token.kind !== 'name') return null
    const composite = scriptedLetter(s.vocabulary, tokens, i)
    if (composite !== null) {
      list.push(index(composite.letter, 0, sign))
      i = composite.behind
      continue
    }
    let letter = token.text
    for (i++; tokens[i]?.text === "'"; i++) letter += "'"
    if (!isIndexLetter(s, letter)) return null
    let offset = 0
    while ((tokens[i]?.text === '+' || tokens[i]?.text === '-') && integer(tokens[i + 1]) !== null) {
      offset += (tokens[i]!.text === '-' ? -1 : 1) * integer(tokens[i + 1])!
      i += 2
    }
    list.push(index(letter, offset, sign))
  }
  return list
}

/** An index as a value: `l-1` is the sum of the symbol `l` and -1. */
export function indexExpression(i: Index): Expression {
  if (i.letter === null) return rational(i.sign * i.offset || 0)
  const letter = symbol(i.letter)
  return add(i.sign === 1 ? letter : negate(letter), rational(i.offset))
}

function suits(vocabulary: Vocabulary, slot: SlotDeclaration, value: Index): boolean {
  if (value.letter === null) return true
  const families = vocabulary.families.get(value.letter)
  if (families === undefined) return true
  return families.some((f) => f.name === slot.slot) || !vocabulary.notation.families.some((f) => f.name === slot.slot)
}

/** The slots of one script in order with the values put into them; null where they do not fit. */
function place(
  vocabulary: Vocabulary,
  slots: readonly SlotDeclaration[],
  values: readonly Index[],
  loose: boolean,
): ReadonlyMap<SlotDeclaration, Index> | null {
  if (values.length > slots.length) return null
  const [slot, ...rest] = slots
  if (slot === undefined) return new Map()
  const [value, ...others] = values
  if (value !== undefined && suits(vocabulary, slot, value)) {
    const placed = place(vocabulary, rest, others, loose)
    if (placed) return new Map([[slot, value], ...placed])
  }
  return slot.optional || loose ? place(vocabulary, rest, values, loose) : null
}

/** The indices of a declaration's slots in its order, from the values in its scripts; null where they do not fit. */
export function fillSlots(
  vocabulary: Vocabulary,
  declaration: SymbolDeclaration,
  subscripts: readonly Index[],
  superscripts: readonly Index[],
  loose: boolean,
): readonly IndexSlot[] | null {
  const at = (position: SlotDeclaration['position']) => declaration.slots.filter((d) => d.position === position)
  const below = place(vocabulary, at('subscript'), subscripts, loose)
  const above = place(vocabulary, at('superscript'), superscripts, loose)
  if (below === null || above === null) return null
  return declaration.slots.flatMap((slot) => {
    const value = below.get(slot) ?? above.get(slot)
    return value === undefined ? [] : [{ slot: slot.slot, index: value }]
  })
}
