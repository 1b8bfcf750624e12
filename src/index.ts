/** The public face: what derivations of a paper, shipped or a user's own, are written with. */
export * from './audit/index.js'
export { type SimplifyOptions, simplify } from './exact/simplify.js'
export * from './expression/index.js'
// Names that two parts use: here they are the simulator's and the statistics'.
export type { Activation } from './network/index.js'
export * from './network/index.js'
export { limitAtZero } from './numeric/neville.js'
export { gaussianExpectation, integrate, integrateLine } from './numeric/quadrature.js'
export { findRoot } from './numeric/roots.js'
export type { Estimate } from './statistics/index.js'
export * from './statistics/index.js'
export * from './theory/index.js'
