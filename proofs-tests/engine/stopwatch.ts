/**
 * Starts a watch of the work that is done from here on. Reading it gives milliseconds: of the clock or of the process's processors,
 * whichever is less, so that a busy machine makes no work look long. For bounds that tell a hang, never for speed.
 */
export function stopwatch(): () => number {
  const started = performance.now()
  const used = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(used)
    return Math.min(performance.now() - started, (user + system) / 1000)
  }
}
