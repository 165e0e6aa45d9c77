/** The dashboard at work: without JavaScript, by keyboard, and with what attackers send. */
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ADDRESSES, type Dashboard, GUEST, openDashboard, openPage } from './dashboard-house.ts'
import { follow, followClick } from './follow.ts'

let dashboard: Dashboard

beforeAll(async () => {
  dashboard = await openDashboard()
})
afterAll(() => dashboard?.close())

/** What stands in a field that must not be empty, by its name; the others take a word. */
const TYPED: Readonly<Record<string, string>> = {
  range: '203.0.113.0/24',
  address: '203.0.113.20',
  country: 'DE',
  employees: '51-200',
  id: 'third',
  pageHosts: 'www.third.example',
  endpointHosts: 't.third.example',
  timeZone: 'Europe/Berlin',
  url: 'https://www.shop.example/',
  'sure-id': 'shop',
  company: 'pumpen.example',
  date: '2026-11-01',
  reviewBy: '2027-11-01',
}

/** What takes something away comes late: before it there must be something; and whoever ends his sign-in sends no more. */
const late = (form: string): number =>
  form === 'signOut' ? 2 : /^(?:remove|drop|revoke|lift|erase|notThem|neverShow|unhide|delete)/.test(form) ? 1 : 0

/** Fills what must be filled and sends the form, unfolding what it is folded into. */
async function submit(page: Page, name: string): Promise<void> {
  const form = page.locator(`form:has(input[name=form][value="${name}"])`).first()
  for (const fold of await form.locator('xpath=ancestor::details').all()) {
    if ((await fold.getAttribute('open')) === null) await fold.locator('summary').first().click()
  }
  for (const field of await form.locator('input:visible, textarea:visible, select:visible').all()) await answer(field)
  await follow(page, () => form.locator('button').last().click())
}

async function answer(field: Locator): Promise<void> {
  const [type, name, required, value] = await field.evaluate((element) => {
    const input = element as HTMLInputElement
    return [input.type, input.name, input.required, input.value] as const
  })
  if (!required) return
  if (type === 'checkbox') await field.check()
  else if (value === '') await field.fill(TYPED[name] ?? (type === 'date' ? '2027-01-01' : 'Something'))
}

describe('by keyboard', () => {
  test('/ searches, j and k go from company to company, ? shows the keys', async () => {
    const context = await dashboard.context({ locale: 'en', viewport: { width: 1440, height: 900 } })
    const page = await openPage(context, `${dashboard.origin}/admin?site=shop`)
    const focused = () => page.evaluate<string>('document.activeElement.id || document.activeElement.textContent')
    const rows = await page.locator('[data-row]').allInnerTexts()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    expect(await focused()).toBe(rows[1])
    await page.keyboard.press('k')
    expect(await focused()).toBe(rows[0])
    await page.keyboard.press('/')
    expect(await focused()).toBe('q')
    // In a field keys are letters.
    await page.keyboard.type('j?k')
    expect(await page.inputValue('#q')).toBe('j?k')
    await page.keyboard.press('Escape')
    await page.locator('h1').click()
    await page.keyboard.press('?')
    await expect.poll(() => page.locator('dialog').isVisible()).toBe(true)
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('dialog').isVisible()).toBe(false)
    await context.close()
  })

  test('the parts of a score are shown to who reaches it', async () => {
    const context = await dashboard.context({ locale: 'en', viewport: { width: 1440, height: 900 } })
    const page = await openPage(context, `${dashboard.origin}/admin?site=shop&q=guest`)
    const parts = page.locator('[role=tooltip]').first()
    expect(await parts.isVisible()).toBe(false)
    await page.locator('.score [tabindex]').first().focus()
    await expect.poll(() => parts.isVisible()).toBe(true)
    expect(await parts.innerText()).toMatch(/Hot pages\s*\d+ of 25/)
    await context.close()
  })

  test.each(ADDRESSES)('$name: Tab reaches everything that can be used', async ({ address }) => {
    const context = await dashboard.context({ locale: 'en', viewport: { width: 1440, height: 900 } })
    const page = await openPage(context, `${dashboard.origin}${address}&q=guest`)
    expect(await page.locator('header nav').count()).toBe(1)
    await page.evaluate(MARK)
    const reached = new Set<string>()
    const usable = Number(await page.evaluate('document.querySelectorAll("[data-usable]").length'))
    // A date has a stop for each of its parts.
    const stops = usable + 5 + 3 * (await page.locator('input[type=date]').count())
    for (let pressed = 0; pressed < stops; pressed += 1) {
      await page.keyboard.press('Tab')
      reached.add(String(await page.evaluate('document.activeElement.dataset.usable')))
    }
    reached.delete('undefined')
    expect(reached.size).toBe(usable)
    await context.close()
  })
})

