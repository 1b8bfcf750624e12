/**
 * A paper's statements as vitest's tests, and matchers for verdicts. Needs vitest, which is an optional peer dependency.
 *
 * @module corrigenda/vitest
 */
export { matchers, type StatementMatchers } from './matchers.js'
export { auditSuite, type SuiteOptions, type SuitePaper } from './suite.js'
