import { existsSync, type FSWatcher, watch } from 'node:fs'

/** How long editors take over one save. */
const settleMilliseconds = 25

/**
 * Tells of saves below folders, those that come together once. `next` waits for one; null when `signal` ends the waiting.
 * Saves while nobody waits are not lost.
 */
export class FileChanges {
  readonly #watchers: readonly FSWatcher[]
  #pending = false
  #wake: (() => void) | null = null

  constructor(
    folders: readonly string[],
    private readonly signal: AbortSignal,
  ) {
    this.#watchers = folders
      .filter((folder) => existsSync(folder))
      .map((folder) => watch(folder, { recursive: true }, () => this.#noticed()))
    signal.addEventListener('abort', () => this.#wake?.(), { once: true })
  }

  /** Resolves with the time of the first save (`performance.now()`), or null when the waiting is over. */
  async next(): Promise<number | null> {
    if (!this.#pending && !this.signal.aborted)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    this.#wake = null
    if (this.signal.aborted) return null
    const noticed = performance.now()
    await new Promise((resolve) => setTimeout(resolve, settleMilliseconds))
    this.#pending = false
    return noticed
  }

  close(): void {
    for (const watcher of this.#watchers) watcher.close()
  }

  #noticed(): void {
    this.#pending = true
    this.#wake?.()
  }
}
