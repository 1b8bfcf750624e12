import type { Check } from '../derivation.js'

/**
 * A check of a formula, put to a premise in its place: for a figure or a claim in words that shows what a formula says. The
 * premise's established formula is what is tested. Undecided where there is no such premise.
 */
export function onPremise(premise: string, check: Check): Check {
  const missing = { method: 'numeric' as const, outcome: 'undecided' as const, witness: null, numbers: {} }
  if (check.kind === 'direct')
    return {
      ...check,
      run: (input) => {
        const claimed = input.premises[premise]
        return claimed
          ? check.run({ ...input, claimed })
          : { ...missing, target: input.target, summary: `${check.name}: needs the premise \`${premise}\`` }
      },
    }
  return {
    ...check,
    judge: (input, summaries) => {
      const claimed = input.premises[premise]
      return claimed
        ? check.judge({ ...input, claimed }, summaries)
        : { ...missing, target: input.target, summary: `${check.name}: needs the premise \`${premise}\`` }
    },
  }
}
