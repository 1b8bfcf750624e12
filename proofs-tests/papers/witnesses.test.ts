import { expect, it } from 'vitest'
import { compareWithDerived } from '../../src/audit/groundwork.js'
import { deriveStatement } from '../../src/audit/prepare.js'
import { openSession, rootFolder } from '../../src/cli/session.js'
import { DomainError } from '../../src/expression/errors.js'
import { distance, valueAt } from '../engine/audit/witness-values.js'

/** What the other evaluator has no value for: integrals, matrices, and witnesses of so many values that they name a seed. */
const isBeyond = (error: unknown): boolean =>
  error instanceof DomainError && /a node of kind (integral|matrix|derivative)/.test(error.message)

it('every erratum found by comparison has a witness at which another evaluator finds the printed values', async () => {
  const { papers } = await openSession(rootFolder(process.cwd()), [])
  let checked = 0
  for (const prepared of papers)
    for (const { id, corrected } of prepared.paper.statements) {
      const { printed } = prepared.material(id)
      const derived = corrected === null ? null : deriveStatement(prepared, id, new Map())
      if (printed === null || (derived?.kind !== 'value' && derived?.kind !== 'formula')) continue
      const { results } = compareWithDerived(prepared.material(id), printed, derived, 'printed', {
        seed: 5,
        depth: 'quick',
        secondEngine: null,
      })
      for (const { check, evidence } of results) {
        const compared =
          evidence.compared ??
          results.find((one) => one.check === check.replace('exact', 'property'))?.evidence.compared
        const { witness } = evidence
        // A note says that the values are those of something made of the sides: here what the random instances compare.
        const isOfSides = witness?.note === undefined || (evidence.compared && !/ratio/.test(witness.note))
        if (witness === null || compared === undefined || !isOfSides || witness.at['fields'] !== undefined) continue
        try {
          const { notation } = prepared.material(id)
          expect(distance(valueAt(compared.left, witness.at, notation), witness.left), id).toBeLessThan(1e-12)
          expect(distance(valueAt(compared.right, witness.at, notation), witness.right), id).toBeLessThan(1e-12)
          checked += 1
        } catch (error) {
          if (!isBeyond(error)) throw error
        }
      }
    }
  expect(checked).toBeGreaterThan(60)
}, 180_000)
