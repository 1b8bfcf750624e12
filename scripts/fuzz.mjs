// Feeds hostile inputs to the LaTeX reader and the YAML loader: proofs-tests/engine/hostile.test.ts, with more of them, and
// with somebody who ends it where an input hangs. Usage: npm run fuzz -- [INPUTS=100000] [SEED=1]
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [inputs = '100000', seed = '1'] = process.argv.slice(2)
if (!/^[1-9]\d{0,8}$/.test(inputs) || !/^\d{1,9}$/.test(seed)) throw new Error('give a number of inputs and a seed')
/** Milliseconds after which an input that is still at work is taken to hang. */
const patience = 60_000
const folder = mkdtempSync(join(tmpdir(), 'corrigenda-fuzz-'))
const [watched, results] = [join(folder, 'input'), join(folder, 'results.jsonl')]

const child = spawn(
  process.execPath,
  [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', 'proofs-tests/engine/hostile.test.ts'],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, FUZZ_RUNS: inputs, FUZZ_SEED: seed, FUZZ_WATCHED: watched, FUZZ_RESULTS: results },
  },
)
const timer = setInterval(() => {
  if (!existsSync(watched) || Date.now() - statSync(watched).mtimeMs < patience) return
  console.error(`an input hangs: ${JSON.stringify(readFileSync(watched, 'utf8'))}`)
  child.kill('SIGKILL')
}, 1000)
child.once('exit', (code) => {
  clearInterval(timer)
  if (existsSync(results)) console.log(readFileSync(results, 'utf8').trim())
  rmSync(folder, { recursive: true, force: true })
  process.exitCode = code ?? 1
})
