/** A first table of a paper's notation, guessed from the names that its formulas hold. Every entry is to be confirmed. */
import type {
  Domain,
  IndexFamily,
  Notation,
  SlotDeclaration,
  SymbolDeclaration,
  SymbolKind,
} from '../../expression/notation.js'
import { type Token, tokenize } from '../../expression/tokens.js'
import { canonicalName, distinctNames } from './canonical-name.js'
import { guessGeometry } from './geometry.js'
import { guessIndexLetters, type IndexLetters, indicesIn } from './index-letters.js'
import { type FormulaNames, namesOf, type Occurrence } from './occurrences.js'
import { ownNames } from './own-names.js'

/** A formula by what it is called on the page, for the meaning of what is guessed from it. */
export interface NamedFormula {
  readonly label: string
  readonly latex: string
}

/** Guesses a notation from formulas; those that are no LaTeX are passed over. */
export function guessNotation(formulas: readonly NamedFormula[]): Notation {
  const cut = formulas.flatMap(
    ({ label, latex }): readonly { readonly label: string; readonly tokens: readonly Token[] }[] => {
      try {
        return [{ label, tokens: tokenize(latex) }]
      } catch {
        return []
      }
    },
  )
  const own = ownNames(cut.map(({ tokens }) => tokens))
  const read = cut.flatMap(({ label, tokens }): readonly { readonly label: string; readonly names: FormulaNames }[] => {
    try {
      return [{ label, names: namesOf(tokens, own) }]
    } catch {
      return []
    }
  })
  const names = read.map((one) => one.names)
  const letters = guessIndexLetters(names)
  const variables = [...new Set(names.flatMap((one) => one.variables))]
  const upperBounds = new Set(names.flatMap((one) => one.upperBounds))
  const groups = new Map<string, Group>()
  const note = (occurrence: Occurrence, label: string, bound: ReadonlySet<string>): void => {
    const split = splitScripts(occurrence, letters)
    for (const inner of split.inPower) for (const one of inner) note(one, label, bound)
    const bare = split.latex === occurrence.nucleus && split.slots.length === 0
    if (bare && (letters.familyOf.has(occurrence.nucleus) || bound.has(occurrence.nucleus))) return
    const key = `${split.latex}|${split.slots.map(({ slot, position }) => `${position} ${slot}`).join()}`
    const group = groups.get(key) ?? { latex: split.latex, slots: split.slots, first: label, occurrences: [] }
    group.occurrences.push(occurrence)
    groups.set(key, group)
  }
  for (const { label, names: one } of read) {
    const bound = new Set([...one.bound.keys(), ...one.variables])
    for (const occurrence of one.occurrences) note(occurrence, label, bound)
    for (const name of one.upperBounds)
      note(
        {
          nucleus: name,
          subscript: [],
          superscript: [],
          argument: null,
          bracket: null,
          bracketHasPower: false,
          mustBePositive: false,
          isLeftSide: false,
        },
        label,
        bound,
      )
  }
  const list = [...groups.values()]
  const canonical = distinctNames(list.map(({ latex, slots }) => canonicalName(latex, slots.length > 0)))
  return {
    symbols: list.map((group, k) => declarationOf(group, canonical[k]!, upperBounds)),
    families: letters.families.map(({ name, letters: members, neighbours }): IndexFamily => {
      const { geometry, reason } = guessGeometry(
        members,
        formulas.map(({ latex }) => latex),
      )
      const asked = neighbours ? 'has neighbours: say whether the geometry is periodic or open' : ''
      return { name, letters: members, summedWhenRepeated: false, geometry, meaning: reason || asked, guess: true }
    }),
    variables: variables.filter((variable) => !groups.has(`${variable}|`)),
  }
}

interface Group {
  readonly latex: string
  readonly slots: readonly SlotDeclaration[]
  /** Label of the formula in which it first occurs. */
  readonly first: string
  readonly occurrences: Occurrence[]
}

interface SplitScripts {
  /** The name with what belongs to it. */
  readonly latex: string
  readonly slots: readonly SlotDeclaration[]
  /** Names in a superscript that is a power. */
  readonly inPower: readonly (readonly Occurrence[])[]
}

/** Tells what belongs to the name in its scripts from indices and powers. */
function splitScripts({ nucleus, subscript, superscript }: Occurrence, letters: IndexLetters): SplitScripts {
  const below = splitSubscript(subscript, letters)
  const above = splitSuperscript(superscript, letters)
  const script = (mark: string, tokens: readonly Token[]): string =>
    tokens.length === 0
      ? ''
      : tokens.length === 1
        ? mark + spelled(tokens[0]!)
        : `${mark}{${tokens.map(spelled).join(' ')}}`
  return {
    latex: `${nucleus}${script('_', below.name)}${script('^', above.name)}`,
    slots: [...below.slots, ...above.slots],
    inPower: above.power.length === 0 ? [] : [namesOf(above.power).occurrences],
  }
}

const spelled = ({ kind, text }: Token): string => (kind === 'text' ? `\\text{${text}}` : text)

function slotsOf(
  tokens: readonly Token[],
  letters: IndexLetters,
  position: SlotDeclaration['position'],
): readonly SlotDeclaration[] | null {
  const indices = indicesIn(tokens)
  if (indices === null || !indices.some(({ letter }) => letter !== null)) return null
  const families = indices.map(({ letter }) => (letter === null ? null : (letters.familyOf.get(letter) ?? undefined)))
  if (families.includes(undefined)) return null
  // A number among letters stands where a letter of the first one's family could.
  const known = families.find((family) => family !== null && family !== undefined)!
  return families.map((family): SlotDeclaration => ({ slot: (family ?? known)!.name, position, optional: false }))
}

