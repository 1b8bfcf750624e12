/** Values of small expressions, by mathjs: a reference that shares no code with the engine. */
import { all, type Complex, create } from 'mathjs'
import { children, type Expression, keyOf } from '../../../src/expression/expression.js'

const math = create(all!, {})

/** A value for every name and indexed quantity, spread over (0.4, 1.9), the same for the same tree. */
export function valueOfLeaf(e: Expression): number {
  let hash = 2166136261
  for (const c of keyOf(e)) hash = Math.imul(hash ^ c.codePointAt(0)!, 16777619) >>> 0
  return 0.4 + (1.5 * hash) / 2 ** 32
}

const delta = (a: Complex, b: Complex): number =>
  (math.abs(math.subtract(a, b) as Complex) as unknown as number) < 1e-12 ? 1 : 0

/** The complex value; `leaf` gives the values of symbols, indexed quantities and everything that has no closed value. */
export function evaluate(e: Expression, leaf: (e: Expression) => number = valueOfLeaf): Complex {
  const value = (x: Expression): Complex => evaluate(x, leaf)
  const complex = (x: unknown): Complex => math.complex(x as never) as unknown as Complex
  switch (e.kind) {
    case 'number':
      return complex(Number(e.numerator) / Number(e.denominator))
    case 'constant':
      return e.name === 'i' ? math.complex(0, 1) : complex(e.name === 'pi' ? Math.PI : Math.E)
    case 'sum':
      return e.terms.map(value).reduce((a, b) => math.add(a, b) as Complex, complex(0))
    case 'product':
      return e.factors.map(value).reduce((a, b) => math.multiply(a, b) as Complex, complex(1))
    case 'power':
      return complex(math.pow(value(e.base), value(e.exponent)))
    case 'modulus':
      return complex(math.abs(value(e.of) as never))
    case 'conjugate':
      return complex(math.conj(value(e.of)))
    case 'function': {
      const list = e.arguments.map(value)
      const [u, v] = list as [Complex, Complex]
      switch (e.name) {
        case 'max':
          return complex(Math.max(...list.map((x) => x.re)))
        case 'min':
          return complex(Math.min(...list.map((x) => x.re)))
        case 'step':
          return complex((Math.sign(u.re) + 1) / 2)
        case 'sign':
          return complex(Math.sign(u.re))
        case 'erf':
          return complex(math.erf(u.re))
        case 'erfc':
          return complex(1 - math.erf(u.re))
        case 'kroneckerDelta':
          return complex(delta(u, v))
        case 'binomial':
          return complex(math.combinations(u.re, v.re))
        case 'diracDelta':
          return complex(0)
        case 'factorial':
          return complex(math.gamma(u.re + 1))
        case 'logGamma':
          return complex(math.lgamma(u.re))
        default:
          return complex((math[e.name] as (x: Complex) => unknown)(u))
      }
    }
    default:
      return complex(leaf(e))
  }
}

/** |a - b| relative to their size. */
export const relativeDifference = (a: Complex, b: Complex): number =>
  Math.hypot(a.re - b.re, a.im - b.im) / (1e-300 + Math.max(Math.hypot(a.re, a.im), Math.hypot(b.re, b.im), 1e-9))

/** The largest value in a tree: where it is huge, cancellation leaves no digits to compare. */
export const largest = (e: Expression, leaf: (e: Expression) => number = valueOfLeaf): number => {
  const value = evaluate(e, leaf)
  return Math.max(Math.hypot(value.re, value.im), ...children(e).map((c) => largest(c, leaf)))
}
