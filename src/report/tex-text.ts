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
  ['∂', '$\\partial$'],
  ['∈', '$\\in$'],
  ['∝', '$\\propto$'],
  ['∼', '$\\sim$'],
  ['≃', '$\\simeq$'],
  ['⟨', '$\\langle$'],
  ['⟩', '$\\rangle$'],
  ['ℓ', '$\\ell$'],
  ['†', '\\dag{}'],
  ['ß', '\\ss{}'],
  ['æ', '\\ae{}'],
  ['Æ', '\\AE{}'],
  ['œ', '\\oe{}'],
  ['Œ', '\\OE{}'],
  ['ø', '\\o{}'],
  ['Ø', '\\O{}'],
  ['ł', '\\l{}'],
  ['Ł', '\\L{}'],
  ['ı', '\\i{}'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['Þ', 'Th'],
  ['§', '\\S{}'],
  ['¶', '\\P{}'],
  ['\u00a0', '~'],
  ['\u2009', '\\,'],
  ['\u202f', '\\,'],
  ['\n', ' '],
])

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻'
const lowered = '₀₁₂₃₄₅₆₇₈₉₊₋'
const scripts = '0123456789+-'

const greek = [
  'alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta', 'iota', 'kappa', 'lambda', 'mu', 'nu', 'xi', '', 'pi',
  'rho', '', 'sigma', 'tau', 'upsilon', 'phi', 'chi', 'psi', 'omega',
] as const // biome-ignore format: the alphabet

const capitals: ReadonlyMap<string, string> = new Map(
  'ΓGamma ΔDelta ΘTheta ΛLambda ΞXi ΠPi ΣSigma ΥUpsilon ΦPhi ΨPsi ΩOmega'
    .split(' ')
    .map((entry) => [entry[0]!, entry.slice(1)]),
)

/** A run of raised or of lowered digits and signs, or any one character. */
const unit = new RegExp(`[${raised}]+|[${lowered}]+|[\\s\\S]`, 'gu')

/** Plain text as LaTeX that sets it: every character that means something else is escaped, unknown ones become `?`. */
export const texText = (text: string): string =>
  (withSigns(text.normalize('NFC')).match(unit) ?? []).map(texCharacters).join('')

/** Signs that a keyboard has no keys for: minus before a number and between symbols, arrows, weak inequalities. */
const withSigns = (text: string): string =>
  text
    .replaceAll('->', '→')
    .replaceAll('<=', '≤')
    .replaceAll('>=', '≥')
    .replace(/(?<![\p{L}\p{N})\]}…-])-(?=\.?\d)/gu, '−')
    .replace(/(?<=(?<!\p{L})\p{L}|[\d)\]}…]) - (?=[\p{L}\d(\\])/gu, ' − ')

function texCharacters(characters: string): string {
  const code = characters.codePointAt(0)!
  const letter = greek[code - 0x3b1] || capitals.get(characters)
  const known = special.get(characters)
  if (known !== undefined) return known
  if (raised.includes(characters[0]!)) return `$^{${scriptOf(characters, raised)}}$`
  if (lowered.includes(characters[0]!)) return `$_{${scriptOf(characters, lowered)}}$`
  if (letter) return `$\\${letter}$`
  if (code >= 0x20 && code < 0x7f) return characters
  return code < 0x20 ? ' ' : (accented(characters) ?? '?')
}

const accents: ReadonlyMap<string, string> = new Map([
  ['\u0300', '`'],
  ['\u0301', "'"],
  ['\u0302', '^'],
  ['\u0303', '~'],
  ['\u0304', '='],
  ['\u0306', 'u'],
  ['\u0307', '.'],
  ['\u0308', '"'],
  ['\u030a', 'r'],
  ['\u030b', 'H'],
  ['\u030c', 'v'],
  ['\u0327', 'c'],
])

/** A Latin letter with an accent, by commands that every font has. */
function accented(character: string): string | null {
  const [base = '', mark = '', ...more] = character.normalize('NFD')
  const command = accents.get(mark)
  if (command === undefined || more.length > 0 || !/^[A-Za-z]$/.test(base)) return null
  return `{\\${command}{${base === 'i' ? '\\i' : base}}}`
}

const scriptOf = (run: string, alphabet: string): string =>
  [...run].map((character) => scripts[[...alphabet].indexOf(character)]).join('')

/** Commands of mathematics that cannot do anything but set it (amsmath, amssymb). */
const harmless = new Set(
  `alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi
  varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega partial nabla infty ell hbar Re Im
  frac dfrac tfrac sqrt sum prod int oint binom lim sup inf max min exp log ln sin cos tan sinh cosh tanh arcsin arccos arctan
  det mathcal mathbf mathbb mathrm mathsf boldsymbol text textrm tilde hat bar vec dot ddot overline underline widetilde widehat
  left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr langle rangle lvert rvert lVert rVert vert Vert
  cdot cdots ldots dots times pm mp approx sim equiv propto le leq ge geq ll gg ne neq in notin to rightarrow leftarrow
  Rightarrow mapsto dagger ast star prime quad qquad limits nolimits displaystyle forall exists cup cap subset setminus circ
  operatorname mid not simeq cong asymp doteq top bot perp parallel wedge vee oplus otimes odot colon iint iiint lfloor rfloor
  lceil rceil lbrace rbrace dotsc dotsb dotsm dotsi vdots ddots implies iff Leftrightarrow leftrightarrow Longrightarrow
  longrightarrow uparrow downarrow nearrow searrow nexists emptyset varnothing cdotp bullet diamond triangle limsup liminf
  arg gcd deg dim ker Pr sec csc cot coth mathit mathfrak underbrace overbrace overset underset stackrel bmod pmod
  varrho varsigma varpi digamma aleph wp angle backslash setminus lesssim gtrsim leqslant geqslant because therefore
  overrightarrow overleftarrow acute grave breve check mathring mathop mathbin mathrel
  imath jmath mathscr`.split(/\s+/),
)

/** A matrix of amsmath, or what is set in rows and columns like one, these within; none inside another. */
export const matrixEnvironment = /\\begin\{([pbvV]?matrix|cases|aligned)\}((?:(?!\\begin\{)[\s\S])*?)\\end\{\1\}/g

/** What a line break inside a matrix or a formula looks like: `\\\\`, with a distance or without. */
const rowEnd = /\\\\(?:\[-?[\d.]+(?:pt|em|ex|mm)\])?/g

/** Whether a formula's LaTeX is mathematics and nothing else, so that it can be set as it stands. */
export function isPlainMathematics(written: string): boolean {
  // Every cell of a matrix must be mathematics by itself.
  let cells = true
  const latex = written
    .replace(matrixEnvironment, (_, __, body: string) => {
      cells &&= body.split(rowEnd).every((row) => row.split(/(?<!\\)&/).every(isPlainMathematics))
      return ' '
    })
    .replace(/(?<!\\)((?:\\\\)*)\\[%#&$_]/g, '$1 ')
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
