import { DomainError } from '../../expression/errors.js'
import { columnCount, type Ensemble } from '../ensemble.js'
import { type Field, isNodeField, type Level, resolveField } from '../fields.js'
import { isBinaryLayer } from '../pairs/ensemble.js'
import { fieldsOf, type Observable } from './observable.js'

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= most

function checkWindow(last: number, depth: number, powerOfTwo: boolean): void {
  if (!isWhole(last, 1, depth)) throw new DomainError(`the window of the last ${last} layers: give 1 to ${depth}`)
  if (powerOfTwo && (last < 4 || (last & (last - 1)) !== 0))
    throw new DomainError(`the window of ${last} layers has no fast Fourier transform here: give a power of two from 4`)
}

function checkEach(values: readonly number[], least: number, most: number, what: string): void {
  if (values.length === 0) throw new DomainError(`no ${what}s are chosen: give at least one`)
  for (const value of values)
    if (!isWhole(value, least, most))
      throw new DomainError(`${what} ${value}: give whole numbers from ${least} to ${most}`)
}

function checkReference(reference: number): void {
  if (!Number.isFinite(reference)) throw new DomainError(`the reference is ${reference}: give a finite number`)
}

function checkBins(bins: number): void {
  if (!isWhole(bins, 1, 100_000)) throw new DomainError(`the histogram has ${bins} bins: give 1 to 100000`)
}

function checkLayer(layer: number | undefined, depth: number): void {
  if (layer !== undefined) checkEach([layer], 0, depth - 1, 'layer')
}

function checkLattice(field: Field, layer: number | undefined, ensemble: Ensemble): void {
  if (ensemble.kind !== 'pair')
    throw new DomainError('lattices are those of pairs of networks of signs; of other fields take a histogram')
  const at = layer ?? ensemble.depth
  if (!isBinaryLayer(ensemble, at))
    throw new DomainError(
      `the field '${typeof field === 'string' ? field : field.name}' of layer ${at} lies on no lattice: its activation is not sign; take a histogram`,
    )
}

/**
 * Throws DomainError unless the observable makes sense for the ensemble at the level.
 */
export function validateObservable(observable: Observable, ensemble: Ensemble, level: Level): void {
  const depth = columnCount(ensemble)
  for (const field of fieldsOf(observable)) {
    const { name } = resolveField(field, ensemble, level)
    if (isNodeField(name) && observable.kind !== 'samples')
      throw new DomainError(
        `the field '${name}' has a number for each neuron: take samples of it, or a field of layers`,
      )
  }
  switch (observable.kind) {
    case 'layers':
      if (observable.layers !== undefined && observable.layers !== 'all')
        checkEach(observable.layers, 0, depth - 1, 'layer')
      return
    case 'windowMean':
      checkWindow(observable.last, depth, false)
      return
    case 'modePower': {
      checkWindow(observable.last, depth, true)
      const { fields, references } = observable
      if (fields.length === 0) throw new DomainError('no fields are chosen for the modes: give at least one')
      if (references !== undefined && references.length !== fields.length)
        throw new DomainError(`there are ${references.length} references for ${fields.length} fields: give one each`)
      references?.forEach(checkReference)
      return
    }
    case 'autocovariance':
      checkWindow(observable.last, depth, false)
      checkReference(observable.reference)
      checkEach(observable.lags, 0, observable.last - 1, 'lag')
      return
    case 'samples':
      if (!isWhole(observable.count, 1, 10_000))
        throw new DomainError(`${observable.count} sample trajectories: give 1 to 10000`)
      return
    case 'lattice':
      checkLayer(observable.layer, depth)
      checkLattice(observable.field, observable.layer, ensemble)
      return
    case 'conditional':
      checkLayer(observable.layer, depth)
      checkLattice(observable.given, observable.layer, ensemble)
      return
    case 'histogram': {
      checkLayer(observable.layer, depth)
      const { from, to, bins } = observable
      if (!(Number.isFinite(from) && Number.isFinite(to) && from < to))
        throw new DomainError(`the histogram's range is from ${from} to ${to}: give two numbers, the smaller first`)
      checkBins(bins)
      return
    }
    case 'modeHistogram':
      checkWindow(observable.last, depth, true)
      checkReference(observable.reference)
      checkEach(observable.modes, 0, observable.last / 2, 'mode')
      if (!(observable.halfRange > 0 && Number.isFinite(observable.halfRange)))
        throw new DomainError(`the histogram's half range is ${observable.halfRange}: give a positive number`)
      checkBins(observable.bins)
  }
}
