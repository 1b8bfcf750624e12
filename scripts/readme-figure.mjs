// Writes docs/figure-4.svg, the figure of the README: the audit's own output, seed 1, never drawn by hand.
// Usage: npm run build && npm run readme-figure
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const program = join(root, 'dist', 'src', 'cli', 'corrigenda.js')
const target = join(root, 'docs', 'figure-4.svg')
const folder = mkdtempSync(join(tmpdir(), 'corrigenda-'))
try {
  const { status, error } = spawnSync(
    process.execPath,
    [program, 'audit', 'schoenholz-2017/fig-4', '--seed', '1', '--depth', 'standard', '--out', folder],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  if (error !== undefined) throw error
  if (status !== 0)
    throw new Error(`the audit of figure 4 ended with code ${status}; is the package built (npm run build)?`)
  mkdirSync(dirname(target), { recursive: true })
  copyFileSync(join(folder, 'schoenholz-2017-fig-4.svg'), target)
  console.log('written: docs/figure-4.svg')
} finally {
  rmSync(folder, { recursive: true, force: true })
}
