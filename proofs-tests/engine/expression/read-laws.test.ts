import { describe, expect, it } from 'vitest'
import { LatexError } from '../../../src/expression/errors.js'
import type { Notation } from '../../../src/expression/notation.js'
import { readExpression } from '../../../src/expression/read-latex.js'
import { toLatex } from '../../../src/expression/write-latex.js'

const latex = String.raw
const common = { unit: null, domain: null, complex: false, over: null, definition: null }
const notation: Notation = {
  variables: ['x', 'u', 'z'],
  families: [
    {
      name: 'node',
      letters: ['j', 'k_j^{l-1}', 'k_j^l'],
      summedWhenRepeated: false,
      geometry: 'plain',
      meaning: 'node',
    },
    { name: 'layer', letters: ['l'], summedWhenRepeated: false, geometry: 'open', meaning: 'layer' },
  ],
  symbols: [
    { ...common, name: 'width', kind: 'scalar', latex: ['N'], meaning: 'width', slots: [] },
    { ...common, name: 'density', kind: 'function', latex: ['f'], meaning: 'density', slots: [] },
    { ...common, name: 'activation', kind: 'function', latex: [latex`\phi`], meaning: 'activation', slots: [] },
    {
      ...common,
      name: 'activity',
      kind: 'function',
      latex: ['s'],
      meaning: 'activation',
      slots: [
        { slot: 'node', position: 'subscript', optional: false },
        { slot: 'layer', position: 'superscript', optional: false },
      ],
    },
  ],
  laws: [
    { density: 'f', of: 'z', law: { kind: 'normal' } },
    { density: 'f', of: 'u', law: { kind: 'beta', alpha: 2, beta: 1 } },
  ],
}
const read = (text: string) => readExpression(text, notation)

describe('letters with scripts of their own', () => {
  it('are one index, with a sign, however braces stand', () => {
    const node = (text: string) => (read(text) as { indices: readonly unknown[] }).indices[0]
    expect(node('s_{k_j^{l-1}}^{l-1}(x)')).toEqual({ slot: 'node', index: { letter: 'k_j^{l-1}', sign: 1, offset: 0 } })
    expect(node('s_{-k_{j}^{l}}^l(x)')).toEqual({ slot: 'node', index: { letter: 'k_j^l', sign: -1, offset: 0 } })
  })

  it('are summed over, and written as they are read', () => {
    const sum = read(latex`\sum_{k_{j}^{l-1}=0}^N s_{k_j^{l-1}}^{l-1}(x)`)
    expect(sum).toMatchObject({ kind: 'indexedSum', index: 'k_j^{l-1}' })
    expect(read(toLatex(sum, notation))).toEqual(sum)
  })
})

describe('laws of integration variables', () => {
  it('put the density, on its support, outside the normal variables', () => {
    expect(toLatex(read(latex`\int dz du f(z) f(u) \phi(z + u)`), notation)).toBe(
      latex`\int_{0}^{1} d u \, 2 u \int d z \, \frac{e^{-\frac{z^{2}}{2}} \phi\left(z + u\right)}{\sqrt{2 \pi}}`,
    )
  })

  it('leave an integral without the density as it is', () => {
    expect(read(latex`\int du \phi(u)`)).toMatchObject({ kind: 'integral', from: null, to: null })
    expect(read(latex`\int_0^2 du f(u)`)).toMatchObject({ body: { kind: 'apply', name: 'density' } })
  })
})

describe('averages with a condition', () => {
  it('keep what is given', () => {
    const e = read(latex`\left\langle \phi(x)^2 | s_j^l(x), s_j^{l-1}(x) \right\rangle`)
    expect(e).toMatchObject({ kind: 'expectation', given: [{ name: 'activity' }, { name: 'activity' }] })
    expect(read(toLatex(e, notation))).toEqual(e)
  })

  it('need something behind the bar', () => {
    expect(() => read(latex`\langle \phi(x) | \rangle`)).toThrow(LatexError)
  })
})
