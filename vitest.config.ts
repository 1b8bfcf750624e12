import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { corrigenda: fileURLToPath(new URL('./src/index.ts', import.meta.url)) } },
  // One worker a core: vitest leaves one core idle, which on two cores is half the machine.
  test: { include: ['proofs-tests/**/*.test.ts'], pool: 'threads', maxWorkers: '100%', testTimeout: 60_000 },
})
