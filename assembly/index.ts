export { exponential, hyperbolicTangent, logarithm } from './elementary'
export {
  applyRelu,
  applySign,
  applyTanh,
  correlatedLayer,
  dot,
  fillNormals,
  heapBase,
  linearTrajectory,
  reluTrajectory,
  weightsLayer,
  weightsLayerSeveral,
} from './network'
export {
  nextBinomial,
  nextChiSquare,
  nextGamma,
  nextNormal,
  nextUniform,
  nextWord,
  setState,
  state0,
  state1,
  state2,
  state3,
} from './random'
