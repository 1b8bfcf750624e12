/** The package's faces: what may be imported from where, and that importing does nothing else. Needs the built package. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..')
const description: {
  readonly exports: Readonly<Record<string, { readonly types: string; readonly default: string } | string>>
  readonly sideEffects: boolean
  readonly dependencies: Readonly<Record<string, string>>
} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const faces = Object.entries(description.exports).flatMap(([name, target]) =>
  typeof target === 'string' ? [] : [{ name: `corrigenda${name.slice(1)}`, ...target }],
)
const sourceFiles = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((f) =>
  f.endsWith('.ts'),
)
const trees = new Map<string, ts.SourceFile>()
const parsed = (file: string): ts.SourceFile => {
  const tree =
    trees.get(file) ?? ts.createSourceFile(file, readFileSync(join(root, 'src', file), 'utf8'), ts.ScriptTarget.ES2022)
  trees.set(file, tree)
  return tree
}

describe('every face', () => {
  it.each(faces)('$name has its module and its types', ({ types, default: module }) => {
    expect(existsSync(join(root, module)), module).toBe(true)
    expect(existsSync(join(root, types)), types).toBe(true)
  })

  // Outside its runner vitest itself refuses to be imported.
  const outside = faces.filter(({ name }) => name !== 'corrigenda/vitest')

  it.each(outside)('$name is imported without any other effect', ({ name }) => {
    const { stdout, stderr } = spawnSync(process.execPath, [join(here, 'imports.mjs'), name], {
      cwd: root,
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    const { seen, before, after } = JSON.parse(stdout)
    expect(seen).toEqual([])
    if (name === 'corrigenda') expect(after).not.toContain('__zod')
    expect(withoutZod(after)).toEqual(withoutZod(before))
  })
})

/** A library that validates files keeps two registries of its own for all of its copies. */
const withoutZod = (text: string) => {
  const { globals, ...rest } = JSON.parse(text)
  return { ...rest, globals: globals.filter((name: string) => !/^__zod_global(Config|Registry)$/.test(name)) }
}

/** Modules and packages that a source file reaches when it is imported, types left out. */
function reach(start: string, into = new Set<string>()): ReadonlySet<string> {
  if (into.has(start)) return into
  into.add(start)
  for (const statement of parsed(start).statements) {
    const isImport = ts.isImportDeclaration(statement) && !statement.importClause?.isTypeOnly
    const isExport = ts.isExportDeclaration(statement) && !statement.isTypeOnly
    if (!(isImport || isExport) || statement.moduleSpecifier === undefined) continue
    const specifier = (statement.moduleSpecifier as ts.StringLiteral).text
    if (specifier.startsWith('.')) reach(join(dirname(start), specifier).replace(/\.js$/, '.ts'), into)
    else into.add(specifier)
  }
  return into
}

/** Packages that a source file imports when it is asked to. */
function lateImports(file: string): readonly string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const [specifier] =
      ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments : []
    if (specifier !== undefined && ts.isStringLiteral(specifier)) found.push(specifier.text)
    ts.forEachChild(node, visit)
  }
  visit(parsed(file))
  return found
}

describe('what is pure', () => {
  it.each(['index.ts', 'expression/index.ts', 'theory/index.ts', 'network/index.ts', 'statistics/index.ts', 'audit/index.ts', 'report/index.ts'])(
    '%s reaches nothing of Node, of threads, of vitest',
    (face) => {
      const outside = [...reach(face)].filter((module) => /^node:|^tinypool$|^vitest$|^picocolors$/.test(module))
      expect(outside).toEqual([])
      expect([...reach(face)].filter((module) => /^(cli|node|vitest)\//.test(module))).toEqual([])
    },
  ) // biome-ignore format: a table

  it('holds: no module but the command and what a thread starts with runs a statement for its effect', () => {
    expect(description.sideEffects).toBe(false)
    const effects = sourceFiles
      .filter((file) => file !== join('cli', 'corrigenda.ts') && !file.endsWith('-worker.ts'))
      .flatMap((file) =>
        parsed(file)
          .statements.filter((s) => !isDeclaration(s))
          .map((s) => `${file}: ${ts.SyntaxKind[s.kind]}`),
      )
    expect(sourceFiles.length).toBeGreaterThan(300)
    expect(effects).toEqual([])
  })
})

const isDeclaration = (statement: ts.Statement): boolean =>
  ts.isImportDeclaration(statement) ||
  ts.isExportDeclaration(statement) ||
  ts.isFunctionDeclaration(statement) ||
  ts.isClassDeclaration(statement) ||
  ts.isInterfaceDeclaration(statement) ||
  ts.isTypeAliasDeclaration(statement) ||
  ts.isModuleDeclaration(statement) ||
  ts.isVariableStatement(statement)

describe('the tarball', () => {
  const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
  })
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf('[')))
  const files: readonly string[] = packed.files.map(({ path }: { path: string }) => path)

  it('holds what is run, what papers print, and what is read about it, and nothing that is only developed with', () => {
    const wanted =
      /^(?:dist\/(?:src|derivations)\/.+\.(?:js|d\.ts)|data\/.+\.ya?ml|schema\/\w+\.schema\.json|dist\/src\/report\/html\/assets\/[\w.-]+|docs\/[\w-]+\.md|README\.md|CHANGELOG\.md|LICENSE|package\.json)$/
    expect(files.length).toBeGreaterThan(500)
    expect(files.filter((file) => !wanted.test(file))).toEqual([])
  })

  it('holds every face and the command', () => {
    const targets = faces.flatMap(({ types, default: module }) => [types, module]).map((path) => path.slice(2))
    for (const file of [...targets, 'dist/src/cli/corrigenda.js']) expect(files).toContain(file)
  })

  it('needs nothing that it does not declare', () => {
    const reached = new Set<string>()
    for (const file of sourceFiles) reach(file, reached)
    const needed = [...reached, ...sourceFiles.flatMap(lateImports)]
      .filter(
        (name) => !name.endsWith('.ts') && !name.startsWith('.') && !name.startsWith('node:') && name !== 'vitest',
      )
      .map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      )
    expect(needed).toContain('nerdamer-prime')
    expect([...new Set(needed)].filter((name) => description.dependencies[name] === undefined)).toEqual([])
  })
})
