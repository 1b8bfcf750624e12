/** Text and formulas made safe for LaTeX. */

const special: ReadonlyMap<string, string> = new Map([
  ['\\', '\\textbackslash{}'],
  ['{', '\\{'],
  ['}', '\\}'],
  ['$', '\\$'],
  ['&', '\\&'],
  ['#', '\\#'],
  ['%', '\\%'],
  ['_', '\\_'],
  ['^', '\\textasciicircum{}'],
  ['~', '\\textasciitilde{}'],
  ['<', '$<$'],
  ['>', '$>$'],
  ['|', '$|$'],
  ['"', "''"],
  ['–', '--'],
  ['—', '---'],
  ['’', "'"],
  ['‘', '`'],
  ['“', '``'],
  ['”', "''"],
  ['…', '\\dots{}'],
  ['≈', '$\\approx$'],
  ['≤', '$\\le$'],
  ['≥', '$\\ge$'],
  ['≠', '$\\ne$'],
  ['→', '$\\to$'],
  ['∞', '$\\infty$'],
  ['×', '$\\times$'],
  ['·', '$\\cdot$'],
  ['−', '$-$'],
  ['±', '$\\pm$'],
  ['√', '$\\sqrt{\\ }$'],
  ['∫', '$\\int$'],
  ['²', '$^2$'],
  ['³', '$^3$'],
  ['\n', ' '],
])

const greek = [
  'alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta', 'iota', 'kappa', 'lambda', 'mu', 'nu', 'xi', '', 'pi',
  'rho', '', 'sigma', 'tau', 'upsilon', 'phi', 'chi', 'psi', 'omega',
] as const // biome-ignore format: the alphabet

/** Plain text as LaTeX that sets it: every character that means something else is escaped, unknown ones become `?`. */
export function texText(text: string): string {
  let result = ''
  for (const character of text.normalize('NFC')) {
    const code = character.codePointAt(0)!
    const letter = greek[code - 0x3b1]
    if (special.has(character)) result += special.get(character)
    else if (letter) result += `$\\${letter}$`
    else if ((code >= 0x20 && code < 0x7f) || (code >= 0xc0 && code <= 0xff)) result += character
    else if (code < 0x20) result += ' '
    else result += '?'
  }
  return result
}

/** Commands of mathematics that cannot do anything but set it (amsmath, amssymb). */
const harmless = new Set(
  `alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi
  varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega partial nabla infty ell hbar Re Im
  frac dfrac tfrac sqrt sum prod int oint binom lim sup inf max min exp log ln sin cos tan sinh cosh tanh arcsin arccos arctan
  det mathcal mathbf mathbb mathrm mathsf boldsymbol text textrm tilde hat bar vec dot ddot overline underline widetilde widehat
  left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr langle rangle lvert rvert lVert rVert vert Vert
  cdot cdots ldots dots times pm mp approx sim equiv propto le leq ge geq ll gg ne neq in notin to rightarrow leftarrow
  Rightarrow mapsto dagger ast star prime quad qquad limits nolimits displaystyle forall exists cup cap subset setminus circ
  operatorname mid not`.split(/\s+/),
)

/** A matrix of amsmath, its rows and columns within; none inside another. */
export const matrixEnvironment = /\\begin\{([pbvV]?matrix)\}((?:(?!\\begin\{)[\s\S])*?)\\end\{\1\}/g

/** What a line break inside a matrix or a formula looks like: `\\\\`, with a distance or without. */
const rowEnd = /\\\\(?:\[-?[\d.]+(?:pt|em|ex|mm)\])?/g

/** Whether a formula's LaTeX is mathematics and nothing else, so that it can be set as it stands. */
export function isPlainMathematics(written: string): boolean {
  // Every cell of a matrix must be mathematics by itself.
  let cells = true
  const latex = written.replace(matrixEnvironment, (_, __, body: string) => {
    cells &&= body.split(rowEnd).every((row) => row.split(/(?<!\\)&/).every(isPlainMathematics))
    return ' '
  })
  if (!cells) return false
  if (/[$%#&~]|\\\\|[^\x20-\x7e\n]/.test(latex)) return false
  // Scripts are an error in text.
  if (/\\text(?:rm)?\{[^{}]*[_^]/.test(latex)) return false
  let depth = 0
  for (const brace of latex.replace(/\\[{}]/g, '').match(/[{}]/g) ?? []) {
    depth += brace === '{' ? 1 : -1
    if (depth < 0) return false
  }
  if (depth !== 0) return false
  const commands = [...latex.matchAll(/\\([A-Za-z]+|.)/g)].map((match) => match[1]!)
  const count = (name: string): number => commands.filter((command) => command === name).length
  if (count('left') !== count('right')) return false
  return commands.every((command) => harmless.has(command) || '{},;:!| '.includes(command))
}
