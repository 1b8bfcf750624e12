import { describe, expect, test } from 'vitest'
import { LatexError } from '../../../src/expression/errors.js'
import {
  add,
  call,
  divide,
  type Expression,
  exp,
  type Index,
  imaginaryUnit,
  index,
  indexed,
  log,
  multiply,
  negate,
  pi,
  power,
  rational,
  squareRoot,
  symbol,
} from '../../../src/expression/expression.js'
import { readExpression, readFormula } from '../../../src/expression/read-latex.js'
import { notation } from './notation.js'

const latex = String.raw
const read = (text: string): Expression => readExpression(text, notation)
const at = (name: string, ...slots: readonly (readonly [string, Index])[]) =>
  indexed(name, ...slots.map(([slot, i]) => ({ slot, index: i })))
const weight = symbol('weightStandardDeviation')
const bias = symbol('biasStandardDeviation')
const depth = symbol('depth')
const l = index('l')
const eps = (offset = 0) => at('fluctuation', ['site', index('l', offset)])
const mode = (letter: string, sign: 1 | -1 = 1) => at('fluctuationMode', ['mode', index(letter, 0, sign)])
const x = symbol('x')
const q = symbol('q')

describe('names and scripts', () => {
  const cases: readonly (readonly [string, Expression])[] = [
    [latex`\sigma_w^2`, power(weight, 2)],
    [latex`\sigma^2_w`, power(weight, 2)],
    [latex`\sigma_{w}^{4}`, power(weight, 4)],
    [latex`r^*`, symbol('saddleNorm')],
    [latex`r^{*2}`, power(symbol('saddleNorm'), 2)],
    [latex`(r^*)^2`, power(symbol('saddleNorm'), 2)],
    [latex`r^{l-1}`, at('norm', ['site', index('l', -1)])],
    [latex`(r^l)^2`, power(at('norm', ['site', l]), 2)],
    [latex`{r^l}^2`, power(at('norm', ['site', l]), 2)],
    [latex`r_+^*`, { kind: 'conjugate', of: symbol('positiveNorm') }],
    [latex`r_+^2`, power(symbol('positiveNorm'), 2)],
    [latex`r_+^l`, at('positiveNorm', ['site', l])],
    [latex`r^l_+`, at('positiveNorm', ['site', l])],
    [latex`N_l^{-1}`, power(at('width', ['site', l]), -1)],
    [latex`N^{-1}_l`, power(at('width', ['site', l]), -1)],
    [latex`N^{-1}`, power(symbol('width'), -1)],
    [latex`\epsilon^{l-1}`, eps(-1)],
    [latex`\epsilon_q`, mode('q')],
    [latex`\epsilon_{-q}`, mode('q', -1)],
    [latex`\epsilon_{q'}`, mode("q'")],
    [latex`\epsilon_{q^\prime}`, mode("q'")],
    [latex`\epsilon_q^\dagger`, { kind: 'conjugate', of: mode('q') }],
    [latex`\epsilon_q^*`, { kind: 'conjugate', of: mode('q') }],
    [latex`\tilde{\epsilon}_+^{l-1}`, at('scaledPositive', ['site', index('l', -1)])],
    [latex`\tilde\epsilon_+^{l-1}`, at('scaledPositive', ['site', index('l', -1)])],
    [
      latex`z_{\alpha;i}^{l-1}`,
      at('preactivation', ['neuron', index('\\alpha')], ['input', index('i')], ['site', index('l', -1)]),
    ],
    [latex`z_{\alpha,1}^l`, at('preactivation', ['neuron', index('\\alpha')], ['input', index(null, 1)], ['site', l])],
    [latex`z_i^L`, at('preactivation', ['input', index('i')], ['site', index('L')])],
    [latex`z^{L+1}`, at('preactivation', ['site', index('L', 1)])],
    [latex`z^0`, at('preactivation', ['site', index(null, 0)])],
    [latex`z^{-1}`, at('preactivation', ['site', index(null, -1)])],
    [latex`W_{\alpha\beta}^l`, at('weight', ['neuron', index('\\alpha')], ['neuron', index('\\beta')], ['site', l])],
    [latex`\Sigma_{ij}^l`, at('covariance', ['input', index('i')], ['input', index('j')], ['site', l])],
    [latex`J_D`, symbol('dataCoupling')],
    [latex`k^*`, symbol('orthantSaddle')],
    [latex`k_l`, at('orthant', ['site', l])],
    [latex`q^2`, power(q, 2)],
    [latex`\epsilon(x)`, { kind: 'apply', name: 'fluctuationField', indices: [], arguments: [x] }],
    [latex`\epsilon^2(x)`, power({ kind: 'apply', name: 'fluctuationField', indices: [], arguments: [x] }, 2)],
    [latex`\epsilon^l (x + 1)`, multiply(eps(), add(x, rational(1)))],
  ]
  test.each(cases)('%s', (text, expected) => expect(read(text)).toEqual(expected))
})

