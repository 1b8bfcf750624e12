import fc from 'fast-check'

const memberNames = '__proto__ constructor prototype toString valueOf hasOwnProperty __defineGetter__ then'.split(' ')

const grammarWords = [
  ...'( ) [ ] { } \\{ \\} | \\| \\left( \\right) \\left. \\right. \\left| \\right| ^ _ ^{ _{ & \\\\ + - * / = < > , ; ! . : %'.split(' '),
  ...'\\frac \\frac{ \\sqrt \\sqrt[ \\binom{ \\sum_l \\sum_{l=0}^L \\prod_l \\int \\int_0^\\infty dx [dz] \\partial_x \\nabla'.split(' '),
  ...'\\exp \\log \\max(0, \\Gamma( \\delta_{q,0} \\delta( \\mathcal{O}( \\langle \\rangle \\cdots \\pm \\mp \\quad \\to \\approx \\in'.split(' '),
  ...'\\begin{pmatrix} \\end{pmatrix} \\begin{array}{cc} \\end{array} \\begin{align} \\text{ \\mathrm{ \\operatorname{ \\tilde{ \\hat'.split(' '),
  ...'^T ^\\dagger ^{-1} ^* \\prime \\tag{1} \\label{a} \\pi \\infty i e 0 1 2 64 0.5 -1 1e9 10^{10} x y l q'.split(' '),
] // biome-ignore format: lists of words read best as lists

/** Characters that look like others, change direction, join or vanish. */
const lookAlikes: Readonly<Record<string, string>> = {
  '-': '−–‐﹣', '+': '＋﬩', '=': '＝꞊', '(': '（❨', ')': '）❩', '{': '｛', '}': '｝', '[': '［', ']': '］', '\\': '＼∖⧵',
  '^': '＾ˆ', _: '＿‗', '|': '｜∣│', '/': '∕⁄／', '*': '∗＊', a: 'аα', e: 'еℯ', i: 'іℹ', l: 'ⅼӏ', o: 'оο', p: 'рρ', x: 'хχ',
  N: 'ΝＮ', '0': '０𝟎', '1': '１𝟏١', '2': '２²₂', ' ': '\u00a0\u200b\u2028\u3000', '.': '․。',
} // biome-ignore format: a table reads best as a table
const strange = [...'\u0000\u200b\u200d\u202e\u2066\ufeff\u0301\u20d7\ud800\udfff\uffff'].concat(
  '𝛼',
  '🙂',
  'ﬁ',
  'İ',
  'ẞ',
)

const hugeNumber = fc.oneof(
  fc.integer({ min: 1, max: 19_000 }).map((n) => '9'.repeat(n)),
  fc.integer({ min: 1, max: 19_000 }).map((n) => `0.${'0'.repeat(n)}1`),
  fc.integer({ min: 1, max: 400 }).map((n) => `10^{${'10^{'.repeat(n)}9${'}'.repeat(n + 1)}`),
  fc.constantFrom(
    '1e999999999',
    '9007199254740993',
    '2^{2^{2^{2^{2^9}}}}',
    '0.1.2.3',
    '00000',
    '1_000',
    '0x7f',
    '1e-999',
  ),
)

const symbolic = (words: readonly string[]): fc.Arbitrary<string> =>
  fc.letrec<{ any: string; leaf: string }>((tie) => ({
    leaf: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...words) },
      { weight: 1, arbitrary: hugeNumber },
      { weight: 1, arbitrary: fc.constantFrom(...memberNames) },
    ),
    any: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      tie('leaf'),
      fc.tuple(tie('any'), fc.constantFrom('+', '-', ' ', '/', '=', '\\times ', ',', '^', '_'), tie('any')).map((t) => t.join('')),
      fc.tuple(tie('any'), tie('any')).map(([a, b]) => `\\frac{${a}}{${b}}`),
      fc.tuple(tie('any'), tie('any')).map(([a, b]) => `{${a}}^{${b}}`),
      fc.tuple(tie('any'), tie('any')).map(([a, b]) => `(${a})^{${b}}`),
      tie('any').map((a) => `\\left(${a}\\right)`),
      tie('any').map((a) => `\\sqrt{${a}}`),
      tie('any').map((a) => `\\sum_{l=0}^L ${a}`),
      tie('any').map((a) => `\\int dx ${a}`),
      tie('any').map((a) => `\\frac{\\partial ${a}}{\\partial x}`),
      tie('any').map((a) => `\\begin{pmatrix} ${a} & 1 \\\\ 0 & ${a} \\end{pmatrix}`),
      fc.tuple(fc.constantFrom(...memberNames), tie('any')).map(([name, a]) => `\\operatorname{${name}}(${a})_{${name}}`),
    ),
  })).any // biome-ignore format: a grammar reads best a rule a line

