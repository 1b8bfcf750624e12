import { add, type Expression, mapChildren, multiply } from '../../expression/expression.js'

/** Whether an expression can fluctuate: indexed quantities and functions of them can, declared scalars cannot. */
const isRandom = (e: Expression): boolean => {
  if (e.kind === 'indexed' || e.kind === 'apply') return true
  let found = false
  mapChildren(e, (child) => {
    found ||= isRandom(child)
    return child
  })
  return found
}

/** `<…>` as an arbitrary function of what fluctuates inside: equal where the insides are. */
const expectationOf = (e: Expression): Expression => ({
  kind: 'apply',
  name: 'expectation',
  indices: [],
  arguments: [e],
})

/** An expectation taken term by term, with what does not fluctuate outside. */
function linear(e: Expression): Expression {
  if (!isRandom(e)) return e
  if (e.kind === 'sum') return add(...e.terms.map(linear))
  if (e.kind === 'indexedSum') return { ...e, body: linear(e.body) }
  if (e.kind !== 'product') return expectationOf(e)
  const sum = e.factors.findIndex((f) => (f.kind === 'sum' || f.kind === 'indexedSum') && isRandom(f))
  const others = e.factors.filter((_, k) => k !== sum)
  if (sum >= 0 && !others.some(isRandom)) return multiply(...others, linear(e.factors[sum]!))
  const fixed = e.factors.filter((f) => !isRandom(f))
  const random = e.factors.filter(isRandom)
  return multiply(...fixed, expectationOf(multiply(...random)))
}

/**
 * A formula with its expectations made comparable: linear in sums and constants, and otherwise functions of which nothing
 * is known but that equal arguments give equal values. Covariances of products are not taken apart.
 */
export function withLinearExpectations(e: Expression): Expression {
  // An average over something named is a formula's own: what it is taken over matters.
  if (e.kind === 'expectation' && !e.over && !e.given) return linear(withLinearExpectations(e.of))
  return mapChildren(e, withLinearExpectations)
}
