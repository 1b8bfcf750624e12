/**
 * What the field does, for any model: ring lattices, Gaussian integrals, mean-field maps, Laplace's method.
 *
 * @module corrigenda/theory
 */
export { firstSide, lastSide } from '../expression/named.js'
export * from './boolean/index.js'
export * from './entropy/index.js'
export * from './functional/index.js'
export * from './gaussian/carry-out.js'
export * from './gaussian/integrate.js'
export * from './gaussian/means.js'
export * from './gaussian/orthants.js'
export * from './gaussian/radial.js'
export * from './gaussian/rectified-means.js'
export * from './laplace.js'
export * from './large-deviations/index.js'
export * from './mean-field/index.js'
export * from './ring/closure.js'
export { solvePolynomials } from './ring/elimination.js'
export {
  boltzmannEnergy,
  type RingEnergy,
  type RingOptions,
  ringEnergy,
  ringExpression,
  type UniformOptions,
  uniformDensity,
  uniformEnergy,
} from './ring/energy.js'
export * from './ring/fourier.js'
export * from './ring/gradient.js'
export * from './ring/modes.js'
export * from './ring/numeric.js'
export * from './ring/numeric-kernel.js'
export * from './ring/quadratic.js'
export * from './ring/reduced-kernel.js'
export * from './ring/rewrite.js'
export * from './ring/saddle.js'
export * from './ring/series.js'
export * from './ring/spectrum.js'
export * from './ring/stability.js'
export * from './ring/variation.js'
export * from './spins.js'
export { type ComplexMatrix, carriedMatrix } from './support/linear-algebra.js'
export { vanishes } from './support/simplify.js'
export { eigenvaluesOfTwoRows, type FiniteField, transferMatrixFormula } from './transfer.js'
