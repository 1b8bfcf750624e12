import { DomainError } from '../../expression/errors.js'
import type { Expression, IndexedNode } from '../../expression/expression.js'
import { replaceLetter } from './tree.js'
import { index, rational } from '../../expression/expression.js'

/** A complex number of doubles. */
export interface Complex {
  readonly re: number
  readonly im: number
}

export const complex = (re: number, im = 0): Complex => ({ re, im })
export const plus = (a: Complex, b: Complex): Complex => complex(a.re + b.re, a.im + b.im)
export const times = (a: Complex, b: Complex): Complex => complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re)
export const over = (a: Complex, b: Complex): Complex => {
  const d = b.re * b.re + b.im * b.im
  return complex((a.re * b.re + a.im * b.im) / d, (a.im * b.re - a.re * b.im) / d)
}
const expC = (a: Complex): Complex => complex(Math.exp(a.re) * Math.cos(a.im), Math.exp(a.re) * Math.sin(a.im))
const logC = (a: Complex): Complex =>
  a.im === 0 && a.re > 0 ? complex(Math.log(a.re)) : complex(Math.log(Math.hypot(a.re, a.im)), Math.atan2(a.im, a.re))

/** Values by name for scalars, and a function for indexed quantities. */
export interface Valuation {
  readonly scalars: ReadonlyMap<string, number>
  readonly indexed?: (node: IndexedNode) => number | Complex
}

function powerC(base: Complex, exponent: Complex): Complex {
  if (exponent.im === 0 && Number.isInteger(exponent.re) && Math.abs(exponent.re) <= 64) {
    let result = complex(1)
    for (let k = 0; k < Math.abs(exponent.re); k++) result = times(result, base)
    return exponent.re < 0 ? over(complex(1), result) : result
  }
  if (base.im === 0 && exponent.im === 0 && base.re >= 0) return complex(base.re ** exponent.re)
  if (base.re === 0 && base.im === 0) return complex(exponent.re > 0 ? 0 : Number.NaN)
  return expC(times(exponent, logC(base)))
}

const realFunctions: Partial<Record<string, (...x: number[]) => number>> = {
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  abs: Math.abs,
  sign: Math.sign,
  step: (x) => (x > 0 ? 1 : x < 0 ? 0 : 0.5),
  max: Math.max,
  min: Math.min,
  kroneckerDelta: (a, b) => (a === b ? 1 : 0),
}

function functionC(name: string, args: readonly Complex[]): Complex {
  const first = args[0] ?? complex(Number.NaN)
  if (name === 'exp') return expC(first)
  if (name === 'log') return logC(first)
  if (name === 'cos' || name === 'sin') {
    const forward = expC(complex(-first.im, first.re))
    const backward = expC(complex(first.im, -first.re))
    if (name === 'cos') return complex((forward.re + backward.re) / 2, (forward.im + backward.im) / 2)
    return over(complex(forward.re - backward.re, forward.im - backward.im), complex(0, 2))
  }
  const real = realFunctions[name]
  if (!real || args.some((a) => Math.abs(a.im) > 1e-12 * (1 + Math.abs(a.re))))
    throw new DomainError(`the lattice evaluator cannot evaluate ${name} here; use the numeric evaluator for it`)
  return complex(real(...args.map((a) => a.re)))
}

/**
 * Plain evaluation over the complex numbers by walking the tree: slow, with nothing in common with the symbolic
 * transformations, so that their results can be checked against it. Sums and products over intervals with whole bounds
 * are carried out. Throws DomainError for a name without a value or a node that has none.
 */
export function evaluateComplex(e: Expression, valuation: Valuation): Complex {
  const visit = (node: Expression): Complex => evaluateComplex(node, valuation)
  switch (e.kind) {
    case 'number':
      return complex(Number(e.numerator) / Number(e.denominator))
    case 'constant':
      return e.name === 'i' ? complex(0, 1) : complex(e.name === 'pi' ? Math.PI : Math.E)
    case 'symbol': {
      const value = valuation.scalars.get(e.name)
      if (value === undefined) throw new DomainError(`no value given for ${e.name}`)
      return complex(value)
    }
    case 'indexed': {
      const value = valuation.indexed?.(e)
      if (value === undefined) throw new DomainError(`no value given for ${e.name} with its indices`)
      return typeof value === 'number' ? complex(value) : value
    }
    case 'sum':
      return e.terms.map(visit).reduce(plus, complex(0))
    case 'product':
      return e.factors.map(visit).reduce(times, complex(1))
    case 'power':
      if (e.base.kind === 'constant' && e.base.name === 'e') return expC(visit(e.exponent))
      return powerC(visit(e.base), visit(e.exponent))
    case 'function':
      return functionC(e.name, e.arguments.map(visit))
    case 'modulus': {
      const value = visit(e.of)
      return complex(Math.hypot(value.re, value.im))
    }
    case 'conjugate': {
      const value = visit(e.of)
      return complex(value.re, -value.im)
    }
    case 'indexedSum':
    case 'indexedProduct': {
      if (e.range.kind !== 'interval' || typeof e.index !== 'string') break
      const from = Math.round(visit(e.range.from).re)
      const to = Math.round(visit(e.range.to).re)
      if (to - from > 1e6) throw new DomainError('a sum of more than a million terms is not evaluated term by term')
      let total = complex(e.kind === 'indexedSum' ? 0 : 1)
      for (let k = from; k <= to; k++) {
        const term = visit(replaceLetter(e.body, e.index, index(null, k), rational(k)))
        total = e.kind === 'indexedSum' ? plus(total, term) : times(total, term)
      }
      return total
    }
    default:
      break
  }
  throw new DomainError(`the lattice evaluator has no value for a ${e.kind}`)
}

/** The real value of an expression; NaN where the imaginary part does not vanish. */
export function evaluateReal(e: Expression, valuation: Valuation): number {
  const value = evaluateComplex(e, valuation)
  return Math.abs(value.im) <= 1e-9 * (1 + Math.abs(value.re)) ? value.re : Number.NaN
}
