/** What the sections on signals share: networks written out for a few neurons, layers replaced by Gaussian fields, maps. */
import {
  add,
  type Context,
  DomainError,
  differentiate,
  type Expression,
  type Formula,
  index,
  instantiate,
  keyOf,
  lastSide,
  mapChildren,
  multiply,
  one,
  power,
  rational,
  type SymbolNode,
  simplify,
  substitute,
  subtract,
  symbol,
  zero,
} from 'corrigenda'
import type { Domain } from 'corrigenda/expression'
import {
  type GaussianMean,
  meanIntegral,
  meanSlope,
  rewriteMeans,
  type ScaledMean,
  withSecondMoments,
} from 'corrigenda/theory'

// ---- Plain numbers for lengths and correlations, in which derivations are done ----------------------------------------

export const firstLength = symbol('first length')
export const secondLength = symbol('second length')
export const correlation = symbol('correlation of both')
export const width = symbol('neurons of the layer before')

const open = (minimum: number, maximum: number): Domain => ({
  minimum,
  maximum,
  includeMinimum: false,
  includeMaximum: false,
  integer: false,
})
export const domains: ReadonlyMap<string, Domain> = new Map([
  [firstLength.name, open(0, 10)],
  [secondLength.name, open(0, 10)],
  [correlation.name, open(-1, 1)],
  ['weightStandardDeviation', open(0, 3)],
  ['biasStandardDeviation', open(0, 3)],
])

/** Simplified around its integrals, which keep the form in which the paper has them. */
export function tidied(e: Expression): Expression {
  const integrals: Expression[] = []
  const opaque = substitute(e, (node) => {
    if (node.kind !== 'integral') return undefined
    const known = integrals.findIndex((integral) => keyOf(integral) === keyOf(node))
    if (known < 0) integrals.push(node)
    return symbol(`integral ${known < 0 ? integrals.length - 1 : known}`)
  })
  const simple = simplify(opaque, { domains })
  return integrals.reduce((result, integral, k) => replaced(result, symbol(`integral ${k}`), integral), simple)
}

/** An expression with every node of one kind of thing replaced. */
export const replaced = (e: Expression, from: Expression, to: Expression): Expression => {
  const key = keyOf(from)
  return substitute(e, (node) => (keyOf(node) === key ? to : undefined))
}

/** Lengths and the correlation in the paper's names. */
export function named(
  e: Expression,
  { read }: Context,
  names: { readonly first: string; readonly second?: string; readonly correlation?: string },
): Expression {
  let result = replaced(e, firstLength, read(names.first))
  if (names.second !== undefined) result = replaced(result, secondLength, read(names.second))
  if (names.correlation !== undefined) result = replaced(result, correlation, read(names.correlation))
  return result
}

/** The paper's names by plain numbers: the other direction. */
export function plain(
  e: Expression,
  { read }: Context,
  names: { readonly first: string; readonly second?: string; readonly correlation?: string },
): Expression {
  let result = replaced(e, read(names.first), firstLength)
  if (names.second !== undefined) result = replaced(result, read(names.second), secondLength)
  if (names.correlation !== undefined) result = replaced(result, read(names.correlation), correlation)
  return result
}

// ---- Networks of a few neurons ----------------------------------------------------------------------------------------

/** Widths of a layer and of the layer before it. */
export interface Widths {
  readonly own: number
  readonly before: number
}

const range = (to: number): readonly number[] => Array.from({ length: to }, (_, k) => k + 1)

/** An expression for layer 1 of a network of given widths, every component by itself; free neurons are the first. */
export function writtenOut(
  e: Expression,
  widths: Widths,
  { notation }: Context,
  letters: Readonly<Record<string, number>> = {},
): Expression {
  const sized = substitute(e, (node) => {
    if (node.kind !== 'indexed' || node.name !== 'layerWidth') return undefined
    return rational(node.indices[0]!.index.offset === 0 ? widths.own : widths.before)
  })
  return instantiate(sized, {
    notation,
    families: new Map([
      ['layer', [0, 1]],
      ['neuron', range(Math.max(widths.own, widths.before))],
    ]),
    values: new Map([
      ['l', 1],
      ...['i', 'j', 'm', 't'].map((letter) => [letter, 1] as const),
      // A letter of no sum: some other neuron.
      ['k', 2],
      ...Object.entries(letters),
    ]),
  })
}

/** How a layer comes of the layer before. */
export interface Rule {
  readonly rule: Formula
  readonly activation: Formula
}

/** Pre-activations of layer 1 by the rule, in terms of those of layer 0. */
export function byRule(e: Expression, { rule, activation }: Rule, widths: Widths, context: Context): Expression {
  return substitute(e, (node) => {
    if (node.kind !== 'apply' || node.name !== 'preActivation') return undefined
    const [neuron, layer] = ['neuron', 'layer'].map((slot) => node.indices.find((s) => s.slot === slot)?.index.offset)
    if (layer !== 1) return undefined
    const input = node.arguments[0]!
    const at = (formula: Formula, letters: Readonly<Record<string, number>>): Expression =>
      replaced(writtenOut(lastSide(formula), widths, context, letters), symbol('x'), input)
    return substitute(at(rule, { i: neuron ?? 1 }), (inner) => {
      if (inner.kind !== 'apply' || inner.name !== 'activity') return undefined
      return at(activation, { i: inner.indices[0]!.index.offset, l: inner.indices[1]!.index.offset })
    })
  })
}

