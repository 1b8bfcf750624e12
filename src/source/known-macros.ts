/** Which macros of a formula stand for something that can be declared or read, and what to do about the others. */
import { isReserved } from '../expression/read-latex.js'
import { tokenize } from '../expression/tokens.js'

/** Commands of LaTeX and its fonts that are letters. */
const letters = new Set(
  (
    'alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda mu nu xi omicron pi varpi rho varrho ' +
    'sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega digamma ' +
    'ell hbar hslash imath jmath aleph beth wp Re Im eth mho partial nabla infty emptyset varnothing bot top dagger ddagger ' +
    'star ast circ bullet prime sharp flat natural Box square triangle diamond odot oplus otimes parallel perp'
  ).split(' '),
)

/** What to do about commands that LaTeX has and formulas here do not. */
const advice: Readonly<Record<string, string>> = {
  lVert: 'a norm: write it as the root of a sum of squares',
  rVert: 'the end of a norm: write it as the root of a sum of squares',
  lim: 'a limit: state what it comes to, or what it is to leading order',
  max: 'a maximum: state the condition that it meets',
  min: 'a minimum: state the condition that it meets',
  sup: 'a supremum: state the condition that it meets',
  inf: 'an infimum: state the condition that it meets',
  leftarrow: 'an arrow is no relation of formulas',
  Rightarrow: 'an implication: make each side a statement of its own',
  Leftrightarrow: 'an equivalence: make each side a statement of its own',
  implies: 'an implication: make each side a statement of its own',
  iff: 'an equivalence: make each side a statement of its own',
}

/**
 * Why a formula's macros keep it from being read, with the way out; null where each stands for a letter, for something that the
 * reader of formulas knows, or where it is no LaTeX at all, which the reader then says.
 */
export function unknownMacros(latex: string): string | null {
  const found = new Set<string>()
  try {
    for (const { kind, text } of tokenize(latex)) {
      if (kind !== 'name' || isReserved(text)) continue
      for (const [, name] of withoutAccents(text).matchAll(/\\([a-zA-Z]+)/g)) if (!letters.has(name!)) found.add(name!)
    }
  } catch {
    return null
  }
  if (found.size === 0) return null
  const known = [...found].filter((name) => Object.hasOwn(advice, name))
  const others = [...found].filter((name) => !known.includes(name)).map((name) => `\\${name}`)
  const one = others.length === 1
  return [
    ...(others.length === 0
      ? []
      : [
          `${others.join(', ')} ${one ? 'is' : 'are'} neither defined in the source nor known here: add a \\newcommand that says what ${one ? 'it stands' : 'they stand'} for, or write the formula without in 'encoded'`,
        ]),
    ...new Set(known.map((name) => `\\${name} is ${advice[name]}, in 'encoded'`)),
  ].join('; ')
}

/** `\tilde{\epsilon}` without the accent: what is accented is the letter. */
const withoutAccents = (name: string): string =>
  name.replace(
    /\\(?:tilde|bar|hat|vec|dot|ddot|overline|underline|widetilde|widehat|math[a-z]+|boldsymbol|bm|operatorname|check|breve|pmb)(?=\{)/g,
    '',
  )