describe('arithmetic', () => {
  const cases: readonly (readonly [string, Expression])[] = [
    [latex`0.01`, rational(1, 100)],
    [latex`\frac{1}{2} x`, multiply(rational(1, 2), x)],
    [latex`\dfrac{x}{2}`, multiply(rational(1, 2), x)],
    [latex`\sigma_w^4/2`, multiply(rational(1, 2), power(weight, 4))],
    [latex`1/2 x`, multiply(rational(1, 2), x)],
    [latex`-2\sigma_w^2\cos q`, multiply(rational(-2), power(weight, 2), call('cos', q))],
    [latex`x \cdot 3 \times x`, multiply(rational(3), x, x)],
    [latex`\sqrt{x}`, squareRoot(x)],
    [latex`\sqrt[3]{x}`, power(x, rational(1, 3))],
    [latex`2^{1/3}e`, multiply(power(rational(2), rational(1, 3)), { kind: 'constant', name: 'e' })],
    [latex`e^{-iq l}`, exp(multiply(rational(-1), imaginaryUnit, q, symbol('l')))],
    [latex`e^{i(q+q')l}`, exp(multiply(imaginaryUnit, add(q, symbol("q'")), symbol('l')))],
    [latex`2\pi/L`, multiply(rational(2), pi, power(depth, -1))],
    [latex`\binom{N}{k_l}`, call('binomial', symbol('width'), at('orthant', ['site', l]))],
    [latex`\Gamma(N/2 + 1)`, call('gamma', add(multiply(symbol('width'), rational(1, 2)), rational(1)))],
    [latex`N!`, call('factorial', symbol('width'))],
    [latex`\left(\frac{x}{2}\right)^N`, power(multiply(rational(1, 2), x), symbol('width'))],
    [latex`\left( x + \right. \\ \left. 1 \right)`, add(x, rational(1))],
    [latex`\big( x \Big[ x + 1 \Big] \big)`, multiply(x, add(x, rational(1)))],
    [latex`3 \{ x + 1 \}.`, multiply(rational(3), add(x, rational(1)))],
    [latex`|x - 1|^2`, power({ kind: 'modulus', of: add(x, rational(-1)) }, 2)],
    [latex`|x| |\epsilon_q|`, multiply({ kind: 'modulus', of: x }, { kind: 'modulus', of: mode('q') })],
    [latex`|\mathcal{M}|`, { kind: 'apply', name: 'cardinality', indices: [], arguments: [symbol('inputs')] }],
    [latex`|\Sigma^l|`, { kind: 'determinant', of: at('covariance', ['site', l]) }],
  ]
  test.each(cases)('%s', (text, expected) => expect(read(text)).toEqual(expected))
})

describe('functions and their arguments', () => {
  const cases: readonly (readonly [string, Expression])[] = [
    [latex`\cos q |\epsilon_q|^2`, multiply(call('cos', q), power({ kind: 'modulus', of: mode('q') }, 2))],
    [latex`\cos^2 q`, power(call('cos', q), 2)],
    [latex`\sin^{-1}(x)`, call('asin', x)],
    [latex`\sin^{-1} x`, call('asin', x)],
    [latex`\cos 2\pi q`, call('cos', multiply(rational(2), pi, q))],
    [latex`\cos 2q x`, multiply(call('cos', multiply(rational(2), q)), x)],
    [latex`3 \log k_l - 2`, add(multiply(rational(3), log(at('orthant', ['site', l]))), rational(-2))],
    [latex`\ln x^2`, log(power(x, 2))],
    [latex`\log(x)^2`, power(log(x), 2)],
    [latex`\log (1+x)(1-x)`, multiply(log(add(rational(1), x)), add(rational(1), negate(x)))],
    [latex`\log_2 x`, divide(log(x), log(rational(2)))],
    [latex`\max(0, x)`, call('max', rational(0), x)],
    [latex`\operatorname{erf}\left(\frac{x}{2}\right)`, call('erf', multiply(rational(1, 2), x))],
    [latex`\delta_{q,-q'}`, call('kroneckerDelta', q, negate(symbol("q'")))],
    [latex`\delta_{q,0}`, call('kroneckerDelta', q, rational(0))],
    [latex`\delta(x)`, call('diracDelta', x)],
    [latex`\langle x \rangle`, { kind: 'expectation', of: x }],
  ]
  test.each(cases)('%s', (text, expected) => expect(read(text)).toEqual(expected))
})

