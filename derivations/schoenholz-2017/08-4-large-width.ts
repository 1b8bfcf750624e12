/** Appendix 8.4: the weight of a layer at large width. */
import {
  boltzmannEnergy,
  confirm,
  derive,
  differentiate,
  directCheck,
  divide,
  type Expression,
  expanded,
  type Formula,
  type IndexedNode,
  InputError,
  lastSide,
  measuredOrder,
  one,
  substitute,
  unitHash,
  uses,
} from 'corrigenda'
import { type Configuration, exponentEnergy, minusLog } from './08-4-orthants.js'

/** The claimed weight against that of (78) as the width grows, at scaled configurations: both up to constants. */
const againstExact = (name: string, atEveryWidth: boolean) =>
  directCheck(name, 'numeric', (input) => {
    const { weight: exact } = input.premises
    if (!exact) return { holds: null, summary: 'needs the premise `weight`' }
    const [claimed, reference] = [expanded(input.claimed, input), expanded(exact, input)]
    const configuration = (seed: string, width: number): Configuration => {
      const draw = (from: number, to: number, what: string) =>
        [0, 1, 2].map((l) => from + (to - from) * unitHash(`${input.seed} ${seed} ${what} ${l}`))
      return {
        positive: draw(0.1, 3, 'r+').map((x) => x * Math.sqrt(width)),
        negative: draw(0.1, 3, 'r-').map((x) => x * Math.sqrt(width)),
        count: draw(0.1, 0.9, 'k').map((x) => x * width),
      }
    }
    const s = 0.66
    const error = (width: number) => {
      const excess = (seed: string) => {
        const c = configuration(seed, width)
        return minusLog(claimed, input, width, s, c) - minusLog(reference, input, width, s, c)
      }
      const origin = excess('origin')
      return Math.max(...['a', 'b', 'c', 'd'].map((seed) => Math.abs(excess(seed) - origin))) / width
    }
    const points = [1e2, 1e3, 1e4, 1e5].map((width) => ({ x: width, y: error(width) }))
    const last = points.at(-1)!
    if (last.y < 1e-10)
      return {
        holds: true,
        summary: 'the same weight up to a constant, at every width',
        numbers: { deviation: last.y },
      }
    if (atEveryWidth)
      return {
        holds: false,
        summary: `the exponents differ by ${last.y.toPrecision(4)} per neuron at N = 100000`,
        witness: { at: { N: '100000', '\\sigma_w^2': String(s) }, left: String(last.y), right: '0' },
      }
    const order = measuredOrder(points)
    const holds = order < -0.9 && last.y < 1e-3
    return {
      holds,
      summary: holds
        ? `the exponents agree up to constants; what is neglected is smaller by N^${order.toFixed(2)} (${last.y.toExponential(1)} per neuron at N = 100000)`
        : `the exponents differ by ${last.y.toPrecision(4)} per neuron at N = 100000`,
      witness: {
        at: { N: '100000', '\\sigma_w^2': String(s) },
        left: String(last.y),
        right: '0',
        note: 'largest difference of the exponents per neuron between five configurations',
      },
      numbers: { order: Number(order.toFixed(3)) },
      leadingOrder: true,
    }
  })
const stirling = againstExact("error of Stirling's approximation", false)
const sameAtEveryWidth = againstExact('the weight of (78) at every width', true)

/** The weights of orthants know nothing of which sign is which: exchanging both norms, and k for N - k, changes nothing. */
const signsExchanged = directCheck('exchange of positive and negative components', 'property', (input) => {
  const { energy } = input.premises
  if (!energy) return { holds: null, summary: 'needs the premise `energy`' }
  const claimed = expanded(input.claimed, input)
  let worst = 0
  for (const width of [5, 50, 500])
    for (const k of [0.2, 0.37, 0.81]) {
      const at = (positive: number, negative: number, count: number): number => {
        const c = { positive: [positive], negative: [negative], count: [count] }
        return minusLog(claimed, input, width, 0.66, c) - exponentEnergy(energy, input, width, 0.66, c)
      }
      const [left, right] = [at(1.3, 0.4, k * width), at(0.4, 1.3, width - k * width)]
      worst = Math.max(worst, Math.abs(left - right))
      if (!(worst < 1e-7 * width))
        return {
          holds: false,
          summary: `changes the exponent from ${left.toPrecision(8)} to ${right.toPrecision(8)}`,
          witness: {
            at: { N: String(width), k: String(k * width), 'r_+': '1.3', 'r_-': '0.4' },
            left: String(left),
            right: String(right),
          },
        }
    }
  return {
    holds: true,
    summary: `changes the weights of orthants by ${worst.toExponential(0)} at most`,
    numbers: { instances: 9 },
  }
})

const largeWidth = 'the weight of (78) at large width: the check compares both'
export const asIntegral = uses('eq-80', { weight: 'eq-78', energy: 'eq-18' }, largeWidth)
export const onesAdded = uses('eq-81', { weight: 'eq-78', energy: 'eq-18' }, largeWidth)
export const stirlingPutIn = uses('eq-82', { weight: 'eq-78', energy: 'eq-18' }, largeWidth)
export const oneExponential = uses('eq-83', { weight: 'eq-78', energy: 'eq-18' }, largeWidth)
export const resultEight = derive('eq-79', { formula: 'eq-83' }, 'the same weight', ({ formula }) => lastSide(formula))
export const threeFields = derive('eq-85', { weight: 'eq-79' }, 'minus the logarithm of the weight', ({ weight: of }) =>
  boltzmannEnergy(of),
)

/** What the binomial coefficient of a weight chooses, and the count in it. */
function chosen(weight: Formula): { readonly number: Expression; readonly count: IndexedNode } {
  const numbers: Expression[] = []
  const counts: IndexedNode[] = []
  substitute(lastSide(weight), (node) => {
    if (node.kind === 'function' && node.name === 'binomial') numbers.push(node.arguments[1]!)
    return undefined
  })
  const [number] = numbers
  if (number === undefined || numbers.length > 1) throw new InputError('the weight holds one binomial coefficient')
  substitute(number, (node) => {
    if (node.kind === 'indexed') counts.push(node)
    return undefined
  })
  const [count] = counts
  if (count === undefined || counts.length > 1) throw new InputError('a binomial coefficient chooses by one count')
  return { number, count }
}

export const step = derive(
  'sec-8.4.step',
  { weight: 'eq-78' },
  'by how much the count changes where the number that the binomial coefficient chooses, a whole one, grows by one',
  ({ weight }) => {
    const { number, count } = chosen(weight)
    return divide(one, differentiate(number, count))
  },
)

export const confirmations = [
  confirm(asIntegral, sameAtEveryWidth, signsExchanged),
  confirm(onesAdded, stirling, signsExchanged),
  confirm(stirlingPutIn, stirling, signsExchanged),
  confirm(oneExponential, stirling, signsExchanged),
]
