/** Lengths and correlations of infinitely wide asymmetric networks, layer by layer. */
import type { FigureInput } from 'corrigenda'
import { type NamedRandom, namedRandom } from 'corrigenda/network'
import { type ActivationPopulation, populationMoments, populationStep } from 'corrigenda/theory'
import type { Shown } from './asymmetric-ensembles.js'
import { paper } from './figures-networks.js'

const members = 24_000

/**
 * Random numbers for {@link populationStep} with less noise than independent ones. Of a member's two uniforms the first, which
 * chooses its special input, goes through the members in turn, so that each is chosen once. Normals come in pairs, each pair
 * four times with all its signs: a population's pairs are free of mean and correlation.
 */
function balanced({ normal, uniform }: NamedRandom): NamedRandom {
  const sizes = [0, 0]
  let drawn = 0
  let asked = 0
  return {
    uniform: () => (asked++ % 2 === 0 ? (((asked >> 1) % members) + 0.5) / members : uniform()),
    normal: () => {
      const [which, turn] = [drawn % 2, (drawn >> 1) % 4]
      drawn++
      if (turn === 0) sizes[which] = normal()
      const turned = which === 0 ? turn % 2 === 1 : turn >= 2
      return turned ? -sizes[which]! : sizes[which]!
    },
  }
}

/** Lengths and correlations of the infinitely wide network without bias, by population dynamics, as the figure's inputs have them. */
export function populations(shown: Shown, w: number, { seed }: Pick<FigureInput, 'seed'>) {
  // The same numbers for every weight variance: the curves are smooth.
  const random = balanced(namedRandom({ seed, name: `singh-2021-${shown.id}-population`, shard: 0 }))
  // The first layer weighs the inputs themselves.
  let population: ActivationPopulation = { first: new Float64Array(members), second: new Float64Array(members) }
  for (let k = 0; k < members; k++) {
    population.first[k] = random.normal()
    population.second[k] = random.normal()
  }
  return Array.from({ length: paper.deepest }, () => {
    const { first, second, cross, meanFirst, meanSecond } = populationMoments(population)
    const share = (shown.model.rowCorrelation ?? 0) / (1 + (shown.model.rowCorrelation ?? 0))
    // The fields' own moments: normal part, and E U^2 = 1/2 of the special activation.
    const q = (w + 1 / 2) * ((first + second) / 2) - (share * w * (meanFirst ** 2 + meanSecond ** 2)) / 2
    const c = ((w + 1 / 2) * cross - share * w * meanFirst * meanSecond) / q
    population = populationStep(shown.model, { weightVariance: w, biasVariance: 0 }, population, random)
    return { q, c }
  })
}