describe('sums, integrals, derivatives', () => {
  const summed = (
    kind: 'indexedSum' | 'indexedProduct',
    letter: string,
    family: string,
    body: Expression,
  ): Expression => ({
    kind,
    index: letter,
    range: { kind: 'family', family },
    body,
  })
  const field: Expression = { kind: 'apply', name: 'fluctuationField', indices: [], arguments: [x] }
  const over = (body: Expression): Expression => ({ kind: 'integral', variable: 'x', from: null, to: null, body })
  const slope: Expression = { kind: 'derivative', of: field, variable: x, order: 1 }
  const alpha = index('\\alpha')
  const b: Expression = at('bias', ['neuron', alpha], ['site', l])
  const cases: readonly (readonly [string, Expression])[] = [
    [latex`\sum_l \epsilon^l + 1`, add(summed('indexedSum', 'l', 'site', eps()), rational(1))],
    [
      latex`\sum_l 2 \epsilon^l \epsilon^{l-1}`,
      summed('indexedSum', 'l', 'site', multiply(rational(2), eps(), eps(-1))),
    ],
    [latex`\sum_l - \epsilon^l`, summed('indexedSum', 'l', 'site', negate(eps()))],
    [
      latex`\sum_{l=0}^L \epsilon^l`,
      { kind: 'indexedSum', index: 'l', range: { kind: 'interval', from: rational(0), to: depth }, body: eps() },
    ],
    [
      latex`\sum_{qq'} q q'`,
      summed('indexedSum', 'q', 'mode', summed('indexedSum', "q'", 'mode', multiply(q, symbol("q'")))),
    ],
    [
      latex`\sum_{q,q'} q q'`,
      summed('indexedSum', 'q', 'mode', summed('indexedSum', "q'", 'mode', multiply(q, symbol("q'")))),
    ],
    [latex`\prod_l \epsilon^l`, summed('indexedProduct', 'l', 'site', eps())],
    [
      latex`\sum_{i \in \mathcal{M}} t_i`,
      {
        kind: 'indexedSum',
        index: 'i',
        range: { kind: 'set', name: 'inputs' },
        body: at('target', ['input', index('i')]),
      },
    ],
    [latex`b_\alpha^l b_\alpha^l`, summed('indexedSum', '\\alpha', 'neuron', multiply(b, b))],
    [
      latex`2 x b_\alpha^l b_\alpha^l`,
      multiply(rational(2), x, summed('indexedSum', '\\alpha', 'neuron', multiply(b, b))),
    ],
    [latex`b_\alpha^l`, b],
    [latex`(b_\alpha^l)^2`, power(b, 2)],
    [latex`\sum_\alpha b_\alpha^l b_\alpha^l`, summed('indexedSum', '\\alpha', 'neuron', multiply(b, b))],
    [latex`\frac{\partial \epsilon(x)}{\partial x}`, slope],
    [latex`\frac{\partial \epsilon}{\partial x}`, slope],
    [latex`\partial_x \epsilon(x)`, slope],
    [latex`\frac{d}{dx} \epsilon(x)`, slope],
    [latex`\frac{\partial^2 \epsilon}{\partial x^2}`, { kind: 'derivative', of: field, variable: x, order: 2 }],
    [
      latex`\frac{\partial H}{\partial r_+}`,
      { kind: 'derivative', of: symbol('hamiltonian'), variable: symbol('positiveNorm'), order: 1 },
    ],
    [latex`\int dx \, \epsilon^2(x)`, over(power(field, 2))],
    [latex`\int \epsilon^2(x) dx`, over(power(field, 2))],
    [latex`\int dx [\left(\frac{\partial \epsilon}{\partial x}\right)^2] + 1`, add(over(power(slope, 2)), rational(1))],
    [
      latex`\int_0^\infty dx\, x`,
      { kind: 'integral', variable: 'x', from: rational(0), to: symbol('infinity'), body: x },
    ],
    [latex`\int_{-\infty}^\infty dx\, x`, over(x)],
    [
      latex`\int \mathcal{D}x\, x^2`,
      over(
        multiply(
          power(x, 2),
          exp(multiply(rational(-1, 2), power(x, 2))),
          power(squareRoot(multiply(rational(2), pi)), -1),
        ),
      ),
    ],
    [
      latex`\int [dW][db] 1`,
      { kind: 'measureIntegral', measures: [symbol('weight'), symbol('bias')], body: rational(1) },
    ],
    [
      latex`\mathcal{L}(\{r^* + \epsilon^l\})`,
      {
        kind: 'apply',
        name: 'loss',
        indices: [],
        arguments: [{ kind: 'configuration', of: add(symbol('saddleNorm'), eps()) }],
      },
    ],
    [latex`\mathcal{O}(\epsilon^4)`, { kind: 'orderOf', of: power(symbol('fluctuation'), 4) }],
  ]
  test.each(cases)('%s', (text, expected) => expect(read(text)).toEqual(expected))

  test('a constraint is contracted inside and outside its bracket', () => {
    const e = read(
      latex`\lambda_{\alpha;i}^l (z_{\alpha;i}^l - W_{\alpha\beta}^l \phi^l(z_{\beta;i}^{l-1}) - b_\alpha^l)`,
    )
    expect(e).toMatchObject({ kind: 'indexedSum', index: '\\alpha', body: { kind: 'product' } })
    const bracket = e.kind === 'indexedSum' && e.body.kind === 'product' ? e.body.factors[1] : undefined
    expect(bracket).toMatchObject({ kind: 'sum' })
    expect(
      JSON.stringify(bracket, (_, v: unknown) => (typeof v === 'bigint' ? 0 : v)).match(/"indexedSum"/g),
    ).toHaveLength(1)
  })
  test('the letter of a quantity with indices may be a variable of integration on its own', () => {
    expect(read(latex`\int d\epsilon\, \epsilon^2`)).toEqual({
      kind: 'integral',
      variable: '\\epsilon',
      from: null,
      to: null,
      body: power(symbol('\\epsilon'), 2),
    })
  })
  test('a bracket behind a differential is the integrand', () => {
    expect(read(latex`\int dr_+^l (x + 1)`)).toEqual({
      kind: 'measureIntegral',
      measures: [at('positiveNorm', ['site', l])],
      body: add(x, rational(1)),
    })
    expect(read(latex`\int df (x + 1)`)).toMatchObject({ kind: 'integral', variable: 'network' })
  })
  test('a numeric superscript before a bracket is a power of a field only where the bracket is its argument', () => {
    expect(read(latex`\epsilon^0 (x + 1)`)).toEqual(
      multiply(at('fluctuation', ['site', index(null, 0)]), add(x, rational(1))),
    )
  })
  test('dots between two sums are one sum over the quantity at every site', () => {
    expect(read(latex`\sum_{z^0 \in \{-1,1\}} \cdots \sum_{z^L \in \{-1,1\}} 1`)).toMatchObject({
      kind: 'indexedSum',
      index: { name: 'preactivation', indices: [{ slot: 'site', index: { letter: '0\\cdots L' } }] },
      range: { kind: 'values', values: [rational(-1), rational(1)] },
    })
  })
  test('matrices multiply in order, scalars stand in front', () => {
    expect(read(latex`\frac{1}{2} \begin{pmatrix} 1 & x \end{pmatrix} \begin{bmatrix} x \\ 2 \end{bmatrix}`)).toEqual(
      multiply(rational(1, 2), {
        kind: 'matrixProduct',
        factors: [
          { kind: 'matrix', rows: [[rational(1), x]] },
          { kind: 'matrix', rows: [[x], [rational(2)]] },
        ],
      }),
    )
  })
  test('relations make a chain; a leading one continues a derivation', () => {
    expect(readFormula(latex`x \approx \sigma_b \ll 1`, notation)).toEqual({
      sides: [x, bias, rational(1)],
      relations: ['≈', '≪'],
    })
    expect(readFormula(latex`= x`, notation)).toEqual({ sides: [x], relations: [] })
  })
})

