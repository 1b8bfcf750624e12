/** The audit as tests: one for every statement of the paper. */
import { auditSuite } from 'corrigenda/vitest'

await auditSuite(import.meta.url)
