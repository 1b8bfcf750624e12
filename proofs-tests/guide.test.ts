/**
 * docs/guide.md, followed to the letter: its files are written, its commands run by a shell on the built package, and what
 * it shows of a terminal is compared. Times are masked; a line `…` stands for any number of lines. Only `npm install` is
 * stood in for, by a link. `CORRIGENDA_TARBALL=FILE` installs that instead, outside the
 * package, and needs the registry or npm's cache. `GUIDE=update` writes what the commands print into the guide, where nothing is left out.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const path = join(root, 'docs', 'guide.md')
const guide = readFileSync(path, 'utf8')
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const vitestVersion: string = devDependencies.vitest
const update = process.env.GUIDE === 'update'

interface Step {
  readonly name: string
  /** Runs it; the text that replaces it in the guide. */
  readonly run: () => string
}

const tarball = process.env.CORRIGENDA_TARBALL
// Without a tarball inside the package, so that its dependencies are found.
const folder = mkdtempSync(tarball ? join(tmpdir(), 'guide-') : join(root, '.guide-'))
let current = join(folder, 'empty')

const elsewhere = 'PATH=$(echo "$PATH" | cut -d: -f2-) exec npm'
const linked: Readonly<Record<string, string>> = {
  npx: `#!/bin/sh
case $1 in
  corrigenda) shift; exec '${process.execPath}' '${join(root, 'dist', 'src', 'cli', 'corrigenda.js')}' "$@" ;;
  *) echo "no stand-in for $1" >&2; exit 9 ;;
esac
`,
  // Vitest looks for its configuration upwards and would find that of this repository.
  npm: `#!/bin/sh
if [ "$1" = install ]; then
  mkdir -p node_modules && ln -s '${root}' node_modules/corrigenda && echo 'export default {}' > vitest.config.js
else
  ${elsewhere} "$@"
fi
`,
}

/** npm itself, with the file for the package's name. */
const installed: Readonly<Record<string, string>> = {
  npm: `#!/bin/sh
if [ "$1" = install ]; then
  ${elsewhere} install --prefer-offline --no-audit --no-fund '${tarball && resolve(tarball)}' vitest@${vitestVersion}
else
  ${elsewhere} "$@"
fi
`,
}

beforeAll(() => {
  mkdirSync(join(folder, 'bin'))
  mkdirSync(current)
  for (const [name, text] of Object.entries(tarball ? installed : linked))
    writeFileSync(join(folder, 'bin', name), text, { mode: 0o755 })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let lastStatus = 0

/** Runs a command in the guide's shell, which keeps its folder and the last exit code; returns what it shows. */
function shell(command: string): string {
  const where = join(folder, 'bin', 'where')
  const { FORCE_COLOR: _, ...environment } = process.env
  const script = `(exit ${lastStatus}); eval "$COMMAND"; status=$?; pwd > '${where}'; exit $status`
  const { status, stdout, stderr } = spawnSync('bash', ['-c', `{ ${script}; } 2>&1`], {
    cwd: current,
    encoding: 'utf8',
    env: {
      ...environment,
      PATH: `${join(folder, 'bin')}:${environment.PATH}`,
      NO_COLOR: '1',
      npm_config_loglevel: 'error',
      COMMAND: command,
    },
  })
  if (status === null) throw new Error(`${command}: ${stderr}`)
  lastStatus = status
  current = readFileSync(where, 'utf8').trim()
  return stdout.trimEnd()
}

const masked = (text: string): string => text.replace(/\d+(\.\d+)? ?m?s$/gm, '# s').replace(/ +$/gm, '')
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What is shown, with any number of lines for each `…`. */
const pattern = (shown: string): RegExp => new RegExp(`^${shown.split(/^…$/m).map(escaped).join('[^]*?')}$`)

/** The steps of one fenced block. */
function stepsOf(language: string, text: string): readonly Step[] {
  const [, name] = /^(?:#|\/\/|%) (\S+\.\w+)\n/.exec(text) ?? []
  if (language === 'console')
    return text
      .split(/^\$ /m)
      .slice(1)
      .map((entry): Step => {
        const [command, ...lines] = entry.trimEnd().split('\n')
        const shown = lines.join('\n')
        const run = (): string => {
          const printed = shell(command!)
          if (update && !/^…$/m.test(shown)) return `$ ${command}\n${printed === '' ? '' : `${printed}\n`}`
          expect(masked(printed)).toMatch(pattern(masked(shown)))
          return `$ ${entry.trimEnd()}\n`
        }
        return { name: command!, run }
      })
  if (language === 'sh')
    return text
      .trimEnd()
      .split('\n')
      .map((command) => ({
        name: command,
        run: () => {
          if (command.includes('pdflatex') && spawnSync('pdflatex', ['--version']).error) return `${command}\n`
          const printed = shell(command)
          expect(lastStatus, printed).toBe(0)
          return `${command}\n`
        },
      }))
  if (name === undefined) throw new Error(`a block of ${language} does not say in its first line which file it is`)
  const run = (): string => {
    mkdirSync(dirname(join(current, name)), { recursive: true })
    writeFileSync(join(current, name), text)
    expect(readFileSync(join(current, name), 'utf8')).toContain(name)
    return text
  }
  return [{ name: `writes ${name}`, run }]
}

const blocks = [...guide.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([whole, language, text]) => ({
  whole,
  language: language!,
  steps: stepsOf(language!, text!),
}))

describe.runIf(spawnSync('bash', ['--version']).status === 0)('the guide', () => {
  const written = blocks.map(({ steps }) => steps.map(() => null as string | null))
  for (const [k, { steps }] of blocks.entries())
    for (const [j, { name, run }] of steps.entries())
      it(name, () => {
        written[k]![j] = run()
      })
  afterAll(() => {
    if (!update) return
    const parts = blocks.reduce(
      (text, { whole, language }, k) =>
        written[k]!.includes(null)
          ? text
          : text.replace(whole, () => `\`\`\`${language}\n${written[k]!.join('')}\`\`\``),
      guide,
    )
    writeFileSync(path, parts)
  })
})
