/** Figures of the paper that is shipped: their dashed lines are what the premise says, and nothing else follows it. */
import { afterAll, describe, expect, it } from 'vitest'
import type { Series } from '../../../src/audit/figure.js'
import { premisesFor } from '../../../src/audit/prepare.js'
import { openSession, rootFolder } from '../../../src/cli/session.js'
import { simulationPool } from '../../../src/cli/simulation-pool.js'

const session = await openSession(rootFolder(process.cwd()))
const prepared = session.papers.find(({ paper }) => paper.id === 'schoenholz-2017')!
const pool = simulationPool({ workers: 1 })
const input = { seed: 1, depth: 'quick' } as const
afterAll(() => pool.close())

/** The figure's series with a premise as it stands, and with another formula in its place. */
async function withPremise(id: string, premise: string, latex: string): Promise<readonly (readonly Series[])[]> {
  const figure = prepared.figure(`schoenholz-2017/${id}`)!
  const summaries = await Promise.all(figure.simulations(input).map(pool.simulate))
  const { context } = prepared.material(`schoenholz-2017/${id}`)
  const premises = premisesFor(prepared, `schoenholz-2017/${id}`, new Map())
  const altered = { ...premises, [premise]: context.readFormula(latex) }
  return [premises, altered].map((used) =>
    figure
      .data(summaries, { context, premises: used, printed: premises, ...input })
      .panels.flatMap(({ series }) => series),
  )
}

describe('figures of the paper', () => {
  it('figure 3: twice the printed norm moves the dashed line alone', async () => {
    const [printed, altered] = await withPremise('fig-3', 'saddle', 'r^* = 2\\sqrt{\\frac{N\\sigma_b^2}{\\Delta_w}}')
    printed!.forEach((series, k) => {
      const factor = series.dashed ? 2 : 1
      for (const [j, y] of series.y.entries()) expect(altered![k]!.y[j]! / y).toBeCloseTo(factor, 12)
    })
    expect(printed!.filter(({ dashed }) => dashed).length).toBe(1)
    const [theory] = printed!.filter(({ dashed }) => dashed)
    // sqrt(N sigma_b^2 / (1 - sigma_w^2)) with N = 200, sigma_b^2 = 0.01.
    for (const [k, s] of theory!.x.entries()) expect(theory!.y[k]! / Math.sqrt(2 / (1 - s))).toBeCloseTo(1, 12)
  })

  it('figure 4: half the printed energy doubles the dashed lines alone', async () => {
    const half =
      'U(\\{\\epsilon_q\\}) = \\frac{L\\Delta_w}{2\\sigma_b^2} \\sum_q \\{(1 + \\sigma_w^4) - 2\\sigma_w^2 \\cos q\\} |\\epsilon_q|^2'
    const [printed, altered] = await withPremise('fig-4', 'modes', half)
    printed!.forEach((series, k) => {
      const factor = series.dashed ? 2 : 1
      for (const [j, y] of series.y.entries()) expect(altered![k]!.y[j]! / y).toBeCloseTo(factor, 9)
    })
    expect(printed!.filter(({ dashed }) => dashed).length).toBe(7)
  })

  it('figure 6: theory is drawn as corrected and as printed; the corrected lines alone follow the premise', async () => {
    const double =
      '\\Sigma^{-1}(q) = \\begin{pmatrix} 2 + \\sigma_w^4 - 2 \\sigma_w^2 \\cos q & -\\sigma_w^2 e^{-iq} & 2 \\\\ -\\sigma_w^2 e^{iq} & 2 & -2 \\\\ 2 & -2 & 12 \\end{pmatrix}'
    const [corrected, altered] = await withPremise('fig-6', 'inverse', double)
    const follows = ({ name }: Series): boolean => name.includes('(22) corrected')
    // Nine independent numbers of the matrix at seven weight variances.
    expect(corrected!.filter(follows).length).toBe(9 * 7)
    expect(corrected!.filter(({ name }) => name.includes('(22) as printed')).length).toBe(9 * 7)
    corrected!.forEach((series, k) => {
      const factor = follows(series) ? 2 : 1
      for (const [j, y] of series.y.entries()) expect(factor * altered![k]!.y[j]!).toBeCloseTo(y, 9)
    })
  })
})
