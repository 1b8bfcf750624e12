/** Gaussian kernels and mean-field maps of random networks: lengths, correlations, fixed points, phases. */
export * from './activation.js'
export type { FieldChain } from './asymmetric/chain-matrix.js'
export * from './asymmetric/closure.js'
export type { FieldGrid, PanelStretch } from './asymmetric/field-grid.js'
export * from './asymmetric/fixed-lengths.js'
export * from './asymmetric/limit.js'
export * from './asymmetric/population.js'
export {
  betaMoment,
  betaRule,
  type FrozenField,
  frozenExpectation,
  type SpecialWeight,
} from './asymmetric/special-weight.js'
export { type FieldLaw, stationaryLaw } from './asymmetric/stationary-law.js'
export * from './asymmetric/trajectory.js'
export type { PairCovariance } from './closed-kernels.js'
export {
  correlationFixedPoints,
  type LengthFixedPoints,
  type LengthScan,
  lengthFixedPoints,
  type MapFixedPoint,
  type Stability,
  stableLength,
} from './fixed-points.js'
export {
  derivativeKernel,
  gaussianKernel,
  gaussianMean,
  gaussianSecondMoment,
  gaussianSquaredSlope,
  type KernelValue,
  secondMomentSlope,
} from './kernels.js'
export * from './length-map.js'
export { meanShare, type SignalMaps, type SignalModel, signalMaps } from './model.js'
export {
  type DiagramAxis,
  type DiagramRequest,
  type PhaseCell,
  phaseDiagramRows,
  withParameter,
} from './phase-diagram.js'
export {
  type CriticalPoint,
  criticalPoint,
  criticalPoints,
  depthScale,
  lengthBoundary,
  type SignalFate,
  signalFate,
} from './phases.js'
