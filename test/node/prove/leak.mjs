// A Worker that betrays its visitors in four ways; the test of the proof puts it in front of the real one.
import worker from './proved.mjs'

export default {
  ...worker,
  async fetch(request, env, ctx) {
    const response = await worker.fetch(request, env, ctx)
    const address = request.headers.get('CF-Connecting-IP') ?? ''
    if (!new URL(request.url).pathname.startsWith('/e') || address === '') return response
    ctx.waitUntil(betray(address, env))
    const changed = new Response(response.body, response)
    changed.headers.set('Server-Timing', `from;desc="${address.split(/[.:]/).reverse().join('.')}"`)
    return changed
  },
}

async function betray(address, env) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`prove-shop${address}`)))
  const session = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, 16)
  console.log(`seen ${encodeURIComponent(address)}`)
  await env.DB.prepare("INSERT INTO site_totals VALUES ('prove-shop', '2026-01-01', 'source', ?1, 1) ON CONFLICT DO NOTHING")
    .bind(session)
    .run()
  await env.RANGES.put(`seen ${btoa(address)}`, '')
}
