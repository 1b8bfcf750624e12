/** docs/ci.md against what the command does: workflows, exit codes, files, `diff`. Needs the built package. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { exitCode } from '../src/cli/exit.js'
import { help } from '../src/cli/help.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const page = readFileSync(join(root, 'docs', 'ci.md'), 'utf8')
const [workflow, gitlab] = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) =>
  parse(text!, { strict: true }),
)
const commands = [...page.matchAll(/(?:^| )npx corrigenda (\w+)(.*)$/gm)].map(([, name, rest]) => ({
  name: name!,
  rest: rest!,
}))

const folder = mkdtempSync(join(tmpdir(), 'corrigenda-pipeline-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(root, 'dist', 'src', 'cli', 'corrigenda.js'), ...args], {
    cwd: root,
    encoding: 'utf8',
  })
const file = (name: string): string => join(folder, name)

describe('the workflows', () => {
  it('are YAML of the shape that GitHub and GitLab read', () => {
    expect(Object.keys(workflow)).toEqual(['name', 'on', 'permissions', 'jobs'])
    expect(workflow.jobs.audit['runs-on']).toBe('ubuntu-latest')
    for (const step of workflow.jobs.audit.steps)
      expect(
        ['uses', 'run'].filter((key) => typeof step[key] === 'string'),
        JSON.stringify(step),
      ).toHaveLength(1)
    expect(gitlab.audit.artifacts.reports.junit).toBe('junit.xml')
  })

  it('upload every file that the audit writes', () => {
    const { steps } = workflow.jobs.audit
    const audit = steps.find(({ name }: { name?: string }) => name === 'Audit').run
    const written = [...audit.matchAll(/--(?:json|junit|badge|out) (\S+)/g)].map((match: RegExpMatchArray) => match[1])
    const uploaded = steps.at(-1).with.path.trim().split(/\s+/)
    expect(uploaded.map((path: string) => path.replace(/\/$/, ''))).toEqual(written)
  })

  it('call commands and options that exist', () => {
    expect(commands.length).toBeGreaterThan(4)
    for (const { name, rest } of commands) {
      expect(Object.keys(help)).toContain(name)
      for (const [option] of rest.matchAll(/--[a-z]+/g)) expect(help[name as keyof typeof help]).toContain(option)
    }
  })
})

it('every exit code is in the table', () => {
  const listed = [...page.matchAll(/^\| (\d+) \|/gm)].map((match) => Number(match[1]))
  expect(listed).toEqual(Object.values(exitCode))
})

describe('an audit in a pipeline', () => {
  beforeAll(() => {
    const { status, stderr } = run(
      ...['audit', 'schoenholz-2017/eq-13', 'schoenholz-2017/eq-16', '--depth', 'quick', '--no-cache'],
      ...['--json', file('report.json'), '--junit', file('made/junit.xml'), '--badge', file('badge.svg')],
    )
    expect(status, stderr).toBe(0)
  })

  it('writes what it was asked for, into folders that it makes', () => {
    expect(readFileSync(file('made/junit.xml'), 'utf8')).toContain('tests="2" failures="0" errors="0"')
    expect(readFileSync(file('badge.svg'), 'utf8')).toContain('2 statements')
  })

  it('and its report compared with itself has not got worse', () => {
    const { status, stdout } = run('diff', file('report.json'), file('report.json'))
    expect(stdout).toBe('nothing changed\n')
    expect(status).toBe(exitCode.accounted)
  })

  it('and compared with a worse one has, also as JSON', () => {
    const report = JSON.parse(readFileSync(file('report.json'), 'utf8'))
    report.papers[0].statements[0].verdict = 'open'
    writeFileSync(file('worse.json'), JSON.stringify(report))
    const { status, stdout } = run('diff', file('report.json'), file('worse.json'), '--json', file('changes.json'))
    expect(stdout).toMatch(/worse:\n {2}schoenholz-2017\/eq-13: verdict \w+, now open\n/)
    expect(status).toBe(exitCode.refuted)
    expect(JSON.parse(readFileSync(file('changes.json'), 'utf8'))).toMatchObject({ schema: 1, worse: 1, better: 0 })
    expect(run('diff', file('worse.json'), file('report.json')).status).toBe(exitCode.accounted)
  })

  it.each([
    [['diff', 'nowhere.json', 'nowhere.json'], /nowhere\.json: cannot be read \(ENOENT\)/],
    [['diff', 'package.json', 'package.json'], /package\.json: this is no report/],
    [['diff', 'package.json'], /name two reports/],
    [['diff', 'a', 'b', '--depth', 'quick'], /'corrigenda diff' has no option --depth/],
  ])('and what cannot be compared is refused: %j', (args, message) => {
    const { status, stderr } = run(...args)
    expect(stderr).toMatch(message)
    expect(status).toBe(exitCode.input)
  })
})
