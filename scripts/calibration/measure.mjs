/** Runs sampled checks with many seeds and keeps what they found: outcomes, p-values, what they say they would catch. */
import { summariesOf } from './simulations.mjs'

/** Fewer networks than an audit takes, where they are many or dear; the checks that judge them are the same. */
export const most = { preactivations: 40, fewPreactivations: 400, others: 2000 }
/** Neurons of a network from which on it is dear to simulate them all. */
export const dearFrom = 10_000
const mostOf = ({ level, ensemble: { widths, depth } }) => {
  if (level !== 'preactivations') return most.others
  return Math.max(...[widths].flat()) * depth < dearFrom ? most.fewPreactivations : most.preactivations
}
const shrink = (request) => ({ ...request, networks: Math.min(request.networks, mostOf(request)) })

/** Evidence of the checks for one seed, in their order. */
export function judgedWith({ folder, seed, depth }, checks) {
  const requests = checks.map(({ check }) => check.simulations({ seed, depth }).map(shrink))
  const summaries = summariesOf(folder, seed, requests.flat())
  let used = 0
  return checks.map(({ check, input }, c) => {
    const own = summaries.slice(used, used + requests[c].length)
    used += requests[c].length
    return check.judge({ ...input, seed, depth }, own)
  })
}

/**
 * Checks of several statements that come to the same numbers, as groups: one of each need be judged. `evidence` is that of
 * one seed.
 */
export function grouped(checks, evidence) {
  const groups = new Map()
  checks.forEach((one, c) => {
    const { outcome, target, tests } = evidence[c]
    const key = JSON.stringify([
      one.check.name,
      outcome,
      tests?.map(({ label, prediction }) => [label, prediction.toPrecision(6)]) ?? one.id,
    ])
    const group = groups.get(key) ?? { ...one, evidence: evidence[c], statements: [], members: [] }
    group.statements.push(`${one.id}${target === 'corrected' ? ' (corrected)' : ''}`)
    group.members.push(one)
    groups.set(key, group)
  })
  return [...groups.values()]
}

/** Whether the hypothesis that a group's p-values belong to is one that holds. */
export const isTrue = ({ evidence: { tests, outcome, numbers } }) =>
  outcome === 'holds' &&
  tests !== undefined &&
  Math.min(...tests.map(({ pValue }) => pValue)) >= numbers.significance / tests.length
