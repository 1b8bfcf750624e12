import {
  add,
  divide,
  type Expression,
  half,
  type IndexedNode,
  index,
  indexed,
  log,
  multiply,
  negate,
  one,
  power,
  rational,
  squareRoot,
  subtract,
  symbol,
} from '../../../../src/expression/expression.js'
import type { Domain, Notation } from '../../../../src/expression/notation.js'

/** Models to try the theory on, built by hand so that no reader is involved. */
export const N = symbol('width')
export const a = symbol('gain')
export const b = symbol('noise')
export const L = symbol('depth')
export const radius = symbol('radius')

export const at = (name: string, offset = 0): IndexedNode => indexed(name, { slot: 'site', index: index('l', offset) })
export const mode = (name: string, sign: 1 | -1 = 1, letter = 'q'): IndexedNode =>
  indexed(name, { slot: 'mode', index: index(letter, 0, sign) })
export const ringSum = (body: Expression, to: Expression = L): Expression => ({
  kind: 'indexedSum',
  index: 'l',
  range: { kind: 'interval', from: rational(0), to },
  body,
})

const between = (minimum: number, maximum: number): Domain => ({
  minimum,
  maximum,
  includeMinimum: false,
  includeMaximum: false,
  integer: false,
})
const scalar = (name: string, domain: Domain): Notation['symbols'][number] => ({
  name,
  kind: 'scalar',
  latex: [name],
  meaning: name,
  unit: null,
  domain,
  complex: false,
  slots: [],
  over: null,
  definition: null,
})
export const notation: Notation = {
  symbols: [
    scalar('width', between(2, 9)),
    scalar('gain', between(0.02, 0.1)),
    scalar('noise', between(0.1, 2)),
    scalar('radius', between(0.5, 3)),
  ],
  families: [
    { name: 'site', letters: ['l'], summedWhenRepeated: false, geometry: 'periodic', meaning: 'site' },
    { name: 'mode', letters: ['q', "q'"], summedWhenRepeated: false, geometry: 'modes', meaning: 'wave vector' },
  ],
  variables: ['x'],
}

const squared = (e: Expression): Expression => power(e, 2)
const scaleOf = (r: Expression): Expression => add(multiply(a, squared(r)), b)

/** 1/2 sum_l [r_l^2/(a r_{l-1}^2 + b) - N log(r_l^2/(a r_l^2 + b))]: norms of an isotropic random map. */
export const linearEnergy = multiply(
  half,
  ringSum(
    subtract(
      divide(squared(at('norm')), scaleOf(at('norm', -1))),
      multiply(N, log(divide(squared(at('norm')), scaleOf(at('norm'))))),
    ),
  ),
)

/** Three fields: norms of the positive and negative parts and the number of positive components. */
export const rectifiedEnergy = multiply(
  half,
  ringSum(
    add(
      divide(add(squared(at('plus')), squared(at('minus'))), scaleOf(at('plus', -1))),
      multiply(N, log(scaleOf(at('plus')))),
      multiply(
        subtract(N, at('count')),
        subtract(multiply(rational(3), log(subtract(N, at('count')))), multiply(rational(2), log(at('plus')))),
      ),
      multiply(at('count'), subtract(multiply(rational(3), log(at('count'))), multiply(rational(2), log(at('minus'))))),
    ),
  ),
)

export const weight = multiply(a, N)

/** sqrt(N b / (1 - a N)), solved by hand: the argument x of x - N log x is N at the minimum. */
export const linearRadius = squareRoot(divide(multiply(N, b), subtract(one, weight)))

/** (N/r^2) sum_l [(1 + s^2) e_l^2 - 2 s e_l e_{l-1}] with s = a N, by hand. */
export const linearFluctuation = multiply(
  N,
  power(linearRadius, -2),
  ringSum(
    add(
      multiply(add(one, squared(weight)), squared(at('wiggle'))),
      negate(multiply(rational(2), weight, at('wiggle'), at('wiggle', -1))),
    ),
  ),
)
