/** `npm run check` against pages of this machine: what it lists and what it calls too early. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CheckOptions } from '../../src/tools/check/options.ts'
import { check } from '../../src/tools/check/run.ts'
import { launchChromium } from './chromium.ts'
import { openCollector } from './collector.ts'
import { openWebsite } from './website.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())

/** A small consent tool: remembers, shows two buttons named as a known one's, and tells Doorplate. */
const BANNER = `<script defer src="/banner.js"></script>`
const banner = (onYes: string, buttons = 'cmplz-btn cmplz') => `
  const decided = localStorage.getItem('decision')
  const tell = (yes) => { ${onYes} }
  for (const [name, yes] of [['accept', true], ['deny', false]]) {
    const button = document.body.appendChild(document.createElement('button'))
    button.className = '${buttons}-' + name
    button.textContent = name
    button.onclick = () => { localStorage.setItem('decision', yes); tell(yes) }
  }
  if (decided) tell(decided === 'true')`
const LOAD = `if (yes) { const s = document.createElement('script'); const held = document.querySelector('[data-held-src]'); s.src = held.dataset.heldSrc; s.dataset.basis = 'legitimate-interest'; document.head.append(s) }`

interface Case {
  readonly line: (host: string) => string
  readonly script: string
  readonly options?: Partial<CheckOptions>
  readonly early: readonly string[]
  /** Requests of each stage, in the order of STAGES. */
  readonly sent: readonly string[]
}

const CASES: Readonly<Record<string, Case>> = {
  'the plain line with a banner': {
    line: (host) => `<script defer src="${host}/d.js"></script>${BANNER}`,
    script: banner(`doorplate('consent', yes)`),
    early: [],
    sent: ['GET /d.js', 'GET /d.js', 'POST /e view, POST /e leave, GET /d.js, POST /e view, POST /e leave', 'GET /d.js, GET /d.js'],
  },
  'a gated line that is held back': {
    line: (host) => `<script type="text/plain" data-held-src="${host}/d.js"></script>${BANNER}`,
    script: banner(LOAD),
    early: [],
    sent: ['', '', 'GET /d.js, POST /e view, POST /e leave, GET /d.js, POST /e view, POST /e leave', 'GET /d.js, GET /d.js'],
  },
  'a gated line that nobody holds back': {
    line: (host) => `<script type="text/plain" data-held-src="${host}/d.js"></script>${BANNER}`,
    script: `const tell = (yes) => { ${LOAD} }; tell(true)`,
    early: [
      'before-choice file-before-consent',
      'before-choice event-before-consent',
      'after-refusal file-before-consent',
      'after-refusal event-after-refusal',
    ],
    sent: ['GET /d.js, POST /e view, POST /e leave'],
  },
  'a page that consents for its visitors': {
    line: (host) => `<script defer src="${host}/d.js"></script>${BANNER}`,
    script: `${banner(`doorplate('consent', true)`, 'other other')}\ntell()`,
    options: { accept: '.other-accept', refuse: '.other-deny' },
    early: ['before-choice event-before-consent', 'after-refusal event-after-refusal'],
    sent: ['GET /d.js, POST /e view, POST /e leave'],
  },
  'a legitimate interest without a banner': {
    line: (host) => `<script defer src="${host}/d.js" data-basis="legitimate-interest"></script>`,
    script: '',
    // The page forgets what nobody remembers for it: the refusal was told to one page only.
    early: ['after-refusal event-after-refusal'],
    sent: ['GET /d.js, POST /e view, POST /e leave'],
  },
  'a page without Doorplate': { line: () => '', script: '', early: [], sent: ['', '', '', ''] },
}

test.concurrent.each(Object.keys(CASES))('%s', async (name) => {
  const { line, script, options, early, sent } = CASES[name] as Case
  const [doorplate, website] = await Promise.all([openCollector(), openWebsite('')])
  website.line = line(`http://localhost:${doorplate.port}`)
  website.scripts.set('/banner.js', script)
  const url = `http://localhost:${website.port}/policy`
  const nothing: CheckOptions = { url, host: null, accept: null, refuse: null, browser: null, nothingBeforeConsent: false, json: false }
  const result = await check(browser, { ...nothing, ...options }, 150)
  const found = result.stages.map((stage) =>
    stage.sent
      .map(({ method, url, event }) => [method, new URL(url).pathname, event && JSON.parse(event).k].filter(Boolean).join(' '))
      .join(', '),
  )
  expect(found.slice(0, sent.length)).toEqual(sent)
  expect([...new Set(result.tooEarly.map(({ stage, why }) => `${stage} ${why}`))]).toEqual(early)
  // The check answers events itself, whatever the page does.
  expect(doorplate.received).toEqual([])
  await Promise.all([doorplate.close(), website.close()])
})
