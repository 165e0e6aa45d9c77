import { describe, expect, test } from 'vitest'
import { type Deadline, MAX_BODY, readBody } from '../../../src/collect/body.ts'

/** A clock that never strikes, and one that has struck. */
const never: Deadline = () => () => undefined
const struck: Deadline = (_ms, late) => {
  late()
  return () => undefined
}

/** A body in these pieces; of a stated length as browsers send it, or in chunks. */
function request(pieces: readonly Uint8Array[], stated: boolean): Request {
  const body = new ReadableStream({
    type: 'bytes',
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece.slice())
      controller.close()
    },
  })
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  return new Request('https://t.shop.example/e', { method: 'POST', body, headers: stated ? { 'Content-Length': String(length) } : {} })
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe.each([
  ['of a stated length', true],
  ['in chunks', false],
])('a body %s', (_how, stated) => {
  test.each<[string, Uint8Array[], unknown]>([
    ['in one piece', [bytes('hello')], { text: 'hello' }],
    ['in several, a character parted', [bytes('ä').slice(0, 1), bytes('ä').slice(1), bytes('!')], { text: 'ä!' }],
    ['with a byte order mark', [bytes('\ufeffhello')], { text: 'hello' }],
    ['of no bytes', [], { text: '' }],
    ['of as many bytes as are allowed', [new Uint8Array(1024).fill(97), new Uint8Array(1024).fill(97)], { text: 'a'.repeat(MAX_BODY) }],
    ['of one more', [new Uint8Array(MAX_BODY).fill(97), bytes('b')], 'too-large'],
    ['of many more', [new Uint8Array(100_000).fill(97)], 'too-large'],
    ['that is no UTF-8', [Uint8Array.of(0x7b, 0xff, 0x7d)], 'unreadable'],
  ])('%s', async (_what, pieces, expected) => {
    expect(await readBody(request(pieces, stated), never)).toEqual(expected)
  })

  test('that stalls is given up when its time is over', async () => {
    const body = new ReadableStream({ type: 'bytes', start: (controller) => controller.enqueue(bytes('{"k":')) })
    const headers = stated ? { 'Content-Length': '20' } : {}
    expect(await readBody(new Request('https://t.shop.example/e', { method: 'POST', body, headers }), struck)).toBe('unreadable')
  })
})

test('a request without a body is an empty one', async () => {
  expect(await readBody(new Request('https://t.shop.example/e', { method: 'POST' }), never)).toEqual({ text: '' })
})

test('the clock is stopped when the body is there', async () => {
  let stopped = 0
  const counting: Deadline = () => () => {
    stopped += 1
  }
  await readBody(request([bytes('{}')], true), counting)
  await readBody(request([bytes('{}')], false), counting)
  expect(stopped).toBe(2)
})
