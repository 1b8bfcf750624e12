import { type Moments, mergeMoments } from '../statistics/moments.js'

/** Moments of several quantities that are observed together, column by column: plain data. */
export interface MomentTable {
  readonly count: number
  readonly mean: readonly number[]
  readonly m2: readonly number[]
  readonly m3: readonly number[]
  readonly m4: readonly number[]
}

/** Takes one row of observations a network, in place (a shard's own working memory). */
export class MomentCollector {
  #count = 0
  readonly #mean: Float64Array
  readonly #m2: Float64Array
  readonly #m3: Float64Array
  readonly #m4: Float64Array

  constructor(columns: number) {
    this.#mean = new Float64Array(columns)
    this.#m2 = new Float64Array(columns)
    this.#m3 = new Float64Array(columns)
    this.#m4 = new Float64Array(columns)
  }

  /** Adds one row; its length is the number of columns. */
  add(row: ArrayLike<number>): void {
    const [mean, m2, m3, m4] = [this.#mean, this.#m2, this.#m3, this.#m4]
    const before = this.#count
    const n = before + 1
    this.#count = n
    for (let k = 0; k < mean.length; k++) {
      const d = row[k]! - mean[k]!
      const dn = d / n
      const dn2 = dn * dn
      const cross = d * dn * before
      mean[k] = mean[k]! + dn
      m4[k] = m4[k]! + cross * dn2 * (n * n - 3 * n + 3) + 6 * dn2 * m2[k]! - 4 * dn * m3[k]!
      m3[k] = m3[k]! + cross * dn * (n - 2) - 3 * dn * m2[k]!
      m2[k] = m2[k]! + cross
    }
  }

  /** What has been collected. */
  table(): MomentTable {
    return {
      count: this.#count,
      mean: [...this.#mean],
      m2: [...this.#m2],
      m3: [...this.#m3],
      m4: [...this.#m4],
    }
  }
}

/** One column of a table. */
export const columnOf = (table: MomentTable, k: number): Moments => ({
  count: table.count,
  mean: table.mean[k]!,
  m2: table.m2[k]!,
  m3: table.m3[k]!,
  m4: table.m4[k]!,
})

/** Two tables of the same columns together. */
export function mergeTables(a: MomentTable, b: MomentTable): MomentTable {
  const columns = a.mean.map((_, k) => mergeMoments(columnOf(a, k), columnOf(b, k)))
  return {
    count: a.count + b.count,
    mean: columns.map((column) => column.mean),
    m2: columns.map((column) => column.m2),
    m3: columns.map((column) => column.m3),
    m4: columns.map((column) => column.m4),
  }
}
