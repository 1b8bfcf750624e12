import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { jsonSchemas } from '../../../../src/audit/load/json-schema.js'

describe('the JSON schemas that editors are given', () => {
  it.each(['paper', 'statements'] as const)('are those of the loader (npm run schemas): %s', (name) => {
    const shipped = readFileSync(new URL(`../../../../schema/${name}.schema.json`, import.meta.url), 'utf8')
    expect(JSON.parse(shipped)).toEqual(jsonSchemas()[name])
  })

  it('demand what the loader demands, and say what each key is for', () => {
    const entry = jsonSchemas().statements['items'] as {
      readonly required: readonly string[]
      readonly additionalProperties: boolean
      readonly properties: Readonly<Record<string, { readonly description?: string }>>
    }
    expect([...entry.required].sort()).toEqual(['about', 'id', 'printed', 'section'])
    expect(entry.additionalProperties).toBe(false)
    for (const key of ['printed', 'corrected', 'role', 'encoding', 'local'])
      expect(entry.properties[key]?.description, key).toBeTruthy()
  })
})
