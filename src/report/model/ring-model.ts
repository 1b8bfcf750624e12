/** What the theory makes of the energy of a ring: saddle, fluctuations, modes, field theory, correlation length. */
import { DomainError, InputError } from '../../expression/errors.js'
import {
  type ApplyNode,
  divide,
  type Expression,
  type Formula,
  type IndexedNode,
  type MatrixNode,
  multiply,
  negate,
  rational,
  type SymbolNode,
  symbol,
} from '../../expression/expression.js'
import type { IndexFamily, Notation, SymbolDeclaration } from '../../expression/notation.js'
import { readExpression } from '../../expression/read-latex.js'
import { indexedQuantities } from '../../expression/substitute.js'
import { toLatex } from '../../expression/write-latex.js'
import { toText } from '../../expression/write-text.js'
import {
  correlationLength,
  fourierEnergy,
  fourierKernel,
  gradientExpansion,
  quadraticForm,
  type StabilityConditions,
  saddleConditions,
  secondVariation,
  stabilityConditions,
  substituteSolutions,
  uniformSaddle,
} from '../../theory/index.js'
import { readable, readableFormula } from '../readable.js'
import type { ModelResult } from './result.js'

/** A ring and the quantities that its theory speaks of. */
export interface RingModel {
  /** The notation, with uniform values, fluctuations, amplitudes and smooth fields added. */
  readonly notation: Notation
  readonly energy: Formula
  readonly fields: readonly IndexedNode[]
  readonly uniform: readonly SymbolNode[]
  readonly fluctuations: readonly IndexedNode[]
  readonly modes: readonly IndexedNode[]
  readonly smooth: readonly ApplyNode[]
}

const greek = ['\\epsilon', '\\eta', '\\zeta', '\\theta', '\\upsilon', '\\varpi']

/**
 * Prepares an energy: every quantity with a site for an index is a field; for each a uniform value (`r^*`), a fluctuation
 * (`\epsilon^l`), its amplitude (`\epsilon_q`) and a smooth field (`\epsilon(x)`) are added to the notation. Throws InputError
 * where there is no field, or no family of sites.
 */
export function ringModel(energy: Formula, given: Notation): RingModel {
  const sites = given.families.filter(({ geometry }) => geometry === 'periodic' || geometry === 'open')
  if (sites.length === 0)
    throw new InputError('the notation has no family of sites: give the letters of the ring geometry: periodic')
  const isField = ({ indices }: IndexedNode): boolean =>
    sites.some(({ name }) => indices.length === 1 && indices[0]!.slot === name)
  const names = [
    ...new Set(
      energy.sides
        .slice(-1)
        .flatMap(indexedQuantities)
        .filter(isField)
        .map(({ name }) => name),
    ),
  ]
  if (names.length === 0)
    throw new InputError(
      'the energy holds no quantity with a site for its one index; declare one as a quantity with that slot',
    )
  const site = sites.find(({ name }) =>
    energy.sides
      .slice(-1)
      .flatMap(indexedQuantities)
      .some(({ indices }) => indices[0]?.slot === name),
  )!
  const { family: mode, families } = withModes(given)
  const free = greek.filter((letter) => !given.symbols.some(({ latex }) => latex.includes(letter)))
  const symbols: SymbolDeclaration[] = [...given.symbols]
  const parts = names.map((name, k) => {
    const declared = given.symbols.find((one) => one.name === name)!
    const form = declared.latex[0]!
    const letter = free[k] ?? `\\delta_{${k + 1}}`
    const slots = declared.slots
    symbols.push(
      declaration(`${name}Uniform`, 'scalar', `${form}^*`, `uniform value of ${declared.meaning || form}`, {
        domain: declared.domain,
      }),
      declaration(`${name}Fluctuation`, 'quantity', letter, `deviation of ${form} from its uniform value`, { slots }),
      declaration(`${name}Amplitude`, 'quantity', letter, `Fourier amplitude of that deviation`, {
        slots: [{ slot: mode.name, position: 'subscript', optional: false }],
        complex: true,
      }),
      declaration(`${name}Field`, 'field', letter, 'the same deviation as a smooth function', {}),
    )
    const at = slots[0]!.position === 'superscript' ? '^' : '_'
    return { name, form, letter, index: `${at}{${site.letters[0]}}` }
  })
  const notation: Notation = {
    symbols,
    families,
    variables: [...new Set([...given.variables, 'x'])],
  }
  const read = <K extends Expression['kind']>(latex: string): Extract<Expression, { kind: K }> =>
    readExpression(latex, notation, { place: { statement: 'the model' } }) as Extract<Expression, { kind: K }>
  return {
    notation,
    energy,
    fields: parts.map(({ form, index }) => read<'indexed'>(`${form}${index}`)),
    uniform: parts.map(({ name }) => symbol(`${name}Uniform`)),
    fluctuations: parts.map(({ letter, index }) => read<'indexed'>(`${letter}${index}`)),
    modes: parts.map(({ letter }) => read<'indexed'>(`${letter}_{${mode.letters[0]}}`)),
    smooth: parts.map(({ letter }) => read<'apply'>(`${letter}(x)`)),
  }
}

function declaration(
  name: string,
  kind: SymbolDeclaration['kind'],
  latex: string,
  meaning: string,
  more: Partial<SymbolDeclaration>,
): SymbolDeclaration {
  return {
    name,
    kind,
    latex: [latex],
    meaning,
    unit: null,
    domain: null,
    complex: false,
    slots: [],
    over: null,
    definition: null,
    ...more,
  }
}

