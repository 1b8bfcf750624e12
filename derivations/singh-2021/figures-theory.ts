/** Figures 1.3, 2.1 and 3.1: activation functions, and phase diagrams as pictures with their boundaries. */
import {
  type Cells,
  type CheckInput,
  confirm,
  criticalPoint,
  directCheck,
  type FigureData,
  type Finding,
  type Formula,
  figure,
  hyperbolicForm,
  lengthBoundary,
  type Series,
  signalFate,
  signalMaps,
  uses,
} from 'corrigenda'
import {
  boundaryOf,
  cellsOf,
  columns,
  type Diagram,
  diagrams,
  orderBoundary,
  requestOf,
  rows,
} from './phase-diagrams.js'

// ---- Figure 1.3 ------------------------------------------------------------------------------------------------------------

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const functions: readonly (readonly [string, (x: number) => number])[] = [
  ['ReLU', (x) => Math.max(0, x)],
  ['swish', (x) => x * sigmoid(x)],
  ['sigmoid', sigmoid],
  ['tanh', Math.tanh],
]

export const activations = figure(
  'fig-1.3',
  () => [],
  (): FigureData => {
    const x = Array.from({ length: 201 }, (_, k) => 0.05 * (k - 100))
    return {
      panels: [
        {
          x: { label: 'x' },
          y: { label: 'φ(x)' },
          series: functions.map(([name, phi]): Series => ({ name, kind: 'line', x, y: x.map(phi) })),
        },
      ],
    }
  },
)

// ---- Checks ----------------------------------------------------------------------------------------------------------------

type BoundariesAt = (biasVariance: number) => readonly number[]

/** Whether the phases along every row are the given ones in their order, and change where the boundaries are. */
function rowsAgree(diagram: Diagram, phases: readonly string[], boundariesAt: BoundariesAt): Finding {
  const { x, y } = requestOf(diagram)
  let nearest = Number.POSITIVE_INFINITY
  for (const [r, row] of cellsOf(diagram).entries()) {
    const boundaries = boundariesAt(y.values[r]!)
    for (const [c, cell] of row.entries()) {
      const at = x.values[c]!
      const expected = phases[boundaries.filter((boundary) => at > boundary).length]!
      const found = diagram.phaseOf(cell)
      nearest = Math.min(nearest, ...boundaries.map((boundary) => Math.abs(at - boundary)))
      if (found !== expected)
        return {
          holds: false,
          summary: `a network is ${found} where the boundaries make it ${expected}`,
          witness: {
            at: { '\\sigma_w^2': at.toPrecision(6), '\\sigma_b^2': y.values[r]!.toPrecision(6) },
            left: expected,
            right: found,
          },
        }
    }
  }
  const count = columns * rows
  return {
    holds: true,
    summary: `${count} networks are ${phases.join(', ')}, in this order, with boundaries at ${boundariesAt(y.values[0]!)
      .map((boundary) => boundary.toPrecision(6))
      .join(' and ')} for the least bias and ${boundariesAt(y.values.at(-1)!)
      .map((boundary) => boundary.toPrecision(6))
      .join(' and ')} for the greatest; the nearest network is ${nearest.toPrecision(2)} away from one`,
    numbers: { networks: count, boundaries: boundariesAt(y.values.at(-1)!), nearest },
  }
}

const phaseCheck = (
  diagram: Diagram,
  phases: readonly string[],
  boundariesAt: (premises: CheckInput['premises']) => BoundariesAt,
) =>
  directCheck('phases of the networks of the diagram', 'numeric', ({ premises }) =>
    rowsAgree(diagram, phases, boundariesAt(premises)),
  )

/** Where correlations end in chaotic and in ordered tanh networks. */
const attractors = directCheck('attractors of the correlation on both sides of the boundary', 'numeric', () => {
  const found = [0.02, 0.1, 0.3, 0.5].flatMap((biasVariance) =>
    [0.9, 1.1].map((share) => {
      const weightVariance = share * orderBoundary(diagrams.tanh.model, biasVariance)
      const { attractor } = signalFate(signalMaps({ ...diagrams.tanh.model, weightVariance, biasVariance }))
      return { share, value: attractor.value }
    }),
  )
  const ordered = Math.min(...found.filter(({ share }) => share < 1).map(({ value }) => value))
  const chaotic = Math.max(...found.filter(({ share }) => share > 1).map(({ value }) => value))
  return {
    holds: ordered > 1 - 1e-9 && chaotic < 0.999,
    summary: `10 % below the boundary correlations end at ${ordered.toPrecision(6)}, 10 % above it at ${chaotic.toPrecision(4)} at most`,
    witness: { at: {}, left: String(chaotic), right: 'below 1' },
    numbers: { ordered, chaotic },
  }
})

/**
 * Whether two signals become correlated in every network of a diagram: nowhere does correlation one repel, and where the length
 * diverges, so that the bias no longer matters, the correlation rises from every value.
 */
const alwaysCorrelated = (diagram: Diagram) =>
  directCheck('correlation one over the diagram', 'numeric', () => {
    const slopes = cellsOf(diagram).flatMap((row) => row.map(({ chi }) => chi))
    const largest = Math.max(...slopes)
    const { covariance } = signalMaps({ ...diagram.model, biasVariance: 0 })
    const rises = Array.from({ length: 199 }, (_, k) => (k - 99) / 100).map(
      (c) => covariance(1, 1, c) / covariance(1, 1, 1) - c,
    )
    const least = Math.min(...rises)
    return {
      holds: largest <= 1 + 1e-12 && least > 0,
      summary: `the slope of the correlation map at one is ${largest.toPrecision(6)} at most; without bias a correlation rises in a layer, by ${least.toExponential(2)} at least up to 0.99`,
      witness: { at: {}, left: String(largest), right: 'at most 1' },
      numbers: { largest, least },
    }
  })

