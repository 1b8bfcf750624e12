/** The documentation as a whole: nothing is left out of the site, links lead somewhere, commands and verdicts are as told. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { paperSchema, statementSchema, symbolSchema } from '../src/audit/load/schema.js'
import { type CommandName, help } from '../src/cli/help.js'
import * as face from '../src/index.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const read = (name: string): string => readFileSync(join(root, name), 'utf8')
const pages = readdirSync(join(root, 'docs'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`)
const optionsIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/--[a-z]+(?:-[a-z]+)*/g)].map(([name]) => name))

it('the site and the README list every page, and the site lists none that is missing', () => {
  const { projectDocuments }: { projectDocuments: readonly string[] } = JSON.parse(read('typedoc.json'))
  expect([...projectDocuments].sort()).toEqual([...pages].sort())
  const readme = read('README.md')
  expect(pages.filter((page) => !readme.includes(`(${page})`))).toEqual([])
})

/** The anchor that a heading gets on GitHub. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')

it.each([...pages, 'README.md', 'examples/README.md'])('relative links of %s lead to files and headings', (page) => {
  const text = read(page).replace(/^```[\s\S]*?^```$/gm, '')
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!).filter((link) => !/^[a-z]+:/.test(link))
  const broken = links.filter((link) => {
    const [file, anchor] = link.split('#')
    const target = file === '' ? page : join(dirname(page), file!)
    if (!existsSync(join(root, target))) return true
    if (anchor === undefined) return false
    const headings = [...read(target).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading!))
    return !headings.includes(anchor)
  })
  expect(broken).toEqual([])
})

describe('docs/commands.md', () => {
  const sections = new Map(
    read('docs/commands.md')
      .split(/^## /m)
      .map((section) => [section.split('\n')[0]!, section]),
  )
  const commands = (Object.keys(help) as (CommandName | 'corrigenda')[]).filter((name) => name !== 'corrigenda')

  it('has a section for each command and no other', () => {
    expect([...sections.keys()].slice(1).sort()).toEqual([...commands].sort())
  })

  it.each(commands)('%s has the usage and exactly the options that --help prints', (name) => {
    const usage = /^Usage: (.+)$/m.exec(help[name])![1]!
    expect(sections.get(name)).toContain(`\`${usage}\``)
    const [, declared] = help[name].split('Options:\n')
    const listed = declared?.split('\n\n')[0] ?? ''
    // The options of an audit's report may be spoken of where a report is read.
    const told = optionsIn(sections.get(name)!.replace(/`audit --json`/g, ''))
    expect([...told].sort()).toEqual([...optionsIn(listed)].sort())
  })

  it('names the default of every option that has one', () => {
    for (const name of commands)
      for (const [, option, value] of help[name].matchAll(/^ {2}--([a-z]+)\b[^\n]*?\(default: (\w+)\)$/gm)) {
        const row = sections
          .get(name)!
          .split('\n')
          .find((line) => line.startsWith(`| \`--${option}`))
        expect(row, `${name} --${option}`).toMatch(new RegExp(`\\b${value}\\b.* by default`))
      }
  })
})

it('the examples of docs/verdicts.md have the verdicts that they are examples of', () => {
  const rows = [...read('docs/verdicts.md').matchAll(/^\| (\w+) \| `([\w-]+\/[\w.-]+)` \|/gm)]
  const expected = new Map(rows.map(([, verdict, id]) => [id!, verdict!]))
  expect(expected.size).toBeGreaterThan(6)
  const command = [join(root, 'dist', 'src', 'cli', 'corrigenda.js'), 'audit', ...expected.keys()]
  const { stdout } = spawnSync(process.execPath, [...command, '--depth', 'quick', '--no-cache', '--json', '-'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  const { papers }: { papers: readonly { statements: readonly { id: string; verdict: string }[] }[] } =
    JSON.parse(stdout)
  const found = papers.flatMap(({ statements }) => statements.map(({ id, verdict }) => [id, verdict] as const))
  expect(new Map(found)).toEqual(expected)
})

it('docs/your-own-paper.md tells every key of the data, and names checks that exist', () => {
  const page = read('docs/your-own-paper.md')
  const keys = [paperSchema, paperSchema.shape.bibliography, paperSchema.shape.notation, symbolSchema, statementSchema]
  for (const key of keys.flatMap((schema) => Object.keys(schema.shape)))
    if (key !== 'notation') expect(page).toMatch(new RegExp(`\`(notation\\.)?${key}\``))
  const checks = [...page.matchAll(/^\| ((?:`\w+`(?:, )?)+) \| .*$/gm)]
    .slice(-6)
    .flatMap(([, names]) => [...names!.matchAll(/\w+/g)].map(([name]) => name))
  expect(checks).toContain('sampledExtrapolation')
  for (const name of checks) expect(face).toHaveProperty(name)
})

it('docs/your-own-paper.md says what to call, by names that the package exports', () => {
  const [, section] = read('docs/your-own-paper.md').split('## What you want, and what to call\n')
  const rows = [...section!.split('\n## ')[0]!.matchAll(/^\| [^|`]+ \| `(\w+)` \| (.+) \|$/gm)]
  expect(rows.length).toBeGreaterThan(15)
  for (const [, name] of rows) expect(face).toHaveProperty(name!, expect.any(Function))
  const others = rows.flatMap(([, , text]) =>
    [...text!.matchAll(/`([a-z]+(?:[A-Z][a-z]+)+)`/g)].map(([, name]) => name!),
  )
  // Options are fields of an argument; every other name is one of the package too.
  const options = ['weightVariance', 'biasVariance']
  for (const name of others.filter((other) => !options.includes(other))) expect(face).toHaveProperty(name)
})
