import { DomainError } from '../../expression/errors.js'
import type { Expression } from '../../expression/expression.js'
import { keyOf } from '../../expression/expression.js'
import type { Domain, Notation } from '../../expression/notation.js'
import { evaluateComplex, type Valuation } from './evaluate.js'
import { variablesOf } from './tree.js'

/** Domains of scalars and quantities by canonical name; a name without one is taken to be positive. */
export type Domains = ReadonlyMap<string, Domain>

/** The domains that a notation declares. */
export const domainsOf = (notation: Notation | undefined): Domains =>
  new Map((notation?.symbols ?? []).flatMap((s) => (s.domain ? [[s.name, s.domain] as const] : [])))

// Irrational steps spread the points evenly and make accidental zeros unlikely: the additive recurrence of the
// generalised golden ratio, after M. Roberts (2018).
const steps = [0.754_877_666, 0.569_840_291, 0.430_159_709, 0.819_172_514, 0.671_043_607, 0.549_700_478, 0.362_419_331]

/** The k-th of a fixed sequence of well-spread points of a domain. */
export function samplePoint(domain: Domain | undefined, k: number, dimension: number): number {
  const u = (0.5 + (k + 1) * (steps[dimension % steps.length]! + 0.01 * Math.floor(dimension / steps.length))) % 1
  const minimum = domain ? Math.max(domain.minimum, -4) : 0.1
  const maximum = domain ? Math.min(domain.maximum, minimum + 4 + Math.abs(minimum)) : 2.5
  if (domain?.integer) return Math.min(domain.maximum, Math.ceil(Math.max(domain.minimum, 2) + 9 * u))
  return minimum + (0.03 + 0.94 * u) * (maximum - minimum)
}

/** A valuation of everything named in `e`. The same name with the same indices gets the same value. */
export function sampleValuation(e: Expression | readonly Expression[], domains: Domains, k: number): Valuation {
  const variables = (Array.isArray(e) ? e : [e as Expression]).flatMap((x: Expression) => variablesOf(x))
  const scalars = new Map<string, number>()
  const indexed = new Map<string, number>()
  let dimension = 0
  for (const v of [...variables].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))) {
    if (v.kind === 'symbol') {
      if (!scalars.has(v.name)) scalars.set(v.name, samplePoint(domains.get(v.name), k, dimension++))
    } else if (!indexed.has(keyOf(v))) indexed.set(keyOf(v), samplePoint(domains.get(v.name), k, dimension++))
  }
  return {
    scalars,
    indexed: (node) => indexed.get(keyOf(node)) ?? Number.NaN,
    // Some smooth function of its arguments, the same wherever the name is the same.
    apply: (name, args) =>
      1.3 *
      Math.sin([...name].reduce((h, c) => (31 * h + c.charCodeAt(0)) % 97, k) + args.reduce((t, x) => 1.7 * t + x, 0)),
  }
}

/** Largest of the absolute values of the additive terms: the scale against which a cancellation is judged. */
export function scaleOf(e: Expression, valuation: Valuation): number {
  if (e.kind === 'sum') return Math.max(...e.terms.map((t) => scaleOf(t, valuation)))
  if (e.kind === 'product') return e.factors.reduce((s, f) => s * scaleOf(f, valuation), 1)
  const value = evaluateComplex(e, valuation)
  return Math.hypot(value.re, value.im)
}

/**
 * The largest size of an expression at eight scattered points of its domain, in units of its largest term there. Stops at
 * the first point where it is above a thousandth. Throws DomainError where no sample point has a value.
 */
export function relativeSize(e: Expression, domains: Domains = new Map()): number {
  let informative = 0
  let largest = 0
  for (let k = 0; k < 24 && informative < 8 && largest < 1e-3; k++) {
    const valuation = sampleValuation(e, domains, k)
    const value = evaluateComplex(e, valuation)
    const scale = scaleOf(e, valuation)
    const size = Math.hypot(value.re, value.im)
    if (!Number.isFinite(size) || !Number.isFinite(scale)) continue
    informative++
    if (size > 0) largest = Math.max(largest, size / scale)
  }
  if (informative === 0) throw new DomainError('the expression has no value at any sample point of its domain')
  return largest
}

/**
 * Whether an expression vanishes at scattered points of its domain, to eleven digits of its largest term. Decides which
 * terms to keep and which root to take; equality of statements is decided exactly elsewhere.
 */
export const vanishesNumerically = (e: Expression, domains: Domains = new Map()): boolean =>
  relativeSize(e, domains) <= 1e-11