describe('letters that share bounds', () => {
  test.each([
    [latex`\sum_{i,j=1}^L r^l`, latex`\sum_{i=1}^L \sum_{j=1}^L r^l`],
    [latex`\sum_i^L r^l`, latex`\sum_{i=1}^L r^l`],
    [latex`\prod_{l=0,i=1}^{L,N} r^l`, latex`\prod_{l=0}^L \prod_{i=1}^N r^l`],
    [latex`\prod_{l,i=1}^{L,N} r^l`, latex`\prod_{l=1}^L \prod_{i=1}^N r^l`],
    [latex`\sum_{l=0,i}^{L,N} r^l`, latex`\sum_{l=0}^L \sum_{i=1}^N r^l`],
  ])('%s is %s', (short, long) => {
    expect(read(short)).toEqual(read(long))
  })
  test.each([latex`\sum_{l=0} r^l`, latex`\sum_{i,l=1}^{L,N,N} r^l`])('%s is refused', (text) => {
    expect(() => read(text)).toThrow(LatexError)
  })
  test('a fraction behind a product sign is one factor of every member', () => {
    expect(read(latex`\prod_l \frac{r^l}{2 x}`)).toMatchObject({ kind: 'indexedProduct', body: { kind: 'product' } })
    expect(read(latex`\prod_l r^l \frac{1}{2 x}`)).toMatchObject({ kind: 'product' })
  })
  test('several Gaussian measures in a row', () => {
    expect(read(latex`\int Dx Du x u`)).toMatchObject({
      kind: 'integral',
      variable: 'x',
      body: { kind: 'integral', variable: 'u' },
    })
  })
})

