import type { PairEnsemble } from './ensemble.js'

/**
 * A number that each layer of a pair of networks has (columns 0 … L; column 0 is the input):
 * - `pairOverlap` of patterns [mu, nu]: q = (1/N) sum_i ŝ_i^mu s_i^nu;
 * - `referenceOverlap`, `perturbedOverlap` of [mu, nu]: the same within the reference (v̂) and within the perturbed
 *   network (v); for mu = nu the second moments;
 * - `referenceMean`, `perturbedMean` of [mu]: m̂ and m;
 * - `meanPairOverlap`: (1/M) sum_mu q^{mu mu} over all patterns.
 */
export type PairFieldName = (typeof pairFieldNames)[number]

export const pairFieldNames = [
  'pairOverlap',
  'referenceOverlap',
  'perturbedOverlap',
  'referenceMean',
  'perturbedMean',
  'meanPairOverlap',
] as const

/** How many patterns a field is of. */
export const patternsOfField = (name: PairFieldName): 0 | 1 | 2 =>
  name === 'meanPairOverlap' ? 0 : name === 'referenceMean' || name === 'perturbedMean' ? 1 : 2

/** Which layer a field of +-1 layers lies on which lattice: values -1 + 2 k / steps, k = 0 … steps. */
export const latticeSteps = (name: PairFieldName, width: number, { patterns = 1 }: PairEnsemble): number =>
  name === 'meanPairOverlap' ? width * patterns : width
