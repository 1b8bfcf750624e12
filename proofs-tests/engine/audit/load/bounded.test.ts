import { describe, expect, it } from 'vitest'
import { placeIn } from '../../../../src/audit/load/author-place.js'
import { bounded, boundedAsync, runningAuthor } from '../../../../src/audit/load/bounded.js'
import { DomainError, InputError, LatexError, LimitError } from '../../../../src/expression/errors.js'
import { stopwatch } from '../../stopwatch.js'

const module = { file: 'derivations/draft/chain.js', url: 'file:///work/derivations/draft/chain.js' }

const thrown = (run: () => unknown): unknown => {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

describe('calls of an author’s code', () => {
  it('give back what they return', async () => {
    expect(bounded(() => [1, 2], 'it', 1, module)).toEqual([1, 2])
    expect(bounded(() => bounded(() => 3, 'it', 1, module) + 1, 'it', 1, module)).toBe(4)
    expect(await boundedAsync(async () => 5, 'it', 1, module)).toBe(5)
  })

  it('that never return are stopped, and said to be so', () => {
    const elapsed = stopwatch()
    const error = thrown(() =>
      bounded(
        () => {
          for (;;);
        },
        'its derivation',
        0.2,
        module,
      ),
    )
    expect(error).toBeInstanceOf(LimitError)
    expect((error as LimitError).message).toBe(
      'derivations/draft/chain.js: its derivation did not return within 0.2 s; look for a loop that never ends',
    )
    expect(elapsed()).toBeLessThan(3000)
    // What the engine prints from now on is its own.
    expect(runningAuthor()).toBeUndefined()
    expect(bounded(() => 'goes on', 'it', 1, module)).toBe('goes on')
  })

  it('that promise and never keep it are given up', async () => {
    await expect(boundedAsync(() => new Promise(() => {}), 'it', 0.05, module)).rejects.toThrow(
      'did not return within 0.05 s',
    )
  })

  it('that throw are told of with the line of their module', () => {
    const problem = new TypeError('x is null')
    problem.stack =
      'TypeError: x is null\n    at other (file:///work/src/index.js:1:1)\n    at derive (file:///work/derivations/draft/chain.js?version=3:12:7)'
    const error = thrown(() =>
      bounded(
        () => {
          throw problem
        },
        'its derivation',
        1,
        module,
      ),
    )
    expect((error as InputError).message).toBe(
      'derivations/draft/chain.js:12:7: its derivation fails: TypeError: x is null',
    )
  })

  it('that throw an error of the engine keep its kind', () => {
    const error = thrown(() =>
      bounded(
        () => {
          throw new DomainError('no saddle')
        },
        'its derivation',
        1,
        module,
      ),
    )
    expect(error).toBeInstanceOf(DomainError)
    expect((error as DomainError).detail).toBe('no saddle')
  })

  it('that fail in another module of the author’s are told of with that one’s line', () => {
    const problem = new TypeError('x is null')
    problem.stack =
      'TypeError: x is null\n    at Object.read (file:///work/src/index.js:1:1)\n    at async file:///work/derivations/common/tools.js:4:9\n    at file:///work/derivations/draft/chain.js:12:7'
    const place = placeIn(problem, { ...module, folder: '/work/derivations' })
    expect(place).toEqual({ file: 'derivations/common/tools.js', line: 4, column: 9 })
    expect(placeIn(problem, module)).toEqual({ file: module.file, line: 12, column: 7 })
  })

  it('keep the column of a formula apart from the line of the module', () => {
    const unread = new LatexError('unknown symbol', { column: 3 })
    unread.stack = 'LatexError: unknown\n    at file:///work/derivations/draft/chain.js:12:7'
    const error = thrown(() =>
      bounded(
        () => {
          throw unread
        },
        'its derivation',
        1,
        module,
      ),
    )
    expect(error).toBeInstanceOf(LatexError)
    expect((error as LatexError).message).toBe('derivations/draft/chain.js:12:7: column 3 of the LaTeX: unknown symbol')
  })

  it('that throw what is no error have it named', () => {
    const error = thrown(() =>
      bounded(
        () => {
          throw 'a text'
        },
        'its derivation',
        1,
        module,
      ),
    )
    expect(error).toBeInstanceOf(InputError)
    expect((error as InputError).detail).toBe("its derivation throws the text 'a text', which is no Error")
  })

  it('leave a trace that is long enough, while they run', () => {
    const usual = Error.stackTraceLimit
    expect(bounded(() => Error.stackTraceLimit, 'it', 1, module)).toBeGreaterThan(usual)
    expect(Error.stackTraceLimit).toBe(usual)
  })

  it('know whose they are, later too, and nobody else’s are', async () => {
    const later = boundedAsync(
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 1))
        return runningAuthor()?.file
      },
      'it',
      1,
      module,
    )
    expect(runningAuthor()).toBeUndefined()
    expect(await later).toBe(module.file)
    expect(runningAuthor()).toBeUndefined()
  })

  it('that were stopped by the reader stay stopped', () => {
    const stop = new DOMException('stopped', 'AbortError')
    const error = thrown(() =>
      bounded(
        () => {
          throw stop
        },
        'it',
        1,
        module,
      ),
    )
    expect(error).toBe(stop)
  })

  it('that cannot be parsed have the line of their trace', () => {
    const error = new SyntaxError('Unexpected end of input')
    error.stack = 'file:///work/derivations/draft/chain.js:4\nexport const a = (\nSyntaxError: Unexpected end of input'
    expect(placeIn(error, module)).toEqual({ file: module.file, line: 4 })
    expect(placeIn('a text', module)).toEqual({ file: module.file })
    error.stack =
      'file:///work/derivations/draft/chain.js:4\nimport { a } from "b"\n         ^\nSyntaxError: no such export'
    expect(placeIn(error, module)).toEqual({ file: module.file, line: 4, column: 10 })
  })
})
