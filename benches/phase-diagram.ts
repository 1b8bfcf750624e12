/** The phase diagram of tanh on 200 x 200 points of (sigma_w^2, sigma_b^2), on one core. */
import { hyperbolicForm, phaseDiagramRows } from '../src/theory/index.js'

const axis = (from: number, to: number) => Array.from({ length: 200 }, (_, k) => from + ((to - from) * k) / 199)
const target = 10

/** What was measured; decides nothing. */
export function diagramLine(): string {
  const start = performance.now()
  const cells = phaseDiagramRows({
    model: { activation: hyperbolicForm, weightVariance: 1, biasVariance: 0 },
    x: { parameter: 'weightVariance', values: axis(0.1, 4) },
    y: { parameter: 'biasVariance', values: axis(0, 0.5) },
  }).flat()
  const seconds = (performance.now() - start) / 1000
  const chaotic = cells.filter((cell) => cell.correlation === 'chaotic').length
  return `phase diagram of tanh, ${cells.length} points, ${chaotic} chaotic: ${seconds.toFixed(2)} s, target ${target} s: ${seconds < target ? 'target met' : 'target missed'}`
}
