/** Section 2.1: lengths and overlaps averaged over weights and biases, and the covariance of both inputs' pre-activations. */
import {
  type Context,
  confirm,
  derive,
  directCheck,
  type Expression,
  type Formula,
  InputError,
  lastSide,
  sameTree,
  substitute,
  toLatex,
} from 'corrigenda'
import { averagedOver, independentMoments } from './averages.js'
import { replaced } from './signals.js'

/** The first and the last neuron of the layer before that a rule sums over. */
export function summedNeurons(rule: Formula): { readonly from: Expression; readonly to: Expression } {
  const side = lastSide(rule)
  const terms = side.kind === 'sum' ? side.terms : [side]
  for (const term of terms) if (term.kind === 'indexedSum' && term.range.kind === 'interval') return term.range
  throw new InputError('the rule sums over no layer')
}

export const firstSignal = derive(
  'sec-1.1.signal',
  { rule: 'sec-1.1.rule' },
  'the bound of the sum over the layer before',
  ({ rule }) => summedNeurons(rule).to,
)
export const signal = derive(
  'sec-2.1.signal',
  { earlier: 'sec-1.1.signal', rule: 'eq-2.1' },
  'the signal of section 1.1, which enters the same rule',
  ({ earlier }) => lastSide(earlier),
)
const boundOfSum = directCheck(
  'the bound of the sum in the rule',
  'exact',
  ({ claimed, premises: { rule }, context }) => {
    if (rule === undefined) return { holds: null, summary: 'needs the rule' }
    const [stated, bound] = [lastSide(claimed), summedNeurons(rule).to]
    return {
      holds: sameTree(stated, bound),
      summary: `the sum over the layer before runs to ${toLatex(bound, context.notation)}`,
      witness: { at: {}, left: toLatex(stated, context.notation), right: toLatex(bound, context.notation) },
    }
  },
)
export const confirmations = [confirm(signal, boundOfSum)]

const premises = {
  rule: 'eq-2.1',
  activation: 'eq-2.1-activation',
  weights: 'sec-2.1.weight-law',
  biases: 'sec-2.1.bias-law',
} as const
const method = 'the rule put into the definition, products of weights and biases by their second moments'

export const averagedLength = derive(
  'sec-2.1.averaged-length',
  { definition: 'sec-2.1.length', ...premises },
  method,
  ({ definition, weights, biases, ...rule }, context) =>
    averagedOver(definition, { ...rule, moments: independentMoments(weights, biases, context) }, context),
)
export const averagedOverlap = derive(
  'sec-2.1.averaged-overlap',
  { definition: 'sec-2.1.overlap', ...premises },
  method,
  ({ definition, weights, biases, ...rule }, context) =>
    averagedOver(definition, { ...rule, moments: independentMoments(weights, biases, context) }, context),
)
export const lengthSum = derive(
  'sec-2.1.length-sum',
  { definition: 'sec-2.1.length', ...premises },
  method,
  ({ definition, weights, biases, ...rule }, context) =>
    averagedOver(definition, { ...rule, moments: independentMoments(weights, biases, context) }, context),
)
export const overlapSum = derive(
  'sec-2.1.overlap-sum',
  { definition: 'sec-2.1.overlap', ...premises },
  method,
  ({ definition, weights, biases, ...rule }, context) =>
    averagedOver(definition, { ...rule, moments: independentMoments(weights, biases, context) }, context),
)

/** The quantity that a formula defines, a layer earlier and for another input. */
function before(definition: Formula, { read }: Context, input: string): Expression {
  const earlier = substitute(definition.sides[0]!, (node) =>
    node.kind === 'apply'
      ? { ...node, indices: node.indices.map((s) => ({ ...s, index: { ...s.index, offset: s.index.offset - 1 } })) }
      : undefined,
  )
  return replaced(earlier, read('x_a'), read(input))
}

export const covariance = derive(
  'sec-2.1.covariance',
  { length: 'sec-2.1.length', overlap: 'sec-2.1.overlap' },
  'mean products of the pre-activations of one neuron for both inputs, which are those over the layer: lengths and overlap by their definitions',
  ({ length, overlap }, context): Expression => {
    const cross = before(overlap, context, 'x_a')
    return {
      kind: 'matrix',
      rows: [
        [before(length, context, 'x_1'), cross],
        [cross, before(length, context, 'x_2')],
      ],
    }
  },
)
