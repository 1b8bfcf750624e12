import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseYaml } from '../../../src/audit/load/document.js'
import { parseDomain } from '../../../src/audit/load/domain.js'
import { readPaper } from '../../../src/audit/load/paper.js'
import { InputError, LimitError } from '../../../src/expression/errors.js'
import { stopwatch } from '../stopwatch.js'

const paperYaml = `bibliography:
  title: A paper
  authors: [A. Author]
  year: 2020
  published: nowhere
  identifier: arXiv:0000.00000
notation:
  variables: [x]
  families:
    - { name: site, letters: l, geometry: periodic }
  symbols:
    - { name: width, latex: N, domain: 'integers [1, 100]', meaning: width }
    - { name: norm, kind: quantity, latex: [r], slots: [{ slot: site, position: superscript }], meaning: norm }
readings:
  - { id: sites-L, note: L counts sites, replace: [[L, L - 1]] }
`
const statement = (extra = ''): string => `- id: eq-1
  section: 5
  about: something
  printed: 'N = N'
${extra}`

const read = (statements: string, paper = paperYaml) =>
  readPaper('p', { path: 'data/p/paper.yaml', text: paper }, [{ path: 'data/p/statements.yaml', text: statements }])

const messageOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('a paper is read', () => {
  it('with defaults filled in', () => {
    const paper = read(statement())
    expect(paper.statements[0]).toMatchObject({
      id: 'p/eq-1',
      paper: 'p',
      label: '(1)',
      section: '5',
      kind: 'equation',
      role: 'result',
      encoding: 'latex',
      transcription: 'sound',
      slip: false,
      corrected: null,
      open: null,
      readings: [],
      source: { file: 'data/p/statements.yaml', line: 1 },
    })
    expect(paper.notation.symbols[0]).toMatchObject({
      kind: 'scalar',
      latex: ['N'],
      domain: { minimum: 1, maximum: 100, includeMinimum: true, includeMaximum: true, integer: true },
    })
    expect(paper.notation.families[0]).toMatchObject({ letters: ['l'], summedWhenRepeated: false })
    expect(paper.notation.symbols[1]!.slots[0]).toEqual({ slot: 'site', position: 'superscript', optional: false })
  })

  it('with readings by id and inline', () => {
    const [one] = read(statement("  readings: [sites-L, { id: other, note: n, replace: [['a', 'b']] }]")).statements
    expect(one!.readings.map(({ id }) => id)).toEqual(['sites-L', 'other'])
  })

  it('with conventions that are only tried, and where the paper recovers', () => {
    const extra =
      "  tried: [sites-L, { id: other, note: n, replace: [['a', 'b']] }]\n  recovers: [{ at: eq-2, how: so }]\n"
    const [one, two] = read(statement(extra) + statement().replace('eq-1', 'eq-2')).statements
    expect(one!.tried.map(({ id }) => id)).toEqual(['sites-L', 'other'])
    expect(one!.recovers).toEqual([{ at: 'p/eq-2', how: 'so' }])
    expect([two!.tried, two!.recovers]).toEqual([[], []])
  })
})

