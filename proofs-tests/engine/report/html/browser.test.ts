import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writePages } from '../../../../src/cli/write-pages.js'
import { sampleInput } from './sample-pages.js'
import { shippedInput } from './shipped.js'

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path))
const isMissing = executablePath === undefined
if (isMissing)
  if (process.env['CI'] === 'true')
    throw new Error("no Chromium in /usr/bin: pages cannot be tested; install Debian's package 'chromium'")
  else
    process.stderr.write("pages are not tested in a browser: no Chromium in /usr/bin (Debian's package 'chromium')\n")

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const launchFlags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
] // biome-ignore format: one list

const folder = mkdtempSync(join(tmpdir(), 'corrigenda-site-'))
const address = (page: string): string => {
  const [path = '', rest = ''] = page.split(/(?=[?#])/, 2)
  return pathToFileURL(join(folder, path)).href + rest + page.slice(path.length + rest.length)
}

let browser: Browser

/** What a page logged, failed to load or threw. */
type Complaints = string[]

/** What the browser counts of things that move without being asked to. */
const watchShifts = (): void => {
  const counted = globalThis as unknown as { shift: number }
  counted.shift = 0
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) counted.shift += (entry as unknown as { value: number }).value
  }).observe({ type: 'layout-shift' as 'resource', buffered: true })
}
const shiftOf = (page: Page): Promise<number> => page.evaluate(() => (globalThis as unknown as { shift: number }).shift)

async function open(
  path: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: Complaints }> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options })
  const page = await context.newPage()
  const complaints: Complaints = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`))
  page.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) complaints.push(`${request.url()} was asked for`)
  })
  await page.addInitScript(watchShifts)
  await page.goto(address(path))
  await page.waitForFunction('!document.documentElement.classList.contains("setting")')
  return { page, complaints }
}

/** What axe finds that keeps somebody from reading: rules, and where. */
async function barriers(page: Page): Promise<readonly string[]> {
  await page.waitForFunction('document.documentElement.classList.contains("settled")')
  await page.addScriptTag({ path: axe })
  const found = await page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as {
        axe: {
          run: () => Promise<{
            violations: readonly { id: string; impact: string; nodes: readonly { target: unknown }[] }[]
          }>
        }
      }
    ).axe.run()
    return violations
  })
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target }) => String(target)).join(' | ')}`) // biome-ignore format: one line
}

const shown = (page: Page): Promise<number> => page.locator('.statement:visible').count()
const viewBox = async (page: Page): Promise<readonly number[]> =>
  ((await page.locator('.canvas svg').getAttribute('viewBox')) ?? '').split(' ').map(Number)

