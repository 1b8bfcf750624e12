import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { holdsPapers } from './session.js'

/**
 * What is missing in a folder that looks as if somebody kept a paper there, with what to do about it; null where nothing looks
 * so. A folder that has papers is not asked about.
 */
export function unfinishedPaper(folder: string): string | null {
  const names = namesIn(folder)
  const data = namesIn(join(folder, 'data'))
  if (names.includes('paper.yaml'))
    return 'there is a paper.yaml, but not where it is looked for: put it and its statements into data/ID'
  if (data.includes('paper.yaml'))
    return 'data/paper.yaml is one folder too high: put it and its statements into data/ID'
  const started = data.find((id) => namesIn(join(folder, 'data', id)).some((name) => /\.ya?ml$/.test(name)))
  if (started !== undefined)
    return `data/${started} has no paper.yaml, which says what the symbols mean; 'corrigenda init' in an empty folder shows one`
  const derived = namesIn(join(folder, 'derivations'))
  if (derived.length > 0)
    return `derivations/${derived[0]} is there, but no data/${derived[0]}/paper.yaml, which says what the symbols mean, nor its statements`
  const above = folderAbove(folder)
  if (above !== null) return `its papers are above, in ${above}: run corrigenda there, or name that folder`
  const tex = names.find((name) => name.endsWith('.tex'))
  return tex === undefined ? null : `'corrigenda init audit --tex ${tex}' makes a paper's folder of ${tex}`
}

/** The nearest folder above that has papers, where this one is a part of it. */
function folderAbove(folder: string): string | null {
  const parts = new Set(['data', 'derivations', 'tests', 'out'])
  for (let below = folder; dirname(below) !== below; below = dirname(below)) {
    const above = dirname(below)
    if (holdsPapers(above)) return parts.has(below.slice(above.length).replace(/^[/\\]/, '')) ? above : null
  }
  return null
}

function namesIn(folder: string): readonly string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return []
  return readdirSync(folder).sort((a, b) => (a < b ? -1 : 1))
}