function splitSubscript(
  tokens: readonly Token[],
  letters: IndexLetters,
): { readonly name: readonly Token[]; readonly slots: readonly SlotDeclaration[] } {
  const slots = slotsOf(tokens, letters, 'subscript')
  if (slots !== null) return { name: [], slots }
  const comma = tokens.findIndex(({ text }) => text === ',' || text === ';')
  const behind = comma < 0 ? null : slotsOf(tokens.slice(comma + 1), letters, 'subscript')
  return behind === null ? { name: tokens, slots: [] } : { name: tokens.slice(0, comma), slots: behind }
}

function splitSuperscript(
  tokens: readonly Token[],
  letters: IndexLetters,
): { readonly name: readonly Token[]; readonly slots: readonly SlotDeclaration[]; readonly power: readonly Token[] } {
  const [first] = tokens
  if (first === undefined) return { name: [], slots: [], power: [] }
  const only = tokens.length === 1
  if (only && (first.text === 'T' || first.text === '\\dagger')) return { name: [], slots: [], power: [] }
  if (only && (first.text === '*' || first.kind === 'text' || first.text.startsWith('\\mathrm{')))
    return { name: tokens, slots: [], power: [] }
  const slots = slotsOf(tokens, letters, 'superscript')
  if (slots !== null) return { name: [], slots, power: [] }
  return { name: [], slots: [], power: tokens }
}

const calligraphic = /^\\math(?:cal|scr|frak)\{/
const ofConfigurations = new Set(['H', 'E', 'F', 'S', 'Z', 'Q', 'P'])
const customaryFunctions = new Set([
  'f',
  'g',
  'h',
  'F',
  'G',
  '\\phi',
  '\\varphi',
  '\\psi',
  '\\rho',
  '\\Phi',
  '\\Psi',
  'V',
  'p',
  'P',
  'u',
])

function declarationOf(
  { latex, slots, first, occurrences }: Group,
  name: string,
  upperBounds: ReadonlySet<string>,
): SymbolDeclaration {
  const kind = kindOf(latex, slots, occurrences)
  const numeric = kind === 'scalar' || kind === 'quantity'
  return {
    name,
    kind,
    latex: [latex],
    meaning: `first in ${first}`,
    unit: null,
    domain: numeric ? domainOf(latex, occurrences, upperBounds) : null,
    complex: false,
    slots,
    over: null,
    definition: null,
    guess: true,
  }
}

function kindOf(latex: string, slots: readonly SlotDeclaration[], occurrences: readonly Occurrence[]): SymbolKind {
  const nucleus = occurrences[0]!.nucleus
  const followed = occurrences.filter(({ argument }) => argument !== null)
  const isEnergy = calligraphic.test(nucleus) || ofConfigurations.has(nucleus)
  if (followed.some(({ argument }) => argument!.some(({ text }) => text === '\\{'))) return 'functional'
  if (isEnergy && followed.some(({ bracket }) => bracket === '[')) return 'functional'
  if (slots.length === 0 && isEnergy && occurrences.some(({ isLeftSide }) => isLeftSide) && followed.length === 0)
    return 'functional'
  const round = followed.filter(({ bracket, bracketHasPower }) => bracket === '(' && !bracketHasPower)
  const always = round.length === occurrences.length
  const named = round.some(({ argument }) => isPlainArgument(argument!))
  if (
    round.length > 0 &&
    ((always && named) || (customaryFunctions.has(nucleus) && named) || (always && customaryFunctions.has(latex)))
  )
    return always || !isFieldLike(round) ? 'function' : 'field'
  return slots.length > 0 ? 'quantity' : 'scalar'
}

/** One name, or names and numbers with commas between them. */
const isPlainArgument = (tokens: readonly Token[]): boolean =>
  tokens.length > 0 &&
  tokens.every(
    ({ kind, text }) =>
      kind === 'name' || kind === 'number' || [',', ';', '_', '^', '{', '}', "'", '-', '+'].includes(text),
  ) &&
  !tokens.slice(1).some(({ text }, k) => (text === '+' || text === '-') && !isInScript(tokens, k + 1))

const isInScript = (tokens: readonly Token[], at: number): boolean =>
  tokens.slice(0, at).filter(({ text }) => text === '{').length >
  tokens.slice(0, at).filter(({ text }) => text === '}').length

const isFieldLike = (round: readonly Occurrence[]): boolean =>
  round.every(
    ({ argument }) => argument!.length === 1 && /^(?:x|t|r|\\mathbf\{x\}|\\mathbf\{r\})$/.test(argument![0]!.text),
  )

const positive: Domain = { minimum: 0, maximum: 10, includeMinimum: false, includeMaximum: false, integer: false }
const counting: Domain = { minimum: 2, maximum: 1000, includeMinimum: true, includeMaximum: true, integer: true }

function domainOf(latex: string, occurrences: readonly Occurrence[], upperBounds: ReadonlySet<string>): Domain | null {
  if (upperBounds.has(latex)) return counting
  if (/^\\(?:sigma|xi|tau|beta)(?![a-zA-Z])/.test(latex)) return positive
  return occurrences.some(({ mustBePositive }) => mustBePositive) ? positive : null
}
