import { DomainError } from '../../expression/errors.js'
import type { Expression, Formula, IndexedNode } from '../../expression/expression.js'
import { evaluateReal } from '../support/evaluate.js'
import { type RingEnergy, type RingOptions, ringEnergy, siteLetter } from './energy.js'

/** A configuration of a small ring and the parameters of its energy. */
export interface RingConfiguration {
  readonly fields: readonly IndexedNode[]
  /** `values[field][site]`, every field with the same number of sites. */
  readonly values: readonly (readonly number[])[]
  readonly parameters: ReadonlyMap<string, number>
}

/**
 * The energy of one configuration, added up site by site around the ring: nothing of it is differentiated, expanded or
 * simplified. Throws DomainError where fields and values do not fit, or the energy is no ring's.
 */
export function evaluateRing(
  energy: Formula | Expression | RingEnergy,
  configuration: RingConfiguration,
  options: RingOptions = {},
): number {
  const ring = ringEnergy(energy, options)
  const { fields, values, parameters } = configuration
  const sites = values[0]?.length ?? 0
  if (values.length !== fields.length || sites === 0 || values.some((v) => v.length !== sites))
    throw new DomainError('give each field its value at every site of the ring')
  const letters = fields.map((f) => siteLetter(ring, f))
  const fieldOf = (node: IndexedNode): number =>
    fields.findIndex(
      (f, k) =>
        f.name === node.name &&
        f.indices.every((s, i) => {
          const other = node.indices[i]?.index
          return s.index.letter === letters[k]
            ? other?.letter === ring.letter
            : JSON.stringify(other) === JSON.stringify(s.index)
        }),
    )
  let total = evaluateReal(ring.constant, { scalars: parameters })
  for (let l = 0; l < sites; l++)
    total += evaluateReal(ring.density, {
      scalars: parameters,
      indexed: (node) => {
        const field = fieldOf(node)
        const site = node.indices.find((s) => s.index.letter === ring.letter)?.index
        if (field < 0 || !site) throw new DomainError(`no values given for ${node.name}`)
        return values[field]?.[(((l * site.sign + site.offset) % sites) + sites) % sites] ?? Number.NaN
      },
    })
  return total
}

const replaced = (values: readonly (readonly number[])[], field: number, site: number, by: number): number[][] =>
  values.map((row, f) => row.map((x, s) => (f === field && s === site ? x + by : x)))

/** A numeric value with an estimate of its error. */
export interface Estimate {
  readonly value: number
  readonly error: number
}

/** Two step sizes and Richardson's extrapolation; their disagreement is the error estimate. */
function extrapolated(rule: (h: number) => number, h: number, order: number): Estimate {
  const [coarse, fine] = [rule(h), rule(h / 2)]
  const value = fine + (fine - coarse) / (2 ** order - 1)
  return { value, error: Math.abs(value - fine) }
}

const stepFor = (x: number, scale: number): number => scale * Math.max(Math.abs(x), 1e-2)

/** The gradient by central differences: `[field][site]`. */
export function ringGradient(
  energy: Formula | Expression | RingEnergy,
  configuration: RingConfiguration,
  options: RingOptions = {},
): readonly (readonly Estimate[])[] {
  const ring = ringEnergy(energy, options)
  const at = (values: readonly (readonly number[])[]): number => evaluateRing(ring, { ...configuration, values })
  return configuration.values.map((row, f) =>
    row.map((x, s) =>
      extrapolated(
        (h) => (at(replaced(configuration.values, f, s, h)) - at(replaced(configuration.values, f, s, -h))) / (2 * h),
        stepFor(x, 1e-3),
        2,
      ),
    ),
  )
}

/** The Hessian by central differences; rows and columns run over the sites of the first field, then of the next. */
export function ringHessian(
  energy: Formula | Expression | RingEnergy,
  configuration: RingConfiguration,
  options: RingOptions = {},
): readonly (readonly Estimate[])[] {
  const ring = ringEnergy(energy, options)
  const at = (values: readonly (readonly number[])[]): number => evaluateRing(ring, { ...configuration, values })
  const places = configuration.values.flatMap((row, f) => row.map((x, s) => ({ f, s, x })))
  const centre = at(configuration.values)
  return places.map((p) =>
    places.map((q) => {
      const v = configuration.values
      const own = p.f === q.f && p.s === q.s
      return extrapolated(
        (scale) => {
          const [h, k] = [stepFor(p.x, scale), stepFor(q.x, scale)]
          if (own) return (at(replaced(v, p.f, p.s, h)) - 2 * centre + at(replaced(v, p.f, p.s, -h))) / (h * h)
          const both = (x: number, y: number): number => at(replaced(replaced(v, p.f, p.s, x), q.f, q.s, y))
          return (both(h, k) - both(h, -k) - both(-h, k) + both(-h, -k)) / (4 * h * k)
        },
        4e-3,
        2,
      )
    }),
  )
}
