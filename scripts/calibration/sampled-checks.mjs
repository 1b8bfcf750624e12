/** The sampled checks of the papers, each with what it was given in an audit: to be run again with other seeds, and nothing else. */
import { auditPaper } from '../../dist/src/audit/index.js'

/** What a simulation that nobody needs stands for. */
const nothing = Symbol('not simulated')

/**
 * Every sampled check of every statement with the formula, premises and reading under which an audit put it to work. The
 * audit is run once, without simulating and with those checks alone; which target a formula is (`printed` or `corrected`)
 * is in the input.
 */
export async function sampledChecks(papers) {
  const found = []
  for (const prepared of papers) {
    const recording = {
      ...prepared,
      checks: (id) =>
        prepared.checks(id).flatMap((check) => (check.kind === 'sampled' ? [recorded(id, check, found)] : [])),
    }
    const only = new Set(prepared.paper.statements.map(({ id }) => id).filter((id) => recording.checks(id).length > 0))
    await auditPaper(recording, { seed: 1, depth: 'quick', only, simulate: async () => nothing })
  }
  return found
}

const recorded = (id, check, found) => ({
  ...check,
  simulations: () => [],
  judge: (input) => {
    found.push({ id, check, input })
    return { method: 'sampled', target: input.target, outcome: 'undecided', summary: '', witness: null, numbers: {} }
  },
})
