import type { ShardSummary, SimulationRequest } from '../../network/index.js'
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

/** The simulations of all cases, each in a stream of its own. */
export const simulationsOf =
  <Case extends SampledEnsemble>({ stream, cases }: SampledParts<Case>): SampledCheck['simulations'] =>
  ({ seed, depth }) =>
    cases(depth).map(({ request }, c) => ({ ...request, seed, stream: `${stream}/${c}` }))

/** Networks that all cases drew together. */
export const networksOf = (summaries: readonly ShardSummary[]): number =>
  summaries.reduce((sum, { networks }) => sum + networks, 0)
