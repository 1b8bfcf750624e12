import fc from 'fast-check'
import { stringify } from 'yaml'
import { knownKeys } from '../../../src/audit/load/schema.js'
import { bytes, edits, hugeNumber, latexInputs, memberNames, mutate } from './latex-inputs.js'

/** A paper's two files. */
export interface PaperTexts {
  readonly paper: string
  readonly statements: string
}

const fragments = [
  ...'- : ? & * ! | > { } [ ] , # % @ ` \' " <<: *a &a !!js/function !!binary !!set !!omap --- ... ~ null true 0o7 0x1f .inf .nan'.split(' '),
  ...memberNames.map((name) => `${name}: { polluted: true }`),
  '<<: { __proto__: { polluted: true } }', '<<: *b', '&b [*b]', '*nowhere', '? { a: b } : c', '? [a] : b', '"\\u0000"', '!<tag:x> y', '\t', '\ufeff',
  '%YAML 1.1', '%TAG ! tag:x,2000:', '2001-12-14t21:59:43.10-05:00', '1e400', '-0', '0.1e-400', '|+9', '>-', "''", '""',
] // biome-ignore format: fragments read best in rows

const nested = fc
  .tuple(
    fc.constantFrom(
      ['[', ']'], ['{', '}'], ['{a: ', '}'], ['[\n', ']\n'], ['{a:\n ', '}'], ['- ', ''], ['? ', ''], ['? - ', ''], ['[{a: ', '}]'], ['!a ', ''], ['"', '"'], ['a: ', ''],
      ['[[', ']]\n'], ['{? ', '}'], ['&a ', ''], ['- a: ', ''], [' [\n {', '}]'],
    ),
    fc.integer({ min: 1, max: 60_000 }),
    fc.boolean(),
  )
  .map(([[open, close], times, closed]) => `${open!.repeat(times)}x${closed ? close!.repeat(times) : ''}`) // biome-ignore format: pairs read best in rows

/** Block mappings, each a blank deeper than the last. */
const staircase = fc
  .tuple(fc.integer({ min: 1, max: 1500 }), fc.constantFrom('a:', '- a:', '-', '?'))
  .map(([steps, key]) => Array.from({ length: steps }, (_, k) => `${' '.repeat(k)}${key}`).join('\n'))

const aliases = fc.tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 12 })).map(([levels, width]) =>
  Array.from({ length: levels }, (_, k) => {
    const item = k === 0 ? 'x' : `*a${k - 1}`
    return `a${k}: &a${k} [${Array(width).fill(item).join(', ')}]`
  }).join('\n'),
)

/** Plain data with a paper's keys where they belong or do not. */
const data = (formulas: readonly string[]): fc.Arbitrary<unknown> =>
  fc.letrec<{ any: unknown }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.oneof(fc.constantFrom(...formulas), latexInputs(formulas), hugeNumber, fc.constantFrom(...memberNames)),
      fc.oneof(fc.double(), fc.integer(), fc.boolean(), fc.constant(null)),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...knownKeys, ...memberNames), tie('any'), { maxKeys: 6 }),
    ),
  })).any

const asYaml = (value: unknown): string => {
  try {
    return stringify(value)
  } catch {
    return JSON.stringify(value) ?? ''
  }
}

/** A statement of the right shape, whose texts are hostile. */
const entries = (formulas: readonly string[]): fc.Arbitrary<string> => {
  const latex = fc.oneof(fc.constantFrom(...formulas), latexInputs(formulas))
  const symbol = fc.record({
    name: fc.constantFrom('constructor', 'toString', 'hasOwnProperty', 'valueOf', 'then', 'width', 'norm'),
    latex: fc.oneof(fc.constantFrom('__proto__', 'constructor', 'x', '\\sigma_w', '', '^', '\\', '{'), latex),
    kind: fc.constantFrom('scalar', 'quantity', 'function', 'field', 'functional', 'vector', 'matrix', 'set'),
    domain: fc.constantFrom(null, '(0, inf)', '[1e999, 1e9999]', '[0, 0]', 'integers (-inf, inf)', '(0,'),
    slots: fc.array(fc.record({ slot: fc.constantFrom('site', 'constructor'), position: fc.constantFrom('subscript', 'superscript') }), { maxLength: 2 }),
    definition: fc.option(latex),
    meaning: fc.constant('m'),
  })
  return fc
    .record(
      {
        id: fc.constantFrom('eq-1', 'eq-constructor', 'sec-5.x', 'eq-__proto__', 'fig-1'),
        section: fc.oneof(fc.constant('5'), fc.double()),
        about: fc.constant('a'),
        printed: latex,
        corrected: latex,
        where: fc.array(latex, { maxLength: 2 }),
        local: fc.array(symbol, { maxLength: 2 }),
        readings: fc.array(fc.record({ id: fc.constant('r'), note: fc.constant('n'), replace: fc.array(fc.tuple(latex, latex), { maxLength: 2 }) }), { maxLength: 1 }),
      },
      { requiredKeys: ['id', 'section', 'about', 'printed'] },
    )
    .map((entry) => asYaml([entry]))
} // biome-ignore format: a shape reads best a field a line

/** Hostile texts in the place of one of a paper's files: from rubbish to what nearly is a paper. */
export function yamlInputs(sound: PaperTexts, formulas: readonly string[]): fc.Arbitrary<PaperTexts> {
  const piecesOf = (text: string): readonly string[] => text.split(/(?<=\n)|(?<=[:,{}[\]] ?)/)
  const mutated = (text: string): fc.Arbitrary<string> =>
    edits('cut', 'double', 'swap', 'insert', 'replace', 'strange', 'disguise', 'name').map((list) =>
      mutate(piecesOf(text), fragments, list).join(''),
    )
  const rubbish = fc.oneof(
    bytes,
    nested,
    staircase,
    aliases,
    hugeNumber,
    data(formulas).map(asYaml),
    fc
      .array(fc.constantFrom(...fragments, ...knownKeys.map((key) => `${key}: `), '\n', '\n  ', ' '), { maxLength: 30 })
      .map((list) => list.join('')),
  )
  const inPaper = fc.oneof({ weight: 2, arbitrary: mutated(sound.paper) }, { weight: 1, arbitrary: rubbish })
  const inStatements = fc.oneof(
    { weight: 2, arbitrary: mutated(sound.statements) },
    { weight: 2, arbitrary: entries(formulas) },
    { weight: 2, arbitrary: rubbish },
  )
  return fc.oneof(
    { weight: 1, arbitrary: inPaper.map((paper) => ({ ...sound, paper })) },
    { weight: 3, arbitrary: inStatements.map((statements) => ({ ...sound, statements })) },
  )
}
