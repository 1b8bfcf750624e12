/**
 * The package as somebody gets it: packed, installed into an empty project, and used from there. Needs the built package and
 * the registry (or npm's cache). `node scripts/try-package.mjs`
 */
import { strictEqual } from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const project = mkdtempSync(join(tmpdir(), 'corrigenda-package-'))
const { devDependencies, exports: faces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** Runs a command in the project; anything but the exit code that is expected ends it all. */
function run(expected, command, args, folder = project) {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' }
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8', env })
  if (status !== expected) {
    process.stderr.write(`${stdout}\n${stderr}\n`)
    throw new Error(`${command} ${args.join(' ')} ended with ${status}, not with ${expected}`)
  }
  return stdout
}

function expectText(text, wanted, where) {
  for (const part of wanted) if (!text.includes(part)) throw new Error(`${where} does not say '${part}':\n${text}`)
}

const write = (name, text) => {
  mkdirSync(dirname(join(project, name)), { recursive: true })
  writeFileSync(join(project, name), text)
}

function install() {
  const tarball = run(0, 'npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', project], root).trim()
  write('package.json', JSON.stringify({ name: 'my-audit', private: true, type: 'module' }))
  const tools = ['vitest', 'typescript', '@types/node'].map((name) => `${name}@${devDependencies[name]}`)
  run(0, 'npm', [
    ...[
      'install',
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      `./${tarball.split('\n').at(-1)}`,
    ],
    ...tools,
  ])
}

/** The paper of the guide, and what a user would write beside it. */
function writePaper() {
  const guide = readFileSync(join(root, 'docs', 'your-own-paper.md'), 'utf8')
  const block = (language, position) =>
    [...guide.matchAll(/```(\w+)\n([\s\S]*?)```/g)].filter(([, found]) => found === language)[position][2]
  write('data/draft/paper.yaml', block('yaml', 0))
  write('data/draft/statements.yaml', block('yaml', 1))
  write('derivations/draft/chain.js', block('js', 0))
  // Examples that name their file, word for word.
  const library = readFileSync(join(root, 'docs', 'library.md'), 'utf8')
  for (const [, name, text] of library.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)) write(name, text)
  const names = Object.keys(faces).filter((face) => face !== './package.json')
  write(
    'faces.ts',
    `${names.map((face, k) => `import * as face${k} from 'corrigenda${face.slice(1)}'`).join('\n')}
import { type Context, derive, directCheck, type Formula, rational } from 'corrigenda'
import { auditFolder } from 'corrigenda/node'
import { junitXml, type Report } from 'corrigenda/report'

export const faces = [${names.map((_, k) => `face${k}`).join(', ')}]
export const derivation = derive('eq-2', { energy: 'eq-1' }, 'as it stands', ({ energy }, context: Context): Formula => {
  const first: Formula = energy
  return context === undefined ? first : energy
})
export const report = async (): Promise<string> => {
  const { report } = await auditFolder(import.meta.url, { depth: 'quick' })
  const typed: Report = report
  return junitXml(typed)
}
export const two = [rational(2), directCheck]
`,
  )
  write(
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: {
        strict: true, noEmit: true, target: 'ES2022', module: 'NodeNext', moduleResolution: 'NodeNext', skipLibCheck: false,
        noUncheckedIndexedAccess: true, verbatimModuleSyntax: true, types: ['node'],
      }, // biome-ignore format: options
      include: ['*.ts'],
    }),
  )
}

function useIt() {
  expectText(
    run(0, 'npx', ['corrigenda', '--version']),
    [JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version],
    '--version',
  )
  const audit = ['corrigenda', 'audit', '--depth', 'quick', '--no-cache', '--json', 'with.json']
  expectText(run(0, 'npx', [...audit, '--junit', 'junit.xml', '--badge', 'badge.svg']), ['erratum', 'witness'], 'audit')
  expectText(readFileSync(join(project, 'junit.xml'), 'utf8'), ['name="draft/eq-2"', 'failures="0"'], 'junit.xml')
  expectText(readFileSync(join(project, 'badge.svg'), 'utf8'), ['2 statements, 1 erratum'], 'badge.svg')
  expectText(
    run(0, 'npx', ['vitest', 'run', '--reporter=verbose']),
    ['draft/eq-1', 'draft/eq-2', 'has the factor wrong in (2)', '5 passed'],
    'vitest',
  )
  run(0, 'npx', ['tsc', '-p', '.'])
  run(0, 'npx', ['tsc', '-p', '.', '--noEmit', 'false', '--outDir', 'compiled'])
  expectText(run(0, 'node', ['compiled/audit.js']), ['draft/eq-2 algebra E(', ' 0\n'], 'audit.ts')
  expectText(run(0, 'node', ['compiled/critical.js']), ['1.68797512', '0.5'], 'critical.ts')
  rmSync(join(project, 'compiled'), { recursive: true })
  // Without its correction the draft fails everywhere, with the witness.
  const corrected = readFileSync(join(project, 'data/draft/statements.yaml'), 'utf8')
  write('data/draft/statements.yaml', corrected.replace(/^ *corrected:.*\n/m, ''))
  run(1, 'npx', ['corrigenda', 'audit', '--depth', 'quick', '--no-cache', '--json', 'without.json'])
  expectText(
    run(1, 'npx', ['corrigenda', 'diff', 'with.json', 'without.json']),
    ['draft/eq-2: verdict erratum, now refuted'],
    'diff',
  )
  const failing = run(1, 'npx', ['vitest', 'run', '--reporter=verbose'])
  strictEqual(/stated .*, derived /.test(failing), true, failing)
  expectText(failing, ['draft/eq-2: refuted (algebra)', 'witness'], 'vitest')
}

/** The worked examples, copied beside the installed package, with their types checked. */
function useExamples() {
  cpSync(join(root, 'examples'), join(project, 'examples'), {
    recursive: true,
    filter: (path) => !path.endsWith('node_modules'),
  })
  const folders = readdirSync(join(project, 'examples'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  for (const { name } of folders) {
    const folder = join(project, 'examples', name)
    const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    run(0, 'npx', scripts.test.split(' '), folder)
  }
  run(
    1,
    'npx',
    ['corrigenda', 'audit', 'ising-chain-wrong', '--depth', 'quick', '--no-cache'],
    join(project, 'examples', 'ising-chain'),
  )
  const options = [
    '--noEmit',
    '--allowJs',
    '--checkJs',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--types',
    'node',
  ]
  const modules = readdirSync(join(project, 'examples'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /^[\w-]+\/(?:derivations|tests)\/.*\.js$/.test(name),
  )
  run(0, 'npx', ['tsc', ...options, ...modules.map((name) => join('examples', name))])
}

/** The pages that are followed word for word, from the tarball. */
function followThePages() {
  const tarball = readdirSync(project).find((name) => name.endsWith('.tgz'))
  process.env.CORRIGENDA_TARBALL = join(project, tarball)
  const tests = ['guide', 'ten-equations', 'a-ring-worked'].map((page) => `proofs-tests/${page}.test.ts`)
  expectText(run(0, 'npx', ['vitest', 'run', ...tests], root), ['passed'], 'the guide')
}

try {
  for (const step of [install, writePaper, useIt, useExamples, followThePages]) {
    const started = performance.now()
    step()
    process.stdout.write(`${step.name}: ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
  }
} finally {
  rmSync(project, { recursive: true, force: true })
}
