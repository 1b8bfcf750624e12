import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import { InputError, LimitError, type Place } from '../../expression/errors.js'
import { refuseExcess } from './excess.js'
import type { ScalarSource } from './scalar-place.js'

/** A text file by the name under which messages speak of it. */
export interface TextFile {
  readonly path: string
  readonly text: string
}

/** A YAML document's plain values, and where each of them stands. */
export interface YamlDocument {
  readonly file: string
  readonly value: unknown
  /** The place of the value at a path, or of the nearest one above it that exists. */
  readonly placeOf: (path: readonly PropertyKey[]) => Place
  /** The text at a path as it is written; null where something else stands there, an alias say. */
  readonly scalarAt: (path: readonly PropertyKey[]) => ScalarSource | null
}

/** The largest file that is read, in characters. */
export const maximumFileSize = 4_000_000
/** How many nodes aliases may add: well above what anchors are used for, far below what exhausts memory. */
const maximumAliases = 1000

/**
 * Parses one YAML file. Throws InputError with file and line where it is malformed, holds two equal keys or a key
 * `__proto__`, and LimitError where it is too large or holds too many tokens, nests too deeply or expands aliases without measure.
 */
export function parseYaml({ path, text }: TextFile): YamlDocument {
  if (text.length > maximumFileSize)
    throw new LimitError(`more than ${maximumFileSize} characters; split it into several files`, { file: path })
  const lines = new LineCounter()
  refuseExcess(path, text)
  // The parser compares each key with all before it, which takes seconds where they are many: they are compared below.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, strict: true })
  const lineAt = (offset: number): number => lines.linePos(offset).line
  const problem = document.errors[0] ?? document.warnings[0]
  if (problem !== undefined)
    throw new InputError(`malformed YAML: ${problem.message.toLowerCase()}; quote texts that hold ': ' or '#'`, {
      file: path,
      line: lineAt(problem.pos[0]),
    })
  refuseHazardousKeys(path, document, lineAt)
  return {
    file: path,
    value: plainValue(path, document),
    placeOf: (at) => placeOf(path, document, at, lineAt),
    scalarAt: (at) => {
      const node = document.getIn(at, true)
      if (!isScalar(node) || !node.range || typeof node.value !== 'string') return null
      const { line, col } = lines.linePos(node.range[0])
      return { raw: text.slice(node.range[0], node.range[1]), line, column: col }
    },
  }
}

function refuseHazardousKeys(file: string, document: Document, lineAt: (offset: number) => number): void {
  visit(document, {
    Map(_, { items }) {
      const known = new Set<string>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        // As the property that it becomes: 1 and '1' are one.
        const name = String(key.value)
        if (known.has(name))
          throw new InputError(`the key '${name}' stands twice in one mapping; remove one of them`, {
            file,
            line: lineAt(key.range?.[0] ?? 0),
          })
        known.add(name)
      }
    },
    Pair(_, pair) {
      // A collection or an alias as a key would be turned into a text, whatever that is.
      if (!isScalar(pair.key))
        throw new InputError('a key is a plain text; write it out', {
          file,
          line: lineAt(isNode(pair.key) ? (pair.key.range?.[0] ?? 0) : 0),
        })
      if (pair.key.value === '__proto__' || typeof pair.key.value === 'object')
        throw new InputError(`unknown key '${String(pair.key.value)}'; remove it`, {
          file,
          line: lineAt(pair.key.range?.[0] ?? 0),
        })
    },
    Node(_, node) {
      if (isMap(node) && node.tag !== undefined && node.tag !== 'tag:yaml.org,2002:map')
        throw new InputError(`unknown tag ${node.tag}; remove it`, { file, line: lineAt(node.range?.[0] ?? 0) })
    },
  })
}

function plainValue(file: string, document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: maximumAliases })
  } catch (error) {
    if (error instanceof ReferenceError)
      throw new LimitError(`aliases expand without measure (${error.message}); write the values out`, { file })
    throw error
  }
}

function placeOf(
  file: string,
  document: Document,
  path: readonly PropertyKey[],
  lineAt: (offset: number) => number,
): Place {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return { file, line: lineAt(node.range[0]) }
  }
  return { file, line: 1 }
}