describe.skipIf(isMissing)('pages in a browser', () => {
  beforeAll(async () => {
    await writePages(join(folder, 'shipped'), shippedInput)
    await writePages(join(folder, 'sample'), sampleInput)
    browser = await chromium.launch({ executablePath: executablePath!, args: launchFlags })
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const kinds = [
    ['the index', 'shipped/index.html'],
    ['a paper', 'shipped/schoenholz-2017/index.html'],
    ['an errata sheet', 'shipped/schoenholz-2017/errata.html'],
    ['an erratum', 'shipped/schoenholz-2017/eq-95.html'],
    ['a figure', 'shipped/schoenholz-2017/fig-4.html'],
    ['a statement with everything', 'sample/p/eq-3.html'],
    ['a paper with everything', 'sample/p/index.html'],
    ['an errata sheet with everything', 'sample/p/errata.html'],
  ] as const

  it.each(kinds)('%s loads in silence, and nothing moves', async (_, path) => {
    const { page, complaints } = await open(path)
    await page.waitForTimeout(100)
    const loaded = await page.evaluate('performance.getEntriesByType("navigation")[0].loadEventEnd')
    process.stdout.write(`${path} loaded in ${Math.round(Number(loaded))} ms\n`)
    expect(complaints).toEqual([])
    expect(await shiftOf(page)).toBe(0)
    await page.context().close()
  })

  // Of the large pages the smallest of their kind: they are made of the same pieces.
  const readByAll = kinds.map(([kind, path]) => [
    kind,
    path.replace(/schoenholz-2017(?=.(index|errata))/, 'li-saad-2018'),
  ])

  it.each(readByAll)('%s shuts nobody out, in light and in dark', async (_, path = '') => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await open(path, { colorScheme })
      expect(await barriers(page)).toEqual([])
      await page.context().close()
    }
  })

  it.each(kinds)('%s is no wider than a phone', async (_, path) => {
    const { page } = await open(path, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    await page.context().close()
  })

  it('a list is narrowed by verdict, severity, section and text, and says how far', async () => {
    const { page, complaints } = await open('sample/p/index.html')
    const status = page.locator('.shown')
    expect([await shown(page), await status.textContent()]).toEqual([9, 'All 9 statements'])
    await page.getByRole('checkbox', { name: 'erratum' }).check()
    expect([await shown(page), await status.textContent()]).toEqual([2, '2 of 9 statements'])
    await page.getByRole('checkbox', { name: 'refuted' }).check()
    expect(await shown(page)).toBe(3)
    await page.getByLabel('Severity').selectOption('algebra')
    expect(await page.locator('.statement:visible').getAttribute('id')).toBe('eq-4')
    await page.getByRole('button', { name: 'Clear' }).click()
    await expect.poll(() => shown(page)).toBe(9)
    await page.getByLabel('Section').selectOption('A')
    expect(await shown(page)).toBe(4)
    expect(await page.locator('.of-section:visible').count()).toBe(1)
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.getByLabel('Text').fill('\\SUM z_i')
    expect(await page.locator('.statement:visible').getAttribute('id')).toBe('eq-1')
    await page.getByLabel('Text').fill('no such words')
    expect([await shown(page), await status.textContent()]).toEqual([0, '0 of 9 statements'])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('a link with a verdict opens the list narrowed to it', async () => {
    const { page } = await open('shipped/index.html')
    const paper = page.locator('.paper', { has: page.locator('#schoenholz-2017') })
    await paper.locator('.tally a', { hasText: 'erratum' }).click()
    await page.waitForFunction('!document.documentElement.classList.contains("setting")')
    const counted = Number(await page.locator('.chip', { hasText: 'erratum' }).locator('.count').textContent())
    expect(counted).toBeGreaterThan(40)
    expect(await page.locator('.statement:not([hidden])').count()).toBe(counted)
    await page.context().close()
  })

  it('a graph is enlarged and moved by buttons, keys and dragging, and shown whole again', async () => {
    const { page, complaints } = await open('shipped/schoenholz-2017/index.html')
    await page.getByRole('button', { name: 'All', exact: true }).click()
    const whole = await viewBox(page)
    await page.getByRole('button', { name: 'Larger' }).click()
    const larger = await viewBox(page)
    expect(larger[2]! / whole[2]!).toBeCloseTo(1 / 1.4, 2)
    await page.locator('.graph').evaluate((figure) => figure.scrollIntoView({ block: 'start', behavior: 'instant' }))
    await page.locator('.canvas').focus()
    await page.keyboard.press('ArrowRight')
    expect((await viewBox(page))[0]).toBeGreaterThan(larger[0]!)
    const box = (await page.locator('.canvas').boundingBox())!
    const before = await viewBox(page)
    await page.mouse.move(box.x + 30, box.y + 130)
    await page.mouse.down()
    await page.mouse.move(box.x + 80, box.y + 100, { steps: 4 })
    await page.mouse.up()
    const moved = await viewBox(page)
    expect([moved[0]! < before[0]!, moved[1]! > before[1]!]).toEqual([true, true])
    await page.keyboard.press('0')
    expect(await viewBox(page)).toEqual(whole)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('a graph’s boxes lead to their statements, by keyboard too, and back to their place', async () => {
    const { page } = await open('sample/p/index.html')
    await page.locator('#graph-eq-3').focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/p\/eq-3\.html$/)
    await page.getByRole('link', { name: 'Its place in the derivation graph' }).click()
    await page.waitForURL(/#graph-eq-3$/)
    const box = (await page.locator('#graph-eq-3').boundingBox())!
    const frame = (await page.locator('.canvas').boundingBox())!
    expect([box.x > frame.x, box.y > frame.y, box.y + box.height < frame.y + frame.height]).toEqual([true, true, true])
    await page.context().close()
  })

  it('everything is there without a script: the whole list, the graph, no controls that do nothing', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(address('sample/p/index.html'))
    expect(await shown(page)).toBe(9)
    expect(await page.locator('.canvas svg').isVisible()).toBe(true)
    expect([await page.locator('.filters').isVisible(), await page.locator('.tools').isVisible()]).toEqual([
      false,
      false,
    ])
    await context.close()
  })

  it('a formula is read aloud from MathML, a difference from its source', async () => {
    const { page } = await open('sample/p/eq-3.html')
    expect(await page.locator('.form.printed math annotation').textContent()).toContain('\\frac')
    expect(await page.locator('.katex-html').first().getAttribute('aria-hidden')).toBe('true')
    await page.getByText('The difference in LaTeX').click()
    expect([await page.locator('del').textContent(), await page.locator('ins').textContent()]).toEqual(['+', '-'])
    await page.context().close()
  })

  it('on paper there are no controls, and dark pages are light', async () => {
    const { page } = await open('sample/p/index.html', { colorScheme: 'dark' })
    await page.emulateMedia({ media: 'print' })
    expect([await page.locator('.filters').isVisible(), await page.locator('.top').isVisible()]).toEqual([false, false])
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
    await page.context().close()
  })
})
