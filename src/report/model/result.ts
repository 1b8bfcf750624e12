/** One thing that the theory says of a model. */
export interface ModelResult {
  /** What it is: `saddle`, `correlation length`. */
  readonly name: string
  /** For a terminal: one line or several. */
  readonly text: string
  /** A formula, or words between formulas, for a paper. */
  readonly latex: string
}

/** A result as lines for a terminal. */
export const resultText = ({ name, text }: ModelResult): string => `${name}\n${text.replace(/^/gm, '  ')}`

/** Results as LaTeX that compiles within a document with amsmath. */
export const resultsLatex = (title: string, results: readonly ModelResult[]): string =>
  [
    `\\section*{${title}}`,
    '\\begin{description}',
    ...results.map(({ name, latex }) => `\\item[${name}] ${latex}`),
    '\\end{description}',
    '',
  ].join('\n')
