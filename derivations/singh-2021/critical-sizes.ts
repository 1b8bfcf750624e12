/** How many networks of which widths critical values are measured on. */
import type { Depth } from 'corrigenda'

/** Widths that tell a correction in 1/N; most neurons are those of the last, which is the thesis' own. */
export const criticalWidths = [128, 512, 2048] as const

/** Networks of a width, at each value, from those of the last width in an audit at standard depth. */
export function networksAt(width: number, depth: Depth, widest: number): number {
  const standard = widest * (width === 128 ? 2.5 : width === 512 ? 1.25 : 1)
  return Math.ceil(depth === 'quick' ? standard / 4 : depth === 'full' ? 6 * standard : standard)
}
