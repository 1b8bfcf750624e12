import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { replaceFolder } from '../../../src/cli/replace-folder.js'

const root = mkdtempSync(join(tmpdir(), 'corrigenda-pages-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const files = (text: string) =>
  new Map<string, string | Uint8Array>([
    ['index.html', text],
    ['p/eq-1.html', text],
    ['assets/x', new Uint8Array([0, 255])],
  ])

describe('a folder that is replaced', () => {
  it('holds the new files and none of the old ones', async () => {
    const folder = join(root, 'a')
    await replaceFolder(folder, new Map([...files('old'), ['p/gone.html', 'old']]))
    await replaceFolder(folder, files('new'))
    expect(readFileSync(join(folder, 'p/eq-1.html'), 'utf8')).toBe('new')
    expect([...readFileSync(join(folder, 'assets/x'))]).toEqual([0, 255])
    expect(existsSync(join(folder, 'p/gone.html'))).toBe(false)
    expect(readdirSync(root)).toEqual(['a'])
  })

  it('may be there and empty', async () => {
    const folder = join(root, 'a', 'empty-parent-is-made', 'b')
    mkdirSync(folder, { recursive: true })
    await replaceFolder(folder, files('x'))
    expect(existsSync(join(folder, 'index.html'))).toBe(true)
    rmSync(join(root, 'a', 'empty-parent-is-made'), { recursive: true })
  })

  it('stays as it is where it holds anything else', async () => {
    const folder = join(root, 'a')
    writeFileSync(join(folder, 'thesis.tex'), 'mine')
    await expect(replaceFolder(folder, files('newer'))).rejects.toThrow(
      `'${folder}' holds thesis.tex, which corrigenda did not write there; choose another folder, or an empty one`,
    )
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toBe('new')
    expect(readFileSync(join(folder, 'thesis.tex'), 'utf8')).toBe('mine')
  })

  it('stays as it is where a file of the new one cannot be written', async () => {
    const folder = join(root, 'c')
    await replaceFolder(folder, files('good'))
    const impossible = new Map([...files('half'), ['p/eq-1.html/under-a-file', 'x']])
    await expect(replaceFolder(folder, impossible)).rejects.toThrow(/cannot be written \((EEXIST|ENOTDIR)\)/)
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toBe('good')
    expect(readdirSync(root).sort()).toEqual(['a', 'c'])
  })

  it('is refused where a file is in its place, or no folder can be made', async () => {
    const file = join(root, 'a', 'thesis.tex')
    await expect(replaceFolder(file, files('x'))).rejects.toThrow(/cannot be written \(ENOTDIR\)/)
    await expect(replaceFolder('/proc/corrigenda', files('x'))).rejects.toThrow(/cannot be written/)
  })
})
