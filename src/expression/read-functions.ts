/** Functions that the engine knows: `\log x`, `\sin^{-1}(x)`, `\cos^2 q`, `\Gamma(x)`, `\delta_{q,q'}`, `\sqrt[n]{x}`. */
import {
  add,
  call,
  divide,
  type Expression,
  exp,
  half,
  type KnownFunction,
  log,
  multiply,
  one,
  power,
  rational,
  squareRoot,
  subtract,
} from './expression.js'
import { isDifferential } from './read-derivatives.js'
import { indexExpression, readIndices } from './read-index.js'
import {
  deeper,
  fail,
  isNext,
  loosely,
  peek,
  type ReadState,
  readArgument,
  take,
  takeGroup,
  within,
} from './read-state.js'
import { applyExponent, readArguments, readSymbol, takeName } from './read-symbols.js'
import type { Token } from './tokens.js'

const plain: readonly KnownFunction[] = ['exp', 'log', 'sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh', 'max', 'min']
const named: readonly (readonly [string, KnownFunction])[] = [
  ['\\arcsin', 'asin'],
  ['\\arccos', 'acos'],
  ['\\arctan', 'atan'],
  ['\\Gamma', 'gamma'],
  ['\\operatorname{sgn}', 'sign'],
  ['\\mathrm{sgn}', 'sign'],
]
const upright: readonly KnownFunction[] = ['erf', 'erfc', 'sign', 'abs', 'step', 'logGamma']
const functions: ReadonlyMap<string, KnownFunction> = new Map([
  ...plain.map((f) => [`\\${f}`, f] as const),
  ...named,
  ...[...plain, ...upright].flatMap((f) => [
    [`\\operatorname{${f}}`, f] as const,
    [`\\mathrm{${f}}`, f] as const,
    [`\\${f}`, f] as const,
  ]),
])
const inverses: ReadonlyMap<KnownFunction, KnownFunction> = new Map([
  ['sin', 'asin'],
  ['cos', 'acos'],
  ['tan', 'atan'],
])

/** Whether the token names a known function (and is not declared to be something else). */
export const isFunction = (s: ReadState, token: Token): boolean =>
  !s.vocabulary.forms.has(token.text) && (functions.has(token.text) || others.has(token.text))

/** Inverses that are logarithms. */
const inverseHyperbolic: ReadonlyMap<KnownFunction, (x: Expression) => Expression> = new Map([
  ['tanh', (x: Expression) => multiply(half, log(divide(add(one, x), subtract(one, x))))],
  ['sinh', (x: Expression) => log(add(x, squareRoot(add(power(x, 2), one))))],
])

const isBracket = (s: ReadState): boolean => isNext(s, '(') || isNext(s, '[') || isNext(s, '\\{')

/** What follows a function without brackets: numbers, pi and scalars, then one factor: `\cos 2\pi q`, `\log r^l`, `\cosh \beta h`. */
function tightArgument(s: ReadState, name: string): Expression {
  const first = peek(s)
  if (first === undefined || first.kind === 'close' || (first.kind === 'symbol' && first.text !== "'"))
    fail(s, `\`${name}\` needs an argument; put signs and sums into brackets`)
  const factors: Expression[] = []
  let more = true
  while (more) {
    const token = peek(s)
    if (token === undefined) break
    const numeric = token.kind === 'number' || token.text === '\\pi'
    if (
      !numeric &&
      factors.length > 0 &&
      (token.kind !== 'name' ||
        isFunction(s, token) ||
        /^\\(?:sum|int|prod|times|cdot)$/.test(token.text) ||
        isRelation(token) ||
        (s.pending > 0 && isDifferential(s)))
    )
      break
    const factor = s.grammar.factor(s)
    factors.push(factor)
    more = numeric || isScalar(s, factor)
  }
  return multiply(...factors)
}

/** A declared scalar without power: a coefficient of what follows it. */
const isScalar = (s: ReadState, e: Expression): boolean =>
  e.kind === 'symbol' && s.vocabulary.byName.get(e.name)?.kind === 'scalar'

const relationCommands = new Set('\\approx \\equiv \\ll \\gg \\to \\sim \\in \\le \\ge \\propto'.split(' '))
const isRelation = (token: Token): boolean => relationCommands.has(token.text)

/** The function at the position, with its argument. */
export function readFunction(s: ReadState): Expression {
  const token = take(s, 'a function')
  const other = others.get(token.text)
  if (other) return other(s, token)
  let name = functions.get(token.text)!
  let exponent: readonly [number, number] | null = null
  let base: Expression | null = null
  while (isNext(s, '^') || isNext(s, '_')) {
    const mark = take(s, 'a script')
    if (mark.text === '_') {
      if (name !== 'log' || base) fail(s, `\`${token.text}\` takes no subscript`, mark)
      base = readArgument(s, '_')
    } else {
      if (exponent) fail(s, 'two superscripts on one function', mark)
      exponent = takeGroup(s, '^')
    }
  }
  const power_ =
    exponent &&
    s.tokens
      .slice(...exponent)
      .map((t) => t.text)
      .join('')
  const inverse = power_ === '-1' ? inverseHyperbolic.get(name) : undefined
  if (inverse) exponent = null
  else if (power_ === '-1' && inverses.has(name)) {
    name = inverses.get(name)!
    exponent = null
  } else if (power_ === '-1' && name !== 'gamma' && name !== 'log' && name !== 'exp')
    fail(s, `the inverse of \`${token.text}\` is not known: write it out`, token)
  if (name === 'gamma' && !isBracket(s))
    fail(
      s,
      '`\\Gamma` is read as the gamma function, which needs its argument in brackets; declare `\\Gamma` where it is a name of the paper',
      token,
    )
  const list = isBracket(s) ? readArguments(s, false) : [deeper(s, () => tightArgument(s, token.text))]
  if (list.length !== 1 && name !== 'max' && name !== 'min')
    fail(s, `\`${token.text}\` takes one argument, not ${list.length}`, token)
  if (inverse) return inverse(list[0]!)
  let value: Expression = name === 'exp' ? exp(list[0]!) : name === 'log' ? log(list[0]!) : call(name, ...list)
  if (base) value = divide(value, log(base))
  return exponent ? applyExponent(s, value, exponent) : value
}

