import { existsSync, type FSWatcher, readdirSync, statSync, watch } from 'node:fs'
import { join } from 'node:path'

/** How long editors take over one save. */
const settleMilliseconds = 25

interface Watched {
  readonly watcher: FSWatcher
  /** Of the folder: one that was deleted and made again is another. */
  readonly inode: number
}

/**
 * Tells of saves below folders, those that come together once. `next` waits for one; null when `signal` ends the waiting.
 * Saves while nobody waits are not lost.
 *
 * Each folder is watched by itself where the system cannot watch a tree: Node's own stand-in for that watches each file, and
 * goes deaf to one that an editor saved under another name and renamed.
 */
export class FileChanges {
  readonly #watched = new Map<string, Watched>()
  #pending = false
  #wake: (() => void) | null = null

  constructor(
    private readonly folders: readonly string[],
    private readonly signal: AbortSignal,
  ) {
    this.#watchAll()
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
    for (const { watcher } of this.#watched.values()) watcher.close()
    this.#watched.clear()
  }

  #noticed(): void {
    this.#watchAll()
    this.#pending = true
    this.#wake?.()
  }

  /** Watches every folder that is there now, and none that is gone. */
  #watchAll(): void {
    const native = process.platform === 'darwin' || process.platform === 'win32'
    const there = this.folders.flatMap((folder) => (native ? [folder].filter(existsSync) : foldersBelow(folder)))
    for (const [path, { watcher, inode }] of this.#watched)
      if (!there.includes(path) || inodeOf(path) !== inode) {
        watcher.close()
        this.#watched.delete(path)
      }
    for (const path of there) {
      if (this.#watched.has(path) || this.signal.aborted) continue
      try {
        const watcher = watch(path, { recursive: native }, () => this.#noticed())
        // A folder that is deleted while it is watched: the one above tells of it.
        watcher.on('error', () => watcher.close())
        this.#watched.set(path, { watcher, inode: inodeOf(path) })
      } catch {
        // It was there, and is gone again.
      }
    }
  }
}

const inodeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.ino ?? -1

/** A folder and those below it, packages left out; none where it is not there. */
function foldersBelow(folder: string): readonly string[] {
  try {
    const below = readdirSync(folder, { withFileTypes: true }).filter(
      (one) => one.isDirectory() && one.name !== 'node_modules',
    )
    return [folder, ...below.flatMap(({ name }) => foldersBelow(join(folder, name)))]
  } catch {
    return []
  }
}
