/** Section 2: the Ising chain. */
import {
  derive,
  type Expression,
  type Formula,
  groundStates,
  index,
  lastSide,
  mapChildren,
  multiply,
  rational,
} from 'corrigenda'

/** An expression with every occurrence of a quantity negated. */
function reversed(e: Expression, name: string): Expression {
  if ((e.kind === 'indexed' || e.kind === 'apply') && e.name === name) return multiply(rational(-1), e)
  return mapChildren(e, (child) => reversed(child, name))
}

export const aligned = derive(
  'sec-2.ground-state',
  { energy: 'eq-1' },
  'configurations of least energy of rings of 3 to 8 sites, by trying all',
  ({ energy }, context): Formula => {
    const spin = context.quantity('z^l')
    // The ratio of neighbouring spins in every configuration of least energy of every ring.
    const ratios = new Set<number>()
    for (let sites = 3; sites <= 8; sites++) {
      const spins = { field: spin, alphabet: [-1, 1], parameters: new Map([['coupling', 1]]) }
      const { configurations } = groundStates(energy, spins, sites, { notation: context.notation })
      for (const values of configurations)
        for (const [l, z] of values.entries()) ratios.add(values[(l + 1) % sites]! / z)
    }
    const [ratio] = ratios
    if (ratios.size !== 1 || ratio === undefined)
      throw new RangeError('neighbouring spins have no fixed ratio in the ground state')
    const next = { ...spin, indices: spin.indices.map((s) => ({ ...s, index: index('l', 1) })) }
    return { sides: [spin, multiply(rational(ratio), next)], relations: ['='] }
  },
)

export const reversal = derive(
  'sec-2.even-powers',
  { energy: 'eq-1' },
  'the energy with every spin reversed',
  ({ energy }) => reversed(lastSide(energy), 'spin'),
)
