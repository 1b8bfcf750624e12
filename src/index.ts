/** The public face: what derivations of a paper, shipped or a user's own, are written with. */
export * from './audit/index.js'
export * from './expression/index.js'
export * from './theory/index.js'
