/** log sum_k e^{x_k}; minus infinity for none. */
export function logSum(logs: Float64Array): number {
  let largest = Number.NEGATIVE_INFINITY
  for (let k = 0; k < logs.length; k++) if (logs[k]! > largest) largest = logs[k]!
  if (largest === Number.NEGATIVE_INFINITY) return largest
  let sum = 0
  for (let k = 0; k < logs.length; k++) {
    const difference = logs[k]! - largest
    // Below this a term is lost in rounding: more than half of all exponentials are spared.
    if (difference > -44) sum += Math.exp(difference)
  }
  return largest + Math.log(sum)
}

/** The logarithm of a product, where a factor may be zero. */
export const logAdd = (a: number, b: number): number =>
  a === Number.NEGATIVE_INFINITY || b === Number.NEGATIVE_INFINITY ? Number.NEGATIVE_INFINITY : a + b

/** log of e^log to a whole power, 0^0 = 1. */
export const powerLog = (log: number, power: number): number => (power === 0 ? 0 : power * log)

const known = new Map<number, Float64Array>()

/** log of the binomial coefficients of n, k = 0 … n. */
export function logBinomials(n: number): Float64Array {
  const before = known.get(n)
  if (before) return before
  const factorials = new Float64Array(n + 1)
  let [sum, carry] = [0, 0]
  for (let k = 1; k <= n; k++) {
    // Kahan's sum: the error stays that of one rounding.
    const term = Math.log(k) - carry
    const next = sum + term
    carry = next - sum - term
    sum = next
    factorials[k] = sum
  }
  const logs = factorials.map((log, k) => factorials[n]! - log - factorials[n - k]!)
  if (known.size > 64) known.clear()
  known.set(n, logs)
  return logs
}
