import { DomainError } from '../expression/errors.js'

/** Most neurons a layer may have. */
export const widestLayer = 10_000_000
/** Most layers a network may have. */
export const deepestNetwork = 10_000_000

/** Throws DomainError unless it can be simulated. */
export function checkVariance(value: number, what: string): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
    throw new DomainError(`${what} is ${value}: a variance is a finite number, zero or more`)
}

/** Throws DomainError unless it can be simulated. */
export function checkWidth(width: number, where: string): void {
  if (!Number.isSafeInteger(width) || width < 1)
    throw new DomainError(`${where} is ${width}: give a whole number of neurons, 1 or more`)
  if (width > widestLayer)
    throw new DomainError(
      `${where} is ${width}: layers hold at most ${widestLayer} neurons; take a smaller width, or several and extrapolate in 1/N`,
    )
}
