/**
 * The reader of LaTeX: a formula under a paper's declared notation becomes a tree.
 *
 * Conventions, where LaTeX leaves a choice:
 * - The summand of `\sum`, `\prod` and `\int` is the rest of the term: up to the next `+` or `-` outside brackets.
 * - `a/bc` is `(a/b)c`. A function without brackets takes the next factor: `\cos q |x|^2` is `cos(q) |x|^2`.
 * - On a required index slot a number is an index (`z^2`: layer 2); on one that may be left out, a number other than
 *   0 and 1 is a power (`r_+^2`, `\Sigma^{-1}`).
 * - `i` on the base line is the imaginary unit, `e` the constant, unless declared. `\infty` is the symbol `infinity`.
 * - Letters of families with `summedWhenRepeated` that occur in two factors of a product are summed over their family.
 * - A formula that begins with a relation (a continued derivation, `= …`) is its right side alone.
 */
import type { Place } from './errors.js'
import type { Expression, Formula, Relation } from './expression.js'
import type { Notation } from './notation.js'
import { functionNames } from './read-functions.js'
import { defaultLimits, fail, isNext, peek, type ReadLimits, type ReadState } from './read-state.js'
import { grammar, operatorNames } from './read-terms.js'
import { matchBraces, tokenize } from './tokens.js'
import { vocabularyOf } from './vocabulary.js'

export interface ReadOptions {
  /** Where the LaTeX stands; errors carry it, with the column added. */
  readonly place?: Place
  /** Bounds that are kept so that no formula can hang the reader. */
  readonly limits?: Partial<ReadLimits>
}

const relations: ReadonlyMap<string, Relation> = new Map<string, Relation>([
  ['=', '='],
  ['\\approx', '≈'],
  ['\\equiv', '≡'],
  ['<', '<'],
  ['>', '>'],
  ['\\le', '≤'],
  ['\\ge', '≥'],
  ['\\to', '→'],
  ['\\sim', '∼'],
  ['\\in', '∈'],
  ['\\propto', '∝'],
  ['\\ll', '≪'],
  ['\\gg', '≫'],
])

function start(latex: string, notation: Notation, options: ReadOptions): ReadState {
  const limits = { ...defaultLimits, ...options.limits }
  const place = options.place ?? {}
  const tokens = tokenize(latex, place, limits.length)
  const state: ReadState = {
    tokens,
    braces: matchBraces(tokens),
    vocabulary: vocabularyOf(notation),
    grammar,
    limits,
    place,
    position: 0,
    end: tokens.length,
    depth: 0,
    nodes: 0,
    bars: 0,
    pending: 0,
    bound: [],
    loose: false,
  }
  if (tokens.length === 0) fail(state, 'the formula is empty')
  return state
}

function finish(s: ReadState): void {
  const token = peek(s)
  if (token === undefined) return
  if (token.kind === 'close') fail(s, `\`${token.text}\` closes nothing`)
  if (token.text === ',' || token.text === ';' || token.text === '\\quad')
    fail(s, 'several formulas in one: write each as a statement of its own')
  fail(s, `\`${token.text}\` does not fit here`)
}

const orders = new Set(['\\le', '\\ge', '<', '>', '\\neq', '\\ne'])

/**
 * Moves past conditions on an index letter behind the formula, `\quad \forall 1 \le l \le L`, which say where it holds. What
 * is no such condition stays, and is an error of the formula's.
 */
function setConditionsAside(s: ReadState): void {
  const start = s.position
  while (isNext(s, ',') || isNext(s, '\\quad') || isNext(s, '\\forall')) s.position++
  const rest = s.tokens.slice(s.position, s.end)
  if (s.position === start || !rest.some((token) => orders.has(token.text))) {
    s.position = start
    return
  }
  const sides = [grammar.expression(s)]
  let count = 0
  while (orders.has(peek(s)?.text ?? '')) {
    s.position++
    count++
    sides.push(grammar.expression(s))
  }
  const isLetter = (e: Expression): boolean => e.kind === 'symbol' && s.vocabulary.families.has(e.name)
  if (count === 0 || !sides.some(isLetter)) s.position = start
}

/**
 * Reads a formula: an expression or a chain of expressions joined by relations.
 *
 * @param latex what is printed, without dollar signs
 * @param notation the declarations under which it is read
 * @throws LatexError with the column, on anything that cannot be understood under this notation
 */
export function readFormula(latex: string, notation: Notation, options: ReadOptions = {}): Formula {
  const s = start(latex, notation, options)
  const sides: Expression[] = []
  const found: Relation[] = []
  if (relations.has(peek(s)!.text)) s.position++
  for (;;) {
    sides.push(grammar.expression(s))
    // `:=` and `=:` define: an equality.
    if (isNext(s, ':') && isNext(s, '=', 1)) s.position++
    const relation = relations.get(peek(s)?.text ?? '')
    if (relation === undefined) break
    found.push(relation)
    s.position++
    if (relation === '=' && isNext(s, ':')) s.position++
  }
  setConditionsAside(s)
  finish(s)
  return { sides, relations: found }
}

/**
 * Reads a formula without relations.
 *
 * @throws LatexError with the column, on anything that cannot be understood under this notation
 */
export function readExpression(latex: string, notation: Notation, options: ReadOptions = {}): Expression {
  const s = start(latex, notation, options)
  const e = grammar.expression(s)
  if (relations.has(peek(s)?.text ?? '')) fail(s, 'one expression is expected here, not an equation')
  finish(s)
  return e
}

/** Whether a name token means something to the reader that nobody declares: a function, an operator, a relation, a constant. */
export const isReserved = (token: string): boolean => reserved.has(token)

const reserved: ReadonlySet<string> = new Set([
  ...relations.keys(),
  ...orders,
  ...functionNames,
  ...operatorNames,
  ...'\\times \\cdot \\forall \\cdots'.split(' '),
])
