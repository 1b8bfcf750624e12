/** Section 2.3: training tasks. */
import {
  confirm,
  derive,
  directCheck,
  divide,
  hyperbolicForm,
  lastSide,
  lengthFixedPoints,
  rectifiedForm,
  signalFate,
  signalMaps,
  uses,
} from 'corrigenda'
import { slopesOf, zeroShare } from './rectifier.js'
import { requireCentred, tidied, varianceOf } from './signals.js'

export const imageBatch = derive(
  'sec-2.3.image-batch',
  { signals: 'sec-2.3.signals', batch: 'sec-2.3.batch', images: 'sec-2.3.images' },
  'training images over the steps of an epoch of the teacher tasks',
  ({ signals, batch, images }) => tidied(divide(lastSide(images), divide(lastSide(signals), lastSide(batch)))),
)

export const dead = derive(
  'sec-2.3.dead',
  { relu: 'sec-1.1.relu', weights: 'sec-2.1.weight-law' },
  'the share of the values of a field, centred as its weights are, at which the rectifier is zero',
  ({ relu, weights }, context) => {
    requireCentred(weights)
    return zeroShare(slopesOf(relu, context), [[varianceOf(weights)]])
  },
)

const teacher = () => signalFate(signalMaps({ activation: hyperbolicForm, weightVariance: 1.5, biasVariance: 0 }))

export const chaoticTeacher = uses(
  'sec-2.3.chaotic-teacher',
  { slope: 'sec-2.1.stability' },
  'the slope of the correlation map',
)
const chaos = directCheck('tanh at (1.5, 0)', 'numeric', () => {
  const { chi, attractor, length } = teacher()
  return {
    holds: chi > 1 && attractor.value < 1,
    summary: `chi_1 is ${chi.toFixed(4)} at the length ${length.value.toFixed(4)}; uncorrelated inputs end at ${Math.abs(attractor.value).toFixed(4)}`,
    numbers: { chi: Number(chi.toFixed(6)), length: Number(length.value.toFixed(6)) },
  }
})

export const table = uses(
  'table-2.1',
  { slope: 'sec-2.1.stability', length: 'eq-2.3' },
  'the maps at the tabulated variances',
)
const entries = directCheck('the tabulated variances', 'numeric', () => {
  const relu = lengthFixedPoints(signalMaps({ activation: rectifiedForm, weightVariance: 2, biasVariance: 0 }))
  const { chi } = teacher()
  return {
    holds: relu.every && chi > 1,
    summary: `ReLU at (2, 0) keeps every length (He initialisation); tanh at (1.5, 0) is chaotic with chi_1 = ${chi.toFixed(4)}`,
    numbers: { chi: Number(chi.toFixed(6)) },
  }
})

export const confirmations = [confirm(chaoticTeacher, chaos), confirm(table, entries)]
