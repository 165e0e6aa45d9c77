/**
 * What the world sees of an event: one answer, whatever happened (P1). Only a wrong method or an oversized body is
 * told apart, and both are known before the gate is asked.
 */
const HEADERS = {
  'Cache-Control': 'no-store',
  // W3C tracking status: not tracking.
  Tk: 'N',
} as const

export const accepted = (): Response => new Response(null, { status: 204, headers: HEADERS })

export const tooLarge = (): Response => new Response(null, { status: 413, headers: HEADERS })

export const wrongMethod = (allow: string): Response => new Response(null, { status: 405, headers: { ...HEADERS, Allow: allow } })

export const notFound = (): Response => new Response(null, { status: 404, headers: HEADERS })

/** Something of ours broke; its text stays inside, for on this platform it echoes input. */
export const broken = (): Response => new Response(null, { status: 500, headers: HEADERS })