/** What reaches beyond the window's right edge, though nothing around it scrolls. */
const WIDER = `{
  const scrolls = (each) => each !== null && (/auto|scroll|hidden/.test(getComputedStyle(each).overflowX) || scrolls(each.parentElement))
  const wide = (each) => each.getBoundingClientRect().right > innerWidth + 1 && !scrolls(each.parentElement)
  ;[...document.querySelectorAll('body *')].filter(wide).map((each) => each.outerHTML.slice(0, 120)).slice(0, 5)
}`

/** Numbers what can be used and is seen; of a group of radio buttons Tab stops at one. */
const MARK = `{
  const groups = new Set()
  let number = 0
  for (const each of document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')) {
    if (!each.checkVisibility({ visibilityProperty: true }) || each.disabled || each.tabIndex < 0 || each.type === 'hidden') continue
    if (each.type === 'radio' && groups.has(each.name)) continue
    if (each.type === 'radio') groups.add(each.name)
    each.dataset.usable = String(number++)
  }
}`

describe('with what attackers send', () => {
  const ATTACKS = [
    '<script>window.hit=1</script>',
    '"><svg onload=window.hit=1>',
    `' onmouseover='window.hit=1`,
    'javascript:window.hit=1',
    '\u202Egnp.exe\u202C',
    '=HYPERLINK("https://evil.example")',
    'x'.repeat(512),
    '{{constructor.constructor("window.hit=1")()}}',
    '&lt;img src=x onerror=window.hit=1&gt;<img src=x onerror=window.hit=1>',
  ]

  beforeAll(async () => {
    const hour = Math.floor(Date.now() / 3_600_000) - 1
    const { db } = dashboard
    await db.batch(
      ATTACKS.flatMap((text) => [
        db.prepare(`INSERT INTO company_activity VALUES ('shop', ?1, ?2, 'view', '/' || ?3, ?3, '', 1, 9)`).bind(GUEST, hour, text),
        db.prepare(`INSERT INTO company_activity VALUES ('shop', ?1, ?2, 'view', '/', '/' || ?3, '', 1, 9)`).bind(GUEST, hour, text),
        db.prepare(`INSERT INTO company_activity VALUES ('shop', ?1, ?2, 'event', '/', '', ?3, 1, 0)`).bind(GUEST, hour, text),
        db.prepare(`INSERT INTO tags VALUES ('shop', ?1, ?2, '2026-11-21')`).bind(GUEST, text.slice(0, 40)),
        db.prepare(`INSERT INTO notes VALUES ('shop', ?1, lower(hex(randomblob(8))), ?2, ?2, '2026-11-21')`).bind(GUEST, text),
        db
          .prepare(`INSERT INTO segments VALUES ('shop', lower(hex(randomblob(8))), ?1, '{"q":"x"}', '2026-11-21')`)
          .bind(text.slice(0, 80)),
        db.prepare(`INSERT INTO site_totals VALUES ('shop', date('now', '-1 days'), 'path', '/' || ?1, 50)`).bind(text),
        db.prepare(`INSERT INTO site_totals VALUES ('shop', date('now', '-1 days'), 'source', ?1, 50)`).bind(text),
      ]),
    )
    const all = ATTACKS.join(' ')
    await db
      .prepare(
        `UPDATE companies SET name = ?2, city = ?2, industry = ?2, receipt = json_set(receipt, '$.evidence', ?2) WHERE company_key = ?1`,
      )
      .bind(GUEST, all)
      .run()
    await db.prepare(`UPDATE company_day SET sources = json_array(?2, ?3) WHERE company_key = ?1`).bind(GUEST, ATTACKS[0], ATTACKS[6]).run()
    await db.prepare(`UPDATE sites SET name = ?1 WHERE id = 'second'`).bind(all.slice(0, 300)).run()
  })

  test.each(ADDRESSES.flatMap((address) => [360, 1440].map((width) => ({ ...address, width }))))(
    '$name at $width px: nothing runs, nothing bursts, the policy has nothing to refuse',
    async ({ address, width }) => {
      const context = await dashboard.context({ locale: 'en', viewport: { width, height: 900 } })
      const page = await context.newPage()
      const said: string[] = []
      page.on('console', (message) => said.push(message.text()))
      page.on('dialog', (dialog) => said.push(dialog.message()))
      await page.goto(`${dashboard.origin}${address}&q=guest`)
      await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
      expect(await page.locator('header nav').count()).toBe(1)
      expect(await page.evaluate('window.hit')).toBeUndefined()
      expect(await page.evaluate(WIDER)).toEqual([])
      expect(
        await page.locator('main script, main img, main [onload], main [onerror], main [onmouseover], main a[href^="javascript:"]').count(),
      ).toBe(0)
      expect(said).toEqual([])
      await context.close()
    },
  )
})

