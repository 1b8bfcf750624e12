/** Environments that display formulas, and how each cuts and numbers them. */

/** Rows of formulas; `true` where every second `&` begins another formula in the same row. */
const rowEnvironments: ReadonlyMap<string, boolean> = new Map(
  [
    ...['align', 'flalign', 'alignat', 'xalignat', 'xxalignat'].map((name) => [name, true] as const),
    ...['gather', 'eqnarray', 'IEEEeqnarray', 'dgroup', 'empheq'].map((name) => [name, false] as const),
  ].flatMap(([name, columns]) => [[name, columns] as const, [`${name}*`, columns] as const]),
)
const wholeEnvironments = new Set(
  ['equation', 'multline', 'dmath', 'displaymath', 'IEEEeqnarraybox'].flatMap((name) => [name, `${name}*`]),
)
/** Environments whose content is no text of the paper. */
const skipped = new Set([
  'comment', 'verbatim', 'lstlisting', 'tikzpicture', 'filecontents', 'minted', 'thebibliography',
]) // biome-ignore format: a list reads best as a list

export const isSkipped = (name: string): boolean => skipped.has(name)
export const isDisplayEnvironment = (name: string): boolean => rowEnvironments.has(name) || wholeEnvironments.has(name)
/** Whether its rows are formulas of their own. */
export const hasRows = (name: string): boolean => rowEnvironments.has(name)
/** Whether several formulas stand beside each other in a row. */
export const hasColumns = (name: string): boolean => rowEnvironments.get(name) ?? false
export const isNumbered = (name: string): boolean =>
  !name.endsWith('*') && name !== 'displaymath' && name !== 'xxalignat'
