// @ts-nocheck
import { it } from 'vitest'
import * as c from '../../../../src/index.js'
it('x', () => {
  const { add, multiply, power, rational, symbol, imaginaryUnit, negate, indexed } = c
  const N = 2, M = 3
  const s = (n, ...k) => indexed(n, ...k.map((o) => ({ slot: 's', index: { letter: null, sign: 1, offset: o } })))
  const phi = (b, i) => ({ kind: 'apply', name: 'phi', indices: [], arguments: [s('z', b, i)] })
  const W = [], terms = []
  for (let a = 0; a < N; a++) for (let b = 0; b < N; b++) W.push(s('W', a, b))
  for (let a = 0; a < N; a++) W.push(s('b', a))
  for (let a = 0; a < N; a++) for (let b = 0; b < N; b++) terms.push(multiply(rational(-N, 2), power(symbol('sw'), -2), power(s('W', a, b), 2)))
  for (let a = 0; a < N; a++) terms.push(multiply(rational(-1, 2), power(symbol('sb'), -2), power(s('b', a), 2)))
  const lam = []
  for (let a = 0; a < N; a++) for (let i = 0; i < M; i++) {
    lam.push(s('lam', a, i))
    terms.push(multiply(imaginaryUnit, s('lam', a, i), add(...Array.from({ length: N }, (_, b) => multiply(s('W', a, b), phi(b, i))), s('b', a), negate(s('y', a, i)))))
  }
  let t = performance.now()
  const one = c.integrateGaussian(add(...terms), W)
  console.log('weights', performance.now() - t, c.toText(one.exponent).length)
  t = performance.now()
  const two = c.integrateGaussian(one.exponent, lam)
  console.log('lambda', performance.now() - t, c.toText(two.exponent).length)
}, 60000)
