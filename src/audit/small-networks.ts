import type { Expression, Formula } from '../expression/expression.js'
import { withUnknownLogs } from '../theory/functional/weight.js'
import type { Instances, NetworkSize } from './derivation.js'

/** What is derived on small networks, and how what is claimed is written out on them. */
export interface NetworkLogs
  extends Pick<Instances, 'describe' | 'sizes' | 'complete' | 'everySide' | 'firstSide' | 'leadingOrder'> {
  /** What is compared, in words. @defaultValue the logarithm of the integrand */
  readonly what?: string
  /** The derived expression at a size. */
  readonly derived: (size: NetworkSize) => Expression
  /** The claimed one. */
  readonly claimed: (claimed: Formula, size: NetworkSize) => Expression
}

/**
 * A derivation of logarithms on small networks, every component by itself: what is unknown in them (a law's logarithm) must
 * stand on both sides alike, and nothing is free of what is compared.
 */
export function logsOnNetworks({
  what = 'the logarithm of the integrand',
  derived,
  claimed,
  ...common
}: NetworkLogs): Instances {
  return {
    ...common,
    kind: 'instances',
    what,
    variables: [],
    exponent: (size) => withUnknownLogs(derived(size)),
    instantiate: (formula, size) => withUnknownLogs(claimed(formula, size)),
  }
}