describe('products and integrals', () => {
  const same = (short: string, long: string): void => expect(read(short)).toEqual(read(long))
  test('a product before an integral is one of measures and integrand where another integral or product follows', () => {
    expect(read(latex`\prod_{l=0}^L \int [dr^l] r^l \times \prod_{l=1}^L \epsilon^l`)).toMatchObject({
      kind: 'measureIntegral',
      body: { kind: 'product', factors: [{ kind: 'indexedProduct' }, { kind: 'indexedProduct' }] },
    })
  })
  test('a product of integrals alone stays one', () => {
    expect(read(latex`\prod_{l=0}^L \int [dr^l] r^l`)).toMatchObject({ kind: 'indexedProduct' })
  })
  test('a product before measures is one of the integrand too', () => {
    same(latex`\int \prod_{l=0}^L dr^l r^l`, latex`\int dr^l \prod_{l=0}^L r^l`)
    same(latex`\int \prod_{l=0}^L dr^l \prod_{l=0}^L r^l`, latex`\int dr^l \prod_{l=0}^L r^l`)
  })
  test('other signs of the imaginary unit', () => {
    for (const sign of [latex`\iota`, latex`\imath`]) same(latex`e^{${sign} x}`, 'e^{i x}')
  })
})

describe('how far functions and sums reach', () => {
  const sum = (body: Expression): Expression => ({
    kind: 'indexedSum',
    index: 'l',
    range: { kind: 'interval', from: rational(1), to: depth },
    body,
  })
  const cases: readonly (readonly [string, Expression])[] = [
    [latex`\cosh \sigma_w r^l`, call('cosh', multiply(weight, at('norm', ['site', l])))],
    [latex`\cosh 2 \sigma_w \sigma_b`, call('cosh', multiply(rational(2), weight, bias))],
    [latex`\cosh \sigma_w^2 r^l`, multiply(call('cosh', power(weight, 2)), at('norm', ['site', l]))],
    [latex`\cosh \sigma_w \cosh \sigma_b`, multiply(call('cosh', weight), call('cosh', bias))],
    [latex`\sum_{l=1}^L -r^l - \epsilon^l`, sum(add(negate(at('norm', ['site', l])), negate(eps())))],
    [
      latex`\frac{1}{L} \sum_{l=1}^L r^l - \epsilon^l`,
      multiply(power(depth, -1), sum(add(at('norm', ['site', l]), negate(eps())))),
    ],
    [latex`\sum_{l=1}^L r^l - \sigma_w`, add(sum(at('norm', ['site', l])), negate(weight))],
    [latex`\epsilon^l + \sum_{l=1}^L r^l - \epsilon^l`, add(eps(), sum(at('norm', ['site', l])), negate(eps()))],
    [latex`-\sum_{l=1}^L r^l - \epsilon^l`, add(negate(sum(at('norm', ['site', l]))), negate(eps()))],
    [
      latex`\sum_{\{r^l, \epsilon^l\}} \sigma_w r^l`,
      {
        kind: 'measureIntegral',
        measures: [at('norm', ['site', l]), eps()],
        body: multiply(weight, at('norm', ['site', l])),
        trace: true,
      },
    ],
  ]
  test.each(cases)('%s', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })
})

