/** The scripts that nobody runs every day still find everything that they import. Needs the built package. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'

const scripts = join(dirname(fileURLToPath(import.meta.url)), '..', 'scripts')

describe('the scripts', () => {
  it.each(readdirSync(join(scripts, 'calibration')))('calibration/%s load', async (name) => {
    const loaded: object = await import(pathToFileURL(join(scripts, 'calibration', name)).href)
    expect(Object.keys(loaded).length).toBeGreaterThan(0)
  })

  it('that calibrate sampled checks gets as far as its arguments', () => {
    const { stderr } = spawnSync(process.execPath, [join(scripts, 'calibrate-sampled.mjs'), 'nowhere', '3'], {
      encoding: 'utf8',
    })
    expect(stderr).toContain('3 seeds: give 50 or more')
  })
})
