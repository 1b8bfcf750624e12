/** docs/calls.md: its signatures are those of the declarations, and its examples give what it says. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll, expect, it } from 'vitest'
import { contextOf } from '../src/audit/context.js'
import { readPaper } from '../src/audit/load/paper.js'
import * as face from '../src/index.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const page = readFileSync(join(root, 'docs', 'calls.md'), 'utf8')
const blocks = (language: string): readonly string[] =>
  [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].filter(([, kind]) => kind === language).map(([, , text]) => text!)

/** A cell's text without the marks of code; null for a cell that is not code alone. */
const code = (cell: string): string | null => /^`([^`]*)`$/.exec(cell)?.[1] ?? null
const rows = page
  .split('\n')
  .filter((line) => /^\| .* \|$/.test(line) && !line.startsWith('| ---'))
  .map((line) => line.slice(2, -2).split(' | '))

const calls = rows.flatMap(([call, , example, gives]) =>
  gives === undefined || code(call!) === null
    ? []
    : { call: code(call!)!, example: code(example!)!, gives: code(gives)! },
)
const nodes = rows.flatMap(([what, node, gives, ...more]) =>
  more.length > 0 || gives === undefined || code(gives) === null
    ? []
    : { call: what!, example: code(node!)!, gives: code(gives)! },
)
const inText = [...page.matchAll(/`([a-z]\w*\((?:\.\.\.)?[a-z]\w*(?:, (?:\.\.\.)?[a-z]\w*)*\))`/gi)]
  .map(([, call]) => call!)
  .filter((call) => ![...calls, ...nodes].some(({ example, gives }) => example === call || gives === call))

// ---- Signatures ---------------------------------------------------------------------------------------------------------

// The package's own declarations alone: names and comments need neither the standard library nor what it depends on.
const options: ts.CompilerOptions = { noLib: true, types: [], module: ts.ModuleKind.NodeNext }
const entry = join(root, 'dist', 'src', 'index.d.ts')
const host: ts.CompilerHost = {
  ...ts.createCompilerHost(options),
  resolveModuleNameLiterals: (literals, from) =>
    literals.map(({ text }) => ({
      resolvedModule: text.startsWith('.')
        ? {
            resolvedFileName: join(dirname(from), text.replace(/\.js$/, '.d.ts')),
            extension: ts.Extension.Dts,
            isExternalLibraryImport: false,
          }
        : undefined,
    })),
}
const program = ts.createProgram([entry], options, host)
const checker = program.getTypeChecker()
const exported = new Map(
  checker
    .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)!)!)
    .map((one) => [one.name, one.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(one) : one]),
)

/** How a declared function is called: `substitute(e, replacements)`. */
function declaredCall(name: string): string {
  const [holder, member] = name.split('.')
  const symbol =
    member === undefined
      ? exported.get(name)
      : checker.getDeclaredTypeOfSymbol(exported.get('Context')!).getProperty(member)
  expect(symbol, `${holder} is exported`).toBeDefined()
  const [signature] = checker.getTypeOfSymbol(symbol!).getCallSignatures()
  const parameters = signature!.parameters.map((one) => {
    const declaration = one.valueDeclaration
    return declaration && ts.isParameter(declaration) && declaration.dotDotDotToken ? `...${one.name}` : one.name
  })
  return `${name}(${parameters.join(', ')})`
}

it('every call of the page is one of the package, with its arguments by their names', () => {
  expect(calls.length).toBeGreaterThan(35)
  expect(inText).toContain('toLeadingOrder(small, value)')
  for (const call of [...calls.map((one) => one.call), ...inText]) {
    const [, name, given] = /^([\w.]+)\((.*)\)$/.exec(call)!
    const whole = declaredCall(name!)
    // What comes after may be left out, and is then an option that the page does not need.
    expect(whole.replace(/\)$/, ', ')).toContain(`${name}(${given}, `)
  }
})

it('every call of the page tells in the editor what it is', () => {
  for (const { call } of calls) {
    const [name, member] = call.split('(')[0]!.split('.')
    const symbol =
      member === undefined
        ? exported.get(name!)!
        : checker.getDeclaredTypeOfSymbol(exported.get('Context')!).getProperty(member)!
    expect(ts.displayPartsToString(symbol.getDocumentationComment(checker)), call).not.toBe('')
  }
})

// ---- Examples -----------------------------------------------------------------------------------------------------------

const [notation] = blocks('yaml')
const indented = notation!.replace(/^/gm, '  ')
const paper = readPaper(
  'page',
  {
    path: 'data/page/paper.yaml',
    text: `bibliography: { title: T, authors: [A], year: 2026, published: here, identifier: none }\nnotation:\n${indented}`,
  },
  [{ path: 'data/page/statements.yaml', text: "- { id: eq-1, section: '1', about: f, printed: 'f(x) = a x^2 + K' }" }],
)
const context = contextOf(paper.statements[0]!, paper.notation)
const premise = context.readFormula('f(x) = a x^2 + K')

/** What an example gives, as the page writes it. */
function shown(value: unknown): string {
  if (value instanceof Set || Array.isArray(value)) return [...value].map(shown).join(', ')
  if (typeof value === 'object' && value !== null) return face.toText(value as face.Expression | face.Formula)
  return String(value)
}

// Inside the package, as a module: examples are what an author would write.
const folder = mkdtempSync(join(root, '.guide-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const names = Object.keys(face).filter((name) => new RegExp(`\\b${name}\\b`).test(page))
const results = blocks('js').map((block) => /^\/\/ (\w+): (.+)$/m.exec(block)!)
const path = join(folder, 'examples.js')
writeFileSync(
  path,
  `import { ${names.join(', ')} } from 'corrigenda'
export const examples = (context, premise) => [
${[...calls, ...nodes].map(({ example }) => `  () => (${example}),\n`).join('')}]
export const blocks = [
${blocks('js')
  .map((block, k) => `  (context) => {\n${block}  return ${results[k]![1]}\n  },\n`)
  .join('')}]
`,
)
const module = (await import(path)) as {
  readonly examples: (context: face.Context, premise: face.Formula) => readonly (() => unknown)[]
  readonly blocks: readonly ((context: face.Context) => unknown)[]
}
const run = module.examples(context, premise)

it.each([...calls, ...nodes].map((one, k) => ({ ...one, k })))('$example gives $gives', ({ k, gives }) => {
  expect(shown(run[k]!())).toBe(gives)
})

it.each(results.map(([, name, gives], k) => ({ name, gives, k })))('$name is $gives', ({ k, gives }) => {
  expect(shown(module.blocks[k]!(context))).toBe(gives)
})

const conventions = readFileSync(join(root, 'docs', 'conventions.md'), 'utf8')
const readings = [...conventions.matchAll(/^\| `([^`]+)` \| `([^`]+)` \|.*\|$/gm)].map(([, latex, text]) => ({
  latex: latex!,
  text: text!,
}))

it('docs/conventions.md has readings', () => {
  expect(readings.length).toBeGreaterThan(8)
})

it.each(readings)('$latex is read as $text', ({ latex, text }) => {
  expect(face.toText(context.read(latex))).toBe(text)
})
