import { DomainError } from '../expression/errors.js'
import type { Expression, KnownFunction } from '../expression/expression.js'
import { unary as doubles } from '../numeric/double-functions.js'

type RealFunction = (x: number) => number

/** Without the functions that have poles on the negative axis, where half of all pre-activations lie. */
const { gamma: _gamma, logGamma: _logGamma, factorial: _factorial, ...regular } = doubles
const unary: Partial<Record<KnownFunction, RealFunction>> = regular

/** The nearest double to a ratio of whole numbers of any size. */
function ratio(numerator: bigint, denominator: bigint): number {
  const [n, d] = [Number(numerator), Number(denominator)]
  if (Number.isFinite(n) && Number.isFinite(d)) return n / d
  const excess = BigInt(Math.max(numerator.toString(2).length, denominator.toString(2).length) - 1000)
  return Number(numerator >> excess) / Number(denominator >> excess)
}

const constants = { pi: Math.PI, e: Math.E } as const

/**
 * A real function of one variable from a formula, as nested closures: nothing in the formula is executed.
 * @throws DomainError on a symbol other than `variable`, or a node that is no elementary function of it.
 */
export function compileFormula(formula: Expression, variable: string): RealFunction {
  const compile = (e: Expression): RealFunction => {
    switch (e.kind) {
      case 'number': {
        const value = ratio(e.numerator, e.denominator)
        return () => value
      }
      case 'constant': {
        if (e.name === 'i') throw new DomainError('the activation holds the imaginary unit: give a real formula')
        const value = constants[e.name]
        return () => value
      }
      case 'symbol':
        if (e.name !== variable)
          throw new DomainError(`the activation holds the symbol '${e.name}': it may depend on '${variable}' alone`)
        return (x) => x
      case 'sum': {
        const terms = e.terms.map(compile)
        return (x) => terms.reduce((sum, term) => sum + term(x), 0)
      }
      case 'product': {
        const factors = e.factors.map(compile)
        return (x) => factors.reduce((product, factor) => product * factor(x), 1)
      }
      case 'power': {
        const base = compile(e.base)
        const exponent = compile(e.exponent)
        return (x) => base(x) ** exponent(x)
      }
      case 'function':
        return call(e.name, e.arguments.map(compile))
      case 'modulus': {
        const of = compile(e.of)
        return (x) => Math.abs(of(x))
      }
      default:
        throw new DomainError(`the activation holds a '${e.kind}': give an elementary function of '${variable}'`)
    }
  }
  return compile(formula)
}

function call(name: KnownFunction, args: readonly RealFunction[]): RealFunction {
  const [first] = args
  if (name === 'max' || name === 'min') {
    const choose = name === 'max' ? Math.max : Math.min
    return (x) => choose(...args.map((argument) => argument(x)))
  }
  const apply = unary[name]
  if (apply === undefined || first === undefined || args.length !== 1)
    throw new DomainError(
      `the activation uses '${name}', which the simulator does not evaluate: use elementary functions`,
    )
  return (x) => apply(first(x))
}
