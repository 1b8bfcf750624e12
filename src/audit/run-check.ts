import type { ShardSummary, SimulationRequest } from '../network/index.js'
import type { Check, CheckInput } from './derivation.js'
import type { Evidence } from './evidence.js'
import { asInputError } from './prepare.js'
import type { CheckResult } from './verdict.js'

/** Runs a simulation, somewhere: in this thread, in workers, on a cluster. Equal requests may be run once. */
export type Simulate = (request: SimulationRequest) => Promise<ShardSummary>

/** Runs one check; what it throws, or cannot put in numbers, leaves it undecided. */
export async function runCheck(check: Check, input: CheckInput, simulate: Simulate): Promise<CheckResult> {
  let evidence: Evidence
  try {
    if (check.kind === 'direct') evidence = await check.run(input)
    else {
      const summaries = await Promise.all(check.simulations(input).map(simulate))
      evidence = check.judge(input, summaries)
    }
  } catch (error) {
    const failure = asInputError(error, 'the check fails')
    evidence = {
      method: check.kind === 'sampled' ? 'sampled' : 'numeric',
      target: input.target,
      outcome: 'undecided',
      summary: `${check.name}: ${failure.message}`,
      witness: null,
      numbers: {},
    }
  }
  return { check: check.name, evidence: withoutNaN(evidence) }
}

/** NaN is never evidence: a check whose figures are not numbers has decided nothing. */
function withoutNaN(evidence: Evidence): Evidence {
  const bad = Object.entries(evidence.numbers).filter(
    ([, value]) =>
      (typeof value === 'number' && !Number.isFinite(value)) ||
      (Array.isArray(value) && value.some((item) => !Number.isFinite(item))),
  )
  if (bad.length === 0) return evidence
  const names = bad.map(([name]) => name)
  const numbers = Object.fromEntries(Object.entries(evidence.numbers).filter(([name]) => !names.includes(name)))
  return {
    ...evidence,
    outcome: 'undecided',
    witness: null,
    summary: `not decided: ${names.join(', ')} is not a number (${evidence.summary})`,
    numbers,
  }
}
