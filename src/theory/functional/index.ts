/** Generating functionals: weights and their logarithms, Fourier constraints, disorder averages, moments, saddle points, quadrants. */
export * from './disorder.js'
export * from './fourier.js'
export * from './moments.js'
export * from './quadrants.js'
export * from './saddle.js'
export * from './weight.js'