/** Second moments of weights and biases: of two weights into the first neuron, and of a bias. */
export interface Moments {
  readonly weights: (j: number, m: number) => Expression
  readonly bias: Expression
}

/** A law `\sim \mathcal{N}(m, v)`: what stands in its brackets. */
function normalLaw(law: Formula): readonly [mean: Expression, variance: Expression] {
  const side = lastSide(law)
  if (side.kind !== 'apply' || side.name !== 'normalDensity') throw new TypeError('the law is not a normal one')
  return [side.arguments[0]!, side.arguments[1]!]
}

/** The variance of a normal law. */
export const varianceOf = (law: Formula): Expression => normalLaw(law)[1]

/** Throws DomainError where a normal law has a mean other than zero. */
export function requireCentred(law: Formula): void {
  if (keyOf(normalLaw(law)[0]) !== keyOf(zero)) throw new DomainError('the law has a mean other than zero')
}

/** An expression written out, with its averages over independent neurons' weights and biases carried out. */
export function averaged(e: Expression, moments: Moments): Expression {
  const inner = mapChildren(e, (child) => averaged(child, moments))
  const of = averageIn(inner)
  if (of === null) return inner
  const variables = randomIn(of)
  const moment = (a: number, b: number): Expression => {
    const [x, y] = [variables[a]!, variables[b]!]
    const [first, second] = [x, y].map((v) => v.indices.map((s) => s.index.offset)) as [number[], number[]]
    // Different kinds, neurons and layers are independent.
    if (x.name !== y.name || first[0] !== second[0] || first.at(-1) !== second.at(-1)) return zero
    if (first.at(-1) !== 1) return symbol('second moment in another layer')
    return x.name === 'bias' ? moments.bias : moments.weights(first[1]!, second[1]!)
  }
  return withSecondMoments(of, variables, moment)
}

/** What is averaged: the audit hands over averages as an unknown function of their inside. */
function averageIn(e: Expression): Expression | null {
  if (e.kind === 'expectation') return e.of
  return e.kind === 'apply' && e.name === 'expectation' ? e.arguments[0]! : null
}

type Indexed = Extract<Expression, { kind: 'indexed' }>

function randomIn(e: Expression): readonly Indexed[] {
  const found = new Map<string, Indexed>()
  const visit = (node: Expression): Expression => {
    if (node.kind === 'indexed' && (node.name === 'weight' || node.name === 'bias')) found.set(keyOf(node), node)
    return mapChildren(node, visit)
  }
  visit(e)
  return [...found.values()]
}

// ---- Layers of many neurons -------------------------------------------------------------------------------------------

interface Located {
  readonly neuron: string
  readonly input: string
}

/** Where a pre-activation stands: which neuron, which input. */
function located(e: Expression): Located | null {
  if (e.kind !== 'apply' || e.name !== 'preActivation') return null
  const neuron = e.indices.find((s) => s.slot === 'neuron')?.index
  return { neuron: JSON.stringify(neuron ?? null), input: keyOf(e.arguments[0]!) }
}

/** The mean of a product of functions of pre-activations, which are independent for different neurons. */
function meanOfProduct(e: Expression, context: Context): ScaledMean {
  const factors = (e.kind === 'product' ? e.factors : [e]).flatMap((factor) =>
    factor.kind === 'power' && factor.exponent.kind === 'number' && factor.base.kind === 'apply'
      ? Array.from({ length: Number(factor.exponent.numerator) }, () => factor.base)
      : [factor],
  )
  const fields: Located[] = []
  const functions: GaussianMean['functions'][number][] = []
  const rest: Expression[] = []
  for (const factor of factors) {
    const place = factor.kind === 'apply' ? located(factor.arguments[0] ?? zero) : null
    if (factor.kind !== 'apply' || place === null) {
      rest.push(factor)
      continue
    }
    const known = fields.findIndex((f) => f.neuron === place.neuron && f.input === place.input)
    if (known < 0) fields.push(place)
    functions.push({
      name: factor.name,
      indices: factor.indices,
      order: 0,
      field: known < 0 ? fields.length - 1 : known,
    })
  }
  const second = keyOf(context.read('x_2'))
  const lengthOf = ({ input }: Located): Expression => (input === second ? secondLength : firstLength)
  const cross = multiply(correlation, power(multiply(firstLength, secondLength), rational(1, 2)))
  const covariance = fields.map((a) =>
    fields.map((b) => (a.neuron !== b.neuron ? zero : a.input === b.input ? lengthOf(a) : cross)),
  )
  return { factor: multiply(...rest), mean: { functions, covariance } }
}

