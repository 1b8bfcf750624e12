/** Macros of the packages that physicists load (physics, mathtools, braket, bm, commath, diffcoeff), written out as LaTeX without them. */
import { type Arguments, argumentsAt, skipSpaces } from './macro-arguments.js'

/** What a package's macro takes, and what it stands for. */
interface PackageMacro {
  /** The least and the most arguments in braces. */
  readonly takes: readonly [number, number]
  readonly write: (given: Arguments) => string
}

const word =
  (text: string): PackageMacro['write'] =>
  () =>
    text
const plain = (text: string): PackageMacro => ({ takes: [0, 0], write: word(text) })
const around = (left: string, right: string): PackageMacro => ({
  takes: [1, 1],
  write: ({ values: [x = ''] }) => `\\left${left} ${x} \\right${right}`,
})
const styled = (style: string): PackageMacro => ({ takes: [1, 1], write: ({ values: [x = ''] }) => `${style}{${x}}` })
const content: PackageMacro = { takes: [1, 1], write: ({ values: [x = ''] }) => ` ${x} ` }
const second: PackageMacro = { takes: [2, 2], write: ({ values: [, x = ''] }) => ` ${x} ` }
const text = (words: string): PackageMacro => plain(`\\quad \\text{${words}} \\quad `)

/** Derivatives: of what and by what, or an operator by itself; the option is the order. */
const derivative = (sign: string): PackageMacro => ({
  takes: [1, 3],
  write: ({ option, values: [first = '', by, also] }) => {
    const power = option === null ? '' : `^{${option}}`
    if (by === undefined) return `\\frac{${sign}${power}}{${sign} ${first}${power}}`
    if (also === undefined) return `\\frac{${sign}${power} ${first}}{${sign} ${by}${power}}`
    return `\\frac{${sign}^{2} ${first}}{${sign} ${by} ${sign} ${also}}`
  },
})
const d = '\\mathrm{d}'
const differential: PackageMacro = {
  takes: [0, 1],
  write: ({ option, values: [x = ''] }) =>
    `\\, ${d}${option === null ? '' : `^{${option}}`}${x === '' ? ' ' : ` ${x}`}`,
}
const variation: PackageMacro = { takes: [0, 1], write: ({ values: [x = ''] }) => `\\delta ${x}` }
const expectation: PackageMacro = {
  takes: [1, 2],
  write: ({ values: [a = '', state] }) =>
    state === undefined ? `\\left\\langle ${a} \\right\\rangle` : `\\langle ${state} | ${a} | ${state} \\rangle`,
}
const matrixElement: PackageMacro = {
  takes: [3, 3],
  write: ({ values: [a = '', b = '', c = ''] }) => `\\langle ${a} | ${b} | ${c} \\rangle`,
}
const overlap: PackageMacro = {
  takes: [1, 2],
  write: ({ values: [a = '', b] }) => (b === undefined ? `\\langle ${a} \\rangle` : `\\langle ${a} | ${b} \\rangle`),
}
const outer: PackageMacro = { takes: [1, 2], write: ({ values: [a = '', b = a] }) => `| ${a} \\rangle \\langle ${b} |` }
const pair = (left: string, right: string): PackageMacro => ({
  takes: [2, 2],
  write: ({ values: [a = '', b = ''] }) => `\\left${left} ${a}, ${b} \\right${right}`,
})
const matrix = (environment: string): PackageMacro => ({
  takes: [1, 1],
  write: ({ values: [x = ''] }) => `\\begin{${environment}} ${x} \\end{${environment}}`,
})
const fraction: PackageMacro = { takes: [2, 2], write: ({ values: [a = '', b = ''] }) => `\\frac{${a}}{${b}}` }
const bracketed: PackageMacro = {
  takes: [0, 1],
  write: ({ option, values: [x] }) =>
    option !== null ? `\\left[ ${option} \\right]` : x === undefined ? ' ' : `\\left\\{ ${x} \\right\\}`,
}
const evaluated: PackageMacro = {
  takes: [0, 1],
  write: ({ values: [x] }) => (x === undefined ? '|' : `\\left. ${x} \\right|`),
}
/** A brace with what is said of it, which is no part of the formula. */
const annotated: PackageMacro = { takes: [1, 1], write: ({ values: [x = ''] }) => ` ${x} ` }

