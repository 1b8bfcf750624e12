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
  addNormals,
  combineRows,
  diluteRow,
  fillBiasedSigns,
  fillSigns,
  flipRow,
  reluPairSums,
  shiftRow,
  sparsePairLayer,
  thermalSigns,
  thresholdSigns,
} from './pairs'
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
export { fillBetas, fillPlaces, fillUniforms, nextBeta, rowsLayer, specialLayer, sum } from './rows'
