import { DomainError } from '../../expression/errors.js'
import {
  add,
  call,
  type Expression,
  exp,
  keyOf,
  log,
  minusOne,
  multiply,
  negate,
  one,
  power,
  rational,
  subtract,
  zero,
} from '../../expression/expression.js'
import { some, type Variable } from './tree.js'

/**
 * The derivative by a scalar or indexed quantity; every other indexed quantity counts as constant. Throws DomainError at
 * functions without a derivative here.
 */
export function derivativeOf(e: Expression, variable: Variable): Expression {
  const key = keyOf(variable)
  const depends = (node: Expression): boolean => some(node, (n) => n.kind === variable.kind && keyOf(n) === key)
  const visit = (node: Expression): Expression => {
    if (!depends(node)) return zero
    switch (node.kind) {
      case 'symbol':
      case 'indexed':
        return one
      case 'sum':
        return add(...node.terms.map(visit))
      case 'product':
        return add(
          ...node.factors.map((f, k) => {
            const d = visit(f)
            return d === zero ? zero : multiply(...node.factors.slice(0, k), d, ...node.factors.slice(k + 1))
          }),
        )
      case 'power': {
        if (!depends(node.exponent))
          return multiply(node.exponent, power(node.base, add(node.exponent, minusOne)), visit(node.base))
        const inner = visit(multiply(node.exponent, log(node.base)))
        return multiply(node, inner)
      }
      case 'function':
        return add(...node.arguments.map((a, k) => (depends(a) ? multiply(partial(node.name, node.arguments, k), visit(a)) : zero)))
      case 'indexedSum':
        return { ...node, body: visit(node.body) }
      default:
        throw new DomainError(`a ${node.kind} cannot be differentiated here; substitute what it stands for first`)
    }
  }
  return visit(e)
}

function partial(name: string, args: readonly Expression[], k: number): Expression {
  const x = args[0] ?? zero
  switch (name) {
    case 'exp':
      return exp(x)
    case 'log':
      return power(x, -1)
    case 'sin':
      return call('cos', x)
    case 'cos':
      return negate(call('sin', x))
    case 'tan':
      return power(call('cos', x), -2)
    case 'sinh':
      return call('cosh', x)
    case 'cosh':
      return call('sinh', x)
    case 'tanh':
      return subtract(one, power(call('tanh', x), 2))
    case 'atan':
      return power(add(one, power(x, 2)), -1)
    case 'asin':
      return power(subtract(one, power(x, 2)), rational(-1, 2))
    case 'abs':
      return call('sign', x)
    case 'sign':
    case 'step':
      return zero
    case 'erf':
      return multiply(rational(2), power({ kind: 'constant', name: 'pi' }, rational(-1, 2)), exp(negate(power(x, 2))))
    case 'max':
    case 'min': {
      if (args.length !== 2) break
      const other = args[1 - k] ?? zero
      const own = args[k] ?? zero
      return call('step', name === 'max' ? subtract(own, other) : subtract(other, own))
    }
    default:
      break
  }
  throw new DomainError(`the derivative of ${name} is not known here`)
}
