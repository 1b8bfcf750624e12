/**
 * Ensembles of networks and their simulators: plain data in, mergeable summaries out.
 *
 * @module corrigenda/network
 */
export * from './activation.js'
export {
  type CollectiveChain,
  type CollectiveLaw,
  collectiveLaw,
  type LawOptions,
  type SquaredNormLaw,
  type Start,
  squaredNormLaw,
  type WindowLaw,
  type WindowRequest,
} from './collective-law.js'
export * from './ensemble.js'
export * from './fields.js'
export * from './moment-table.js'
export { type CrossMoments, crossMoments, type ModeMoments, modeMoments } from './observables/mode-power.js'
export * from './observables/observable.js'
export * from './pairs/index.js'
export { type NamedRandom, namedRandom } from './random-source.js'
export { type RectifiedWindow, rectifiedCovariances } from './rectified-covariances.js'
export * from './run-shard.js'
export * from './shards.js'
export * from './stream.js'
export * from './tilted/estimate.js'
export type { OutputEvent, TiltedLayer, TiltedRequest } from './tilted/request.js'
