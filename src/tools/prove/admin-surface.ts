/**
 * Which ways into the admin exist, read from its router and its list of pages, and which of them a proof has not taken:
 * a route or a form that is added is on a path, or the proof fails and names it.
 */
import { join } from 'node:path'
import * as z from 'zod'
import { bundleModule } from './bundle.ts'
import type { Asked } from './journal.ts'

const Surface = z.object({
  routes: z.array(z.object({ method: z.string(), path: z.string() })),
  pages: z.array(z.string()),
  forms: z.array(z.object({ path: z.string(), form: z.string() })),
})
export type Surface = z.infer<typeof Surface>

/** The admin is written for the Worker, so it is bundled as for one and asked for its lists. */
export async function readSurface(): Promise<Surface> {
  const code = await bundleModule(join(import.meta.dirname, 'worker/surface.mjs'))
  return Surface.parse(await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`))
}

/** `POST /admin/api/rules` and `form save of /admin/rules`: those that never answered as they do when all is well. */
export function untaken({ routes, forms }: Surface, asked: readonly Asked[]): readonly string[] {
  const well = asked.filter(({ status }) => status < 400)
  const taken = (method: string, path: string, form?: string): boolean =>
    well.some((each) => each.method === method && matches(path, each.path) && (form === undefined || each.form === form))
  return [
    ...routes.filter(({ method, path }) => !taken(method, path)).map(({ method, path }) => `${method} ${path}`),
    ...forms.filter(({ path, form }) => !taken('POST', path, form)).map(({ path, form }) => `form ${form} of ${path}`),
  ]
}

/** Whether a path is one of a pattern as Hono writes it: `/admin/companies/:key`. */
function matches(pattern: string, path: string): boolean {
  const whole = pattern.replace(/[.+]/g, '\\$&').replace(/:\w+/g, '[^/]+').replace(/\*/g, '.*')
  return new RegExp(`^${whole}$`).test(path)
}
