/** Whether deviations of the declared size are caught: claims are put off by it, up and down, and judged with every seed. */
import { multiply, rational, scaledMatrix } from '../../dist/src/index.js'

/**
 * Checks whose claims can be put off by a factor, and what the predictions do with it: norms go with the formula, variances and
 * covariances against an energy or an inverse covariance matrix.
 */
const chosen = [
  { id: 'eq-13', check: 'mean norm of sampled networks', power: 1 },
  { id: 'eq-14', check: 'covariances of the norms of sampled networks', power: -1 },
  { id: 'eq-15', check: 'covariances of the norms, extrapolated in the width', power: -1 },
  { id: 'eq-15', check: 'variances of Fourier modes, as the paper measured them', power: -1 },
  { id: 'eq-20', check: 'mean norms of the positive and of the negative components', power: 1 },
  { id: 'sec-6.saddle-count', check: 'mean number of positive and of negative components', power: 1 },
  { id: 'eq-22', check: 'covariance matrix of the modes of sampled networks', power: -1 },
]

/** A formula with its last side times a number. */
function scaled(formula, factor) {
  const digits = 10 ** 12
  const number = rational(BigInt(Math.round(factor * digits)), BigInt(digits))
  const last = formula.sides.at(-1)
  const off = last.kind === 'matrix' ? scaledMatrix(last, number) : multiply(number, last)
  return { ...formula, sides: [...formula.sides.slice(0, -1), off] }
}

/**
 * The chosen checks with their claims put off, both ways, by what they declare for the number that is measured best.
 * `declared[group]` holds the numbers' relative deviations, as medians over the seeds.
 */
export function putOffChecks(groups, declared) {
  return chosen.flatMap(({ id, check: name, power }) => {
    const isChosen = (one) => one.check.name === name && one.id.endsWith(`/${id}`)
    const at = groups.findIndex(({ members }) => members.some(isChosen))
    if (at < 0) return []
    const { check, input } = groups[at].members.find(isChosen)
    const best = declared[at].reduce((least, x, k, all) => (x < all[least] ? k : least), 0)
    return [declared[at][best], -declared[at][best]].map((deviation) => ({
      id,
      name,
      number: best,
      deviation,
      check,
      // The truth deviates from the claim by that much of the claim.
      input: { ...input, claimed: scaled(input.claimed, (1 + deviation) ** -power) },
    }))
  })
}
