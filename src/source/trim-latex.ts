/** Spaces, commas and full stops taken off a formula's ends; one piece at a time, as patterns that look for the end of a text are slow on long ones. */

const lead = /^(?:\\[,;:!> ]|\\q?quad(?![a-zA-Z])|[\s~,;]+)/
const pieceAtEnd = /(?:\\[,;:!> ]|\\q?quad|[\s~.,;])$/

/** The formula without spaces and marks around it. `\right.` is a bracket. */
export function trimLatex(latex: string): string {
  let start = 0
  for (let found = lead.exec(latex); found !== null; found = lead.exec(latex.slice(start))) start += found[0].length
  return trimLatexEnd(latex.slice(start))
}

/** The same at its end alone. */
export function trimLatexEnd(latex: string): string {
  let end = latex.length
  for (;;) {
    const found = pieceAtEnd.exec(latex.slice(Math.max(0, end - 6), end))
    if (found === null) return latex.slice(0, end)
    const before = latex.slice(Math.max(0, end - 40), end - found[0].length)
    if (found[0] === '.' && /\\(?:left|right)\s*$/.test(before)) return latex.slice(0, end)
    // Behind a backslash it is a part of a command.
    if (found[0].length === 1 && /(?:^|[^\\])(?:\\\\)*\\$/.test(before)) return latex.slice(0, end)
    end -= found[0].length
  }
}
