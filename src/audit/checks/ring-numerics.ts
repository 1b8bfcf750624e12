import type { Expression, Formula, IndexedNode, SymbolNode } from '../../expression/expression.js'
import { lastSide } from '../../expression/named.js'
import type { Notation } from '../../expression/notation.js'
import { reachOf } from '../../expression/reach.js'
import { evaluateRing, ringGradient, ringHessian } from '../../theory/ring/numeric.js'
import { unitHash } from '../compare/hash.js'
import { rewrite } from '../compare/replace.js'
import { sitesLabel } from '../compare/world-trace.js'
import type { CheckInput, DirectCheck } from '../derivation.js'
import { abbreviationsOf } from '../formulas.js'
import { directCheck } from './direct.js'
import { type ScalarValues, scalarValue } from './values.js'

/** A ring with one field, and parameters at which it is put to numbers. */
export interface RingCase {
  readonly notation: Notation
  readonly fields: readonly IndexedNode[]
  readonly uniform: readonly SymbolNode[]
  readonly fluctuations: readonly IndexedNode[]
  /** Values of all scalars but the uniform field, by canonical name. */
  readonly parameters: readonly ScalarValues[]
}

const asMap = (values: ScalarValues): ReadonlyMap<string, number> => new Map(Object.entries(values))

const shown = (values: ScalarValues): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))

/** Parameters with the size of the ring and the values of a field on its sites. */
const withField = (values: ScalarValues, field: IndexedNode | undefined, onSites: readonly number[]): ScalarValues => ({
  ...values,
  [sitesLabel((name) => name in values)]: onSites.length,
  ...Object.fromEntries(onSites.map((value, site) => [`${field?.name}[${site}]`, value])),
})

/** A formula's last side with definitions and the statement's abbreviations put in. */
const open = (formula: Formula, { context }: CheckInput) =>
  rewrite(lastSide(formula), abbreviationsOf(context.statement, context.notation))

/** Sites of a ring on which no two distances are the same that the energies couple: five at least. */
const leastSites = (energies: readonly Expression[]): number => Math.max(5, 2 * reachOf(energies, () => true) + 1)

/**
 * The gradient of the ring's energy (premise `energy`), by central differences on a ring of at least five sites, vanishes at the
 * claimed uniform value, and nowhere else nearby: at 1.01 times the value it does not.
 */
export function gradientVanishes(ring: (input: CheckInput) => RingCase): DirectCheck {
  return directCheck('numeric gradient of the energy', 'numeric', (input) => {
    const { fields, parameters, notation } = ring(input)
    const energy = input.premises['energy']
    if (!energy) return { holds: null, summary: 'no premise `energy`' }
    let smallest = Number.POSITIVE_INFINITY
    const sites = leastSites([open(energy, input)])
    for (const values of parameters) {
      const claimed = scalarValue(open(input.claimed, input), values)
      if (!(claimed > 0)) return refutedAt(values, `the claimed value is ${claimed}`, claimed, Number.NaN)
      const slopeAt = (r: number) =>
        ringGradient(
          open(energy, input),
          { fields, values: [Array.from({ length: sites }, () => r)], parameters: asMap(values) },
          { notation },
        )[0]![0]!
      const here = slopeAt(claimed)
      const nearby = slopeAt(1.01 * claimed)
      if (!(Math.abs(nearby.value) > 0)) return { holds: null, summary: 'the energy does not depend on the norm' }
      // A stationary point: the slope here is far below the slope one per cent away.
      const ratio = Math.abs(here.value / nearby.value)
      smallest = Math.min(smallest, -Math.log10(Math.max(ratio, 1e-16)))
      if (!(ratio < 1e-4))
        return refutedAt(
          { ...values, [sitesLabel((name) => name in values)]: sites },
          `the slope is ${here.value.toPrecision(6)}`,
          here.value,
          0,
        )
    }
    return {
      holds: true,
      summary: `vanishes on a ring of ${sites} sites at ${parameters.length} parameter values, to ${Math.floor(smallest)} digits of its value one per cent away`,
      numbers: { digits: Math.floor(smallest), instances: parameters.length },
    }
  })
}

function refutedAt(values: ScalarValues, summary: string, left: number, right: number) {
  return {
    holds: false,
    summary,
    witness: {
      at: shown(values),
      left: String(left),
      right: Number.isNaN(right) ? 'a positive number' : String(right),
    },
  }
}

/**
 * The claimed fluctuation energy, evaluated as it stands, against half the numeric Hessian of the ring's energy (premise
 * `energy`) at the saddle (premise `saddle`), on random fluctuations of two rings. Both have more than twice as many sites as
 * those that either energy couples lie apart: with fewer, different distances are the same.
 */
