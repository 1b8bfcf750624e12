import { DomainError, LimitError } from '../../expression/errors.js'
import { checkedInputs } from './majority.js'

/**
 * A distribution over the Boolean functions of `variables` signs: entry f is the probability of the function whose value
 * at the input x (bit j set: variable j is +1) is +1 where bit x of f is set.
 */
export interface FunctionDistribution {
  readonly variables: number
  readonly probabilities: readonly number[]
}

const mostVariables = 2

/** Leaves: each variable and its negation (and the two constants, where asked for), all equally likely. Throws LimitError beyond two variables. */
export function balancedLeaves(variables: number, constants = false): FunctionDistribution {
  if (!Number.isInteger(variables) || variables < 1) throw new DomainError('functions of at least one variable')
  if (variables > mostVariables)
    throw new LimitError(`functions of ${variables} variables; all of them are listed for at most ${mostVariables}`)
  const inputs = 2 ** variables
  const all = 2 ** inputs
  const leaves: number[] = []
  for (let j = 0; j < variables; j++) {
    let table = 0
    for (let x = 0; x < inputs; x++) if (x & (1 << j)) table += 2 ** x
    leaves.push(table, all - 1 - table)
  }
  if (constants) leaves.push(0, all - 1)
  const probabilities = new Array<number>(all).fill(0)
  for (const leaf of leaves) probabilities[leaf]! += 1 / leaves.length
  return { variables, probabilities }
}

/**
 * One more layer of a random formula: MAJ-k of k functions drawn independently. By the distribution of how many of the k
 * are +1 at every input at once. Throws DomainError for even k, LimitError where there are too many functions to list.
 */
export function nextFormulas({ variables, probabilities }: FunctionDistribution, k: number): FunctionDistribution {
  checkedInputs(k)
  const inputs = 2 ** variables
  if ((k + 1) ** inputs * probabilities.length > 2e7)
    throw new LimitError(`formulas of ${k} inputs a gate and ${variables} variables are too many to list`)
  // Counts of +1 at each input, packed in base k + 1.
  const base = k + 1
  const shift = probabilities.map((_, f) => {
    let packed = 0
    for (let x = inputs - 1; x >= 0; x--) packed = packed * base + ((f >> x) & 1)
    return packed
  })
  let counts = new Map<number, number>([[0, 1]])
  for (let j = 0; j < k; j++) {
    const next = new Map<number, number>()
    for (const [packed, p] of counts)
      probabilities.forEach((q, f) => {
        if (q > 0) next.set(packed + shift[f]!, (next.get(packed + shift[f]!) ?? 0) + p * q)
      })
    counts = next
  }
  const result = new Array<number>(probabilities.length).fill(0)
  for (const [packed, p] of counts) {
    let [rest, f] = [packed, 0]
    for (let x = 0; x < inputs; x++) {
      if (2 * (rest % base) > k) f += 2 ** x
      rest = Math.floor(rest / base)
    }
    result[f]! += p
  }
  // A majority of negated functions is the negated majority. What rounding leaves of an imbalance would grow layer by
  // layer, and a sum other than one to its k-th power.
  const last = result.length - 1
  const balanced = probabilities.every((p, f) => Math.abs(p - probabilities[last - f]!) <= 1e-14)
  const kept = balanced ? result.map((p, f) => (p + result[last - f]!) / 2) : result
  const total = kept.reduce((sum, p) => sum + p, 0)
  return { variables, probabilities: kept.map((p) => p / total) }
}
