/** LaTeX files that compile by themselves and can be \input into a document as well. */

/** A package with what only a document of its own needs of it. */
export const packages = {
  formulas: ['amsmath', 'amssymb'],
  tables: ['amsmath', 'amssymb', 'array', 'booktabs', 'longtable'],
  figures: ['amsmath', 'amssymb', 'pgf'],
} as const

/** What a file that can stand alone says of itself. */
export interface StandaloneFile {
  /** Lines of a comment: what it holds, and how it came about. */
  readonly about: readonly string[]
  readonly packages: readonly string[]
  /** Definitions that the body needs, made where they are not made yet. */
  readonly commands?: string
  readonly body: string
}

/** A script alphabet that needs a package, where a document has it; otherwise the calligraphic one. */
export const alphabets = '\\providecommand{\\mathscr}[1]{\\mathcal{#1}}'

/** What every document of ours begins with; nothing in it depends on the day, so that one source gives one PDF. */
export const documentHead = (packageNames: readonly string[]): string => `\\documentclass[10pt]{article}
\\usepackage[utf8]{inputenc}
\\usepackage[a4paper,margin=2cm]{geometry}
\\usepackage{${packageNames.join(',')}}
\\ifdefined\\pdfinfoomitdate \\pdfinfoomitdate=1 \\pdftrailerid{} \\pdfsuppressptexinfo=-1 \\fi
${alphabets}`

/** A comment of several lines; a line break inside a line cannot end it. */
export const comment = (lines: readonly string[]): string =>
  lines.map((line) => `% ${line.replace(/\s+/g, ' ').replace(/[^\x20-\x7e]/g, '?')}`).join('\n')

/** A file that is a document where it is compiled by itself, and its body alone where it is \input into one. */
export const standalone = ({ about, packages: names, commands, body }: StandaloneFile): string =>
  `${comment([...about, 'Compiles by itself with pdflatex. To \\input it into a document of your own, load there:'])}
%   \\usepackage{${names.join(',')}}
\\makeatletter
\\ifx\\@nodocument\\relax
  \\makeatother
  ${alphabets}
  \\providecommand{\\corrigendaend}{}
\\else
  \\makeatother
${indented(documentHead(names))}
  \\newcommand{\\corrigendaend}{\\end{document}}
  \\begin{document}
\\fi
${commands === undefined ? '' : `${commands}\n`}
${body}

\\corrigendaend
`

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
