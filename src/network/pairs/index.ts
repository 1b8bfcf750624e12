/** Pairs of networks, a reference and a perturbed copy: ensembles, transitions, exact laws. */
export { type Agreement, arcsineAgreement } from './agreement/agreement.js'
export { agreementAt, layerAgreement } from './agreement/layer.js'
export { type JointStates, type SparseLayer, sparseTransition } from './agreement/sparse.js'
export { thermalAgreement, thermalOverlap } from './agreement/thermal.js'
export {
  type InputPerturbation,
  type PairEnsemble,
  type PairInput,
  type Perturbation,
  type WeightLaw,
  weightCorrelation,
} from './ensemble.js'
export type { PairFieldName } from './fields.js'
export { independentMean, type LatticeLaw, type TailKind } from './law/lattice-law.js'
export { type OverlapChain, type OverlapLaw, overlapChain, overlapLaw } from './law/overlap-law.js'
export {
  extrapolateRate,
  overlapRate,
  type RateExtrapolation,
  type RateOptions,
  type RateRequest,
  type SizedLogarithm,
} from './law/rate-extrapolation.js'
export { validatePairEnsemble } from './validate.js'
