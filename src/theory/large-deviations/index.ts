/** Large deviations of chains of layers: rate functions, dominant trajectories, tail probabilities. */

export { type Trajectory as StatisticsTrajectory, typicalTrajectory } from './action.js'
export { type AlignedBound, alignedBound } from './aligned-patterns.js'
export {
  type ChainLayer,
  type DeviationChain,
  deviationChain,
  type HiddenActivation,
  type PairOfNetworks,
  pairChain,
  perturbedWeightCorrelation,
  type WeightPerturbation,
} from './chain.js'
export * from './convergence-error.js'
export * from './forward-backward.js'
export { type GridRate, gridRate } from './grid.js'
export { siteCost, typicalStatistics } from './legendre.js'
export { continueSaddle, newtonSaddle, type SaddlePoint, saddleEquations } from './newton.js'
export * from './quadrature-law.js'
export * from './rate.js'
export * from './rectified-law.js'
export * from './shooting.js'
export * from './sign-law.js'
export * from './site-law.js'
export * from './steering.js'
export * from './tails.js'
export { type TwoPatterns, twoPatternChain } from './two-patterns.js'
