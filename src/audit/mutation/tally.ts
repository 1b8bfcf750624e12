import type { AttackResult, MutantResult } from './attack.js'
import { type MutationName, mutationNames } from './operators.js'

/** How many mutants met which end. */
export interface Tally {
  readonly refuted: number
  readonly survived: number
  readonly explained: number
  readonly equivalent: number
  /** Refuted among those that could be: all but the equivalent ones. 1 where there are none. */
  readonly share: number
}

/** Of all mutants at least this share must be refuted. */
export const requiredShare = 0.99

export function tally(mutants: readonly MutantResult[]): Tally {
  const count = (fate: MutantResult['fate']): number => mutants.filter((mutant) => mutant.fate === fate).length
  const [refuted, survived, explained] = [count('refuted'), count('survived'), count('explained')]
  const all = refuted + survived + explained
  return { refuted, survived, explained, equivalent: count('equivalent'), share: all === 0 ? 1 : refuted / all }
}

/** Tallies by operator, in the order of the table. */
export const tallyByOperator = (attacks: readonly AttackResult[]): ReadonlyMap<MutationName, Tally> => {
  const all = attacks.flatMap((attack) => attack.mutants)
  return new Map(mutationNames.map((name) => [name, tally(all.filter(({ operator }) => operator === name))]))
}

/** How many mutants were thrown out, by reason. */
export function equivalentByReason(attacks: readonly AttackResult[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { fate, reason } of attacks.flatMap((attack) => attack.mutants))
    if (fate === 'equivalent') counts[reason] = (counts[reason] ?? 0) + 1
  return counts
}

/** Whether the checks can be trusted: no statement is refuted as it is, nearly all mutants are refuted, and every survivor is explained. */
export function passes(attacks: readonly AttackResult[]): boolean {
  if (attacks.some((attack) => attack.refuted !== undefined)) return false
  const { share, survived } = tally(attacks.flatMap((attack) => attack.mutants))
  return share >= requiredShare && survived === 0
}
