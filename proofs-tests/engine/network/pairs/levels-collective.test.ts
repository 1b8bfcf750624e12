import { describe, test } from 'vitest'
import type { Level, PairEnsemble } from '../../../../src/network/index.js'
import { pair } from './models.js'
import { expectSameMeans } from './same-means.js'

const flips = { kind: 'count', count: 2 } as const
const sparse = (reference: 'plus' | 'random'): PairEnsemble =>
  pair({
    weights: { kind: 'sparse', inputs: 3, reference },
    perturbation: { kind: 'signFlips', p: 0.1 },
    input: { magnetisation: 0.4, flips },
  })

describe('collective variables draw from the same law', () => {
  test.each<[string, PairEnsemble, Level]>([
    [
      'rotation, biases, magnetised flipped inputs',
      pair({ biasVariance: 0.3, input: { magnetisation: 0.4, flips } }),
      'preactivations',
    ],
    [
      'noise',
      pair({ inverseTemperature: 0.8, input: { flips: { kind: 'probability', probability: 0.1 } } }),
      'preactivations',
    ],
    [
      'correlated rows',
      pair({ weights: { kind: 'gaussian', rowCorrelation: -0.3 }, input: { magnetisation: 0.5, flips } }),
      'weights',
    ],
    ['dilution', pair({ perturbation: { kind: 'dilution', p: 0.3 }, biasVariance: 0.1 }), 'weights'],
    ['binarisation', pair({ perturbation: { kind: 'binarisation' } }), 'weights'],
    ['sparse majorities', sparse('plus'), 'weights'],
    ['sparse fair signs', sparse('random'), 'weights'],
    ['sparse fair signs with noise', { ...sparse('random'), inverseTemperature: 0.7 }, 'weights'],
    ['binary flips', pair({ weights: { kind: 'binary' }, perturbation: { kind: 'signFlips', p: 0.1 } }), 'weights'],
  ])('%s', (_, ensemble, other) => expectSameMeans(ensemble, other, 'collective'))
})
