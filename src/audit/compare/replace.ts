import {
  type Expression,
  type Formula,
  type Index,
  type IndexSlot,
  mapChildren,
  sameTree,
} from '../../expression/expression.js'

/** `pattern` stands for `replacement`; letters of the pattern's indices and plain arguments stand for whatever is there. */
export interface Rewriting {
  readonly pattern: Expression
  readonly replacement: Expression
}

/**
 * An expression with every occurrence of the patterns replaced, again and again until none is left (at most a few
 * dozen times: abbreviations may use each other, but not themselves).
 *
 * @param e the expression
 * @param rewritings quantities or functions to replace: a letter among the pattern's indices, or a plain variable among its
 *   arguments, stands for whatever is there, and where it occurs in the replacement, that is put
 */
export function rewrite(e: Expression, rewritings: readonly Rewriting[]): Expression {
  if (rewritings.length === 0) return e
  let current = e
  for (let round = 0; round < 32; round++) {
    const next = rewriteOnce(current, rewritings)
    if (sameTree(next, current)) return current
    current = next
  }
  return current
}

/** Definitions put in for the quantities that they define, their first sides, whatever the indices. */
export const withDefinitions = (e: Expression, ...definitions: readonly Formula[]): Expression =>
  rewrite(
    e,
    definitions.map(({ sides }) => ({ pattern: sides[0]!, replacement: sides.at(-1)! })),
  )

/** `rewrite`, once: a replacement may hold what it replaces (`L` by `L - 1`). */
export function rewriteOnce(e: Expression, rewritings: readonly Rewriting[]): Expression {
  for (const { pattern, replacement } of rewritings) {
    const bindings = match(pattern, e)
    if (bindings !== null) return fill(replacement, bindings)
  }
  if (e.kind !== 'measureIntegral') return mapChildren(e, (child) => rewriteOnce(child, rewritings))
  // A variable of integration that is turned or scaled stays one: its measure changes by a constant factor, which no law sees.
  const measures = e.measures.map((measure) => {
    const replaced = rewriteOnce(measure, rewritings)
    return replaced.kind === measure.kind ? replaced : measure
  })
  return { ...e, measures, body: rewriteOnce(e.body, rewritings) }
}

export const rewriteFormula = (formula: Formula, rewritings: readonly Rewriting[]): Formula =>
  rewritings.length === 0 ? formula : { ...formula, sides: formula.sides.map((side) => rewrite(side, rewritings)) }

interface Bindings {
  /** What the letters of the pattern's indices stand for. */
  readonly letters: ReadonlyMap<string, Index>
  /** What the variables among its arguments stand for. */
  readonly variables: ReadonlyMap<string, Expression>
}

function match(pattern: Expression, e: Expression): Bindings | null {
  if (pattern.kind === 'indexed' || pattern.kind === 'apply') {
    if (e.kind !== pattern.kind || e.name !== pattern.name) return null
    const letters = matchIndices(pattern.indices, e.indices)
    if (letters === null) return null
    const variables = new Map<string, Expression>()
    if (pattern.kind === 'apply' && e.kind === 'apply') {
      if (pattern.arguments.length !== e.arguments.length) return null
      for (const [position, argument] of pattern.arguments.entries()) {
        const given = e.arguments[position]!
        if (argument.kind === 'symbol') variables.set(argument.name, given)
        else if (!sameTree(argument, given)) return null
      }
    }
    return { letters, variables }
  }
  return sameTree(pattern, e) ? { letters: new Map(), variables: new Map() } : null
}

function matchIndices(pattern: readonly IndexSlot[], given: readonly IndexSlot[]): ReadonlyMap<string, Index> | null {
  if (pattern.length !== given.length) return null
  const letters = new Map<string, Index>()
  for (const [position, { slot, index }] of pattern.entries()) {
    const actual = given[position]!
    if (actual.slot !== slot) return null
    if (index.letter === null) {
      if (actual.index.letter !== null || actual.index.offset !== index.offset) return null
    } else {
      // The pattern's `l-1` stands for a place p, so that its `l` is p + 1.
      letters.set(index.letter, shift(actual.index, index.sign, -index.offset))
    }
  }
  return letters
}

/** sign * (index + offset). */
const shift = (index: Index, sign: 1 | -1, offset: number): Index => ({
  letter: index.letter,
  sign: (index.sign * sign) as 1 | -1,
  offset: sign * (index.offset + offset),
})

function fill(e: Expression, bindings: Bindings): Expression {
  if (e.kind === 'symbol') return bindings.variables.get(e.name) ?? e
  const filled = mapChildren(e, (child) => fill(child, bindings))
  if (filled.kind !== 'indexed' && filled.kind !== 'apply') return filled
  const indices = filled.indices.map((s): IndexSlot => {
    const given = s.index.letter === null ? undefined : bindings.letters.get(s.index.letter)
    if (given === undefined) return s
    const moved = shift(given, s.index.sign, 0)
    return { slot: s.slot, index: { ...moved, offset: moved.offset + s.index.offset } }
  })
  return { ...filled, indices }
}