describe('errors point at the column and say what to do', () => {
  const cases: readonly (readonly [string, number, RegExp])[] = [
    [
      latex`1 + \sigma_W`,
      5,
      /unknown symbol `\\sigma_W`: did you mean `\\sigma_w`, declared as weightStandardDeviation\?/,
    ],
    [latex`x + \foo`, 5, /unknown symbol/],
    ['', 1, /empty/],
    ['x +', 4, /missing at the end/],
    ['(x', 1, /never closed/],
    ['x)', 2, /closes nothing/],
    ['{x', 1, /never closed/],
    ['x}', 2, /closes nothing/],
    [latex`\frac{1}`, 9, /ends where/],
    [latex`|x`, 1, /never closed/],
    [latex`(x]`, 1, /never closed: expected `\)` but found `\]`/],
    [latex`x ^2^3`, 5, /superscript/],
    [latex`b_\alpha^l b_\alpha^l b_\alpha^l`, 1, /occurs 3 times/],
    [latex`1 + b_\alpha^l b_\alpha^l + b_\alpha^l`, 1, /summed in one term of this sum and free in another/],
    [latex`\epsilon^{x \foo}`, 13, /unknown symbol `\\foo`: declare it/],
    [latex`z_{x}`, 1, /takes the indices subscript neuron \(optional\), .*superscript site; these do not fit/],
    [latex`\sum \epsilon^l`, 1, /does not say what it runs over/],
    [latex`\sum_n 1`, 6, /belongs to no index family/],
    [latex`\int x`, 1, /`dx` is missing/],
    [latex`\cos`, 5, /needs an argument/],
    [latex`x \pm 1`, 3, /two formulas/],
    [latex`x = 1 \quad x = 2`, 7, /several formulas/],
    [latex`x, y`, 2, /several formulas/],
    [latex`x \text{ if } 1`, 3, /words/],
    ['x²', 2, /U\+00B2/],
    ['ｘ', 1, /U\+FF58/],
    ['__proto__', 1, /does not fit/],
    ['constructor', 1, /unknown symbol/],
    [latex`\constructor`, 1, /unknown symbol/],
    [latex`\mathrm{__proto__}`, 1, /unknown symbol/],
    [latex`x^12`, 3, /one digit/],
    [latex`\frac{\partial^2 \epsilon}{\partial x}`, 7, /order 2 above and 1 below/],
    [latex`\begin{pmatrix} 1 & 2 \\ 3 \end{pmatrix}`, 1, /different lengths/],
    [latex`\begin{cases} 1 \end{cases}`, 1, /environment/],
    [latex`9^{64}{{}}`, 7, /empty/],
    [latex`((9^{64})^{64})^{64}`, 18, /too large/],
  ]
  test.each(cases)('%s', (text, column, message) => {
    let caught: unknown
    try {
      readFormula(text, notation, { place: { statement: 'paper/eq-1' } })
    } catch (error) {
      caught = error
    }
    expect(caught).toBeInstanceOf(LatexError)
    const error = caught as LatexError
    expect(error.detail).toMatch(message)
    expect(error.place).toEqual({ statement: 'paper/eq-1', column })
  })
  test('an equation where an expression is expected', () => {
    expect(() => readExpression('x = 1', notation)).toThrow(/column 3: one expression/)
  })
  test('length, depth and size are bounded', () => {
    expect(() => readFormula('x+'.repeat(20_000), notation)).toThrow(/at most 20000/)
    expect(() => readFormula(`${'('.repeat(300)}x${')'.repeat(300)}`, notation)).toThrow(/200 levels/)
    expect(() => readFormula(`${'\\log'.repeat(300)} x`, notation)).toThrow(/200 levels/)
    expect(() => readFormula('xxxxxxxxxxxx', notation, { limits: { nodes: 10 } })).toThrow(/more than 10/)
    expect(readFormula(`${'('.repeat(150)}x${')'.repeat(150)}`, notation).sides[0]).toEqual(x)
  })
})

describe('what TeX reads in one way and an author easily in another', () => {
  test('is read as TeX reads it: fractions of digits', () => {
    expect(read(latex`\tfrac12 x`)).toEqual(read(latex`\frac{1}{2} x`))
    expect(read(latex`\frac123`)).toEqual(read(latex`\frac{1}{2} \cdot 3`))
  })
  test('or refused with both ways to say it', () => {
    expect(() => read(latex`x^12`)).toThrow('`^{12}` or `^{1} 2`')
    expect(() => read(latex`\sum_{l>0} x`)).toThrow('meets a condition (`>`)')
  })
})
