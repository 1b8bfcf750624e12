import { expect, test } from 'vitest'
import type { Level, PairEnsemble } from '../../../../src/network/index.js'
import { pair, simulate } from './models.js'

/** What pairs of networks gave when they were released. A change here changes every published number: majors only. */
const flips = { kind: 'count', count: 2 } as const
const relu = pair({ activation: 'relu', outputActivation: 'sign', weightVariance: 2 })

test.each<[Level, PairEnsemble]>([
  ['weights', pair()],
  [
    'weights',
    pair({ perturbation: [{ kind: 'dilution', p: 0.5 }, { kind: 'binarisation' }, { kind: 'signFlips', p: 0.2 }] }),
  ],
  ['weights', pair({ weights: { kind: 'binary' }, perturbation: { kind: 'signFlips', p: 0.1 }, input: { flips } })],
  ['weights', pair({ weights: { kind: 'gaussian', rowCorrelation: -0.3 }, biasVariance: 0.1, patterns: 2 })],
  [
    'weights',
    pair({
      weights: { kind: 'sparse', inputs: 3, reference: 'random' },
      perturbation: { kind: 'signFlips', p: 0.1 },
      input: { magnetisation: 0.4 },
    }),
  ],
  ['weights', pair({ activation: 'tanh', inverseTemperature: 2 })],
  ['preactivations', pair({ inverseTemperature: 2 })],
  ['preactivations', relu],
  ['preactivations', { ...relu, patterns: 2, biasVariance: 0.2 }],
  ['preactivations', { ...relu, inverseTemperature: 5 }],
  ['collective', pair({ input: { flips: { kind: 'probability', probability: 0.2 } } })],
  ['collective', pair({ inverseTemperature: 2 })],
  ['collective', pair({ perturbation: { kind: 'binarisation' } })],
  ['collective', pair({ weights: { kind: 'gaussian', rowCorrelation: -0.3 }, input: { magnetisation: 0.4, flips } })],
  [
    'collective',
    pair({
      weights: { kind: 'sparse', inputs: 5, reference: 'plus' },
      perturbation: { kind: 'signFlips', p: 0.1 },
      input: { magnetisation: 0.4 },
    }),
  ],
])('%s %#', (level, ensemble) => {
  const { observables } = simulate(ensemble, level, 4, [
    { kind: 'samples', field: 'pairOverlap', count: 3 },
    { kind: 'samples', field: 'referenceOverlap', count: 1 },
    { kind: 'lattice', field: 'meanPairOverlap', layer: 0 },
  ])
  expect(observables).toMatchSnapshot()
})
