/** Networks of majority gates: polynomials, stationary states, evolution over layers, finite width, random formulas. */
export * from './evolution.js'
export * from './finite-width.js'
export * from './formulas.js'
export * from './majority.js'
export * from './stationary.js'
