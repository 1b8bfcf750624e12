import { describe, expect, test } from 'vitest'
import { differentiate } from '../../../src/expression/differentiate.js'
import { DomainError, InputError, LimitError } from '../../../src/expression/errors.js'
import {
  add,
  divide,
  type Expression,
  index,
  indexed,
  multiply,
  pi,
  rational,
} from '../../../src/expression/expression.js'
import { instantiate } from '../../../src/expression/instantiate.js'
import { withLocal } from '../../../src/expression/notation.js'
import { readExpression, readFormula } from '../../../src/expression/read-latex.js'
import type { InstantiationContext } from '../../../src/expression/sizes.js'
import { canonical } from './canonical.js'
import { corpus } from './corpus.js'
import { evaluate, relativeDifference } from './evaluate.js'
import { declare, locals, notation } from './notation.js'

const r = String.raw
const ring = (sites: number): InstantiationContext => ({
  notation,
  families: new Map([
    ['site', Array.from({ length: sites }, (_, n) => n)],
    ['neuron', [0, 1]],
    ['mode', Array.from({ length: sites }, (_, n) => n)],
  ]),
  sets: new Map([['inputs', [1, 2]]]),
  values: new Map([['depth', sites - 1]]),
  periods: new Map([
    ['site', sites],
    ['mode', sites],
  ]),
  memberValue: (family, n) => (family === 'mode' ? multiply(rational(2 * n, sites), pi) : undefined),
})
const read = (latex: string): Expression => readExpression(latex, notation)
const out = (latex: string, context = ring(3)): Expression => instantiate(read(latex), context)
const eps = (n: number): Expression => indexed('fluctuation', { slot: 'site', index: index(null, n) })
const same = (a: Expression, b: Expression): void => expect(canonical(a)).toEqual(canonical(b))

describe('sums and products are written out', () => {
  test('over a ring, whose last neighbour is the first', () => {
    same(
      out(r`\sum_{l=0}^L \epsilon^l \epsilon^{l-1}`),
      add(multiply(eps(0), eps(2)), multiply(eps(1), eps(0)), multiply(eps(2), eps(1))),
    )
  })
  test('a family and an interval are the same on a ring', () => {
    same(out(r`\sum_l (\epsilon^l)^2`), out(r`\sum_{l=0}^L (\epsilon^l)^2`))
  })
  test('products, empty sums and base-line letters', () => {
    same(out(r`\prod_{l=0}^1 (\epsilon^l + l)`), multiply(eps(0), add(eps(1), rational(1))))
    expect(out(r`\sum_{l=1}^{0} \epsilon^l`)).toEqual(rational(0))
    expect(out(r`\prod_{l=1}^{0} \epsilon^l`)).toEqual(rational(1))
    expect(out(r`\sum_{m=1}^{10} m^2`)).toEqual(rational(385))
  })
  test('a set, its cardinality and repeated indices', () => {
    same(
      out(r`\sum_{i \in \mathcal{M}} t_i`),
      add(...[1, 2].map((n) => indexed('target', { slot: 'input', index: index(null, n) }))),
    )
    expect(out(r`|\mathcal{M}|`)).toEqual(rational(2))
    expect(out(r`b_\alpha^0 b_\alpha^0`)).toMatchObject({ kind: 'sum', terms: { length: 2 } })
  })
  test('a sum over a quantity, and over it at every site', () => {
    expect(
      out(r`\sum_{k_l=0}^{2} \binom{2}{k_l} x^{k_l}`, {
        ...ring(3),
        values: new Map([
          ['depth', 2],
          ['l', 1],
        ]),
      }),
    ).toMatchObject({ kind: 'sum' })
    const ising = out(r`\sum_{z^0 \in \{-1,1\}} \cdots \sum_{z^L \in \{-1,1\}} e^{x \sum_l z^l z^{l+1}}`)
    // The transfer matrix's trace: (2 cosh x)^3 + (2 sinh x)^3.
    const x = 0.7
    const value = evaluate(ising, (e) => (e.kind === 'symbol' ? x : Number.NaN))
    expect(value.re).toBeCloseTo((2 * Math.cosh(x)) ** 3 + (2 * Math.sinh(x)) ** 3, 12)
  })
  test('modes are worth 2 pi n / L on the base line, and deltas compare them up to whole turns', () => {
    const value = evaluate(out(r`\sum_q \cos q`))
    expect(Math.abs(value.re)).toBeLessThan(1e-14)
    expect(out(r`\sum_{qq'} \delta_{q,-q'}`)).toEqual(rational(3))
    expect(out(r`\sum_q \delta_{q,0}`)).toEqual(rational(1))
  })
})

