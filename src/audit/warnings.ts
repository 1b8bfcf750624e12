/** What to know about a statement's formulas before one believes a verdict: symbols that are guesses, places where they have no value. */

import { domainText } from '../expression/domain-text.js'
import { children, type Expression, type Formula } from '../expression/expression.js'
import type { Notation } from '../expression/notation.js'
import { vocabularyOf } from '../expression/vocabulary.js'
import type { Premises } from './derivation.js'
import type { Material } from './prepare.js'
import { outsideDomain, undefinedPoints } from './undefined-points.js'

export interface Warning {
  /**
   * `guess`: symbols that nobody has confirmed; `undefined`: the formula has no value somewhere in its domains; `unread`: a
   * premise that is named and not used; `reserved`: a letter that is read as a known function although the paper states what it
   * is; `hint`: what else may lie behind a refutation; `outside`: the printed value lies outside
   * the domain of what it is the value of.
   */
  readonly kind: 'guess' | 'undefined' | 'unread' | 'reserved' | 'hint' | 'outside'
  readonly text: string
}

/** Warnings about a statement. Pure; the same for the same data. */
export function warningsOf({
  printed,
  corrected,
  notation,
}: Pick<Material, 'printed' | 'corrected' | 'notation'>): readonly Warning[] {
  const formulas = [printed, corrected].filter((formula) => formula !== null)
  const undefinedTexts = new Set(formulas.flatMap((formula) => undefinedWarnings(formula, notation)))
  return [
    ...guessWarning(formulas, notation),
    ...[...undefinedTexts].map((text): Warning => ({ kind: 'undefined', text })),
    ...(printed === null ? [] : outsideWarning(printed, notation)),
  ]
}

/** Premises that a derivation names and nobody reads: what is derived does not follow from them. */
export function unreadWarnings(names: readonly string[], premises: Premises): readonly Warning[] {
  if (names.length === 0) return []
  const which = names.map((name) => (name === premises[name] ? name : `${name} (${premises[name]})`)).join(', ')
  const [one, many] = ['a premise that its derivation names', 'premises that its derivation names']
  const text = `${which}: ${names.length === 1 ? one : many} and neither it nor a check reads; use ${names.length === 1 ? 'it, or take it' : 'them, or take them'} away`
  return [{ kind: 'unread', text }]
}

function guessWarning(formulas: readonly Formula[], notation: Notation): readonly Warning[] {
  const names = new Set<string>()
  const families = new Set<string>()
  const visit = (e: Expression): void => {
    if (e.kind === 'symbol' || e.kind === 'indexed' || e.kind === 'apply') names.add(e.name)
    if (e.kind === 'indexed' || e.kind === 'apply') for (const { slot } of e.indices) families.add(slot)
    for (const child of children(e)) visit(child)
  }
  for (const { sides } of formulas) sides.forEach(visit)
  const guessed = [
    ...notation.symbols.filter(({ name, guess }) => guess && names.has(name)).map(({ latex }) => latex[0] ?? ''),
    ...notation.families
      .filter(({ name, guess }) => guess && families.has(name))
      .map(({ letters }) => letters.join(' ')),
  ]
  if (guessed.length === 0) return []
  const text = `what ${guessed.join(', ')} mean${guessed.length === 1 ? 's' : ''} is a guess: confirm it in paper.yaml and take 'guess: true' away`
  return [{ kind: 'guess', text }]
}

function undefinedWarnings(formula: Formula, notation: Notation): readonly string[] {
  const { forms } = vocabularyOf(notation)
  const domainOf = (latex: string): string => {
    for (const list of forms.values())
      for (const form of list)
        if (form.latex === latex && form.declaration.kind === 'scalar')
          return form.declaration.domain ? domainText(form.declaration.domain) : 'any real number'
    return ''
  }
  return undefinedPoints(formula, notation).map(({ what, at }) => {
    const places = [...at].map(([latex, value]) => `${latex} = ${value} (domain ${domainOf(latex)})`)
    return `it has no value everywhere in its domains: ${what} at ${places.join(', ')}; narrow a domain in paper.yaml`
  })
}

function outsideWarning(formula: Formula, notation: Notation): readonly Warning[] {
  const found = outsideDomain(formula, notation)
  if (found === null) return []
  const places = [...found.at].map(([latex, value]) => `${latex} = ${value}`)
  const where = places.length === 0 ? '' : ` at ${places.join(', ')}`
  const text = `the printed value lies outside the declared domain ${domainText(found.domain)} of ${found.what}: it is ${found.value}${where}; it is another solution than the one declared, or the domain in paper.yaml is wrong`
  return [{ kind: 'outside', text }]
}