describe('every message names file, line and the way out', () => {
  it.each([
    [
      'a misspelt key',
      statement("  corected: 'N'"),
      /statements\.yaml:5: unknown key 'corected'; did you mean 'corrected'\?/,
    ],
    [
      'a missing key',
      '- id: eq-1\n  section: 5\n  printed: x\n',
      /eq-1, data\/p\/statements\.yaml:1: about: missing; add it/,
    ],
    ['a bad id', statement().replace('eq-1', 'Eq 1'), /statements\.yaml:1: id: an id is the kind/],
    [
      'a wrong choice',
      statement('  kind: equatoin'),
      /statements\.yaml:5: kind: kind is equation, claim, table or figure/,
    ],
    [
      'an id twice',
      statement() + statement(),
      /p\/eq-1, data\/p\/statements\.yaml:5: the id 'eq-1' is taken \(data\/p\/statements\.yaml:1\)/,
    ],
    [
      'a recovery nowhere',
      statement('  recovers: [{ at: eq-9, how: so }]'),
      /p\/eq-1, data\/p\/statements\.yaml:1: recovers at 'eq-9', which is no other statement of this paper/,
    ],
    ['a recovery at itself', statement('  recovers: [{ at: eq-1, how: so }]'), /which is no other statement/],
    ['an unknown convention', statement('  tried: [sites-M]'), /unknown reading 'sites-M'; the paper has sites-L/],
    ['an unknown reading', statement('  readings: [sites-M]'), /unknown reading 'sites-M'; the paper has sites-L/],
    ['hand without reason', statement('  encoding: hand'), /needs an encodingReason/],
    ['a reason without hand', statement('  encodingReason: because'), /belongs to encoding 'hand'/],
    ['doubtful without a note', statement('  transcription: doubtful'), /needs a transcriptionNote/],
    ['a correction that is none', statement("  corrected: 'N = N'"), /corrected is what is printed; remove it/],
    ['open and corrected', statement("  open: needs training\n  corrected: 'N = 1'"), /open says that nothing decides/],
    ['an open definition', statement('  open: needs training\n  role: definition'), /open says that nothing decides/],
    ['encoded beside latex', statement("  encoded: 'N'"), /encoded belongs to encoding 'hand'/],
    ['a key twice', statement('  about: again'), /statements\.yaml:5: the key 'about' stands twice in one mapping/],
    ['a key twice, as number and as text', '- { 1: a, "1": b }', /statements\.yaml:1: the key '1' stands twice/],
    ['unbalanced quotes', statement("  note: 'open"), /statements\.yaml:\d+: malformed YAML/],
    ['no list', 'id: eq-1', /statements\.yaml:1: a list of statements is needed here/],
    [
      'a prototype key',
      statement('  __proto__: { polluted: true }'),
      /statements\.yaml:5: unknown key '__proto__'; remove it/,
    ],
    ['a type tag', statement('  note: !!js/function "x"'), /malformed YAML: unresolved tag/],
  ])('%s', (_, statements, message) => {
    expect(messageOf(() => read(statements))).toMatch(message)
  })

  it.each([
    [
      'an empty domain',
      'integers [1, 100]',
      '[2, 1]',
      /paper\.yaml:12: notation\.symbols\.domain: '\[2, 1\]' is no domain; write it as/,
    ],
    ['a symbol twice', 'name: norm', 'name: width', /paper\.yaml:13: the symbol 'width' is declared twice/],
    [
      'an unknown geometry',
      'periodic',
      'round',
      /paper\.yaml:10: notation\.families\.geometry: geometry is periodic, open, modes or plain/,
    ],
    ['a year in words', '2020', 'last', /paper\.yaml:4: bibliography\.year/],
  ])('%s in the paper', (_, from, to, message) => {
    expect(messageOf(() => read(statement(), paperYaml.replace(from, to)))).toMatch(message)
  })

  it('all problems of a file at once', () => {
    const text = messageOf(() =>
      read(`${statement('  slipp: true')}\n${statement('  kind: x').replace('eq-1', 'eq-2')}`),
    )
    expect(text.split('\n')).toHaveLength(2)
  })
})

