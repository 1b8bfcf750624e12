/** Appendix D: what the program draws, as formulas, beside what the text says. */
import {
  add,
  call,
  confirm,
  derive,
  divide,
  type Expression,
  InputError,
  lastSide,
  multiply,
  negate,
  one,
  power,
  printedNumber,
  rational,
  subtract,
  symbol,
} from 'corrigenda'
import { betaMoment } from 'corrigenda/theory'
import { sumIn } from './appendix-a.js'
import { named, special } from './asymmetric-quantities.js'

/** How many nodes a layer has with the fictitious one: the members of the overlap's sum. */
function nodesIn(overlap: Expression): Expression {
  const { range } = sumIn(overlap).sum
  if (range.kind !== 'interval') throw new TypeError('the sum over nodes has bounds')
  return add(range.to, negate(range.from), one)
}

export const covariance = derive(
  'sec-D.covariance',
  { variance: 'sec-D.variance', overlap: 'sec-A.overlap' },
  'variances of independent numbers less the share k/(1+k) of the variance of their mean: the projector on equal entries has entries one over their number',
  ({ variance, overlap }, { read }) => {
    const projector = power(nodesIn(lastSide(overlap)), -1)
    const share = divide(read('k'), add(read('k'), one))
    return multiply(
      lastSide(variance),
      subtract(call('kroneckerDelta', symbol('j'), symbol('m')), multiply(share, projector)),
    )
  },
)

export const chance = derive(
  'sec-D.chance',
  { overlap: 'sec-A.overlap' },
  'one of all weights and the bias, each as likely as any other',
  ({ overlap }) => power(nodesIn(lastSide(overlap)), -1),
)

export const columns = derive(
  'sec-D.columns',
  { overlap: 'sec-A.overlap' },
  'as many as a layer has nodes, the fictitious one for the bias',
  ({ overlap }) => nodesIn(lastSide(overlap)),
)

/** The density of a law Beta(a, b) of whole parameters on (0, 1), at a variable. */
function betaDensity(law: Expression, variable: Expression): Expression {
  const [a, b] = law.kind === 'apply' ? law.arguments : []
  if (a?.kind !== 'number' || b?.kind !== 'number') throw new InputError('a law with two numbers is expected')
  const [first, second] = [a, b].map((e) => Number(e.numerator) / Number(e.denominator)) as [number, number]
  const factorial = (n: number): Expression => call('factorial', rational(n))
  return divide(
    multiply(factorial(first + second - 1), power(variable, first - 1), power(subtract(one, variable), second - 1)),
    multiply(factorial(first - 1), factorial(second - 1)),
  )
}
export const replacement = derive(
  'sec-D.special-law',
  { law: 'sec-A.1.special-law' },
  'the density of the law of appendix A.1',
  ({ law }, { read }) => betaDensity(lastSide(law), read('u')),
)

const entry = 'the entry of table 3.1'
export const defaults = derive('sec-D.defaults', { table: 'table-3.1.raai-weight-variance' }, entry, ({ table }) =>
  lastSide(table),
)
export const defaultCorrelation = derive(
  'sec-D.default-correlation',
  { table: 'table-3.1.raai-correlation' },
  entry,
  ({ table }) => lastSide(table),
)

/** A row of the program: correlated numbers, one of which is replaced. Random numbers are given. */
function row(
  numbers: readonly number[],
  strength: number,
  chosen: number,
  replacement: number,
  shadows: boolean,
): readonly number[] {
  let k = strength
  // Line 10 comes before the loop: what the loop does to the name comes too late for it.
  const share = k / (1 + k)
  const mean = numbers.reduce((sum, x) => sum + x) / numbers.length
  const correlated = numbers.map((x) => x - (1 - Math.sqrt(1 - share)) * mean)
  if (shadows) k = chosen
  const place = shadows ? k : chosen
  return correlated.map((x, j) => (j === place ? replacement : x))
}

const shadowed = printedNumber({
  name: "entries of twenty rows that change where the loop's counter has a name of its own",
  readings: [
    named('counted', () => {
      const size = 11
      let changed = 0
      for (let r = 0; r < 20; r++) {
        const numbers = Array.from({ length: size }, (_, j) => Math.sin(12.9898 * (j + 1) + 78.233 * (r + 1)))
        const [own, shared] = [false, true].map((shadows) =>
          row(numbers, 100, r % size, betaMoment(special, 1), shadows),
        )
        changed += own!.filter((x, j) => x !== shared![j]).length
      }
      return changed
    }),
  ],
})

export const confirmations = [confirm('sec-D.shadowed', shadowed)]