const table: Readonly<Record<string, PackageMacro>> = {
  dd: differential, differential, dif: differential, var: variation, variation,
  dv: derivative(d), derivative: derivative(d), odv: derivative(d), od: derivative(d), diff: derivative(d),
  pdv: derivative('\\partial'), pderivative: derivative('\\partial'), partialderivative: derivative('\\partial'),
  pd: derivative('\\partial'), diffp: derivative('\\partial'),
  fdv: derivative('\\delta'), fderivative: derivative('\\delta'), functionalderivative: derivative('\\delta'),
  ev: expectation, expval: expectation, expectationvalue: expectation, vev: { takes: [1, 1], write: expectation.write },
  mel: matrixElement, matrixel: matrixElement, matrixelement: matrixElement,
  braket: overlap, innerproduct: overlap, ip: overlap, Braket: overlap, ketbra: outer, dyad: outer, outerproduct: outer, op: outer,
  bra: { takes: [1, 1], write: ({ values: [x = ''] }) => `\\langle ${x} |` },
  ket: { takes: [1, 1], write: ({ values: [x = ''] }) => `| ${x} \\rangle` },
  comm: pair('[', ']'), commutator: pair('[', ']'), acomm: pair('\\{', '\\}'), anticommutator: pair('\\{', '\\}'), pb: pair('\\{', '\\}'), poissonbracket: pair('\\{', '\\}'),
  abs: around('|', '|'), absolutevalue: around('|', '|'), norm: around('\\lVert', '\\rVert'), set: around('\\{', '\\}'), Set: around('\\{', '\\}'),
  pqty: around('(', ')'), bqty: around('[', ']'), Bqty: around('\\{', '\\}'), vqty: around('|', '|'),
  order: { takes: [1, 1], write: ({ values: [x = ''] }) => `\\mathcal{O}\\left( ${x} \\right)` },
  qty: bracketed, quantity: bracketed, eval: evaluated, evaluated,
  Tr: plain('\\mathrm{Tr} '), tr: plain('\\mathrm{Tr} '), Trace: plain('\\mathrm{Tr} '), trace: plain('\\mathrm{Tr} '),
  grad: plain('\\nabla '), gradient: plain('\\nabla '), laplacian: plain('\\nabla^{2} '), curl: plain('\\nabla \\times '), divergence: plain('\\nabla \\cdot '),
  vdot: plain('\\cdot '), dotproduct: plain('\\cdot '), cross: plain('\\times '), cp: plain('\\times '), crossproduct: plain('\\times '),
  vb: styled('\\mathbf'), vectorbold: styled('\\mathbf'), va: styled('\\vec'), vectorarrow: styled('\\vec'),
  vu: { takes: [1, 1], write: ({ values: [x = ''] }) => `\\hat{\\mathbf{${x}}}` },
  mathds: styled('\\mathbb'), mathbbm: styled('\\mathbb'), bold: styled('\\mathbf'),
  mqty: matrix('matrix'), pmqty: matrix('pmatrix'), bmqty: matrix('bmatrix'), vmqty: matrix('vmatrix'), mdet: matrix('vmatrix'),
  nicefrac: fraction, sfrac: fraction, flatfrac: fraction,
  coloneqq: plain(':= '), coloneq: plain(':= '), colonequals: plain(':= '), triangleq: plain(':= '), eqqcolon: plain('= '), eqcolon: plain('= '),
  overset: second, stackrel: second, textcolor: second,
  underset: { takes: [2, 2], write: ({ values: [below = '', x = ''] }) => ` ${x}_{${below}}` },
  boxed: content, mathop: content, smash: content, mathstrut: plain(' '), color: { takes: [1, 1], write: word(' ') }, vphantom: { takes: [1, 1], write: word(' ') }, hphantom: { takes: [1, 1], write: word(' ') },
  underbrace: annotated, overbrace: annotated, underbracket: annotated, overbracket: annotated,
  qq: { takes: [1, 1], write: ({ values: [x = ''] }) => `\\quad \\text{${x}} \\quad ` },
  qc: plain(',\\quad '), qcomma: plain(',\\quad '), qand: text('and'), qor: text('or'), qif: text('if'), qfor: text('for'), qwhere: text('where'), qwith: text('with'), qwhen: text('when'), qotherwise: text('otherwise'), qas: text('as'), qunless: text('unless'), qgiven: text('given'), qsince: text('since'), qthen: text('then'),
} // biome-ignore format: a table reads best as a table

const withAnnotation = new Set(['underbrace', 'overbrace', 'underbracket', 'overbracket'])

/** How deep macros may stand in each other. */
const maximumDepth = 20

/** A formula with the packages' macros written out, wherever they stand. What is not in the table stays. */
export function writeOutPackageMacros(latex: string, depth = 0): string {
  const source = depth === 0 ? withoutOldFonts(latex) : latex
  if (depth > maximumDepth) return source
  let written = ''
  let at = 0
  for (const found of source.matchAll(/\\([a-zA-Z]+)/g)) {
    const [whole, name = ''] = found
    const macro = Object.hasOwn(table, name) ? table[name] : undefined
    if (macro === undefined || found.index < at) continue
    const given = argumentsAt(source, found.index + whole.length, macro.takes)
    if (given === null) continue
    written += source.slice(at, found.index)
    const values = given.values.map((value) => writeOutPackageMacros(value, depth + 1))
    written += macro.write({ ...given, values })
    at = withAnnotation.has(name) ? behindScript(source, given.end) : given.end
  }
  return written + source.slice(at)
}

/** Behind what stands below or above a brace. */
function behindScript(latex: string, from: number): number {
  const at = skipSpaces(latex, from)
  if (latex[at] !== '_' && latex[at] !== '^') return from
  return argumentsAt(latex, at + 1, [1, 1])?.end ?? from
}

/** `{\rm Tr}` as `\mathrm{Tr}`, and operators that are a letter of another alphabet as that letter. */
const withoutOldFonts = (latex: string): string =>
  latex
    .replace(
      /\{\s*\\(rm|bf|cal|it|sf|tt)(?![a-zA-Z])\s*([^{}\\]+?)\s*\}/g,
      (_, font: string, x: string) => `{\\math${font}{${x}}}`,
    )
    .replace(/\\operatorname\*?\s*\{\s*(\\math[a-z]+\s*\{[^{}]*\})\s*\}/g, '$1')