export function hessianAgrees(ring: (input: CheckInput) => RingCase): DirectCheck {
  return directCheck('numeric Hessian of the energy', 'numeric', (input) => {
    const { fields, fluctuations, parameters, notation, uniform } = ring(input)
    const { energy, saddle } = input.premises
    if (!energy || !saddle) return { holds: null, summary: 'needs the premises `energy` and `saddle`' }
    let worst = 0
    const least = leastSites([open(energy, input), open(input.claimed, input)])
    // Neighbouring numbers have no divisor in common.
    const sizes = [least, least + 1]
    for (const [k, values] of parameters.entries()) {
      const r = scalarValue(open(saddle, input), values)
      const all = { ...values, [uniform[0]!.name]: r }
      for (const sites of sizes) {
        const hessian = ringHessian(
          open(energy, input),
          { fields, values: [Array.from({ length: sites }, () => r)], parameters: asMap(all) },
          { notation },
        )
        const epsilon = Array.from({ length: sites }, (_, s) => 2 * unitHash(`${input.seed} hessian ${k} ${s}`) - 1)
        let expected = 0
        let error = 0
        for (let i = 0; i < sites; i++)
          for (let j = 0; j < sites; j++) {
            expected += 0.5 * hessian[i]![j]!.value * epsilon[i]! * epsilon[j]!
            error += 0.5 * hessian[i]![j]!.error * Math.abs(epsilon[i]! * epsilon[j]!)
          }
        const claimed = evaluateRing(
          open(input.claimed, input),
          { fields: fluctuations, values: [epsilon], parameters: asMap(all) },
          { notation },
        )
        const deviation = Math.abs(claimed - expected)
        const allowed = 10 * error + 1e-5 * Math.abs(expected)
        if (!(deviation <= allowed))
          return refutedAt(
            withField(all, fluctuations[0], epsilon),
            `the energy of a random fluctuation is ${expected.toPrecision(8)}, claimed ${claimed.toPrecision(8)}`,
            claimed,
            expected,
          )
        worst = Math.max(worst, deviation / Math.abs(expected))
      }
    }
    return {
      holds: true,
      summary: `agrees on random fluctuations of rings of ${sizes.join(' and ')} sites at ${parameters.length} parameter values, to ${worst.toExponential(0)}`,
      numbers: { relativeDeviation: Number(worst.toPrecision(2)), instances: parameters.length },
    }
  })
}

/** No configuration of small rings has less energy than the uniform one (premises `energy`, `saddle`): random search and descent. */
export function uniformIsLeast(ring: (input: CheckInput) => RingCase): DirectCheck {
  return directCheck('search for configurations of less energy', 'property', (input) => {
    const { fields, parameters, notation } = ring(input)
    const { energy, saddle } = input.premises
    if (!energy || !saddle) return { holds: null, summary: 'needs the premises `energy` and `saddle`' }
    const largest = Math.max(8, leastSites([open(energy, input)]))
    let tried = 0
    let closest = Number.POSITIVE_INFINITY
    for (const [k, values] of parameters.entries()) {
      const r = scalarValue(open(saddle, input), values)
      const density = open(energy, input)
      for (let size = 2; size <= largest; size++) {
        const at = (configuration: readonly number[]) =>
          evaluateRing(density, { fields, values: [configuration], parameters: asMap(values) }, { notation })
        const least = at(Array.from({ length: size }, () => r))
        for (let trial = 0; trial < 40; trial++) {
          // Spread over two decades of the norm, half of the trials close to the uniform configuration.
          const width = trial % 2 === 0 ? 0.05 : 2.3
          const configuration = Array.from(
            { length: size },
            (_, s) => r * Math.exp(width * (2 * unitHash(`${input.seed} ${k} ${size} ${trial} ${s}`) - 1)),
          )
          const excess = at(configuration) - least
          tried += 1
          closest = Math.min(closest, excess)
          if (!(excess >= -1e-9 * Math.abs(least)))
            return refutedAt(
              withField(values, fields[0], configuration),
              `the configuration ${configuration.map((x) => x.toPrecision(4)).join(', ')} has less energy, by ${-excess}`,
              excess,
              0,
            )
        }
      }
    }
    return {
      holds: true,
      summary: `none among ${tried} configurations of rings of 2 to ${largest} sites; the least excess is ${closest.toExponential(1)}`,
      numbers: { tried, seed: input.seed },
    }
  })
}
