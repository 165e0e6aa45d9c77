import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

/**
 * The arrows between the rooms, as docs/architecture.md draws them: who may import whom. `words` and `settings` hold
 * types and the parsed environment and are open to all.
 */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  words: [],
  hosts: ['public-suffix'],
  'public-suffix': ['suffixes'],
  suffixes: [],
  'company-objection': [],
  receipt: [],
  release: [],
  log: [],
  settings: [],
  index: ['collect', 'admin', 'ledger'],
  collect: ['privacy', 'ranges', 'ledger'],
  admin: ['ledger', 'privacy', 'ranges/rules', 'ranges/pointer', 'ranges/age', 'ranges/report'],
  ranges: [],
  privacy: [],
  ledger: [],
  snippet: [],
  compile: ['ranges/format', 'ranges/address'],
  tools: ['collect', 'privacy', 'ranges', 'ledger', 'admin', 'snippet', 'compile'],
}

const SRC = resolve(import.meta.dirname, '../../src')

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))

/** `from '…'`, `import '…'` and `import('…')`. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '')
}

/** `ranges/format.ts` for a relative import of a file in src. */
function target(file: string, specifier: string): string {
  return relative(SRC, resolve(SRC, dirname(file), specifier))
}

const roomOf = (file: string): string => file.replace(/\.tsx?$/, '').split('/')[0] ?? ''

describe('the arrows between the rooms', () => {
  test.each(files)('%s imports only what its room may', (file) => {
    const room = roomOf(file)
    const allowed = ALLOWED[room]
    expect(allowed, `room "${room}" is not on the map`).toBeDefined()
    const own = [room, 'words', 'hosts', 'settings', 'release', 'log', 'public-suffix', 'company-objection', 'receipt']
    const wrong = importsOf(file)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => target(file, specifier))
      .filter((path) => !own.includes(roomOf(path)))
      .filter((path) => !allowed?.some((may) => path === may || path.startsWith(`${may}/`) || path.startsWith(`${may}.`)))
    expect(wrong).toEqual([])
  })

  test.each(files.filter((file) => !['compile', 'tools'].includes(roomOf(file))))('%s uses no Node module', (file) => {
    expect(importsOf(file).filter((specifier) => specifier.startsWith('node:'))).toEqual([])
  })

  test('P9 nothing that handles a visitor can send a request', () => {
    const senders = files
      .filter((file) => ['collect', 'privacy', 'ranges', 'ledger', 'index'].includes(roomOf(file)))
      .filter((file) =>
        /(?<![.\w])fetch\(|new WebSocket|EventSource|cloudflare:sockets/.test(withoutDefinitions(readFileSync(join(SRC, file), 'utf8'))),
      )
    expect(senders).toEqual([])
  })

  test('P2 one module makes a visitor address, one opens it', () => {
    const users = (pattern: RegExp) => files.filter((file) => pattern.test(readFileSync(join(SRC, file), 'utf8')))
    expect(users(/cf-connecting-ip/i)).toEqual(expect.not.arrayContaining(['collect/record.ts']))
    expect(users(/new VisitorAddress\(/)).toEqual(['privacy/visitor-address.ts'])
    expect(users(/address\.open\(/)).toEqual(['collect/look-up.ts'])
  })
})

/** The Worker's own `fetch(request, env, ctx)` handler is a definition, not a call. */
function withoutDefinitions(text: string): string {
  return text.replace(/^ {2}fetch\(request, env, ctx\) \{/m, '')
}
