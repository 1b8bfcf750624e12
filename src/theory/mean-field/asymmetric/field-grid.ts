import { gaussLegendre } from '../../../numeric/quadrature.js'

/** Panels of one width, one after the other, each with the same nodes about its middle. */
export interface PanelStretch {
  /** Index of the first panel's first node. */
  readonly first: number
  readonly panels: number
  readonly width: number
  /** Middle of the first panel. */
  readonly middle: number
  /** Nodes of a panel, from its middle. */
  readonly offsets: Float64Array
}

/** A quadrature rule on panels: nodes in ascending order, and how they repeat. */
export interface FieldGrid {
  readonly nodes: Float64Array
  readonly weights: Float64Array
  readonly stretches: readonly PanelStretch[]
}

/** Gauss-Legendre panels of a given width about each place, split at the kinks. */
export function panelRule(
  from: number,
  to: number,
  width: (h: number) => number,
  kinks: readonly number[],
  points: number,
): FieldGrid {
  const cuts = [from, ...kinks.filter((k) => k > from && k < to).sort((a, b) => a - b), to]
  const { nodes, weights } = gaussLegendre(points)
  const at: number[] = []
  const by: number[] = []
  const stretches: PanelStretch[] = []
  for (let c = 0; c + 1 < cuts.length; c++) {
    const panels = Math.max(1, Math.ceil((cuts[c + 1]! - cuts[c]!) / width((cuts[c]! + cuts[c + 1]!) / 2)))
    const half = (cuts[c + 1]! - cuts[c]!) / (2 * panels)
    const offsets = Float64Array.from(nodes, (x) => x * half)
    stretches.push({ first: at.length, panels, width: 2 * half, middle: cuts[c]! + half, offsets })
    for (let p = 0; p < panels; p++)
      for (let k = 0; k < points; k++) {
        at.push(cuts[c]! + (2 * p + 1 + nodes[k]!) * half)
        by.push(weights[k]! * half)
      }
  }
  return { nodes: Float64Array.from(at), weights: Float64Array.from(by), stretches }
}

/** Sum of weights times values. */
export function mass(weights: Float64Array, values: Float64Array): number {
  let sum = 0
  for (let k = 0; k < weights.length; k++) sum += weights[k]! * values[k]!
  return sum
}
