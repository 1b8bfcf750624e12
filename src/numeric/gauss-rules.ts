import { DomainError } from '../expression/errors.js'

/** Nodes and weights of a quadrature rule. */
export interface Rule {
  readonly nodes: readonly number[]
  readonly weights: readonly number[]
}

/**
 * Eigenvalues of a symmetric tridiagonal matrix and the first components of its eigenvectors, by implicit QL
 * (Golub & Welsch 1969; EISPACK imtql2 restricted to one row). The off-diagonal has one entry less than the diagonal.
 */
export function tridiagonalEigen(
  diagonal: readonly number[],
  offDiagonal: readonly number[],
): { readonly values: readonly number[]; readonly first: readonly number[] } {
  const d = [...diagonal]
  const e = [...offDiagonal, 0]
  const z: number[] = d.map((_, k) => (k === 0 ? 1 : 0))
  const n = d.length
  for (let l = 0; l < n; l++) {
    for (let sweep = 0; ; sweep++) {
      let m = l
      while (m < n - 1 && Math.abs(e[m]!) > Number.EPSILON * (Math.abs(d[m]!) + Math.abs(d[m + 1]!))) m++
      if (m === l) break
      if (sweep === 60) throw new DomainError('the eigenvalues of a tridiagonal matrix did not converge')
      let g = (d[l + 1]! - d[l]!) / (2 * e[l]!)
      let r = Math.sqrt(g * g + 1)
      g = d[m]! - d[l]! + e[l]! / (g + (g < 0 ? -r : r))
      let s = 1
      let c = 1
      let p = 0
      let i = m - 1
      for (; i >= l; i--) {
        const f = s * e[i]!
        const b = c * e[i]!
        r = Math.sqrt(f * f + g * g)
        e[i + 1] = r
        if (r === 0) {
          d[i + 1]! -= p
          e[m] = 0
          break
        }
        s = f / r
        c = g / r
        g = d[i + 1]! - p
        r = (d[i]! - g) * s + 2 * c * b
        p = s * r
        d[i + 1] = g + p
        g = c * r - b
        const t = z[i + 1]!
        z[i + 1] = s * z[i]! + c * t
        z[i] = c * z[i]! - s * t
      }
      if (r === 0 && i >= l) continue
      d[l]! -= p
      e[l] = g
      e[m] = 0
    }
  }
  const order = d.map((_, k) => k).sort((a, b) => d[a]! - d[b]!)
  return { values: order.map((k) => d[k]!), first: order.map((k) => z[k]!) }
}

const ruleOf = (diagonal: readonly number[], offDiagonal: readonly number[], mass: number): Rule => {
  const { values, first } = tridiagonalEigen(diagonal, offDiagonal)
  return { nodes: values, weights: first.map((v) => mass * v * v) }
}

const counted = (n: number): readonly number[] => {
  if (!Number.isInteger(n) || n < 1 || n > 1000)
    throw new DomainError(`a quadrature rule of ${n} points: choose a whole number from 1 to 1000`)
  return Array.from({ length: n }, (_, k) => k)
}

/** A family of rules, each made once: adaptive rules ask for the same with every panel. */
function kept(make: (n: number) => Rule): (n: number) => Rule {
  const rules = new Map<number, Rule>()
  return (n) => {
    const known = rules.get(n)
    if (known !== undefined) return known
    const made = make(n)
    rules.set(n, made)
    return made
  }
}

/** Gauss-Legendre on [-1, 1]: exact for polynomials up to degree 2n - 1. */
export const gaussLegendre = kept((n) =>
  ruleOf(counted(n).map(() => 0), counted(n).slice(1).map((k) => k / Math.sqrt(4 * k * k - 1)), 2)) // biome-ignore format: one rule a line

/** Gauss-Hermite for the standard normal weight: sum of weights 1, exact for polynomials up to degree 2n - 1. */
export const gaussHermite = kept((n) => ruleOf(counted(n).map(() => 0), counted(n).slice(1).map(Math.sqrt), 1)) // biome-ignore format: one rule a line

/** Gauss-Laguerre for exp(-x) on the half line: exact for polynomials up to degree 2n - 1. */
export const gaussLaguerre = kept((n) => ruleOf(counted(n).map((k) => 2 * k + 1), counted(n).slice(1), 1)) // biome-ignore format: one rule a line
