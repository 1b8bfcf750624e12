/**
 * A page of the documentation, followed to the letter: its files are written, its commands run by a shell on the built
 * package, what it shows of a terminal is compared, and blocks of `diff` amend a file. Times are masked; a line `…` stands for any number of lines. Only
 * `npm install` is stood in for, by a link. `CORRIGENDA_TARBALL=FILE` installs that instead, outside the package, and needs
 * the registry or npm's cache. `GUIDE=update` writes what the commands print into the page, where nothing is left out.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const vitestVersion: string = devDependencies.vitest
const update = process.env.GUIDE === 'update'
const tarball = process.env.CORRIGENDA_TARBALL

interface Step {
  readonly name: string
  /** Runs it; the text that replaces it in the page. */
  readonly run: () => string
}

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

const masked = (text: string): string => text.replace(/\d+(\.\d+)? ?m?s$/gm, '# s').replace(/ +$/gm, '')
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What is shown, with any number of lines for each `…`. */
const pattern = (shown: string): RegExp => new RegExp(`^${shown.split(/^…$/m).map(escaped).join('[^]*?')}$`)

/** A text with hunks put in: lines marked with a blank or a minus stand in it together, once, and those with a minus go. */
function amended(text: string, hunks: string): string {
  const body = hunks.slice(hunks.indexOf('\n') + 1)
  return body.split(/^@@\n/m).reduce((whole, hunk) => {
    const lines = hunk.trimEnd().split('\n')
    const without = (mark: string): string =>
      lines
        .filter((line) => !line.startsWith(mark))
        .map((line) => `${line.slice(1)}\n`)
        .join('')
    const parts = whole.split(without('+'))
    expect(parts.length, `times that this stands in the file:\n${without('+')}`).toBe(2)
    return parts.join(without('-'))
  }, text)
}

/** A folder of its own for a page, and a shell that keeps its place and the last exit code from one command to the next. */
class PageShell {
  // Without a tarball inside the package, so that its dependencies are found.
  readonly folder = mkdtempSync(tarball ? join(tmpdir(), 'guide-') : join(root, '.guide-'))
  current = join(this.folder, 'empty')
  lastStatus = 0

  open(): void {
    mkdirSync(join(this.folder, 'bin'))
    mkdirSync(this.current)
    for (const [name, text] of Object.entries(tarball ? installed : linked))
      writeFileSync(join(this.folder, 'bin', name), text, { mode: 0o755 })
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Runs a command; returns what it shows. */
  run(command: string): string {
    const where = join(this.folder, 'bin', 'where')
    const { FORCE_COLOR: _, ...environment } = process.env
    const script = `(exit ${this.lastStatus}); eval "$COMMAND"; status=$?; pwd > '${where}'; exit $status`
    const { status, stdout, stderr } = spawnSync('bash', ['-c', `{ ${script}; } 2>&1`], {
      cwd: this.current,
      encoding: 'utf8',
      env: {
        ...environment,
        PATH: `${join(this.folder, 'bin')}:${environment.PATH}`,
        NO_COLOR: '1',
        npm_config_loglevel: 'error',
        COMMAND: command,
      },
    })
    if (status === null) throw new Error(`${command}: ${stderr}`)
    this.lastStatus = status
    this.current = readFileSync(where, 'utf8').trim()
    return stdout.trimEnd()
  }

  /** Writes a file; returns what it then holds. */
  write(name: string, text: string): string {
    const path = join(this.current, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    return readFileSync(path, 'utf8')
  }
}

/** The steps of one fenced block. */
function stepsOf(shell: PageShell, language: string, text: string): readonly Step[] {
  const [, name] = /^(?:#|\/\/|%) (\S+\.\w+)\n/.exec(text) ?? []
  if (language === 'console')
    return text
      .split(/^\$ /m)
      .slice(1)
      .map((entry): Step => {
        const [command, ...lines] = entry.trimEnd().split('\n')
        const shown = lines.join('\n')
        const run = (): string => {
          const printed = shell.run(command!)
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
          const printed = shell.run(command)
          expect(shell.lastStatus, printed).toBe(0)
          return `${command}\n`
        },
      }))
  if (language === 'diff' && name !== undefined) {
    const run = (): string => {
      shell.write(name, amended(readFileSync(join(shell.current, name), 'utf8'), text))
      return text
    }
    return [{ name: `amends ${name}`, run }]
  }
  if (name === undefined) throw new Error(`a block of ${language} does not say in its first line which file it is`)
  const run = (): string => {
    expect(shell.write(name, text)).toContain(name)
    return text
  }
  return [{ name: `writes ${name}`, run }]
}

/** Declares the tests of `docs/PAGE`: one for each file that it writes and each command that it runs, in their order. */
export function followPage(page: string): void {
  const path = join(root, 'docs', page)
  const source = readFileSync(path, 'utf8')
  const shell = new PageShell()
  const blocks = [...source.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([whole, language, text]) => ({
    whole,
    language: language!,
    steps: stepsOf(shell, language!, text!),
  }))
  describe.runIf(spawnSync('bash', ['--version']).status === 0)(`docs/${page}`, () => {
    beforeAll(() => shell.open())
    afterAll(() => shell.close())
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
        source,
      )
      writeFileSync(path, parts)
    })
  })
}
