import type { Formula } from '../expression/expression.js'

/** The same premises, with a note of each that is read. */
export const notingReads = (
  premises: Readonly<Record<string, Formula>>,
  read: Set<string>,
): Readonly<Record<string, Formula>> =>
  new Proxy(premises, {
    get: (target, name, receiver) => {
      if (typeof name === 'string') read.add(name)
      return Reflect.get(target, name, receiver)
    },
  })