const TAKES_ALL = /^(?:erase|notThem|neverShow)$/

describe('without JavaScript', () => {
  let context: BrowserContext
  beforeEach(async () => {
    context = await dashboard.context({ javaScriptEnabled: false, locale: 'en' })
  })
  afterEach(async () => {
    await context.close()
    await dashboard.renew()
  })

  test('every page is reached from the first by its links', async () => {
    const page = await openPage(context, `${dashboard.origin}/admin?site=shop`)
    const linksHere = () => page.locator('nav a').evaluateAll((all) => all.map((each) => each.getAttribute('href') ?? ''))
    const links = await linksHere()
    for (const { address } of ADDRESSES.filter(({ name }) => !name.includes(':'))) {
      expect(links).toContain(address)
      const found = await page.goto(`${dashboard.origin}${address}`)
      expect([address, found?.status(), await page.locator('h1').count()]).toEqual([address, 200, 1])
      // A page may have parts, reached from it.
      links.push(...(await linksHere()))
    }
  })

  test('period, search, filters, order and the next page are addresses', async () => {
    const page = await openPage(context, `${dashboard.origin}/admin?site=shop`)
    await followClick(page, 'text=90 days')
    expect(page.url()).toContain('days=90')
    await page.fill('#q', 'Company 1999')
    await follow(page, () => page.press('#q', 'Enter'))
    expect(page.url()).toMatch(/days=90.*q=Company\+1999/)
    await followClick(page, 'thead >> text=Score')
    expect(page.url()).toMatch(/sort=score/)
    await page.click('text=Filters')
    await page.selectOption('#country', 'AT')
    await followClick(page, 'text=Apply')
    expect(page.url()).toMatch(/country=AT/)
    expect(await page.locator('.chips').first().innerText()).toContain('Country: Austria')
    await page.goto(`${dashboard.origin}/admin?site=shop`)
    await followClick(page, 'text=Next companies')
    expect(await page.locator('tbody tr').count()).toBeGreaterThan(50)
  })

  test('the other language is one link away, and stays', async () => {
    const page = await openPage(context, `${dashboard.origin}/admin?site=shop&q=guest`)
    await followClick(page, 'text=Deutsch')
    expect([page.url(), await page.getAttribute('html', 'lang')]).toEqual([`${dashboard.origin}/admin?site=shop&q=guest`, 'de'])
    await followClick(page, 'text=English')
  })

  // Last: these erase what the others look at, and the site's own page the site.
  const withForms = ADDRESSES.filter(({ page }) => page.formNames.length > 0)
  test.each(withForms.toSorted((a, b) => Number(a.name === '/sites/:id') - Number(b.name === '/sites/:id')))(
    '$name: every form does what it says',
    async ({ page: { formNames }, address }) => {
      const page = await openPage(context, `${dashboard.origin}${address}&q=guest`)
      const sent = new Set<string>()
      for (let left = formNames.length; left > 0; left -= 1) {
        await page.goto(`${dashboard.origin}${address}&q=guest`)
        const offered = await page
          .locator('form input[name=form]')
          .evaluateAll((all) => all.map((each) => each.getAttribute('value') ?? ''))
        const open = offered.filter((name) => !sent.has(name)).sort((a, b) => late(a) - late(b))
        const name = open[0]
        if (name === undefined) break
        // What takes a company away takes another one each time.
        if (TAKES_ALL.test(name))
          await page.goto(`${dashboard.origin}${address.replace(encodeURIComponent(GUEST), `dom%3Ac${left}.example`)}`)
        const wrong = () => page.locator('.wrong').allInnerTexts()
        // A page may have something to say before: that its range table is old, in a year when it is.
        const before = await wrong()
        await submit(page, name)
        // Who ends his own sign-in stands before the door.
        const said = page.locator('.notice, .answer, [role=status], #token')
        expect([name, (await wrong()).filter((text) => !before.includes(text)), (await said.count()) > 0]).toEqual([name, [], true])
        sent.add(name)
      }
      expect([...sent].sort()).toEqual([...formNames].sort())
    },
  )
})