/** The family of wave vectors, added where there is none. */
function withModes({ families }: Notation): {
  readonly family: IndexFamily
  readonly families: readonly IndexFamily[]
} {
  const known = families.find(({ geometry }) => geometry === 'modes')
  if (known !== undefined) return { family: known, families }
  const taken = new Set(families.flatMap(({ letters }) => letters))
  const letter = ['q', 'k', 'p', '\\kappa'].find((one) => !taken.has(one))!
  const family: IndexFamily = {
    name: 'mode',
    letters: [letter, `${letter}'`],
    summedWhenRepeated: false,
    geometry: 'modes',
    meaning: 'wave vector',
  }
  return { family, families: [...families, family] }
}

/** Everything that follows from the energy, in the order in which it follows; what does not says why. */
export function ringResults(model: RingModel): readonly ModelResult[] {
  const { energy, notation } = model
  const results: ModelResult[] = []
  const tell = (name: string, formulas: readonly Formula[]): void => {
    const shown = formulas.map((formula) => readableFormula(formula, notation))
    results.push({
      name,
      text: shown.map(({ sides }) => sides.map((side) => toText(side)).join(' = ')).join('\n'),
      latex: shown
        .map(({ sides }) => `$\\displaystyle ${sides.map((side) => toLatex(side, notation)).join(' = ')}$`)
        .join(', '),
    })
  }
  const attempt = <T>(name: string, work: () => T): T | null => {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      results.push({ name, text: `not found: ${error.detail}`, latex: `not found` })
      return null
    }
  }
  const value = (e: Expression): Formula => ({ sides: [readable(e, notation)], relations: [] })

  tell('energy', [energy])
  const saddle = attempt('saddle', () => solvedSaddle(model))
  if (saddle === null) return results
  tell('saddle', saddle)
  const fluctuation = attempt('fluctuations', () => secondVariation(energy, { ...model, at: saddle }))
  if (fluctuation === null) return results
  tell('fluctuations', [value(fluctuation)])
  const letter = model.modes[0]!.indices[0]!.index.letter!
  const kernel = attempt('kernel', () => fourierKernel(fluctuation, { ...model, waveVector: letter }))
  if (kernel === null) return results
  tell('kernel', [value(single(kernel))])
  const modes = attempt('mode energies', () => fourierEnergy(fluctuation, model))
  if (modes !== null) tell('mode energies', [value(modes)])
  const stability = attempt('stability', () =>
    stabilityConditions(quadraticForm(fluctuation, model), domainsOf(notation)),
  )
  if (stability !== null) results.push({ name: 'stability', ...stabilityText(stability, letter, notation) })
  if (kernel.rows.length === 1) {
    const variance = divide(rational(1), multiply(rational(2), symbol('sites'), readable(single(kernel), notation)))
    results.push({
      name: 'variance of a mode',
      text: `${toText(variance)}, for a ring of so many sites`,
      latex: `$\\displaystyle ${toLatex(variance, withSites(notation))}$ for a ring of $n$ sites`,
    })
  }
  const field = attempt('field theory', () => gradientExpansion(fluctuation, { ...model, order: 2 }))
  if (field !== null) tell('field theory', [value(field)])
  const length = attempt('correlation length', () => correlationLength(kernel, letter, domainsOf(notation)))
  if (length !== null) tell('correlation length', [value(length)])
  return results
}

const withSites = (notation: Notation): Notation => ({
  ...notation,
  symbols: [...notation.symbols, declaration('sites', 'scalar', 'n', 'number of sites', {})],
})

const domainsOf = ({ symbols }: Notation) =>
  new Map(symbols.flatMap(({ name, domain }) => (domain === null ? [] : [[name, domain] as const])))

/** A kernel of one field is its one entry. */
const single = (kernel: MatrixNode): Expression => (kernel.rows.length === 1 ? kernel.rows[0]![0]! : kernel)

/** The uniform saddle; zero where zero is stationary and nothing else was found. */
function solvedSaddle(model: RingModel): readonly Formula[] {
  try {
    return uniformSaddle(model.energy, model)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const atZero: readonly Formula[] = model.uniform.map((u) => ({ sides: [u, rational(0)], relations: ['='] }))
    const vanishes = saddleConditions(model.energy, model).every((condition) => {
      const left = readable(substituteSolutions(condition, atZero), model.notation)
      return left.kind === 'number' && left.numerator === 0n
    })
    if (!vanishes) throw error
    return atZero
  }
}

/** What has to be positive for stability, in words. */
function stabilityText({ ends, between }: StabilityConditions, letter: string, notation: Notation) {
  const inWords = (write: (e: Expression) => string, quote: (formula: string) => string): string => {
    const part = (e: Expression): string => write(readable(e, notation))
    const parts = ends.map((end) => quote(`${part(end)} > 0`))
    if (between.kind === 'not written out')
      parts.push(`${quote(`K(${letter}) > 0`)} for every ${quote(letter)} between 0 and pi, which is not written out`)
    if (between.kind === 'case') {
      const value = readable(between.positive, notation)
      // -(a + b) > 0 reads better as a + b < 0.
      const isTurned =
        value.kind === 'product' && value.factors[0]?.kind === 'number' && value.factors[0].numerator < 0n
      const positive = quote(isTurned ? `${write(negate(value))} < 0` : `${write(value)} > 0`)
      const where = quote(`${part(between.size)} < ${part(between.bound)}`)
      parts.push(between.always ? positive : `, where ${where}, ${positive}`)
    }
    return `stable where ${parts.join(' and ').replaceAll(' and ,', ' and,')}`
  }
  return {
    text: inWords(toText, (formula) => formula),
    latex: inWords(
      (e) => toLatex(e, notation),
      (formula) => `$${formula}$`,
    ),
  }
}
