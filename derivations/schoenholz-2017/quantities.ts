import {
  type ApplyNode,
  type Context,
  type Expression,
  exp,
  type IndexedNode,
  negate,
  type SymbolNode,
} from 'corrigenda'

/** The quantities of the ring of linear networks, in the paper's own letters. */
export function ringQuantities({ notation, quantity, scalar }: Context) {
  const fields: readonly IndexedNode[] = [quantity('r^l')]
  const uniform: readonly SymbolNode[] = [scalar('r^*')]
  const fluctuations: readonly IndexedNode[] = [quantity('\\epsilon^l')]
  const modes: readonly IndexedNode[] = [quantity('\\epsilon_q')]
  return { notation, fields, uniform, fluctuations, modes }
}

/** The fluctuation as a smooth function of depth. */
export function smoothFluctuation({ read }: Context): ApplyNode {
  const field = read('\\epsilon(x)')
  if (field.kind !== 'apply') throw new TypeError('the notation declares no field \\epsilon(x)')
  return field
}

/** The Boltzmann weight `\int [d…] e^{-energy}` over a measure written as in the paper. */
export function weight(measure: string, energy: Expression, { read }: Context): Expression {
  const template = read(`\\int ${measure} e^{-1}`)
  if (template.kind !== 'measureIntegral') throw new TypeError(`${measure} is not read as an integration measure`)
  return { ...template, body: exp(negate(energy)) }
}
