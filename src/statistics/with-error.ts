/**
 * A measured number with its standard error: the error to two significant digits, the number to the same place, so that no
 * digit is shown that the error does not allow: `3.0797 ± 0.0035`, `8.03 ± 0.80`, `(1.234 ± 0.012)e-7`.
 */
export function withError(value: number, standardError: number): string {
  if (!Number.isFinite(value) || !Number.isFinite(standardError) || standardError <= 0)
    return `${value} ± ${standardError}`
  const error = Number(standardError.toPrecision(2))
  const places = 1 - Math.floor(Math.log10(error) + 1e-9)
  const largest = Math.max(Math.abs(value), error)
  if (largest < 1e6 && places <= 9)
    return places >= 0
      ? `${value.toFixed(places)} ± ${error.toFixed(places)}`
      : `${Math.round(value / 10 ** -places) * 10 ** -places} ± ${error}`
  const exponent = Math.floor(Math.log10(largest) + 1e-9)
  const digits = Math.max(0, places + exponent)
  const scaled = (x: number): string => (x / 10 ** exponent).toFixed(Math.min(digits, 20))
  return `(${scaled(value)} ± ${scaled(error)})e${exponent}`
}
