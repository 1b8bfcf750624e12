/** Derivatives: `\frac{\partial^2 f}{\partial x^2}`, `\partial_x f`, `\nabla u(x)`; and the differentials of integrals. */
import { type Expression, mapChildren } from './expression.js'
import { fail, isNext, peek, type ReadState, take, takeGroup, within } from './read-state.js'
import { readSymbol, takeName } from './read-symbols.js'
import type { Token } from './tokens.js'

/** Fields written without their argument (`\epsilon` for `\epsilon(x)`) get it from the `dx` or `\partial x` around them. */
export function fillFields(e: Expression, variable: Expression): Expression {
  if (e.kind === 'apply' && e.arguments.length === 0) return { ...e, arguments: [variable] }
  return mapChildren(e, (c) => fillFields(c, variable))
}

export const isDifferentialSign = (token: Token | undefined): boolean =>
  token?.text === 'd' || token?.text === '\\mathrm{d}' || token?.text === '\\partial'

/** Whether a differential `dx` begins at the position. */
export const isDifferential = (s: ReadState): boolean =>
  (isNext(s, 'd') || isNext(s, '\\mathrm{d}')) && peek(s, 1)?.kind === 'name'

/** `\partial_x`, applied to the factor that follows. */
export function readPartial(s: ReadState): Expression {
  const sign = take(s, 'a derivative')
  if (!isNext(s, '_')) fail(s, '`\\partial` stands in a fraction or has its variable below it', sign)
  s.position++
  const [from, to] = takeGroup(s, '_')
  const variables: Expression[] = []
  within(s, from, to, () => {
    while (s.position < s.end) variables.push(readSymbol(s, takeName(s), s.loose))
  })
  let order = 1
  if (isNext(s, '^')) {
    s.position++
    order = readOrderNumber(s)
  }
  if (variables.length === 0 || (order > 1 && variables.length > 1))
    fail(s, 'this derivative names no single variable', sign)
  return derive(
    s.grammar.factor(s),
    variables.map((variable) => ({ variable, order })),
  )
}

const derive = (of: Expression, by: readonly { variable: Expression; order: number }[]): Expression =>
  by.reduceRight<Expression>(
    (inner, { variable, order }) => ({ kind: 'derivative', of: fillFields(inner, variable), variable, order }),
    of,
  )

function readOrderNumber(s: ReadState): number {
  const [from, to] = takeGroup(s, '^')
  const token = s.tokens[from]!
  if (to !== from + 1 || token.kind !== 'number' || !/^[1-9]$/.test(token.text))
    fail(s, 'the order of a derivative is a whole number from 1 to 9', token)
  return Number(token.text)
}

/** `\frac{\partial^2 f}{\partial x^2}`, `\frac{d}{dx}`; null where the fraction at the position is an ordinary one. */
export function readDerivativeFraction(s: ReadState): Expression | null {
  const start = s.position
  const [a, b] = [takeGroup(s, '\\frac'), takeGroup(s, '\\frac')]
  const [above, below] = [s.tokens[a[0]], s.tokens[b[0]]]
  const isDerivative =
    isDifferentialSign(above) &&
    isDifferentialSign(below) &&
    b[1] - b[0] >= 2 &&
    !(above!.text === 'd' && s.vocabulary.forms.has('d'))
  if (!isDerivative) {
    s.position = start
    return null
  }
  const by: { variable: Expression; order: number }[] = []
  within(s, b[0], b[1], () => {
    while (isDifferentialSign(peek(s))) {
      s.position++
      const e = peek(s)?.text === '(' ? s.grammar.factor(s) : readSymbol(s, takeName(s), s.loose)
      let order = 1
      if (isNext(s, '^')) {
        s.position++
        order = readOrderNumber(s)
      }
      const isSquare =
        e.kind === 'power' &&
        e.exponent.kind === 'number' &&
        e.exponent.denominator === 1n &&
        e.exponent.numerator > 0n &&
        e.exponent.numerator < 10n
      by.push(isSquare ? { variable: e.base, order: Number(e.exponent.numerator) } : { variable: e, order })
    }
  })
  let order = 1
  let of: Expression | null = null
  within(s, a[0], a[1], () => {
    s.position++
    if (isNext(s, '^')) {
      s.position++
      order = readOrderNumber(s)
    }
    if (s.position < s.end) of = s.grammar.term(s)
  })
  const total = by.reduce((n, d) => n + d.order, 0)
  if (by.length === 0 || total !== order)
    fail(s, `this derivative is of order ${order} above and ${total} below`, above)
  for (const { variable } of by)
    if (!['symbol', 'indexed', 'apply'].includes(variable.kind))
      fail(s, 'a derivative is taken by a symbol or a field', below)
  return derive(of ?? s.grammar.factor(s), by)
}

/** `\nabla u(x)`: the derivative of a field by its argument. */
export function readGradient(s: ReadState): Expression {
  const sign = take(s, 'a gradient')
  const of = s.grammar.factor(s)
  const variable = of.kind === 'apply' ? of.arguments[0] : undefined
  if (variable === undefined) fail(s, '`\\nabla` needs a field with its argument: `\\nabla u(x)`', sign)
  return { kind: 'derivative', of, variable, order: 1 }
}
