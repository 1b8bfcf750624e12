/** Captions of figures 2.2 and 3.2: where the curves of different depths cross. */
import {
  confirm,
  directCheck,
  findRoot,
  lengthBoundary,
  rectifiedForm,
  type SampledCheck,
  sampledExpectations,
} from 'corrigenda'
import { lengthsAndCorrelations, meanField, meanOf, paper, shownLayers } from './figures-networks.js'

import {
  correlated,
  ensembleAt,
  exactLengths,
  mapsAt,
  type Shown,
  streamOf,
  uncorrelated,
} from './symmetric-networks.js'

/** The weight variance at which the first two layers have one length; then all do. */
const crossing = (rowCorrelation: number, biasVariance: number): number =>
  findRoot(
    (w) => {
      const [first, second] = meanField(mapsAt(w, rowCorrelation, biasVariance), 2)
      return second!.q - first!.q
    },
    1,
    5,
    1e-12,
  ).root
const spreadAt = (w: number, rowCorrelation: number, biasVariance: number): number => {
  const all = meanField(mapsAt(w, rowCorrelation, biasVariance), paper.deepest).map(({ q }) => q)
  return Math.max(...all) / Math.min(...all) - 1
}

const crossesBefore = (rowCorrelation: number) =>
  directCheck('where the lengths of all depths are equal', 'numeric', () => {
    const boundary = lengthBoundary(rectifiedForm, rowCorrelation)
    const biases = [paper.biasVariance, paper.biasVariance / 10, paper.biasVariance / 100]
    const at = biases.map((bias) => crossing(rowCorrelation, bias))
    const gaps = at.map((w) => boundary - w)
    const spread = Math.max(...at.map((w, k) => spreadAt(w, rowCorrelation, biases[k]!)))
    // Proportional to the bias variance, and so gone without it.
    const proportional = gaps.every((gap, k) => Math.abs(gap / biases[k]! - gaps[0]! / biases[0]!) < 1e-6)
    return {
      holds: gaps[0]! > 0 && spread < 1e-9 && proportional,
      summary: `lengths of standard normal inputs are equal at all layers at sigma_w^2 = ${at[0]!.toPrecision(6)}, ${gaps[0]!.toPrecision(4)} before ${boundary.toPrecision(6)}: there the first layer's length is the fixed point; with a tenth and a hundredth of the bias variance the gap is ${gaps[1]!.toPrecision(4)} and ${gaps[2]!.toPrecision(4)}: the bias it is, neither the width nor the depth`,
      witness: { at: { 'sigma_b^2': String(biases[0]) }, left: String(boundary), right: String(at[0]) },
      numbers: { crossings: at, boundary, spread },
    }
  })

const crossesAtBoundary = directCheck('where the lengths of all depths are equal without bias', 'numeric', () => {
  const found = [0, paper.rowCorrelation].map((rowCorrelation) => ({
    rowCorrelation,
    boundary: lengthBoundary(rectifiedForm, rowCorrelation),
    at: crossing(rowCorrelation, 0),
  }))
  const gap = Math.max(...found.map(({ at, boundary }) => Math.abs(at - boundary)))
  return {
    holds: gap < 1e-9,
    summary: `at sigma_w^2 = ${found.map(({ at, rowCorrelation }) => `${at.toPrecision(7)} (k = ${rowCorrelation})`).join(' and ')}, the boundary itself`,
    witness: { at: {}, left: String(found[0]!.boundary), right: String(found[0]!.at) },
    numbers: { crossings: found.map(({ at }) => at) },
  }
})

const crossingWidth = 512

/** At the crossing every layer of sampled networks has one mean length: exactly for uncorrelated weights, else to 1/N. */
const sampledCrossing = (shown: Shown, biasVariance: number): SampledCheck => {
  const at = crossing(shown.rowCorrelation, biasVariance)
  return sampledExpectations({
    name: 'lengths at the crossing',
    stream: `${streamOf(shown)}-crossing-${biasVariance}`,
    finiteWidth: `the exact mean at N = ${crossingWidth}${shown.rowCorrelation === 0 ? ', which is that at every width' : ''}`,
    cases: (depth) => [
      {
        parameters: { '\\sigma_w^2': at, '\\sigma_b^2': biasVariance },
        request: {
          ...lengthsAndCorrelations(
            ensembleAt(at, shown, { biasVariance, widths: crossingWidth }),
            depth === 'quick' ? 40 : 160,
          ),
          observables: [{ kind: 'layers', field: 'meanLength' }],
        },
        measured: (summary) => shownLayers.map((layer) => meanOf(summary, 0, layer)),
        predicted: () => {
          const exact = exactLengths(at, shown.rowCorrelation, crossingWidth, biasVariance)
          return shownLayers.map((layer) => exact[layer]!)
        },
        label: (k) => `the length at layer ${shownLayers[k]! + 1}`,
      },
    ],
  })
}

export const confirmations = [
  confirm('fig-2.2.crossing', crossesBefore(0), sampledCrossing(uncorrelated, paper.biasVariance)),
  confirm('fig-2.2.crossing-bias-free', crossesAtBoundary, sampledCrossing(uncorrelated, 0)),
  confirm('fig-3.2.crossing', crossesBefore(paper.rowCorrelation), sampledCrossing(correlated, paper.biasVariance)),
]
