/** Checks for any paper: brute-force numbers on small rings, limits of exact laws, sampled expectations. */
export * from './direct.js'
export * from './infinite-width.js'
export * from './ring-numerics.js'
export * from './sampled-expectations.js'
export * from './values.js'