describe('hostile YAML', () => {
  it.each([
    ['quotation marks', '"'.repeat(120_000)],
    ['brackets that close nothing', ']'.repeat(100_000)],
    ['keys of one mapping', `{${Array.from({ length: 30_000 }, (_, k) => k).join(', ')}}`],
    ['items', '- a\n'.repeat(900_000)],
  ])('more %s than a paper has are refused before they are parsed', (_, text) => {
    expect(() => parseYaml({ path: 'f', text })).toThrow(/f:\d+: more than 50000 YAML tokens; split it/)
  })

  it('thousands of keys are no more than thousands of keys', () => {
    const names = Array.from({ length: 7000 }, (_, k) => `k${k}`)
    const { value } = parseYaml({ path: 'f', text: names.map((name) => `${name}: v\n`).join('') })
    expect(Object.keys(value as object)).toEqual(names)
    const twice = [...names, 'k17'].map((name) => `${name}: v\n`).join('')
    expect(() => parseYaml({ path: 'f', text: twice })).toThrow(/f:7001: the key 'k17' stands twice/)
  })

  it('aliases without measure are refused', () => {
    const levels = Array.from(
      { length: 12 },
      (_, k) =>
        `a${k}: &a${k} [${
          k === 0
            ? 'x'
            : Array(9)
                .fill(`*a${k - 1}`)
                .join(', ')
        }]`,
    )
    expect(() => parseYaml({ path: 'f', text: levels.join('\n') })).toThrow(LimitError)
  })

  it('brackets without end are refused', () => {
    expect(() => parseYaml({ path: 'f', text: '['.repeat(100_000) })).toThrow(LimitError)
  })

  it.each([
    ['brackets on lines of their own', '[\n'.repeat(20_000)],
    ['braces', '{a: '.repeat(20_000)],
    ['items', '- '.repeat(20_000)],
    ['keys that are asked for', '? '.repeat(20_000)],
    ['lines indented more and more', Array.from({ length: 1500 }, (_, k) => `${' '.repeat(k)}-`).join('\n')],
  ])('%s without end are refused at once', (_, text) => {
    const elapsed = stopwatch()
    expect(() => parseYaml({ path: 'f', text })).toThrow(LimitError)
    expect(elapsed()).toBeLessThan(1000)
  })

  it('64 levels are refused and 40 are not, on one line or on many', () => {
    const stairs = (steps: number) => Array.from({ length: steps }, (_, k) => `${' '.repeat(k)}a:`).join('\n')
    for (const nest of [(n: number) => `${'['.repeat(n)}x${']'.repeat(n)}`, stairs]) {
      expect(() => parseYaml({ path: 'f', text: nest(40) })).not.toThrow()
      expect(() => parseYaml({ path: 'f', text: nest(65) })).toThrow(LimitError)
    }
  })

  it.each([
    '? [a]\n: b',
    '{ ? { a: b } : c }',
    'a: &k __proto__\n*k : b',
  ])('a key that is no text is refused: %j', (text) => {
    expect(() => parseYaml({ path: 'f', text })).toThrow(/f:\d+: a key is a plain text/)
  })

  it('a file without measure is refused', () => {
    expect(() => parseYaml({ path: 'f', text: ' '.repeat(5_000_000) })).toThrow(LimitError)
  })

  it('no text throws anything but an InputError, nor touches a prototype', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-{}[\]:,&*!'"a-z_ \n]{0,60}$/)), (text) => {
        try {
          read(text)
        } catch (error) {
          expect(error).toBeInstanceOf(InputError)
        }
        expect(Object.keys(Object.prototype)).toEqual([])
      }),
    )
  })
})

describe('domains', () => {
  it.each([
    [
      '(0, inf)',
      { minimum: 0, maximum: Number.POSITIVE_INFINITY, includeMinimum: false, includeMaximum: false, integer: false },
    ],
    ['[0, 1)', { minimum: 0, maximum: 1, includeMinimum: true, includeMaximum: false, integer: false }],
    ['integers [1, 100]', { minimum: 1, maximum: 100, includeMinimum: true, includeMaximum: true, integer: true }],
    [
      '(-inf, -1.5e-3]',
      {
        minimum: Number.NEGATIVE_INFINITY,
        maximum: -0.0015,
        includeMinimum: false,
        includeMaximum: true,
        integer: false,
      },
    ],
  ])('%s', (text, domain) => {
    expect(parseDomain(text)).toEqual(domain)
  })

  it.each(['', '0, 1', '(0 1)', '(1, 0)', '(1, 1)', '[0, inf]', '(a, b)', 'reals (0, 1)'])("'%s' is none", (text) => {
    expect(parseDomain(text)).toBeNull()
  })
})
