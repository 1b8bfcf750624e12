import { InputError, type Place } from '../../expression/errors.js'

/** A solver that did not converge. It never hands out its last iterate: only how far off it was. */
export class ConvergenceError extends InputError {
  override readonly name = 'ConvergenceError'

  constructor(
    detail: string,
    place: Place = {},
    /** The largest component by which the equations were missed at the end. */
    readonly residual: number = Number.NaN,
  ) {
    super(detail, place)
  }
}
