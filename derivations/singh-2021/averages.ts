/** Lengths and overlaps averaged over weights and biases, at a few widths. */
import {
  type Context,
  type Expression,
  type Formula,
  type Instances,
  lastSide,
  type NetworkSize,
  zero,
} from 'corrigenda'
import { averaged, byRule, type Moments, type Rule, varianceOf, type Widths, writtenOut } from './signals.js'

/** Widths that tell a sum over one neuron from a double sum, and both layers' widths apart. */
const sizes: readonly NetworkSize[] = [
  [1, 1],
  [3, 2],
  [2, 3],
].map(([before, own]) => ({ lastLayer: 1, neurons: Math.max(before!, own!), widths: [before!, own!], inputs: 2 }))

const complete = 'every term holds at most two neurons of the layer before, so that these widths decide all'

/** The laws that averages are taken over. */
export interface Laws extends Rule {
  /** Second moments at given widths. */
  readonly moments: (widths: Widths) => Moments
}

/** Independent weights and biases. */
export const independentMoments =
  (weights: Formula, biases: Formula, context: Context) =>
  (widths: Widths): Moments => {
    const variance = writtenOut(varianceOf(weights), widths, context)
    return { weights: (j, m) => (j === m ? variance : zero), bias: varianceOf(biases) }
  }

/** A definition averaged over weights and biases, against every side of a display. */
export function averagedOver(definition: Formula, laws: Laws, context: Context): Instances {
  const written = (e: Expression, { widths }: NetworkSize): Expression => {
    const both = { before: widths![0]!, own: widths![1]! }
    return averaged(byRule(writtenOut(e, both, context), laws, both, context), laws.moments(both))
  }
  return {
    kind: 'instances',
    describe: 'averaged over weights and biases',
    what: 'the average',
    sizes,
    complete,
    variables: [],
    everySide: true,
    exponent: (size) => written({ kind: 'expectation', of: lastSide(definition) }, size),
    instantiate: (claimed, size) => written(lastSide(claimed), size),
  }
}
