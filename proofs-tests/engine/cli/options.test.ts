import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { StatementResult } from '../../../src/audit/runner.js'
import { requireWritable, writeAtomic } from '../../../src/cli/files.js'
import { readOptions } from '../../../src/cli/options.js'
import { exitCodeFor } from '../../../src/cli/run.js'
import { InputError } from '../../../src/expression/errors.js'

describe('options', () => {
  it('have defaults, and LaTeX that begins with a minus is a value', () => {
    const options = readOptions(
      'check',
      ['eq-1', '--printed', '-a', '--given', 'eq-2=-b', '--given', 'eq-3=c'],
      ['printed', 'given'],
    )
    expect(options).toMatchObject({
      positionals: ['eq-1'],
      printed: '-a',
      given: ['eq-2=-b', 'eq-3=c'],
      seed: 1,
      depth: 'standard',
    })
  })

  it.each([
    [[], '.corrigenda-cache'],
    [['--cache', 'x'], 'x'],
    [['--no-cache'], null],
  ])('%j keeps results in the folder %j', (list, cache) => {
    expect(readOptions('audit', list, ['cache', 'no-cache']).cache).toBe(cache)
  })

  it.each([
    [['--cache', 'x', '--no-cache'], /contradict/],
    [['--cache='], /needs a folder/],
  ])('%j is refused', (list, message) => {
    expect(() => readOptions('audit', list, ['cache', 'no-cache'])).toThrow(message)
  })

  it.each([
    [['--frob'], /'--frob'/],
    [['--depth', 'deep'], /choose quick, standard or full/],
    [['--seed', '1.5'], /whole number/],
    [['--seed', '-1'], /^--seed -1: a whole number from 0 to \d+ is needed$/],
    [['--workers', '0'], /whole number from 1 to 256/],
    [['--out', 'x'], /has no option --out/],
  ])('%j is refused', (list, message) => {
    const run = () => readOptions('check', list, ['depth', 'seed', 'workers'])
    expect(run).toThrow(InputError)
    expect(run).toThrow(message)
  })
})

describe('files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'corrigenda-'))

  it('are written whole, into folders made for them, and nothing else is left', async () => {
    await writeAtomic(join(folder, 'a', 'b', 'c.txt'), 'text')
    expect(readFileSync(join(folder, 'a', 'b', 'c.txt'), 'utf8')).toBe('text')
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['c.txt'])
  })

  it('that cannot be written are an InputError', async () => {
    await expect(requireWritable(join(folder, 'a', 'b', 'c.txt', 'd'))).rejects.toThrow(InputError)
    await expect(writeAtomic(join(folder, 'a', 'b', 'c.txt', 'd'), '')).rejects.toThrow(/choose another place/)
  })

  it.runIf(existsSync('/proc'))('below what the kernel refuses are an InputError, at once', async () => {
    await expect(requireWritable('/proc/corrigenda/x')).rejects.toThrow(InputError)
  })
})

describe('exit codes', () => {
  const result = (verdict: StatementResult['verdict'], error: InputError | null = null) =>
    ({ verdict, error }) as StatementResult

  it.each([
    [0, [result('proved'), result('erratum'), result('definition')]],
    [1, [result('proved'), result('refuted')]],
    [1, [result('open')]],
    [2, [result('refuted'), result('open', new InputError('x'))]],
  ])('%i', (code, results) => {
    expect(exitCodeFor(results, [])).toBe(code)
  })

  it('2 where a module could not be loaded', () => {
    expect(exitCodeFor([], [new InputError('x')])).toBe(2)
  })
})
