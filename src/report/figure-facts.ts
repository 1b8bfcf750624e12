import type { Depth } from '../audit/derivation.js'
import type { Bibliography, Statement } from '../audit/statement.js'
import type { FeedForwardEnsemble, PairEnsemble, Perturbation, SimulationRequest } from '../network/index.js'
import { powerOfTen } from './figure-axis.js'

/** What makes a figure reproducible, written into its files: no date and no machine, so that one seed gives one text. */
export interface FigureFacts {
  /** The statement's full id, `PAPER/fig-4`. */
  readonly statement: string
  /** What it is called in the paper: `figure 4`. */
  readonly label: string
  readonly about: string
  /** Authors, title, year and identifier of the paper. */
  readonly paper: string
  readonly version: string
  readonly seed: number
  readonly depth: Depth
  /** The simulations, one phrase for those that differ in the weight variance alone. */
  readonly sizes: readonly string[]
}

/** The facts of a figure that was drawn from the summaries of the given requests. Pure. */
export const figureFacts = (
  head: Pick<FigureFacts, 'version' | 'seed' | 'depth'>,
  paper: { readonly bibliography: Bibliography },
  statement: Pick<Statement, 'id' | 'label' | 'about'>,
  requests: readonly SimulationRequest[],
): FigureFacts => ({
  statement: statement.id,
  label: statement.label,
  about: statement.about,
  paper: citation(paper.bibliography),
  version: head.version,
  seed: head.seed,
  depth: head.depth,
  sizes: simulationSizes(requests),
})

const citation = ({ authors, title, year, identifier }: Bibliography): string =>
  `${authors.join(', ')}: ${title} (${year}, ${identifier})`

/** How large simulations are, in words: `7 × 200 linear networks, N = 200, 1024 layers, σ_b² = …, σ_w² = …`. */
export function simulationSizes(requests: readonly SimulationRequest[]): readonly string[] {
  const groups = new Map<string, SimulationRequest[]>()
  for (const request of requests) {
    const size = sizeOf(request)
    groups.set(size, [...(groups.get(size) ?? []), request])
  }
  return [...groups].map(([size, alike]) => {
    const biased = alike.every(isBiasedAsWeights)
    const values = new Map<string, number[]>([
      ...(biased ? [] : [['σ_b²', alike.map(({ ensemble }) => ensemble.biasVariance ?? 0)] as const]),
      ['σ_w²', alike.map(({ ensemble }) => ensemble.weightVariance)],
    ])
    for (const [name, value] of alike.flatMap(parametersOf)) values.set(name, [...(values.get(name) ?? []), value])
    const varied = [...values].map(([name, of]) => `${name} = ${valuesText(of)}`)
    const bias = biased ? ['σ_b² = σ_w²/N'] : []
    return [`${alike.length > 1 ? `${alike.length} × ` : ''}${size}`, ...bias, ...varied].join(', ')
  })
}

/** Whether a bias varies as one more weight of its neuron does. */
const isBiasedAsWeights = ({ ensemble: { biasVariance = 0, weightVariance, widths } }: SimulationRequest): boolean =>
  biasVariance > 0 && biasVariance === weightVariance / Number(widths)

/** Most values that are listed one by one. */
const mostValues = 8

/** Different values in their order, to four digits; of many the first, the last and how many. */
function valuesText(values: readonly number[]): string {
  const shown = [...new Set(values.map((value) => numberText(value)))]
  if (shown.length <= mostValues) return shown.join(', ')
  return `${shown[0]} to ${shown.at(-1)} (${shown.length} values)`
}

/** A parameter to four digits, a very small one with a power of ten. */
function numberText(value: number): string {
  const short = Number(value.toPrecision(4))
  const [mantissa, exponent] = String(short).split('e')
  return exponent === undefined ? mantissa! : `${mantissa}·${powerOfTen(Number(exponent))}`
}

/** What simulations that are told together have in common. */
function sizeOf({ ensemble, networks, level }: SimulationRequest): string {
  const { activation, widths, depth } = ensemble
  const kind = typeof activation === 'string' ? `${activation} ` : ''
  const width = typeof widths === 'number' ? String(widths) : [...new Set(widths)].join(', ')
  const what =
    ensemble.kind === 'pair'
      ? `pairs of ${kind}networks under ${perturbationKinds(ensemble)}`
      : `${kind}networks${peculiarities(ensemble)}`
  return `${networks} ${what} (level ${level}), N = ${width}, ${depth} layers`
}

/** What makes an ensemble other than independent normal weights and one input, in words. */
function peculiarities({ rows, special, input }: FeedForwardEnsemble): string {
  const words: string[] = []
  if (rows !== undefined) {
    const { covariance, bias } = rows
    const of =
      covariance.kind === 'correlated'
        ? `k = ${covariance.rowCorrelation}`
        : `covariance ${covariance.identity} I + ${covariance.ones} J/N`
    words.push(`rows of ${of}${bias === 'among' ? ', the bias among them' : ''}`)
  }
  if (special !== undefined) {
    const { weight } = special
    words.push(`a ${weight.kind === 'beta' ? `Beta(${weight.alpha}, ${weight.beta})` : weight.kind} weight a neuron`)
  }
  if (input.kind === 'normal') words.push(`${input.count} normal inputs`)
  return words.length > 0 ? ` with ${words.join(', ')}` : ''
}

const perturbationsOf = ({ perturbation }: PairEnsemble): readonly Perturbation[] =>
  'kind' in perturbation ? [perturbation] : perturbation

const perturbationKinds = (ensemble: PairEnsemble): string =>
  [
    ...new Set(
      perturbationsOf(ensemble).map(({ kind }) =>
        kind === 'none' ? 'no perturbation' : kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
      ),
    ),
  ].join(', ')

/** The numbers of what is done to the weights, by name. */
const parametersOf = ({ ensemble }: SimulationRequest): readonly (readonly [string, number])[] =>
  ensemble.kind !== 'pair'
    ? []
    : perturbationsOf(ensemble).flatMap((perturbation) =>
        Object.entries(perturbation).flatMap(([name, value]) =>
          typeof value === 'number' ? [[name, value] as const] : [],
        ),
      )

/** All facts in one line. */
export const factsLine = ({ statement, label, paper, version, seed, depth, sizes }: FigureFacts): string =>
  oneLine(
    `${statement}: ${label} of ${paper}; corrigenda ${version}, seed ${seed}, depth ${depth}; simulated: ${sizes.join('; ') || 'nothing'}`,
  )

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
