import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { corrigenda: fileURLToPath(new URL('./src/index.ts', import.meta.url)) } },
  test: { include: ['proofs-tests/**/*.test.ts'], pool: 'threads', testTimeout: 60_000 },
})