function readRoot(s: ReadState, token: Token): Expression {
  let degree: Expression | null = null
  if (isNext(s, '[')) {
    const list = readArguments(s, false)
    if (list.length !== 1) fail(s, 'a root has one degree', token)
    degree = list[0]!
  }
  const of = readArgument(s, '\\sqrt')
  return degree ? power(of, divide(rational(1), degree)) : squareRoot(of)
}

/** `\delta_{q,-q'}` is Kronecker's, `\delta(x)` Dirac's. */
function readDelta(s: ReadState, token: Token): Expression {
  if (isNext(s, '_')) {
    s.position++
    const [from, to] = takeGroup(s, '_')
    const indices = readIndices(s, s.tokens.slice(from, to))
    if (indices?.length === 2) return call('kroneckerDelta', ...indices.map(indexExpression))
    const list = within(s, from, to, () => {
      const first = s.grammar.expression(s)
      if (!isNext(s, ',')) fail(s, 'a Kronecker delta takes two indices, separated by a comma')
      s.position++
      return [first, s.grammar.expression(s)]
    })
    return call('kroneckerDelta', ...list)
  }
  if (!isBracket(s)) fail(s, '`\\delta` needs two indices below it or an argument in brackets, or a declaration', token)
  const list = readArguments(s, false)
  if (list.length !== 1) fail(s, 'a delta function takes one argument', token)
  return call('diracDelta', list[0]!)
}

/** `\mathcal{O}(\epsilon^4)`: what stands in it need not have all its indices. */
function readOrder(s: ReadState, token: Token): Expression {
  if (!isBracket(s)) fail(s, `\`${token.text}\` needs an argument in brackets, or a declaration`, token)
  const list = loosely(s, () => readArguments(s, false))
  if (list.length !== 1) fail(s, 'an order symbol takes one argument', token)
  return { kind: 'orderOf', of: list[0]! }
}

/** The names below `\mathbb{E}` or `\text{Tr}`. */
function readNamesBelow(s: ReadState): readonly Expression[] {
  take(s, 'a subscript')
  const [from, to] = takeGroup(s, '_')
  return within(s, from, to, () =>
    loosely(s, () => {
      const list: Expression[] = []
      do {
        if (isNext(s, ',')) s.position++
        list.push(readSymbol(s, takeName(s)))
      } while (isNext(s, ','))
      return list
    }),
  )
}

/** `\mathbb{E}[x]`; `\mathbb{E}_{w} x` averages the rest of the term over what is named below. */
function readExpectation(s: ReadState, token: Token): Expression {
  if (isNext(s, '_')) {
    const over = readNamesBelow(s)
    return { kind: 'expectation', of: s.grammar.term(s), over }
  }
  if (!isBracket(s)) fail(s, `\`${token.text}\` needs an argument in brackets`, token)
  const list = readArguments(s, false)
  if (list.length !== 1) fail(s, 'an expectation takes one argument', token)
  return { kind: 'expectation', of: list[0]! }
}

/** `\text{Tr}_{s} f(s)`: the rest of the term, summed or integrated over the values of what is named below. */
function readTrace(s: ReadState, token: Token): Expression {
  if (!isNext(s, '_')) fail(s, 'a trace names below what it runs over: `\\text{Tr}_{s}`', token)
  const measures = readNamesBelow(s)
  return { kind: 'measureIntegral', measures, body: s.grammar.term(s), trace: true }
}

function readDeterminant(s: ReadState): Expression {
  return { kind: 'determinant', of: s.grammar.factor(s) }
}

function readBinomial(s: ReadState): Expression {
  const above = readArgument(s, '\\binom')
  return call('binomial', above, readArgument(s, '\\binom'))
}

/** `e^{x}`; without a power it is the constant. */
function readE(s: ReadState): Expression {
  if (!isNext(s, '^')) return { kind: 'constant', name: 'e' }
  s.position++
  const [from, to] = takeGroup(s, '^')
  if (from === to) fail(s, 'an empty superscript')
  const argument = within(s, from, to, () => s.grammar.expression(s))
  return exp(add(argument))
}

const others: ReadonlyMap<string, (s: ReadState, token: Token) => Expression> = new Map([
  ['\\sqrt', readRoot],
  ['\\delta', readDelta],
  ['\\mathcal{O}', readOrder],
  ['O', readOrder],
  ['\\mathbb{E}', readExpectation],
  ['\\mathrm{Tr}', readTrace],
  ['\\det', readDeterminant],
  ['\\binom', readBinomial],
  ['e', readE],
  ['\\mathrm{e}', readE],
])

/** What the reader takes for a function unless it is declared. */
export const functionNames: readonly string[] = [...functions.keys(), ...others.keys()]
