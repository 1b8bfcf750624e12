import { DomainError } from '../../expression/errors.js'
import {
  add,
  call,
  type Expression,
  type Formula,
  type IndexedNode,
  mapChildren,
  multiply,
  negate,
  one,
  power,
  rational,
  subtract,
} from '../../expression/expression.js'
import { substitute } from '../../expression/substitute.js'
import { fieldAt, type RingEnergy, type RingOptions, ringEnergy, ringExpression, siteLetter } from '../ring/energy.js'
import { evaluateReal } from '../support/evaluate.js'
import { some } from '../support/tree.js'

/** Replaces vectors by the norms of their positive and of their negative components. */
export interface SignedRadialOptions extends RingOptions {
  /** A component of the vector at a site: `z_\alpha^l`. */
  readonly vector: IndexedNode
  readonly positive: IndexedNode
  readonly negative: IndexedNode
}

/**
 * An energy that depends on vectors through sums over components of functions that are quadratic on either side of zero
 * (`z_\alpha z_\alpha`, `max(0, z_\alpha)^2`), in the norms of the positive and of the negative components: each sum becomes
 * `f(1) r_+^2 + f(-1) r_-^2`. Nothing is integrated. Throws DomainError where a sum is of another kind.
 */
export function splitBySign(energy: Formula | Expression | RingEnergy, options: SignedRadialOptions): Expression {
  const ring = ringEnergy(energy, options)
  const visit = (node: Expression): Expression =>
    node.kind === 'indexedSum' && typeof node.index === 'string' && node.index !== ring.letter
      ? (signedSquares(node.body, node.index, ring, options) ?? mapChildren(node, visit))
      : mapChildren(node, visit)
  const density = visit(ring.density)
  if (some(density, (n) => n.kind === 'indexed' && n.name === options.vector.name))
    throw new DomainError(
      `the energy depends on ${options.vector.name} other than through its positive and negative parts`,
    )
  return ringExpression({ ...ring, density })
}

/** What a sum over components is in both norms; null where its summand holds no component. */
function signedSquares(
  body: Expression,
  letter: string,
  ring: RingEnergy,
  options: SignedRadialOptions,
): Expression | null {
  const sites = new Set<number>()
  const isComponent = (n: Expression): n is IndexedNode =>
    n.kind === 'indexed' && n.name === options.vector.name && n.indices.some((s) => s.index.letter === letter)
  some(body, (n) => {
    const site = isComponent(n) ? n.indices.find((s) => s.index.letter === ring.letter) : undefined
    if (site) sites.add(site.index.offset)
    return false
  })
  const [site] = sites
  if (site === undefined || sites.size > 1) return null
  const at = (z: number): number =>
    evaluateReal(
      substitute(body, (n) => (isComponent(n) ? rational(z) : undefined)),
      { scalars: new Map() },
    )
  const [above, below] = [at(1), at(-1)]
  if (at(3) !== 9 * above || at(-3) !== 9 * below || !Number.isInteger(above) || !Number.isInteger(below))
    throw new DomainError('a summand is not quadratic, with whole coefficients, on either side of zero')
  const square = (field: IndexedNode): Expression => power(fieldAt(ring, field, site, siteLetter(ring, field)), 2)
  return add(multiply(rational(above), square(options.positive)), multiply(rational(below), square(options.negative)))
}

/**
 * The logarithms of Gamma functions, factorials and binomial coefficients written with `logGamma`, which has values where
 * those functions are too large for a number.
 */
export function withLogGamma(e: Expression): Expression {
  const inner = mapChildren(e, withLogGamma)
  const of = inner.kind === 'function' && inner.name === 'log' ? inner.arguments[0] : undefined
  if (of?.kind !== 'function') return inner
  const [n, k] = of.arguments
  if (of.name === 'gamma' && n) return call('logGamma', n)
  if (of.name === 'factorial' && n) return call('logGamma', add(n, one))
  if (of.name !== 'binomial' || !n || !k) return inner
  const logFactorial = (x: Expression): Expression => call('logGamma', add(x, one))
  return add(logFactorial(n), negate(logFactorial(k)), negate(logFactorial(subtract(n, k))))
}
