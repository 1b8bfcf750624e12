import { describe, expect, it } from 'vitest'
import { symbol } from '../../../../src/expression/expression.js'
import { uniformSaddle } from '../../../../src/theory/ring/saddle.js'
import { evaluateReal } from '../../../../src/theory/support/evaluate.js'
import { at, linearEnergy, linearRadius, notation, radius, rectifiedEnergy } from '../support/models.js'

const scalars = new Map([['width', 5], ['gain', 0.07], ['noise', 0.6], ['depth', 7]])
describe('uniformSaddle', () => {
  it('finds the radius of the linear network', () => {
    const [saddle] = uniformSaddle(linearEnergy, { notation, fields: [at('norm')], uniform: [radius] })
    console.log(JSON.stringify(saddle!.sides[1], (_, v) => typeof v === 'bigint' ? Number(v) : v))
    expect(evaluateReal(saddle!.sides[1]!, { scalars })).toBeCloseTo(evaluateReal(linearRadius, { scalars }), 12)
  })
  it('solves the three fields of the rectified network', () => {
    const t = performance.now()
    const saddle = uniformSaddle(rectifiedEnergy, {
      notation, fields: [at('plus'), at('minus'), at('count')], uniform: [symbol('p'), symbol('m'), symbol('k')],
    })
    console.log(performance.now() - t, saddle.map(f => JSON.stringify(f.sides[1], (_, v) => typeof v === 'bigint' ? Number(v) : v)))
    const expected = Math.sqrt((5 * 0.6) / 2 / (1 - 0.35 / 2))
    const values = saddle.map((f) => evaluateReal(f.sides[1]!, { scalars }))
    expect(values[0]).toBeCloseTo(expected, 12)
    expect(values[1]).toBeCloseTo(expected, 12)
    expect(values[2]).toBeCloseTo(2.5, 12)
  })
})
