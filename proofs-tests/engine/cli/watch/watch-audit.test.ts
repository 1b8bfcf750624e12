/** The watch as a user has it: the built command, a paper on disk, saves, Ctrl-C. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { exampleDerivations, exampleNotation, exampleStatements } from '../../../../src/cli/init/example-paper.js'
import { folderFiles } from '../../../../src/cli/init/folder-files.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..')
const folder = mkdtempSync(join(root, '.watch-'))
for (const [path, text] of folderFiles({
  id: 'spring',
  version: '0.1.0',
  head: { title: 'A spring', authors: ['A. Author'], year: 2026, identifier: 'spring' },
  notation: exampleNotation,
  statements: exampleStatements,
  derivations: exampleDerivations
    .replace("from 'corrigenda'", "from 'corrigenda'\nimport { sign } from './sign.js'")
    .replace('negate(', 'sign('),
})) {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}
const helper = join(folder, 'derivations', 'spring', 'sign.js')
writeFileSync(helper, "import { negate } from 'corrigenda'\nexport const sign = negate\n")
mkdirSync(join(folder, 'node_modules'))
symlinkSync(root, join(folder, 'node_modules', 'corrigenda'))
const statements = join(folder, 'data', 'spring', 'statements.yaml')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('corrigenda audit --watch', () => {
  it('audits again what a save changed, within a second, and ends with Ctrl-C', async () => {
    const child = spawn(
      process.execPath,
      [join(root, 'dist', 'src', 'cli', 'corrigenda.js'), 'audit', '--watch', '--depth', 'quick', '--no-cache'],
      { cwd: folder },
    )
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()))
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
    /** What is said from now on up to the next line that waits for a save, and the seconds that it names. */
    const afterNext = async (save: () => void): Promise<{ readonly said: string; readonly seconds: number }> => {
      const from = output.length
      save()
      const done = /audited in ([\d.]+) s[^\n]*\n/
      for (let tries = 0; tries < 1500 && !done.test(output.slice(from)); tries++)
        await new Promise((resolve) => setTimeout(resolve, 20))
      const said = output.slice(from)
      return { said, seconds: Number(done.exec(said)?.[1]) }
    }
    const replace = (file: string, from: string, to: string) => () =>
      writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))

    expect((await afterNext(() => {})).said).toMatch(/spring\/eq-2 proved/)
    const wrong = await afterNext(replace(statements, '- g x^3', '- 2 g x^3'))
    expect(wrong.said).toMatch(/spring\/eq-2 proved -> refuted/)
    expect(wrong.said).toContain('1 audited')
    const right = await afterNext(replace(statements, '- 2 g x^3', '- g x^3'))
    expect(right.said).toMatch(/spring\/eq-2 refuted -> proved/)
    // A file that the derivations import is loaded anew, too.
    const derived = await afterNext(replace(helper, '= negate', '= (e) => e || negate'))
    expect(derived.said).toMatch(/spring\/eq-2 proved -> refuted/)
    for (const { seconds } of [wrong, right, derived]) expect(seconds).toBeLessThan(1)

    const from = output.length
    replace(statements, 'printed:', 'primted:')()
    for (let tries = 0; tries < 500 && !output.slice(from).includes('cannot be read'); tries++)
      await new Promise((resolve) => setTimeout(resolve, 20))
    expect(output.slice(from)).toMatch(/cannot be read[\s\S]*unknown key 'primted'; did you mean 'printed'\?/)
    child.kill('SIGINT')
    expect(await ended).toBe(0)
  })
})
