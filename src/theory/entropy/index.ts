/** Entropy of function space: perturbed networks at a given output error. */
export * from './dynamic-programming.js'
export * from './generalisation.js'
export * from './maximal-entropy.js'
export * from './neuron-mixtures.js'
export * from './perturbed-chain.js'
export * from './small-errors.js'
export {
  type PerturbationState,
  type StationaryBranch,
  type StationaryPoint,
  stationaryBranches,
} from './stationary-branches.js'
export * from './transitions.js'