const openings = [
  ['(', ')'], ['{', '}'], ['[', ']'], ['|', '|'], ['\\{', '\\}'], ['\\left(', '\\right)'], ['\\left|', '\\right|'], ['\\langle ', '\\rangle '],
  ['\\frac{', '}{2}'], ['\\frac{1}{', '}'], ['\\sqrt{', '}'], ['x^{', '}'], ['x_{', '}'], ['e^{', '}'], ['\\exp(', ')'], ['\\sum_l(', ')'],
  ['\\int dx(', ')'], ['\\tilde{', '}'], ['\\text{', '}'], ['-', ''], ['\\log ', ''], ['\\partial_x ', ''], ['x^', ''], ['x_', ''], ['1/', ''],
  ['\\begin{pmatrix}', '\\end{pmatrix}'], ['\\operatorname{', '}'], ['\\nabla ', ''], ['x!', ''], ["x'", ''], ['\\mathrm', ''], ['x=', ''],
] as const // biome-ignore format: pairs read best in rows

const nested = fc
  .tuple(fc.array(fc.constantFrom(...openings), { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 6000 }), fc.boolean())
  .map(([pairs, times, closed]) => {
    const open = pairs.map(([left]) => left).join('')
    const close = [...pairs].reverse().map(([, right]) => right).join('')
    const count = Math.min(times, Math.floor(21_000 / (open.length + close.length)))
    return `${open.repeat(count)}x${closed ? close.repeat(count) : ''}`
  }) // biome-ignore format: a pipeline reads best a step a line

const bytes = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.uint8Array({ maxLength: 300 }).map((list) => Buffer.from(list).toString('latin1')),
  fc.uint8Array({ maxLength: 300 }).map((list) => Buffer.from(list).toString('utf8')),
  fc.string({ unit: fc.constantFrom(..."\\{}()[]|^_&xlqi0127+-=/,;!'.~%$# \n"), maxLength: 120 }),
)

/** A text with some of its pieces cut, doubled, exchanged or replaced. `pieces` is never empty. */
function mutate(
  pieces: readonly string[],
  words: readonly string[],
  edits: readonly (readonly [string, number, number])[],
) {
  const list = [...pieces]
  for (const [how, a, b] of edits) {
    if (list.length === 0) break
    const [i, j] = [a % list.length, b % list.length]
    if (how === 'cut') list.splice(i, 1 + (b % 4))
    if (how === 'double') list.splice(i, 0, ...list.slice(i, i + 1 + (b % 8)))
    if (how === 'swap') [list[i], list[j]] = [list[j]!, list[i]!]
    if (how === 'insert') list.splice(i, 0, words[b % words.length]!)
    if (how === 'replace') list[i] = words[b % words.length]!
    if (how === 'strange') list.splice(i, 0, strange[b % strange.length]!)
    if (how === 'disguise') list[i] = [...list[i]!].map((c) => [...(lookAlikes[c] ?? c)].at(b % 2) ?? c).join('')
    if (how === 'name') list[i] = memberNames[b % memberNames.length]!
  }
  return list
}

const edits = (...kinds: readonly string[]) =>
  fc.array(fc.tuple(fc.constantFrom(...kinds), fc.nat(), fc.nat()), { minLength: 1, maxLength: 5 })

/** Hostile texts in the place of a formula: from rubbish to what nearly is one of `formulas`. */
export function latexInputs(formulas: readonly string[]): fc.Arbitrary<string> {
  const cut = formulas.map((text) => text.match(/\\[a-zA-Z]+|\\.|[0-9]+|\S/gu) ?? ['x'])
  const words = [...new Set([...grammarWords, ...cut.flat()])]
  const mutated = fc
    .tuple(fc.constantFrom(...cut), edits('cut', 'double', 'swap', 'insert', 'replace', 'strange', 'disguise', 'name'))
    .map(([pieces, list]) => mutate(pieces, words, list).join(' '))
  return fc.oneof(
    { weight: 4, arbitrary: mutated },
    { weight: 3, arbitrary: symbolic(words) },
    { weight: 2, arbitrary: fc.array(fc.constantFrom(...words), { maxLength: 25 }).map((list) => list.join(' ')) },
    { weight: 2, arbitrary: bytes },
    { weight: 1, arbitrary: nested },
    { weight: 1, arbitrary: hugeNumber },
  )
}

export { bytes, edits, hugeNumber, memberNames, mutate }
