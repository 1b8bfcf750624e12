import { z } from 'zod'
import { parseYaml, type TextFile } from '../audit/load/document.js'
import { notationSchema } from '../audit/load/schema.js'
import { validate } from '../audit/load/validate.js'
import { at, InputError, inFormula } from '../expression/errors.js'
import { call, type Expression, type Formula, mapChildren } from '../expression/expression.js'
import type { Notation } from '../expression/notation.js'
import { readExpression, readFormula } from '../expression/read-latex.js'
import { guessNotation } from '../source/guess/guess-notation.js'
import { type ActivationForm, hyperbolicForm, linearForm, rectifiedForm } from '../theory/index.js'

/** A model alone: a ring's energy, or an ensemble of networks. */
export type Model =
  | {
      readonly kind: 'ring'
      readonly title: string
      readonly energy: Formula
      readonly notation: Notation
      readonly guessed: boolean
    }
  | {
      readonly kind: 'ensemble'
      readonly title: string
      readonly activation: ActivationForm
      readonly weightVariance: number
      readonly biasVariance: number
      readonly rowCorrelation: number
      readonly notation: Notation
    }

const text = z.string({ error: 'a text is needed here; put it in quotes' })
const variance = z.number({ error: 'a number is needed here' }).min(0, 'a variance is zero or more')

const ringSchema = z.strictObject({
  title: text.default('ring'),
  energy: text,
  notation: notationSchema.nullable().default(null),
})

const ensembleSchema = z.strictObject({
  title: text.default('ensemble'),
  activation: text,
  weightVariance: variance,
  biasVariance: variance,
  rowCorrelation: z.number({ error: 'a number is needed here' }).gt(-1, 'a row correlation is above -1').default(0),
})

const named: Readonly<Record<string, ActivationForm>> = {
  linear: linearForm,
  identity: linearForm,
  relu: rectifiedForm,
  ReLU: rectifiedForm,
  tanh: hyperbolicForm,
  sign: { kind: 'sign' },
  step: { kind: 'step' },
  erf: { kind: 'erf', scale: 1 },
  sin: { kind: 'sine', frequency: 1, phase: 0 },
  sine: { kind: 'sine', frequency: 1, phase: 0 },
  exp: { kind: 'exponential', rate: 1 },
}

/** A formula's one variable. */
const inOneVariable: Notation = {
  symbols: [
    {
      name: 'z', kind: 'scalar', latex: ['z', 'x'], meaning: 'pre-activation', unit: null, domain: null, complex: false, slots: [],
      over: null, definition: null,
    },
  ],
  families: [],
  variables: [],
} // biome-ignore format: one object

/**
 * Reads a model: `energy` in LaTeX, with `notation` as in paper.yaml (guessed where it is left out), or `activation` (a name, or
 * LaTeX in z) with `weightVariance`, `biasVariance` and `rowCorrelation`. Throws InputError with file and line.
 */
export function readModel(file: TextFile): Model {
  const document = parseYaml(file)
  const keys = typeof document.value === 'object' && document.value !== null ? Object.keys(document.value) : []
  if (keys.includes('energy')) {
    const { title, energy, notation: given } = validate(document, ringSchema)
    const notation = given ?? guessedRing(energy)
    try {
      const place = document.placeOf(['energy'])
      return {
        kind: 'ring',
        title,
        energy: readFormula(energy, notation, { place }),
        notation,
        guessed: given === null,
      }
    } catch (error) {
      throw at(error, document.placeOf(['energy']))
    }
  }
  if (!keys.includes('activation'))
    throw new InputError(
      "a model is a ring ('energy' with 'notation') or an ensemble ('activation' with 'weightVariance' and 'biasVariance')",
      { file: file.path },
    )
  const { title, activation, weightVariance, biasVariance, rowCorrelation } = validate(document, ensembleSchema)
  return {
    kind: 'ensemble',
    title,
    activation: activationForm(activation, document.placeOf(['activation'])),
    weightVariance,
    biasVariance,
    rowCorrelation,
    notation: inOneVariable,
  }
}

function activationForm(written: string, place: { readonly file?: string; readonly line?: number }): ActivationForm {
  const known = Object.hasOwn(named, written) ? named[written] : undefined
  if (known !== undefined) return known
  const latex = written.replace(/^[^=]*=/, '')
  try {
    return { kind: 'formula', formula: withAbs(readExpression(latex, inOneVariable)) }
  } catch (error) {
    throw inFormula(error, latex, place)
  }
}

/** Of a real variable a modulus is an absolute value, which has a derivative. */
const withAbs = (e: Expression): Expression =>
  e.kind === 'modulus' ? call('abs', withAbs(e.of)) : mapChildren(e, withAbs)

/** A guess whose sites with neighbours lie on a ring, and whose coefficients are positive where nothing else is known. */
function guessedRing(energy: string): Notation {
  const guess = guessNotation([{ label: 'the energy', latex: energy }])
  const positive = { minimum: 0, maximum: 10, includeMinimum: false, includeMaximum: false, integer: false }
  return {
    ...guess,
    symbols: guess.symbols.map((symbol) =>
      symbol.kind === 'scalar' && symbol.domain === null ? { ...symbol, domain: positive } : symbol,
    ),
    families: guess.families.map((family) =>
      family.name.startsWith('site') ? { ...family, geometry: 'periodic' as const } : family,
    ),
  }
}
