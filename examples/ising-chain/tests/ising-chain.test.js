/** The audit as tests: one for every statement of the paper. The one with errors has a test of its own. */
import { auditSuite } from 'corrigenda/vitest'

await auditSuite(import.meta.url, { papers: ['ising-chain'] })
