/** Section 6: the same results as appendix 8.4, as the text states them. */
import {
  boltzmannEnergy,
  type Context,
  derive,
  type Expression,
  type Formula,
  fourierKernel,
  fourierSeries,
  lastSide,
  rational,
  scaledMatrix,
  toLeadingOrder,
} from 'corrigenda'
import { normalisedFluctuations } from './rectified-quantities.js'

const restated = ({ formula }: { readonly formula: Formula }): Expression => lastSide(formula)

export const saddle = derive('eq-20', { formula: 'eq-84' }, 'the uniform stationary point', restated)
export const saddleCount = derive(
  'sec-6.saddle-count',
  { formula: 'sec-8.4.saddle-count' },
  'the uniform stationary point',
  restated,
)
export const normScale = derive(
  'sec-6.normalised-norms',
  { formula: 'sec-8.4.normalised-norms' },
  'the same scale',
  restated,
)
export const fluctuation = derive('eq-21', { weight: 'eq-95' }, 'minus the logarithm of the weight', ({ weight }) =>
  boltzmannEnergy(weight),
)

export const inverse = derive(
  'eq-22',
  { fluctuation: 'eq-21', series: 'eq-98' },
  'Fourier transform on the ring, twice the energy per mode',
  ({ fluctuation, series }, context: Context) =>
    scaledMatrix(
      fourierKernel(fluctuation, {
        ...normalisedFluctuations(context),
        ...fourierSeries(series),
        waveVector: context.scalar('q').name,
      }),
      rational(2),
    ),
)

export const fieldTheory = derive('eq-23', { theory: 'eq-106' }, 'the same field theory', ({ theory }) =>
  toLeadingOrder('q', lastSide(theory)),
)
