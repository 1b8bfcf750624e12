// @ts-check
/** What follows does not depend on what is printed: the derivations are those of the right version. */
export * from '../ising-chain/field-theory.js'
export * from '../ising-chain/transfer.js'
