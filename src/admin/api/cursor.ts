import * as z from 'zod/mini'
import { Refusal } from '../problem.ts'

/**
 * Keyset cursors: where a page ended, and a fingerprint of the question it answered, so that a cursor of another site
 * or another filter is refused instead of answering something nobody asked.
 */
const Envelope = z.tuple([z.string(), z.union([z.string(), z.number()]), z.string()])

export interface Position {
  readonly rank: string | number
  readonly key: string
}

export async function writeCursor(question: Readonly<Record<string, unknown>>, { rank, key }: Position): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([await fingerprint(question), rank, key]))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** @param question the parameters of the request; `cursor` and `limit` are no part of it. */
export async function readCursor(
  question: Readonly<Record<string, unknown>>,
  cursor: string | undefined,
): Promise<Position | null | Refusal> {
  if (cursor === undefined) return null
  const read = Envelope.safeParse(decode(cursor))
  if (!read.success) return new Refusal(400, '"cursor" is none of ours: take `next` of the page before, unchanged.', 'cursor')
  const [print, rank, key] = read.data
  if (print !== (await fingerprint(question))) {
    return new Refusal(400, '"cursor" belongs to another site or other filters: begin again without it.', 'cursor')
  }
  return { rank, key }
}

function decode(cursor: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes))
  } catch {
    return null
  }
}

async function fingerprint(question: Readonly<Record<string, unknown>>): Promise<string> {
  const asked = Object.entries(question)
    .filter(([name, value]) => name !== 'cursor' && name !== 'limit' && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(asked)))
  return btoa(String.fromCharCode(...new Uint8Array(hash).subarray(0, 6)))
}
