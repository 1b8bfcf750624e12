import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (path: string): string => fileURLToPath(new URL(`./src/${path}`, import.meta.url))

export default defineConfig({
  resolve: {
    alias: [
      { find: /^corrigenda$/, replacement: source('index.ts') },
      { find: /^corrigenda\/([a-z]+)$/, replacement: source('$1/index.ts') },
    ],
  },
  // One worker a core: vitest leaves one core idle, which on two cores is half the machine.
  test: {
    include: ['proofs-tests/**/*.test.ts'],
    pool: 'threads',
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
