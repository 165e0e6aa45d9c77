import { type Ask, ask } from './desk.ts'

/** A form of a page of the site `shop`, as a browser without JavaScript sends it; several values for a name are sent in turn. */
export function submit(
  path: string,
  form: string,
  fields: Readonly<Record<string, string | readonly string[]>> = {},
  options: Ask = {},
): Promise<Response> {
  const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((each) => [name, each] as [string, string]))
  const body = new URLSearchParams([['form', form], ...pairs])
  return ask(path.includes('?') ? `/admin${path}` : `/admin${path}?site=shop`, { method: 'POST', body, ...options })
}

/** Where a form that worked sends the browser, below /admin. */
export const ledTo = (response: Response): string => `${response.status} ${response.headers.get('location')?.replace(/^\/admin/, '') ?? ''}`

/** The sentence at a form that was refused. */
export const wrongIn = (html: string): string => /<p class="wrong" role="alert">(.*?)<\/p>/s.exec(html)?.[1] ?? ''
