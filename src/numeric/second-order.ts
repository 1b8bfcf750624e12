import type { WithDerivatives } from './quadrant.js'

/**
 * A value with its gradient and its matrix of second derivatives (row after row, symmetric) in n variables: automatic
 * differentiation to second order. Immutable.
 */
export class SecondOrder {
  constructor(
    readonly value: number,
    readonly gradient: Float64Array,
    readonly hessian: Float64Array,
  ) {}

  /** Variable number `index` of `count`. */
  static variable(value: number, index: number, count: number): SecondOrder {
    const gradient = new Float64Array(count)
    gradient[index] = 1
    return new SecondOrder(value, gradient, new Float64Array(count * count))
  }

  static constant(value: number, count: number): SecondOrder {
    return new SecondOrder(value, new Float64Array(count), new Float64Array(count * count))
  }

  /** a * this + b * other. */
  combine(a: number, other: SecondOrder, b: number): SecondOrder {
    const n = this.gradient.length
    const gradient = new Float64Array(n)
    const hessian = new Float64Array(n * n)
    for (let k = 0; k < n; k++) gradient[k] = a * this.gradient[k]! + b * other.gradient[k]!
    for (let k = 0; k < n * n; k++) hessian[k] = a * this.hessian[k]! + b * other.hessian[k]!
    return new SecondOrder(a * this.value + b * other.value, gradient, hessian)
  }

  plus(other: SecondOrder): SecondOrder {
    return this.combine(1, other, 1)
  }

  minus(other: SecondOrder): SecondOrder {
    return this.combine(1, other, -1)
  }

  scaled(factor: number, offset = 0): SecondOrder {
    return this.#linear(factor * this.value + offset, factor, 0)
  }

  /** value, first * gradient, first * hessian + second * gradient gradient^T. */
  #linear(value: number, first: number, second: number): SecondOrder {
    const n = this.gradient.length
    const gradient = new Float64Array(n)
    const hessian = new Float64Array(n * n)
    for (let k = 0; k < n * n; k++) hessian[k] = first * this.hessian[k]!
    for (let i = 0; i < n; i++) {
      const g = this.gradient[i]!
      gradient[i] = first * g
      if (second === 0 || g === 0) continue
      for (let j = 0; j < n; j++) hessian[i * n + j] = hessian[i * n + j]! + second * g * this.gradient[j]!
    }
    return new SecondOrder(value, gradient, hessian)
  }

  times(other: SecondOrder): SecondOrder {
    const n = this.gradient.length
    const [x, y] = [this.value, other.value]
    const [f, g] = [this.gradient, other.gradient]
    const gradient = new Float64Array(n)
    const hessian = new Float64Array(n * n)
    for (let k = 0; k < n * n; k++) hessian[k] = x * other.hessian[k]! + y * this.hessian[k]!
    for (let i = 0; i < n; i++) {
      const [a, b] = [f[i]!, g[i]!]
      gradient[i] = x * b + y * a
      if (a === 0 && b === 0) continue
      for (let j = 0; j < n; j++) hessian[i * n + j] = hessian[i * n + j]! + a * g[j]! + b * f[j]!
    }
    return new SecondOrder(x * y, gradient, hessian)
  }

  /** f(this), from f and its two derivatives at this value. */
  through([value, first, second]: WithDerivatives): SecondOrder {
    return this.#linear(value, first, second)
  }

  /** this to a power, for a positive value. */
  power(p: number): SecondOrder {
    const value = this.value ** p
    return this.through([value, (p * value) / this.value, (p * (p - 1) * value) / this.value ** 2])
  }

  over(other: SecondOrder): SecondOrder {
    const value = 1 / other.value
    return this.times(other.through([value, -value * value, 2 * value ** 3]))
  }

  log(): SecondOrder {
    return this.through([Math.log(this.value), 1 / this.value, -1 / this.value ** 2])
  }

  exp(): SecondOrder {
    const value = Math.exp(this.value)
    return this.through([value, value, value])
  }
}
