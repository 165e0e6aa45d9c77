import { sha256 } from '../secret.ts'

/** The ETag of an answer's text: the same text, the same tag. */
export async function tagOf(text: string): Promise<string> {
  return `"${(await sha256(text)).slice(0, 24)}"`
}

/** Whether a header that lists tags (`If-Match`, `If-None-Match`) names this one; Cloudflare weakens tags of what it compresses. */
export function names(header: string | undefined, tag: string): boolean {
  return header?.split(/\s*,\s*/).some((each) => each.replace(/^W\//, '') === tag) ?? false
}
