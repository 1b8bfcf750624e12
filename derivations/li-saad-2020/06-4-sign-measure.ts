/** Section 6.3, below (51): the effective measure of a sign neuron, its means, squares and correlation coefficient. */
import { confirm, derive, directCheck, integrateLine, lastSide, scalarValue, statedValue, substitute } from 'corrigenda'

/** The effective measure of a sign neuron of both networks: four states, their fields a Gaussian pair. */
function fourStates(correlation: number, tilt: number) {
  const spread = Math.sqrt(1 - correlation ** 2)
  const upper = (x: number): number => integrateLine((z) => (z > x ? gaussian(z) : 0), { kinks: [x] }).value
  const gaussian = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  const chance = (a: 1 | -1, b: 1 | -1): number =>
    integrateLine((z) => (a * z > 0 ? gaussian(z) * upper((-correlation * b * z) / spread) : 0), { kinks: [0] }).value
  const states = ([1, -1] as const).flatMap((a) =>
    ([1, -1] as const).map((b) => ({ a, b, weight: chance(a, b) * Math.exp(tilt * a * b) })),
  )
  const total = states.reduce((sum, { weight }) => sum + weight, 0)
  return states.map(({ a, b, weight }) => ({ a, b, weight: weight / total }))
}
const signMoment = (name: string, moment: (state: { a: number; b: number }) => number) =>
  directCheck(name, 'numeric', (input) => {
    const claimed = scalarValue(statedValue(input.claimed), {})
    let worst = 0
    for (const correlation of [-0.7, 0, 0.3, 0.9])
      for (const tilt of [-1.5, 0, 0.8]) {
        const value = fourStates(correlation, tilt).reduce((sum, s) => sum + s.weight * moment(s), 0)
        worst = Math.max(worst, Math.abs(value - claimed))
        if (!(Math.abs(value - claimed) < 1e-9))
          return {
            holds: false,
            summary: `${value.toPrecision(6)}, not ${claimed}`,
            witness: {
              at: { iQ: String(-tilt), correlation: String(correlation) },
              left: String(claimed),
              right: String(value),
            },
          }
      }
    return {
      holds: true,
      summary: `${claimed} to ${worst.toExponential(0)} under the effective measure at 12 correlations and conjugates`,
    }
  })
export const signCorrelation = derive(
  'sec-6.3.sign-correlation',
  {
    coefficient: 'eq-51',
    referenceMean: 'sec-6.3.sign-means-reference',
    mean: 'sec-6.3.sign-means',
    referencePower: 'sec-6.3.sign-powers-reference',
    power: 'sec-6.3.sign-powers',
  },
  'the means and the mean squares of sign networks put into (51)',
  ({ coefficient, referenceMean, mean, referencePower, power }) => {
    const values = new Map([
      ['meanActivity', statedValue(mean)],
      ['referenceMeanActivity', statedValue(referenceMean)],
      ['activityPower', statedValue(power)],
      ['referenceActivityPower', statedValue(referencePower)],
    ])
    return substitute(lastSide(coefficient), (node) => (node.kind === 'indexed' ? values.get(node.name) : undefined))
  },
)

export const confirmations = [
  confirm(
    'sec-6.3.sign-means-reference',
    signMoment('mean activation of the reference network', ({ a }) => a),
  ),
  confirm(
    'sec-6.3.sign-means',
    signMoment('mean activation of the perturbed network', ({ b }) => b),
  ),
  confirm(
    'sec-6.3.sign-powers-reference',
    signMoment('mean square of the reference network', ({ a }) => a * a),
  ),
  confirm(
    'sec-6.3.sign-powers',
    signMoment('mean square of the perturbed network', ({ b }) => b * b),
  ),
]
