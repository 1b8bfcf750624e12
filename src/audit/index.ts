/**
 * Statements, derivations, checks, evidence, verdicts, and running them. Pure: papers in files are found by
 * `corrigenda/node`.
 *
 * @module corrigenda/audit
 */

export * from './checks/index.js'
export * from './derivation.js'
export * from './evidence.js'
export * from './figure.js'
export type { TextFile } from './load/document.js'
export { readPaper } from './load/paper.js'
export { type Declarations, type PreparedPaper, preparePaper } from './prepare.js'
export { type PrivateSymbols, withPrivateSymbols } from './private-symbols.js'
export type { Simulate } from './run-check.js'
export { type AuditOptions, type AuditOutcome, auditPaper, type StatementResult, statementAuditor } from './runner.js'
export * from './significance.js'
export { oneOf, solutionOf, uniformSolution } from './solutions.js'
export * from './statement.js'
export { accountedFor, declaredOpen, judge } from './verdict.js'
