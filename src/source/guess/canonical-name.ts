/** Names in letters and digits for what is written in LaTeX: `\tilde{\sigma}_w` is sigmaTildeW. */

const accent =
  /\\(tilde|bar|hat|vec|dot|ddot|mathcal|mathbf|mathbb|mathrm|mathsf|mathfrak|mathscr|boldsymbol|bm|operatorname|text|overline|underline|widetilde|widehat|check|breve|pmb)\s*\{([^{}]*)\}/
const spoken: ReadonlyMap<string, string> = new Map([
  ['mathcal', 'Calligraphic'], ['mathbf', 'Bold'], ['mathbb', 'Blackboard'], ['boldsymbol', 'Bold'], ['bm', 'Bold'], ['pmb', 'Bold'],
  ['mathrm', ''], ['mathsf', ''], ['mathfrak', 'Fraktur'], ['mathscr', 'Script'], ['operatorname', ''], ['text', ''],
  ['overline', 'Bar'], ['underline', 'Underlined'], ['widetilde', 'Tilde'], ['widehat', 'Hat'],
]) // biome-ignore format: a table reads best as a table

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** A name for a symbol; `indexed` ones of a single letter are told apart from the scalar. */
export function canonicalName(latex: string, indexed: boolean): string {
  let text = latex
  for (let found = accent.exec(text); found !== null; found = accent.exec(text)) {
    const word = spoken.get(found[1]!) ?? capital(found[1]!)
    text = text.replace(found[0], () => ` ${found![2]} ${word} `)
  }
  const words = text
    .replace(/\*/g, ' Star ')
    .replace(/\+/g, ' Plus ')
    .replace(/-/g, ' Minus ')
    .replace(/'/g, ' Prime ')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
  const [first = 'symbol', ...rest] = words
  const name = [/^[0-9]/.test(first) ? `n${first}` : first, ...rest.map(capital)].join('')
  return indexed && name.length === 1 ? `${name}Entry` : name
}

/** The same names, those that occur twice numbered. */
export function distinctNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return names.map((wanted) => {
    let name = wanted
    for (let k = 2; taken.has(name); k++) name = `${wanted}${k}`
    taken.add(name)
    return name
  })
}
