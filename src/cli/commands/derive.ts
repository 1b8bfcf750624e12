import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { DomainError, InputError } from '../../expression/errors.js'
import { ensembleResults } from '../../report/model/ensemble-model.js'
import { type ModelResult, resultsLatex, resultText } from '../../report/model/result.js'
import { ringModel, ringResults } from '../../report/model/ring-model.js'
import { texText } from '../../report/tex-text.js'
import { ringEnergy } from '../../theory/index.js'
import type { Command } from '../corrigenda.js'
import { exitCode } from '../exit.js'
import { type Model, readModel } from '../model-file.js'
import { readOptions } from '../options.js'
import { locatePapers } from '../papers-door.js'
import { openSession, select } from '../session.js'
import { colors, print } from '../terminal.js'

/** What was derived of one model. */
interface Derived {
  readonly title: string
  readonly results: readonly ModelResult[]
}

export const derive: Command = async (rawArguments) => {
  // Elsewhere --latex names a folder.
  const latex = rawArguments.includes('--latex')
  const { positionals } = readOptions(
    'derive',
    rawArguments.filter((argument) => argument !== '--latex'),
    [],
  )
  const [given, ...rest] = positionals
  if (given === undefined)
    throw new InputError(
      "name a model's file or a paper's folder: 'corrigenda derive model.yaml' or 'corrigenda derive DIR'",
    )
  const models = isFile(given) ? [derivedOf(readFrom(given))] : await ofFolder(given, rest)
  for (const { title, results } of models)
    print(
      latex ? resultsLatex(texText(title), results) : `${colors.bold(title)}\n${results.map(resultText).join('\n')}\n`,
    )
  return exitCode.accounted
}

const isFile = (path: string): boolean => statSync(resolve(path), { throwIfNoEntry: false })?.isFile() ?? false

function readFrom(path: string): Model {
  try {
    return readModel({ path: relative(process.cwd(), resolve(path)), text: readFileSync(path, 'utf8') })
  } catch (error) {
    if (error instanceof InputError) throw error
    throw new InputError(`cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`, { file: path })
  }
}

function derivedOf(model: Model): Derived {
  if (model.kind === 'ensemble') return { title: model.title, results: ensembleResults(model, model.notation) }
  const title = model.guessed ? `${model.title} (its notation is guessed)` : model.title
  return { title, results: ringResults(ringModel(model.energy, model.notation)) }
}

/** A folder's model.yaml, and every statement of its papers that is the energy of a ring. */
async function ofFolder(given: string, rest: readonly string[]): Promise<readonly Derived[]> {
  const own = join(given, 'model.yaml')
  const models: Derived[] = existsSync(own) ? [derivedOf(readFrom(own))] : []
  if (models.length > 0 && !existsSync(join(given, 'data'))) return models
  const { root, names } = locatePapers(process.cwd(), [given, ...rest])
  const session = await openSession(root, names)
  for (const [prepared, ids] of select(session, names))
    for (const id of ids) {
      const results = ringOf(() => {
        const { printed, corrected, notation } = prepared.material(id)
        return (corrected ?? printed) && { energy: (corrected ?? printed)!, notation }
      })
      if (results !== null) models.push({ title: id, results })
    }
  if (models.length === 0)
    throw new InputError(
      'no statement here is the energy of a ring, and there is no model.yaml; a ring is a sum over sites of a family with geometry: periodic',
      { file: given },
    )
  return models
}

/** What follows from a statement that is a ring's energy; null for any other, and for what cannot be read. */
function ringOf(
  material: () => {
    readonly energy: Parameters<typeof ringModel>[0]
    readonly notation: Parameters<typeof ringModel>[1]
  } | null,
): readonly ModelResult[] | null {
  try {
    const found = material()
    if (found === null || found.energy.relations[0] !== '=') return null
    const model = ringModel(found.energy, found.notation)
    ringEnergy(found.energy, { notation: model.notation })
    return ringResults(model)
  } catch (error) {
    if (error instanceof InputError || error instanceof DomainError) return null
    throw error
  }
}
