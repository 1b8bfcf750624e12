import fc from 'fast-check'
import type { Domain } from '../../expression/notation.js'
import { inDomain, simpleValues, valueFrom } from './domain-value.js'

/**
 * Real parameters for properties: spread over the whole domain, with its edges and its simplest fractions mixed in, and
 * shrinking to the simplest fraction that still shows the failure. (`fc.double` draws |x| < 1e-8 nine times in ten.)
 */
class RealInDomain extends fc.Arbitrary<number> {
  readonly #domain: Domain | null
  readonly #simple: readonly number[]

  constructor(domain: Domain | null) {
    super()
    this.#domain = domain
    this.#simple = simpleValues(domain)
  }

  generate(random: fc.Random): fc.Value<number> {
    const unit = (random.nextInt(0, 2 ** 30) + 0.5) / (2 ** 30 + 1)
    const way = random.nextInt(0, 9)
    let value = valueFrom(this.#domain, unit)
    if (way === 0) value = valueFrom(this.#domain, unit * 1e-3)
    else if (way === 1) value = valueFrom(this.#domain, 1 - unit * 1e-3)
    else if (way <= 3 && this.#simple.length > 0)
      value = this.#simple[random.nextInt(0, Math.min(this.#simple.length, 40) - 1)]!
    return new fc.Value(inDomain(this.#domain, value) ? value : valueFrom(this.#domain, 0.5), undefined)
  }

  canShrinkWithoutContext(value: unknown): value is number {
    return typeof value === 'number' && inDomain(this.#domain, value)
  }

  shrink(value: number): fc.Stream<fc.Value<number>> {
    const at = this.#simple.indexOf(value)
    const simpler = at < 0 ? this.#simple.slice(0, 60) : this.#simple.slice(0, at)
    return fc.stream(simpler.map((candidate) => new fc.Value(candidate, undefined))[Symbol.iterator]())
  }
}

/** Reals (or whole numbers) of a domain; null is the whole line. See `RealInDomain`. */
export const realIn = (domain: Domain | null): fc.Arbitrary<number> => new RealInDomain(domain)
