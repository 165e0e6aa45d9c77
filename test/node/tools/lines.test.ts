import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CONSENT_TOOLS, type ConsentTool, gatedLine, plainLine, selfHostedLine } from '../../../src/admin/installation/forms.ts'
import { SNIPPET_INTEGRITY } from '../../../src/admin/snippet-integrity.ts'

const CONSENT = { endpoint: 't.example.com', basis: 'consent', pinned: false } as const
const INTEREST = { ...CONSENT, basis: 'legitimate-interest' } as const
const docs = readFileSync('docs/consent.md', 'utf8')

test.each(Object.keys(CONSENT_TOOLS) as ConsentTool[])('the gated line for %s is the documented one, and asks the tool', (tool) => {
  const line = gatedLine(CONSENT, tool)
  expect(line).toContain('data-cmp="auto"')
  expect(docs).toContain(line)
})

test('the plain and the self-hosted line are the documented ones', () => {
  expect(readFileSync('docs/snippet.md', 'utf8')).toContain(plainLine(CONSENT))
  expect(docs).toContain(selfHostedLine(CONSENT))
})

test('on legitimate interest every line says so; the plain ones then wait for no tool', () => {
  for (const line of [plainLine(INTEREST), gatedLine(INTEREST, 'cookiebot'), selfHostedLine(INTEREST)])
    expect(line).toContain(' data-basis="legitimate-interest"')
  expect(plainLine(INTEREST) + selfHostedLine(INTEREST)).not.toContain('data-cmp')
})

test('a pinned line carries the hash of this build, and crossorigin, without which no browser would run it', () => {
  for (const line of [
    plainLine({ ...CONSENT, pinned: true }),
    gatedLine({ ...CONSENT, pinned: true }, 'klaro'),
    selfHostedLine({ ...CONSENT, pinned: true }),
  ])
    expect(line).toContain(` crossorigin integrity="${SNIPPET_INTEGRITY['d.js']}"`)
})