/** A Gaussian mean as an integral in the paper's normal variables. */
export const asIntegral = (mean: GaussianMean): Expression => {
  const fields = mean.covariance.length
  const variables = fields === 1 ? [symbol('z')] : [symbol('firstNormal'), symbol('secondNormal')]
  return meanIntegral(mean, variables, domains)
}

/** Sums over the neurons of a layer by means of independent neurons, which stand as symbols, at any width. */
function summed(
  e: Expression,
  context: Context,
): { readonly total: Expression; readonly means: readonly Expression[] } {
  const means: Expression[] = []
  const meanOf = (body: Expression): Expression => {
    const terms = body.kind === 'sum' ? body.terms : [body]
    return add(
      ...terms.map((term) => {
        const { factor, mean } = meanOfProduct(term, context)
        means.push(asIntegral(mean))
        return multiply(factor, symbol(`mean ${means.length - 1}`))
      }),
    )
  }
  const total = substitute(replaced(e, context.read('N_{l-1}'), width), (node) => {
    if (node.kind !== 'indexedSum' || typeof node.index !== 'string') return undefined
    const { body } = node
    if (body.kind !== 'indexedSum' || typeof body.index !== 'string') return multiply(width, meanOf(body))
    const [j, m] = [node.index, body.index]
    const same = withDelta(renamed(body.body, m, j), one)
    const different = withDelta(body.body, zero)
    return add(multiply(width, meanOf(same)), multiply(width, subtract(width, one), meanOf(different)))
  })
  return { total, means }
}

const inverseWidth = symbol('one over the width')
const inInverse = (total: Expression): Expression => tidied(replaced(total, width, power(inverseWidth, -1)))

/** Sums over the neurons of a layer by Gaussian means, as the layer grows wide. */
export function atLargeWidth(e: Expression, context: Context): Expression {
  const { total, means } = summed(e, context)
  const limit = tidied(replaced(inInverse(total), inverseWidth, zero))
  return means.reduce((result, mean, k) => replaced(result, symbol(`mean ${k}`), mean), limit)
}

/** The power of the inverse width with which such a sum tends to its limit. */
export function correctionOrder(e: Expression, context: Context): number {
  const series = inInverse(summed(e, context).total)
  for (let order = 1, slope = differentiate(series, inverseWidth); order <= 4; order++) {
    const coefficient = tidied(replaced(slope, inverseWidth, zero))
    if (!(coefficient.kind === 'number' && coefficient.numerator === 0n)) return order
    slope = differentiate(slope, inverseWidth)
  }
  throw new RangeError('the sum equals its limit up to the fourth order')
}

const renamed = (e: Expression, from: string, to: string): Expression =>
  substitute(e, (node) => {
    if (node.kind === 'symbol') return node.name === from ? symbol(to) : undefined
    if (node.kind !== 'indexed' && node.kind !== 'apply') return undefined
    const indices = node.indices.map((s) => (s.index.letter === from ? { ...s, index: index(to, s.index.offset) } : s))
    if (node.kind === 'indexed') return { ...node, indices }
    return { ...node, indices, arguments: node.arguments.map((argument) => renamed(argument, from, to)) }
  })

const withDelta = (e: Expression, value: Expression): Expression =>
  substitute(e, (node) => (node.kind === 'function' && node.name === 'kroneckerDelta' ? value : undefined))

// ---- Maps in correlation and length ------------------------------------------------------------------------------------

/** A map with every Gaussian mean taken at another value of a parameter: also where the fields become equal. */
export const atValue = (e: Expression, parameter: SymbolNode, value: Expression): Expression =>
  replaced(
    rewriteMeans(e, (mean) => asIntegral(withCovariance(mean, (entry) => replaced(entry, parameter, value))), domains),
    parameter,
    value,
  )

const withCovariance = (mean: GaussianMean, change: (entry: Expression) => Expression): GaussianMean => ({
  ...mean,
  covariance: mean.covariance.map((row) => row.map((entry) => tidied(change(entry)))),
})

/** The slope of a map, a combination of Gaussian means, by a parameter of their covariances, at a value of it. */
export function slopeOf(e: Expression, parameter: SymbolNode, at: Expression = parameter): Expression {
  const means: GaussianMean[] = []
  const opaque = rewriteMeans(
    e,
    (mean) => {
      means.push(mean)
      return symbol(`mean ${means.length - 1}`)
    },
    domains,
  )
  const place = (mean: GaussianMean): Expression =>
    asIntegral(withCovariance(mean, (entry) => replaced(entry, parameter, at)))
  const slopes = means.map((mean, k) =>
    multiply(
      differentiate(opaque, symbol(`mean ${k}`)),
      add(...meanSlope(mean, parameter).map(({ factor, mean: of }) => multiply(factor, place(of)))),
    ),
  )
  const total = replaced(add(differentiate(opaque, parameter), ...slopes), parameter, at)
  return means.reduce((result, mean, k) => replaced(result, symbol(`mean ${k}`), place(mean)), total)
}
