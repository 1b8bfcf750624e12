/** Checks for any paper: brute-force numbers on small rings, limits of exact laws, sampled expectations. */

export { unitHash } from '../compare/hash.js'
export { type Rewriting, rewrite } from '../compare/replace.js'
export * from './direct.js'
export * from './infinite-width.js'
export type { Comparison } from './judge-comparisons.js'
export * from './on-premise.js'
export { type Combination, combinations, combinedVariance } from './polarised.js'
export * from './ring-numerics.js'
export * from './sampled-expectations.js'
export * from './sampled-extrapolation.js'
export * from './sampled-powers.js'
export * from './values.js'
