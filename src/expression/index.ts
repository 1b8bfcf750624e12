/**
 * Formulas: read from LaTeX, substituted, differentiated, expanded, written.
 *
 * @module corrigenda/expression
 */
export * from './components.js'
export { differentiate, gradient, type Variable } from './differentiate.js'
export * from './errors.js'
export * from './expression.js'
export { instantiate } from './instantiate.js'
export { densityOf, type LawfulVariable, lawAverage } from './laws.js'
export { scaled as scaledMatrix } from './matrices.js'
export * from './named.js'
export * from './notation.js'
export { type ReadOptions, readExpression, readFormula } from './read-latex.js'
export { defaultLimits, type ReadLimits } from './read-state.js'
export type { InstantiationContext } from './sizes.js'
export {
  refuseAbsentNames,
  type SubstituteOptions,
  strictSubstitute as substitute,
  strictSubstituteSymbols as substituteSymbols,
} from './strict-substitute.js'
export {
  contains,
  freeSymbols,
  indexedQuantities,
  type Replacement,
  renameLetter,
  replaceLetter,
  shiftIndex,
  sizeOf,
  substituteLetter,
  substituteSymbol,
} from './substitute.js'
export { toLatex } from './write-latex.js'
export { toAlgebraSystem, toText } from './write-text.js'
