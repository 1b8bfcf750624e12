/** Sums, products, powers and brackets: the grammar's trunk. */

import { ContractionProblem, contractProduct, inconsistentLetter, LetterCounter } from './contract.js'
import { add, call, divide, type Expression, imaginaryUnit, negate, pi, power, rational, symbol } from './expression.js'
import { isDifferential, readDerivativeFraction, readGradient, readPartial } from './read-derivatives.js'
import { isFunction, readFunction } from './read-functions.js'
import { readIntegral } from './read-integrals.js'
import { withReach } from './read-reach.js'
import {
  bracketed,
  count,
  deeper,
  expectText,
  fail,
  type Grammar,
  isNext,
  loosely,
  peek,
  type ReadState,
  readArgument,
  take,
  takeGroup,
  within,
} from './read-state.js'
import { readSum } from './read-sums.js'
import { applyExponent, isJoinedName, readSymbol, takeName } from './read-symbols.js'
import type { Token } from './tokens.js'
import type { Vocabulary } from './vocabulary.js'

const counters = new WeakMap<Vocabulary, LetterCounter>()
function counterOf(vocabulary: Vocabulary): LetterCounter {
  const known = counters.get(vocabulary) ?? new LetterCounter(vocabulary)
  counters.set(vocabulary, known)
  return known
}

const stops = new Set(
  '+ - = < > , ; & \\quad \\\\ : \\neq \\ne \\forall \\approx \\equiv \\le \\ge \\ll \\gg \\to \\sim \\in \\propto'.split(
    ' ',
  ),
)

function endsTerm(s: ReadState, token: Token, operand: boolean): boolean {
  if (token.kind === 'close' || stops.has(token.text)) return true
  if (token.kind === 'bar') return token.side === 'close' || (token.side === undefined && s.bars > 0 && !operand)
  return s.pending > 0 && isDifferential(s)
}

/** Multiplies factors: matrices in their order, everything else freely, repeated indices summed. */
function assemble(s: ReadState, factors: readonly Expression[], token: Token): Expression {
  const { vocabulary } = s
  // What is transposed is a vector, and so is the same quantity elsewhere in the product: (z)^T A z.
  const transposed = new Set(factors.flatMap((f) => (f.kind === 'transpose' && 'name' in f.of ? [f.of.name] : [])))
  const matrices = factors.filter(
    (f) => isMatrixLike(vocabulary, f) || (f.kind === 'indexed' && transposed.has(f.name)),
  )
  const ordered: Expression[] =
    matrices.length < 2
      ? [...factors]
      : [...factors.filter((f) => !matrices.includes(f)), { kind: 'matrixProduct', factors: matrices }]
  try {
    return contractProduct(counterOf(vocabulary), vocabulary, ordered, s.bound)
  } catch (error) {
    if (error instanceof ContractionProblem) fail(s, error.message, token)
    throw error
  }
}

/** Whether a name stands for a whole vector or matrix: with an index of its `over` family it is a component. */
function isWhole(vocabulary: Vocabulary, e: Expression, kind: 'matrix' | 'vector'): boolean {
  if (e.kind !== 'symbol' && e.kind !== 'indexed' && e.kind !== 'apply') return false
  const declaration = vocabulary.byName.get(e.name)
  if (declaration?.kind !== kind) return false
  return e.kind === 'symbol' || !e.indices.some((i) => i.slot === declaration.over)
}

/** Whether an expression is a matrix or a vector, so that its products do not commute. */
export function isMatrixLike(vocabulary: Vocabulary, e: Expression): boolean {
  switch (e.kind) {
    case 'matrix':
    case 'transpose':
    case 'matrixProduct':
      return true
    case 'symbol':
    case 'indexed':
    case 'apply':
      return isWhole(vocabulary, e, 'matrix') || isWhole(vocabulary, e, 'vector')
    case 'power':
      return isMatrixLike(vocabulary, e.base)
    case 'conjugate':
      return isMatrixLike(vocabulary, e.of)
    case 'sum':
      return e.terms.some((t) => isMatrixLike(vocabulary, t))
    case 'product':
      return e.factors.some((t) => isMatrixLike(vocabulary, t))
    default:
      return false
  }
}

function signOf(s: ReadState): 1 | -1 {
  const token = peek(s)
  if (token?.text !== '+' && token?.text !== '-') return 1
  s.position++
  if (isNext(s, '+') || isNext(s, '-')) fail(s, 'two signs in a row: put the second into brackets')
  return token.text === '-' ? -1 : 1
}

function readExpression(s: ReadState): Expression {
  const start = peek(s)
  const terms: Expression[] = []
  do {
    const sign = signOf(s)
    const term = readTerm(s)
    terms.push(sign === 1 ? term : negate(term))
  } while (isNext(s, '+') || isNext(s, '-'))
  const gathered = withReach(terms, s.bound)
  const letter = inconsistentLetter(counterOf(s.vocabulary), s.vocabulary, gathered, s.bound)
  if (letter !== null) fail(s, `the index \`${letter}\` is summed in one term of this sum and free in another`, start)
  return add(...gathered)
}

