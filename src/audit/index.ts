/** Statements, derivations, checks, evidence, verdicts; running them; loading papers. */

export * from './checks/index.js'
export * from './derivation.js'
export * from './evidence.js'
export * from './figure.js'
export { loadDerivations } from './load/derivations.js'
export { findPapers } from './load/files.js'
export { readPaper } from './load/paper.js'
export { type PreparedPaper, preparePaper } from './prepare.js'
export { type AuditOptions, type AuditOutcome, auditPaper, type StatementResult } from './runner.js'
export * from './significance.js'
export * from './statement.js'
export { accountedFor, declaredOpen, judge } from './verdict.js'
