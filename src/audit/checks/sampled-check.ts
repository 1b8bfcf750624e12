import type { ShardSummary, SimulationRequest } from '../../network/index.js'
import { type KeysOf, refuseUnknownOptions } from '../arguments.js'
import type { Depth, SampledCheck } from '../derivation.js'

/** What any case of a check by sampling has: one ensemble, and what is said of it in reports. */
export interface SampledEnsemble {
  /** The parameters as the paper names them, for the report: `{ '\\sigma_w^2': 0.9, N: 200 }`. */
  readonly parameters: Readonly<Record<string, number>>
  readonly request: Omit<SimulationRequest, 'seed' | 'stream'>
  /** What the k-th number is. */
  readonly label: (k: number) => string
}

/** How a check by sampling is put together, whatever it compares. */
export interface SampledParts<Case extends SampledEnsemble> {
  readonly name: string
  /** Names the random streams, one for each case; checks with the same stream and cases share their simulations. */
  readonly stream: string
  readonly cases: (depth: Depth) => readonly Case[]
  /** How finite width is dealt with, for the report: a sampled check without an answer to that is none. */
  readonly finiteWidth: string
}

/**
 * Parts with their names checked: those of the check at once, those of its cases when these are asked for.
 *
 * @throws InputError on options that the check does not have
 */
export function checkedParts<Case extends SampledEnsemble>(
  call: string,
  parts: SampledParts<Case>,
  caseKeys: KeysOf<Case>,
): SampledParts<Case> {
  refuseUnknownOptions(call, parts, { name: true, stream: true, cases: true, finiteWidth: true })
  return {
    ...parts,
    cases: (depth) => {
      const cases = parts.cases(depth)
      for (const one of cases) refuseUnknownOptions(`a case of '${parts.name}'`, one, caseKeys)
      return cases
    },
  }
}

/** What any case has. */
export const ensembleKeys = { parameters: true, request: true, label: true } as const

/** The simulations of all cases, each in a stream of its own. */
export const simulationsOf =
  <Case extends SampledEnsemble>({ stream, cases }: SampledParts<Case>): SampledCheck['simulations'] =>
  ({ seed, depth }) =>
    cases(depth).map(({ request }, c) => ({ ...request, seed, stream: `${stream}/${c}` }))

/** Networks that all cases drew together. */
export const networksOf = (summaries: readonly ShardSummary[]): number =>
  summaries.reduce((sum, { networks }) => sum + networks, 0)
