import { describe, expect, it } from 'vitest'
import { compareInstances } from '../../../src/audit/compare/instances.js'
import type { Instances } from '../../../src/audit/derivation.js'
import { DomainError } from '../../../src/expression/errors.js'
import {
  add,
  call,
  divide,
  type Expression,
  type Formula,
  multiply,
  pi,
  power,
  rational,
  squareRoot,
  subtract,
  symbol,
} from '../../../src/expression/expression.js'
import type { Notation } from '../../../src/expression/notation.js'
import { declare } from '../expression/notation.js'

const domain = { minimum: 0, maximum: 10, includeMinimum: false, includeMaximum: false, integer: false }
const notation: Notation = {
  symbols: ['a', 'b', 'p'].map((name) => declare(name, 'scalar', name, '', { domain })),
  families: [],
  variables: [],
}
const [a, b, p] = ['a', 'b', 'p'].map(symbol) as ReturnType<typeof symbol>[]

const derivedAs = (value: Expression, more: Partial<Instances> = {}): Instances => ({
  kind: 'instances',
  describe: 'as derived',
  sizes: [{ lastLayer: 1, neurons: 1, inputs: 1 }],
  variables: [],
  exponent: () => value,
  instantiate: ({ sides }) => sides.at(-1)!,
  complete: 'there is one size',
  ...more,
})
const stated = (...sides: readonly Expression[]): Formula => ({ sides, relations: sides.slice(1).map(() => '=') })
const compared = (claimed: Formula, derived: Instances) => compareInstances(claimed, derived, notation, 'printed')

describe('formulas compared on small networks', () => {
  it('hold exactly where they are equal, whatever their form', () => {
    const evidence = compared(
      stated(b!, power(add(a!, p!), 2)),
      derivedAs(add(power(a!, 2), multiply(rational(2), a!, p!), power(p!, 2))),
    )
    expect(evidence).toMatchObject({ method: 'exact', outcome: 'holds' })
    expect(evidence.instances).toBeUndefined()
  })
  it('are refuted with a witness where they differ', () => {
    const evidence = compared(stated(b!, add(a!, p!)), derivedAs(subtract(a!, p!)))
    expect(evidence.outcome).toBe('refuted')
    expect(evidence.witness?.left).not.toBe(evidence.witness?.right)
  })
  it('every side of a chain counts where it is asked for, and the last alone where it is not', () => {
    const chain = stated(b!, add(a!, p!), a!)
    expect(compared(chain, derivedAs(a!)).outcome).toBe('holds')
    expect(compared(chain, derivedAs(a!, { everySide: true })).outcome).toBe('refuted')
    expect(
      compared(stated(b!, a!, multiply(rational(1, 2), add(a!, a!))), derivedAs(a!, { everySide: true })).outcome,
    ).toBe('holds')
  })
  it('what has no value is refuted where what was derived has one', () => {
    const evidence = compared(
      stated(b!, a!),
      derivedAs(a!, {
        instantiate: () => {
          throw new DomainError('a sum up to half a number')
        },
      }),
    )
    expect(evidence).toMatchObject({ outcome: 'refuted', witness: { left: 'no value' } })
  })
  it('agree by numbers, and are not proved, where no normal form decides', () => {
    const angles = add(call('atan', a!), call('atan', divide(rational(1), a!)))
    const evidence = compared(stated(b!, angles), derivedAs(divide(pi, rational(2))))
    expect(evidence).toMatchObject({ method: 'property', outcome: 'holds', instances: true })
  })
  it('a side without real values is tried in the complex plane', () => {
    const evidence = compared(
      stated(b!, squareRoot(subtract(rational(-1), p!))),
      derivedAs(squareRoot(add(rational(1), p!))),
    )
    expect(evidence.outcome).toBe('refuted')
  })
  it('to leading order they are asymptotic, with the order of what is left out', () => {
    const evidence = compared(stated(b!, a!), derivedAs(a!, { leadingOrder: { small: '1/N', order: -2 } }))
    expect(evidence).toMatchObject({ outcome: 'holds', leadingOrder: true, numbers: { order: -2 } })
  })
})