export const tanhPhases = uses(
  'fig-2.1a',
  { map: 'eq-2.3', boundary: 'sec-2.1.boundary' },
  'fixed point of the length and slope of the correlation map, network by network',
)
export const reluPhases = uses(
  'fig-2.1b',
  { bounded: 'sec-2.1.bounded' },
  'fixed point of the length, network by network, against the boundary',
)
export const positivePhases = uses(
  'fig-3.1a',
  { bounded: 'sec-3.1.bounded', uncorrelated: 'sec-2.1.bounded' },
  'fixed point of the length, network by network, against the boundary',
)
export const negativePhases = uses(
  'fig-3.1b',
  { bounded: 'sec-3.1.bounded', boundary: 'sec-3.1.boundary', uncorrelated: 'sec-2.1.bounded' },
  'fixed point of the length and slope of the correlation map, network by network, against both boundaries',
)

/** The boundary of the length against that of uncorrelated weights. */
const shifted = (diagram: Diagram, direction: 1 | -1) =>
  directCheck('boundary of the length against that of uncorrelated weights', 'numeric', ({ premises }) => {
    const own = lengthBoundary(diagram.model.activation, diagram.model.rowCorrelation)
    const other = boundaryOf(premises['uncorrelated'], diagram.model)
    return {
      holds: direction * (own - other) > 1e-3,
      summary: `${own.toPrecision(7)} against ${other.toPrecision(7)}`,
      witness: { at: { k: String(diagram.model.rowCorrelation) }, left: String(own), right: String(other) },
      numbers: { own, other },
    }
  })

const { tanh, relu, positive, negative } = diagrams

export const confirmations = [
  confirm(
    tanhPhases,
    phaseCheck(tanh, ['ordered', 'chaotic'], () => (biasVariance) => [orderBoundary(tanh.model, biasVariance)]),
    attractors,
  ),
  confirm(
    reluPhases,
    phaseCheck(relu, ['bounded', 'unbounded'], ({ bounded }) => () => [boundaryOf(bounded, relu.model)]),
    alwaysCorrelated(relu),
  ),
  confirm(
    positivePhases,
    phaseCheck(positive, ['bounded', 'unbounded'], ({ bounded }) => () => [boundaryOf(bounded, positive.model)]),
    alwaysCorrelated(positive),
    shifted(positive, -1),
  ),
  confirm(
    negativePhases,
    phaseCheck(negative, ['ordered bounded', 'chaotic bounded', 'chaotic unbounded'], ({ bounded, boundary }) => () => [
      boundaryOf(boundary, negative.model),
      boundaryOf(bounded, negative.model),
    ]),
    shifted(negative, 1),
  ),
]

// ---- Pictures --------------------------------------------------------------------------------------------------------------

const coloured = (diagram: Diagram): Cells => {
  const { x, y } = requestOf(diagram)
  const names = Object.keys(diagram.colors)
  return {
    x: x.values,
    y: y.values,
    kinds: names.map((name) => ({ name, color: diagram.colors[name]! })),
    cells: cellsOf(diagram).map((row) => row.map((cell) => names.indexOf(diagram.phaseOf(cell)))),
  }
}

const picture = (diagram: Diagram, boundaries: readonly Series[]): FigureData => ({
  panels: [{ x: { label: 'σ_w^2' }, y: { label: 'σ_b^2' }, cells: coloured(diagram), series: boundaries }],
})

/** A boundary that does not depend on the bias. */
const upright = (name: string, at: number, { ends }: Diagram, dashed = false): Series => ({
  name: `${name}: ${at.toPrecision(6)}`,
  kind: 'line',
  x: [at, at],
  y: [0, ends.biasVariance],
  color: '#222',
  dashed,
})

const lengthLine = (diagram: Diagram, bounded: Formula | undefined): Series =>
  upright('boundary of the length', boundaryOf(bounded, diagram.model), diagram)

export const pictures = [
  figure(
    'fig-2.1a',
    () => [],
    () => {
      const end = tanh.ends.biasVariance
      const points = Array.from({ length: 80 }, (_, k) => criticalPoint(hyperbolicForm, 0.001 * 1.1 ** k))
        .map(({ weightVariance, biasVariance }) => [weightVariance, biasVariance] as const)
        .filter(([, biasVariance]) => biasVariance < end)
      const curve = [...points, [orderBoundary(tanh.model, end), end] as const]
      const [x, y] = [curve.map(([weightVariance]) => weightVariance), curve.map(([, biasVariance]) => biasVariance)]
      return picture(tanh, [{ name: 'χ = 1', kind: 'line', x, y, color: '#222' }])
    },
  ),
  figure(
    'fig-2.1b',
    () => [],
    (_, { premises }) => picture(relu, [lengthLine(relu, premises['bounded'])]),
  ),
  figure(
    'fig-3.1a',
    () => [],
    (_, { premises }) =>
      picture(positive, [
        lengthLine(positive, premises['bounded']),
        upright('uncorrelated weights', boundaryOf(premises['uncorrelated'], positive.model), positive, true),
      ]),
  ),
  figure(
    'fig-3.1b',
    () => [],
    (_, { premises }) =>
      picture(negative, [
        lengthLine(negative, premises['bounded']),
        upright('boundary of the correlation', boundaryOf(premises['boundary'], negative.model), negative, true),
      ]),
  ),
]