/** The factors of a term as they stand, a fraction being one; a sign in front is the first factor's. */
function readFactors(s: ReadState): readonly Expression[] {
  const sign = signOf(s)
  const factors: Expression[] = []
  let operand = true
  for (let token = peek(s); token !== undefined && !endsTerm(s, token, operand); token = peek(s)) {
    if (token.text === '\\times' || token.text === '\\cdot' || token.text === '*' || token.text === '/') {
      if (operand && factors.length > 0) fail(s, 'two operators in a row')
      if (operand && token.text !== '\\times') fail(s, `\`${token.text}\` has nothing before it`)
      s.position++
      operand = true
      if (token.text === '/') {
        factors.push(power(readFactor(s), -1))
        operand = false
      }
      continue
    }
    factors.push(readFactor(s))
    operand = false
  }
  if (operand) {
    const found = peek(s)
    fail(
      s,
      found ? `expected a number, a symbol or a bracket, not \`${found.text}\`` : 'something is missing at the end',
    )
  }
  return sign === 1 ? factors : [negate(factors[0]!), ...factors.slice(1)]
}

function readTerm(s: ReadState): Expression {
  const start = peek(s)
  return assemble(s, readFactors(s), start!)
}

/** A term in two parts: up to the last factor for which `holds` is true, and the factors behind. */
function readTermUpTo(
  s: ReadState,
  holds: (factor: Expression) => boolean,
): readonly [Expression, readonly Expression[]] {
  const start = peek(s)
  const factors = readFactors(s)
  const last = factors.findLastIndex(holds)
  if (last < 0) return [assemble(s, factors, start!), []]
  return [assemble(s, factors.slice(0, last + 1), start!), factors.slice(last + 1)]
}

function readFactor(s: ReadState): Expression {
  count(s)
  let value = readPrimary(s)
  for (;;) {
    if (isNext(s, '^')) {
      const mark = take(s, 'a superscript')
      const range = takeGroup(s, '^')
      value = applyExponent(s, value, range)
      if (isNext(s, '^')) fail(s, 'two superscripts: put the first with its base into braces', mark)
    } else if (isNext(s, '!')) {
      if (value.kind === 'function' && value.name === 'factorial') fail(s, 'a factorial of a factorial: use brackets')
      s.position++
      value = call('factorial', value)
    } else if (isNext(s, '_')) fail(s, 'a subscript on something that is no symbol')
    else if (isNext(s, '(') && value.kind === 'power' && value.base.kind === 'symbol') return applyToArgument(s, value)
    else return value
  }
}

/** `\Sigma^{-1}(q)`: a power of a matrix symbol, then its argument. */
function applyToArgument(s: ReadState, value: Expression): Expression {
  if (value.kind !== 'power' || value.base.kind !== 'symbol') return value
  const kind = s.vocabulary.byName.get(value.base.name)?.kind
  if ((kind !== 'matrix' && kind !== 'vector') || peek(s, 1)?.kind !== 'name' || !isNext(s, ')', 2)) return value
  s.position++
  const argument = readExpression(s)
  expectText(s, ')')
  return power({ kind: 'apply', name: value.base.name, indices: [], arguments: [argument] }, value.exponent)
}

function readNumber(token: Token): Expression {
  const [whole, decimals = ''] = token.text.split('.')
  return rational(BigInt(whole! + decimals), 10n ** BigInt(decimals.length))
}

function readBracket(s: ReadState, opened: Token): Expression {
  const close = new Map([
    ['(', ')'],
    ['[', ']'],
    ['\\{', '\\}'],
    ['\\langle', '\\rangle'],
  ]).get(opened.text)!
  s.position++
  const given: Expression[] = []
  const entries = bracketed(s, () => {
    // A bar inside an average parts it from what is given.
    if (opened.text === '\\langle') s.bars = 1
    const list = [readExpression(s)]
    if (opened.text === '\\langle' && peek(s)?.kind === 'bar') {
      s.bars = 0
      do {
        s.position++
        given.push(loosely(s, () => readExpression(s)))
      } while (isNext(s, ','))
    }
    // `[a, b]` is a row of a vector.
    while (opened.text === '[' && isNext(s, ',')) {
      s.position++
      list.push(readExpression(s))
    }
    return list
  })
  expectText(s, close, opened)
  const [of] = entries as [Expression]
  if (entries.length > 1) return { kind: 'matrix', rows: [entries] }
  if (opened.text !== '\\langle') return of
  return { kind: 'expectation', of, ...readMeasureBelow(s), ...(given.length > 0 ? { given } : {}) }
}