describe('matrices', () => {
  test('determinants, inverses and products agree with each other', () => {
    const m = r`\begin{pmatrix} x & 2 & 1 \\ \sigma_w & 3 & x \\ 1 & \sigma_b & 5 \end{pmatrix}`
    const identity = out(`${m} ${m}^{-1}`)
    expect(identity.kind).toBe('matrix')
    if (identity.kind !== 'matrix') return
    identity.rows.forEach((row, i) => {
      row.forEach((entry, j) => {
        expect(evaluate(entry).re).toBeCloseTo(i === j ? 1 : 0, 10)
      })
    })
    expect(evaluate(out(r`\left|\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}\right|`)).re).toBe(-2)
  })
  test('a quadratic form over declared vectors and matrices', () => {
    const own = withLocal(notation, locals.get(33)!)
    const e = readExpression(r`(z_\alpha^0)^T (\Sigma^0)^{-1} z_\alpha^0 + \ln |\Sigma^0|`, own)
    const written = instantiate(e, {
      ...ring(2),
      notation: own,
      families: new Map([
        ['neuron', [1]],
        ['input', [1, 2]],
      ]),
    })
    const leaf = (x: Expression): number => {
      if (x.kind !== 'indexed') return Number.NaN
      const at = x.indices.filter((s) => s.slot === 'input').map((s) => s.index.offset)
      return x.name === 'covariance'
        ? [
            [2, 0.5],
            [0.5, 1],
          ][at[0]! - 1]![at[1]! - 1]!
        : [1, 3][at[0]! - 1]!
    }
    // z^T S^{-1} z with S = [[2, .5], [.5, 1]], z = (1, 3): (1 - 3 + 18)/1.75.
    expect(evaluate(written, leaf).re).toBeCloseTo(16 / 1.75 + Math.log(1.75), 12)
  })
  test('shapes must fit and large inverses are refused', () => {
    expect(() => out(r`\begin{pmatrix} 1 & 2 \end{pmatrix} \begin{pmatrix} 1 & 2 \end{pmatrix}`)).toThrow(DomainError)
    const four = `\\begin{pmatrix} ${Array(4).fill('1 & 1 & 1 & x').join(' \\\\ ')} \\end{pmatrix}`
    expect(() => out(`${four}^{-1}`)).toThrow(/at most 3 x 3/)
    expect(() => out(r`x + \begin{pmatrix} 1 \\ 2 \end{pmatrix}`)).toThrow(DomainError)
  })
})

describe('what is missing or too much', () => {
  test('letters and sizes without values', () => {
    expect(() => out(r`\epsilon^l`)).toThrow(InputError)
    expect(() => out(r`\epsilon^l`)).toThrow(/`l` has no value/)
    expect(() => instantiate(read(r`\sum_l \epsilon^l`), { notation })).toThrow(/members of the index family `site`/)
    expect(() => instantiate(read(r`\sum_{l=0}^L \epsilon^l`), { notation })).toThrow(/no whole number/)
  })
  test('sizes beyond the bound', () => {
    expect(() => out(r`\sum_{l=0}^{1000000000} \epsilon^l`)).toThrow(LimitError)
    expect(() => out(r`\sum_{l=0}^{90} \sum_{m=0}^{90} \sum_{l=0}^{90} \epsilon^l`)).toThrow(LimitError)
  })
})

test('the printed Fourier form is the printed lattice form, mode by mode, on a ring of four', () => {
  // Equations (58) and (66) with L sites: put the Fourier series into the lattice energy.
  const sites = 4
  const context: InstantiationContext = { ...ring(sites), values: new Map([['depth', sites - 1]]) }
  const lattice = instantiate(readFormula(corpus.get(58)!, notation).sides[1]!, context)
  const modes = instantiate(readFormula(corpus.get(66)!, notation).sides[0]!, {
    ...context,
    values: new Map([['depth', sites]]),
  })
  const amplitude = [0.3, 0.7, -0.4, 0.7]
  const field = (n: number): number => amplitude.reduce((s, a, k) => s + a * Math.cos((2 * Math.PI * k * n) / sites), 0)
  const scalars = new Map([
    ['weightStandardDeviation', 0.6],
    ['biasStandardDeviation', 0.9],
    ['distanceToCriticality', 0.64],
  ])
  const leaf = (e: Expression): number => {
    if (e.kind === 'symbol') return scalars.get(e.name) ?? Number.NaN
    if (e.kind !== 'indexed') return Number.NaN
    const n = e.indices[0]!.index.offset
    return e.name === 'fluctuation' ? field(n) : amplitude[n]!
  }
  expect(relativeDifference(evaluate(lattice, leaf), evaluate(modes, leaf))).toBeLessThan(1e-12)
})

test('derivatives of a written-out energy see every place where a site occurs', () => {
  const e = out(r`\sum_l \epsilon^l \epsilon^{l-1}`)
  const d = differentiate(e, indexed('fluctuation', { slot: 'site', index: index(null, 1) }))
  same(d, add(eps(0), eps(2)))
})

test('a matrix declared over a family becomes its entries', () => {
  const own = withLocal(notation, [declare('kernel', 'matrix', 'K', '', { over: 'neuron' })])
  const e = instantiate(readExpression('|K|', own), { ...ring(2), notation: own })
  const entry = (i: number, j: number): Expression =>
    indexed('kernel', { slot: 'neuron', index: index(null, i) }, { slot: 'neuron', index: index(null, j) })
  same(e, add(multiply(entry(0, 0), entry(1, 1)), multiply(rational(-1), entry(0, 1), entry(1, 0))))
  same(
    instantiate(readExpression('K^{-1}', own), { ...ring(2), notation: own, families: new Map([['neuron', [0]]]) }),
    {
      kind: 'matrix',
      rows: [[divide(rational(1), entry(0, 0))]],
    },
  )
})
