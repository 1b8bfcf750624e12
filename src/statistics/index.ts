/**
 * Estimates, tests, power, extrapolation.
 *
 * @module corrigenda/statistics
 */
export * from './binomial.js'
export * from './estimate.js'
export * from './estimate-test.js'
export * from './extrapolate.js'
export * from './family-wise.js'
export * from './fit-exponent.js'
export * from './gamma-ratio.js'
export * from './least-squares.js'
export * from './moments.js'
export * from './power.js'
export * from './tails.js'
export * from './tests.js'
export * from './with-error.js'