/** The measure below an average, `\langle s \rangle_{\mathcal{M}^l}`, where one is written. */
function readMeasureBelow(s: ReadState): { readonly over?: readonly Expression[] } {
  if (!isNext(s, '_')) return {}
  s.position++
  const [from, to] = takeGroup(s, '_')
  return { over: [within(s, from, to, () => loosely(s, () => readSymbol(s, takeName(s))))] }
}

function readBars(s: ReadState, opened: Token): Expression {
  if (opened.side === 'close') fail(s, 'this `|` closes nothing')
  s.position++
  const of = bracketed(s, () => {
    s.bars = 1
    return readExpression(s)
  })
  if (peek(s)?.kind !== 'bar') fail(s, 'this `|` is never closed', opened)
  s.position++
  if (of.kind === 'symbol' && s.vocabulary.byName.get(of.name)?.kind === 'set')
    return { kind: 'apply', name: 'cardinality', indices: [], arguments: [of] }
  const whole = of.kind === 'power' ? of.base : of
  const isMatrix = whole.kind === 'matrix' || isWhole(s.vocabulary, whole, 'matrix')
  return { kind: isMatrix ? 'determinant' : 'modulus', of }
}

function readMatrix(s: ReadState, opened: Token): Expression {
  s.position++
  return bracketed(s, () => {
    const rows: Expression[][] = [[]]
    for (;;) {
      rows[rows.length - 1]!.push(readExpression(s))
      if (isNext(s, '&')) s.position++
      else if (isNext(s, '\\\\')) {
        s.position++
        if (isNext(s, '\\end')) break
        rows.push([])
      } else break
    }
    expectText(s, '\\end', opened)
    if (rows.some((row) => row.length !== rows[0]!.length))
      fail(s, 'the rows of this matrix have different lengths', opened)
    return { kind: 'matrix', rows }
  })
}

function readFraction(s: ReadState): Expression {
  s.position++
  const derivative = readDerivativeFraction(s)
  if (derivative) return derivative
  const above = readArgument(s, '\\frac')
  return divide(above, readArgument(s, '\\frac'))
}

/** Names with a fixed meaning unless the notation declares them. */
const constants: ReadonlyMap<string, Expression> = new Map<string, Expression>([
  ['\\pi', pi],
  ['i', imaginaryUnit],
  ['\\imath', imaginaryUnit],
  ['\\iota', imaginaryUnit],
  ['\\mathrm{i}', imaginaryUnit],
  ['\\infty', symbol('infinity')],
])

const refused: ReadonlyMap<string, string> = new Map([
  ['\\pm', '`\\pm` stands for two formulas: write each as a statement of its own'],
  ['\\mp', '`\\mp` stands for two formulas: write each as a statement of its own'],
  ['\\cdots', 'dots leave the formula open: only dots between two sums over one quantity are read'],
  ['\\vdots', 'dots leave the formula open'],
  ['\\ddots', 'dots leave the formula open'],
])

const operators: ReadonlyMap<string, (s: ReadState) => Expression> = new Map([
  ['\\sum', readSum],
  ['\\prod', readSum],
  ['\\int', readIntegral],
  ['\\frac', readFraction],
  ['\\partial', readPartial],
  ['\\nabla', readGradient],
])

function readPrimary(s: ReadState): Expression {
  const token = peek(s)
  if (token === undefined) fail(s, 'something is missing at the end')
  if (token.kind === 'number') {
    s.position++
    return readNumber(token)
  }
  if (token.kind === 'bar') return readBars(s, token)
  if (token.text === '\\begin') return readMatrix(s, token)
  if (token.text === '{') {
    const [from, to] = takeGroup(s, 'a group')
    if (from === to) fail(s, 'an empty pair of braces', token)
    return within(s, from, to, () => readExpression(s))
  }
  if (token.kind === 'open') return readBracket(s, token)
  if (token.kind === 'text') fail(s, `the words "${token.text.slice(0, 40)}" are no part of a formula`)
  if (token.kind !== 'name') fail(s, `\`${token.text}\` does not fit here`)
  if (isJoinedName(s)) return readSymbol(s, takeName(s))
  const reason = refused.get(token.text)
  if (reason !== undefined) fail(s, reason)
  const operator = operators.get(token.text) ?? (isFunction(s, token) ? readFunction : undefined)
  if (operator) return deeper(s, () => operator(s))
  const constant = s.vocabulary.forms.has(token.text) ? undefined : constants.get(token.text)
  if (constant && !(isNext(s, '_', 1) || isNext(s, "'", 1))) {
    s.position++
    return constant
  }
  return readSymbol(s, takeName(s))
}

/** The rules that the other files call. */
export const grammar: Grammar = {
  expression: readExpression,
  factor: readFactor,
  term: readTerm,
  termUpTo: readTermUpTo,
}

/** Names that have a meaning of their own unless they are declared: constants, operators and what is refused. */
export const operatorNames: readonly string[] = [...constants.keys(), ...refused.keys(), ...operators.keys()]
