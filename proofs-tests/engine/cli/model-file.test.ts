import { describe, expect, it } from 'vitest'
import { readModel } from '../../../src/cli/model-file.js'
import { ensembleResults } from '../../../src/report/model/ensemble-model.js'
import { type ModelResult, resultsLatex } from '../../../src/report/model/result.js'
import { ringModel, ringResults } from '../../../src/report/model/ring-model.js'
import { signalMaps } from '../../../src/theory/index.js'

const read = (text: string) => readModel({ path: 'model.yaml', text })

function resultsOf(text: string): ReadonlyMap<string, ModelResult> {
  const model = read(text)
  const results =
    model.kind === 'ring'
      ? ringResults(ringModel(model.energy, model.notation))
      : ensembleResults(model, model.notation)
  return new Map(results.map((result) => [result.name, result]))
}

const chain =
  "energy: 'E(\\{u^l\\}) = \\sum_{l=0}^L \\left[ \\frac{m}{2} (u^l)^2 + \\frac{K}{2} (u^l - u^{l-1})^2 \\right]'\n"

const landau = `energy: 'E = \\sum_{l=0}^L \\left[ g (u^l)^4 - m (u^l)^2 + \\frac{K}{2} (u^l - u^{l-1})^2 \\right]'
notation:
  families: [{ name: site, letters: [l], geometry: periodic }]
  symbols:
    - { name: g, latex: g, domain: '(0, 5)', meaning: quartic }
    - { name: m, latex: m, domain: '(0, 5)', meaning: quadratic }
    - { name: K, latex: K, domain: '(0, 5)', meaning: stiffness }
    - { name: L, latex: L, domain: 'integers [2, 100]', meaning: last site }
    - { name: E, kind: functional, latex: E, meaning: energy }
    - { name: u, kind: quantity, latex: u, slots: [{ slot: site, position: superscript }], meaning: field }
`

describe('a model alone', () => {
  it('is a Gaussian chain: no mean, K(q) = m/2 + K (1 - cos q), the correlation length sqrt(K/m)', () => {
    const results = resultsOf(chain)
    expect(results.get('saddle')?.text).toBe('uEntryUniform = 0')
    expect(results.get('stability')?.text).toBe('stable where (1/2) * m > 0 and (1/2) * (4 * K + m) > 0')
    expect(results.get('field theory')?.text).toBe(
      'integral(x: (1/2) * m * uEntryField(x)^2 + (1/2) * K * D(uEntryField(x), x)^2)',
    )
    expect(results.get('correlation length')?.text).toBe('K^(1/2) * m^(1/2) * m^(-1)')
  })

  it('is a chain with a double well: the mean sqrt(m/2g), about which K(0) = 2m', () => {
    const results = resultsOf(landau)
    expect(results.get('saddle')?.text).toBe('uUniform = (1/2) * m^(1/2) * 2^(1/2) * g^(1/2) * g^(-1)')
    expect(results.get('stability')?.text).toBe('stable where 2 * m > 0 and 2 * (K + m) > 0')
    // xi^2 = (K/2) / (2m)
    expect(results.get('correlation length')?.text).toBe('(1/2) * K^(1/2) * m^(1/2) * m^(-1)')
  })

  it('says where next neighbours of either sign are stable, between the ends of the spectrum too', () => {
    const further = (domain: string, more = '') =>
      landau
        .replace('(u^l - u^{l-1})^2 ', `(u^l - u^{l-1})^2 + \\frac{J}{2} (u^l - u^{l-2})^2 ${more}`)
        .replace('symbols:', `symbols:\n    - { name: J, latex: J, domain: '${domain}', meaning: next neighbours }`)
    const stability = (text: string) => resultsOf(text).get('stability')
    expect(stability(further('(-10, 10)'))?.text).toBe(
      'stable where 2 * m > 0 and 2 * (K + m) > 0 and, where K < -4 * J, 16 * J^2 + K^2 + 8 * J * K + 16 * J * m < 0',
    )
    expect(stability(further('(-10, 10)'))?.latex).toMatch(/ and, where \$K < -4 J\$, \$.* < 0\$$/)
    expect(stability(further('(-10, 0)'))?.text).toMatch(/ and, where K < -4 \* J, /)
    expect(stability(further('(0, 10)'))?.text).toBe('stable where 2 * m > 0 and 2 * (K + m) > 0')
    expect(stability(further('(-10, 10)', '+ J u^l u^{l-3}'))?.text).toBe(
      'stable where -2 * (J - m) > 0 and -2 * (2 * J - K - m) > 0 and K(q) > 0 for every q between 0 and pi, which is not written out',
    )
  })

  it('is a linear network: q* = sigma_b^2/(1 - sigma_w^2), slope and chi sigma_w^2', () => {
    const results = resultsOf('activation: linear\nweightVariance: 0.5\nbiasVariance: 0.2\n')
    expect(results.get('fixed points of the length')?.text).toMatch(/^0\.4: stable, slope 0\.5, /)
    expect(results.get('correlations at q* = 0.4')?.text).toMatch(/^chi = 0\.5, ordered/)
    expect(results.get('boundary of bounded length')?.text).toBe('weight variance 1')
  })

  it('is a rectified network: bounded below weight variance 2', () => {
    expect(
      resultsOf('activation: relu\nweightVariance: 1\nbiasVariance: 0.1\n').get('boundary of bounded length')?.text,
    ).toBe('weight variance 2')
  })

  it.each([
    ['\\phi(z) = \\tanh z', 'tanh'],
    ['\\frac{z + |z|}{2}', 'relu'],
  ])('has an activation in LaTeX that equals the named one: %s', (written, named) => {
    const lengthAt = (activation: string): number => {
      const model = read(`activation: '${activation}'\nweightVariance: 1.5\nbiasVariance: 0.05\n`)
      if (model.kind !== 'ensemble') throw new Error('no ensemble')
      return signalMaps(model).length(0.7)
    }
    expect(lengthAt(written)).toBeCloseTo(lengthAt(named), 9)
  })

  it('is written as LaTeX with one item a result', () => {
    const latex = resultsLatex('A chain', [...resultsOf(chain).values()])
    expect(latex.match(/\\item\[/g)).toHaveLength(resultsOf(chain).size)
    expect(latex).not.toContain('undefined')
  })

  it.each([
    ['{}', /a model is a ring/],
    ["energy: '\\sum_l'\n", /model\.yaml:1/],
    ['activation: tanh\nweightVariance: -1\nbiasVariance: 0\n', /model\.yaml:2.*a variance is zero or more/],
    ["activation: '\\tanh(w)'\nweightVariance: 1\nbiasVariance: 0\n", /unknown symbol `w`/],
    ['activation: tanh\nweightVariance: 1\nbiasVarianc: 0\n', /unknown key 'biasVarianc'/],
  ])('says what is wrong with %j', (text, message) => {
    expect(() => resultsOf(text)).toThrow(message)
  })

  it('without a field or without sites says what is missing', () => {
    expect(() => resultsOf("energy: 'E = m'\n")).toThrow(/no family of sites/)
  })
})
