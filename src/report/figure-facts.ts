import type { Depth } from '../audit/derivation.js'
import type { Bibliography, Statement } from '../audit/statement.js'
import type { FeedForwardEnsemble, PairEnsemble, Perturbation, SimulationRequest } from '../network/index.js'

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

/** How large simulations are, in words: `7 × 200 linear networks, N = 200, 1024 layers, σ_w² = …`. */
export function simulationSizes(requests: readonly SimulationRequest[]): readonly string[] {
  const variances = new Map<string, number[]>()
  for (const request of requests) {
    const size = sizeOf(request)
    variances.set(size, [...(variances.get(size) ?? []), request.ensemble.weightVariance])
  }
  return [...variances].map(
    ([size, of]) => `${of.length > 1 ? `${of.length} × ` : ''}${size}, σ_w² = ${[...new Set(of)].join(', ')}`,
  )
}

function sizeOf({ ensemble, networks, level }: SimulationRequest): string {
  const { activation, widths, depth, biasVariance = 0 } = ensemble
  const kind = typeof activation === 'string' ? `${activation} ` : ''
  const width = typeof widths === 'number' ? String(widths) : [...new Set(widths)].join(', ')
  const what =
    ensemble.kind === 'pair'
      ? `pairs of ${kind}networks under ${perturbationsOf(ensemble)}`
      : `${kind}networks${peculiarities(ensemble)}`
  const asWeight = biasVariance > 0 && biasVariance === ensemble.weightVariance / Number(widths)
  return `${networks} ${what} (level ${level}), N = ${width}, ${depth} layers, σ_b² = ${asWeight ? 'σ_w²/N' : biasVariance}`
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

/** What is done to the weights, in words: `dilution p = 0.5`. */
function perturbationsOf({ perturbation }: PairEnsemble): string {
  const phrase = (of: Perturbation): string => {
    const { kind, ...parameters } = of
    const values = Object.entries(parameters).map(([name, value]) => ` ${name} = ${value}`)
    return `${kind === 'none' ? 'no perturbation' : kind}${values.join(',')}`
  }
  return [...new Set(('kind' in perturbation ? [perturbation] : perturbation).map(phrase))].join(', ')
}

/** All facts in one line. */
export const factsLine = ({ statement, label, paper, version, seed, depth, sizes }: FigureFacts): string =>
  oneLine(
    `${statement}: ${label} of ${paper}; corrigenda ${version}, seed ${seed}, depth ${depth}; simulated: ${sizes.join('; ') || 'nothing'}`,
  )

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
