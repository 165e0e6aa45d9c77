/**
 * The positive control's Worker: it puts each form into the place it is told, through the same bindings and by the
 * same ways by which a leak would get there. Bytes arrive in base64; places that hold text get them as a string of
 * bytes, as a careless program would make it.
 */
import { dumpNamespace } from './kv-dump.ts'

interface Environment {
  readonly DB: D1Database
  readonly RANGES: KVNamespace
  readonly COUNTS?: Queue
}

/** Keys of KV hold up to 512 bytes, metadata up to 1,024. */
interface Order {
  readonly place: string
  /** Each already small enough for its place. */
  readonly pieces: readonly string[]
  /** Makes KV keys of several orders different. */
  readonly from: number
}

const SEPARATOR = ' ~ '

let sent = 0
const delivered: string[] = []

export default {
  async fetch(request, env) {
    const { place, pieces, from } = await request.json<Order>()
    const texts = pieces.map((piece) => atob(piece))
    switch (place) {
      case 'console':
        console.log(texts.join(SEPARATOR))
        break
      case 'rows':
        await env.DB.prepare('CREATE TABLE IF NOT EXISTS planted (form BLOB NOT NULL)').run()
        await env.DB.prepare('INSERT INTO planted SELECT unhex(value) FROM json_each(?1)')
          .bind(JSON.stringify(pieces.map(hex)))
          .run()
        break
      case 'kv-keys':
        await Promise.all(texts.map((text) => env.RANGES.put(text, '')))
        break
      case 'kv-values':
        await env.RANGES.put(`values ${from}`, bytes(texts.join(SEPARATOR)))
        break
      case 'kv-metadata':
        await Promise.all(texts.map((text, index) => env.RANGES.put(`metadata ${from + index}`, '', { metadata: text })))
        break
      case 'outbound':
        await fetch('https://elsewhere.example/', { method: 'POST', body: bytes(texts.join(SEPARATOR)) })
        break
      case 'queue':
        sent++
        await env.COUNTS?.send(texts.join(SEPARATOR))
        break
      case 'delivered':
        return Response.json({ all: delivered.length === sent, delivered })
      case 'dump':
        return Response.json(await dumpNamespace(env.RANGES))
      case 'answer-headers':
        return new Response(null, { headers: texts.map((text, index): [string, string] => [`x-planted-${index}`, text]) })
      case 'answer-bodies':
        return new Response(bytes(texts.join(SEPARATOR)))
    }
    return new Response(null, { status: 204 })
  },
  async queue(batch) {
    delivered.push(...batch.messages.map(({ body }) => JSON.stringify(body)))
  },
} satisfies ExportedHandler<Environment>

const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (character) => character.charCodeAt(0))
const hex = (base64: string): string =>
  Array.from(atob(base64), (character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join('')
