/** A notation for the corpus, of these tests' own. */
import type {
  IndexFamily,
  Notation,
  SlotDeclaration,
  SymbolDeclaration,
  SymbolKind,
} from '../../../src/expression/notation.js'

const slot = (written: string): SlotDeclaration => ({
  slot: written.replace(/[_^?]/g, ''),
  position: written.includes('_') ? 'subscript' : 'superscript',
  optional: written.endsWith('?'),
})

/** A declaration in short: slots are written `^site`, `_neuron?`. */
export function declare(
  name: string,
  kind: SymbolKind,
  latex: string | readonly string[],
  slots = '',
  more: Partial<SymbolDeclaration> = {},
): SymbolDeclaration {
  return {
    name,
    kind,
    latex: typeof latex === 'string' ? [latex] : latex,
    meaning: name,
    unit: null,
    domain: null,
    complex: false,
    slots: slots === '' ? [] : slots.split(' ').map(slot),
    over: null,
    definition: null,
    ...more,
  }
}

const family = (
  name: string,
  letters: string,
  geometry: IndexFamily['geometry'] = 'plain',
  summedWhenRepeated = false,
): IndexFamily => ({ name, letters: letters.split(' '), geometry, summedWhenRepeated, meaning: name })

export const families: readonly IndexFamily[] = [
  family('site', 'l m', 'periodic'),
  family('neuron', '\\alpha \\beta \\gamma', 'plain', true),
  family('input', 'i j'),
  family('mode', "q q'", 'modes'),
]

export const notation: Notation = {
  families,
  variables: ['x', 'u'],
  symbols: [
    declare('weightStandardDeviation', 'scalar', '\\sigma_w'),
    declare('biasStandardDeviation', 'scalar', '\\sigma_b'),
    declare('distanceToCriticality', 'scalar', '\\Delta_w'),
    declare('width', 'quantity', 'N', '_site?'),
    declare('depth', 'scalar', 'L'),
    declare('coupling', 'scalar', 'J'),
    declare('dataCoupling', 'scalar', 'J_D'),
    declare('inverseTemperature', 'scalar', '\\beta'),
    declare('saddleNorm', 'scalar', 'r^*'),
    declare('norm', 'quantity', 'r', '^site'),
    declare('positiveNorm', 'quantity', 'r_+', '^site?'),
    declare('negativeNorm', 'quantity', 'r_-', '^site?'),
    declare('orthant', 'quantity', 'k', '_site?'),
    declare('orthantSaddle', 'scalar', 'k^*'),
    declare('signedNormSaddle', 'scalar', ['r_{+/-}^*', 'r_{+/-}']),
    declare('fluctuation', 'quantity', '\\epsilon', '^site'),
    declare('fluctuationMode', 'quantity', '\\epsilon', '_mode', { complex: true }),
    declare('fluctuationField', 'field', '\\epsilon'),
    declare('positiveField', 'field', '\\epsilon_+'),
    declare('negativeField', 'field', '\\epsilon_-'),
    declare('orthantField', 'field', '\\epsilon_k'),
    declare('positiveFluctuation', 'quantity', '\\epsilon_+', '^site'),
    declare('negativeFluctuation', 'quantity', '\\epsilon_-', '^site'),
    declare('orthantFluctuation', 'quantity', '\\epsilon_k', '^site'),
    declare('positiveMode', 'quantity', '\\epsilon_+', '^mode', { complex: true }),
    declare('negativeMode', 'quantity', '\\epsilon_-', '^mode', { complex: true }),
    declare('orthantMode', 'quantity', '\\epsilon_k', '^mode', { complex: true }),
    declare('scaledPositive', 'quantity', '\\tilde{\\epsilon}_+', '^site'),
    declare('scaledNegative', 'quantity', '\\tilde{\\epsilon}_-', '^site'),
    declare('scaledOrthant', 'quantity', '\\tilde{\\epsilon}_k', '^site'),
    declare('preactivation', 'quantity', 'z', '_neuron? _input? ^site'),
    declare('positivePreactivation', 'quantity', 'z_+', '^site'),
    declare('negativePreactivation', 'quantity', 'z_-', '^site'),
    declare('auxiliary', 'quantity', '\\lambda', '_neuron? _input? ^site?'),
    declare('weight', 'quantity', 'W', '_neuron? _neuron? ^site'),
    declare('bias', 'quantity', 'b', '_neuron? _input? ^site'),
    declare('input', 'quantity', 'x', '_neuron? _input'),
    declare('singleInput', 'quantity', 'x', '_neuron'),
    declare('target', 'quantity', 't', '_input?'),
    declare('activation', 'function', '\\phi', '^site?'),
    declare('network', 'function', 'f'),
    declare('density', 'function', 'P'),
    declare('lossOfOne', 'function', '\\ell'),
    declare('loss', 'functional', '\\mathcal{L}'),
    declare('dataLoss', 'functional', '\\mathcal{L}_D'),
    declare('energy', 'functional', 'U'),
    declare('hamiltonian', 'functional', 'H'),
    declare('partition', 'functional', 'Q'),
    declare('inputs', 'set', '\\mathcal{M}'),
    declare('covariance', 'matrix', '\\Sigma', '_input? _input? ^site?', { over: 'input' }),
    declare('parameters', 'quantity', '\\Omega', '^site?'),
    declare('positiveAngles', 'quantity', '\\Omega_+'),
    declare('negativeAngles', 'quantity', '\\Omega_-'),
    declare('massCoefficient', 'scalar', 'm'),
    declare('quarticCoefficient', 'scalar', 'v'),
    declare('stiffness', 'scalar', 'K'),
    declare('order', 'field', 'u'),
    declare('denominator', 'scalar', '\\eta'),
  ],
}

const vectors = [
  declare('preactivations', 'vector', ['z', '\\mathbf{z}'], '_neuron? _input? ^site', { over: 'input' }),
  declare('auxiliaries', 'vector', ['\\lambda', '\\boldsymbol{\\lambda}'], '_neuron? _input? ^site', { over: 'input' }),
]
const expansion = [
  declare('expansionDenominator', 'scalar', 'D'),
  declare('expansionSlope', 'scalar', '\\alpha'),
  declare('saddlePreactivation', 'scalar', 'z'),
]

/** What a statement declares for itself. */
export const locals: ReadonlyMap<number, readonly SymbolDeclaration[]> = new Map<number, readonly SymbolDeclaration[]>([
  [33, vectors.map((v) => ({ ...v, latex: v.latex.slice(0, 1) }))],
  [
    37,
    [
      ...vectors.map((v) => ({ ...v, latex: v.latex.slice(1) })),
      declare('covariances', 'matrix', '\\boldsymbol{\\Sigma}', '^site', { over: 'input' }),
    ],
  ],
  ...[52, 53, 54].map((n) => [n, expansion] as const),
  [91, [declare('norm', 'scalar', 'r')]],
])
