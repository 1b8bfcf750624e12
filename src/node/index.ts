/**
 * The edge: papers found in folders, derivation modules loaded, simulations on worker threads. Node only.
 *
 * @module corrigenda/node
 */
export { type Derivations, loadDerivations } from '../audit/load/derivations.js'
export { findPapers } from '../audit/load/files.js'
export { findStatement, openSession, type Selected, type Session, select } from '../cli/session.js'
export { type PoolOptions, type SimulationPool, simulationPool } from '../cli/simulation-pool.js'
export { auditFolder, type FolderAudit, type FolderAuditOptions } from './audit-folder.js'
export { paperRoot } from './paper-root.js'
