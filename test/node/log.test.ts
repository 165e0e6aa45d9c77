import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { LOG_EVENTS, log } from '../../src/log.ts'

const SRC = resolve(import.meta.dirname, '../../src')

/** Modules of the Worker: everything but the commands, the compiler and the browser's snippet. */
const worker = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/^(tools|compile|snippet)\//.test(name))
  .map((name) => [name, withoutComments(readFileSync(join(SRC, name), 'utf8'))] as const)

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
}

/** Ways to put a text where a log could keep it. */
const PRINTS = /\bconsole\b|\bprocess\.std|\breportError\(|\bdebugger\b/

afterEach(() => {
  vi.restoreAllMocks()
})

describe('P2 what the Worker prints', () => {
  test('one module of the Worker prints, and no other', () => {
    expect(worker.length).toBeGreaterThan(80)
    expect(worker.filter(([, text]) => PRINTS.test(text)).map(([name]) => name)).toEqual(['log.ts'])
  })

  test('is an event from the closed list and numbers, one JSON document a line', () => {
    const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined)
    log('flush-busy', { failures: 2, rows: 31 })
    expect(printed.mock.calls).toEqual([['{"event":"flush-busy","failures":2,"rows":31}']])
  })

  test('every call names its event in the code, from the list', () => {
    const calls = worker.flatMap(([name, text]) =>
      [...text.matchAll(/(?<![.\w])log\(\s*(['"`])(.*?)\1/g)].map(([, , event]) => [name, event]),
    )
    expect(calls.length).toBeGreaterThan(2)
    // The kind of a fault is a closed type of its own.
    const known = new Set<string | undefined>([...LOG_EVENTS, `flush-\${fault.kind}`])
    expect(calls.filter(([, event]) => !known.has(event))).toEqual([])
    const all = worker.flatMap(([name, text]) => (name === 'log.ts' ? [] : (text.match(/(?<![.\w])log\(/g) ?? [])))
    expect(all).toHaveLength(calls.length)
  })
})
