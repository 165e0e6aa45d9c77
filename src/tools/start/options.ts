/**
 * What `npm start` was asked to do: command line and environment in, plain data out; nothing here acts.
 *
 * A wrong option is answered with a sentence that says what would be right, never with a stack trace. The demo
 * website always lives on the port after the Worker's, so that one number moves everything.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/** The Worker's port unless `--port` says otherwise; wrangler's own default, so guides found elsewhere fit. */
export const DEFAULT_PORT = 8787

/** Where wrangler keeps D1 and KV on this machine; shared with every other command, so they see the same tables. */
export const DEFAULT_STATE = '.wrangler/state'

/** What this project itself keeps on this machine; ignored by git. */
export const KEPT = '.doorplate'

export interface StartOptions {
  readonly port: number
  readonly demoPort: number
  /** Folder of the local databases; one and the same for `wrangler dev` and `getPlatformProxy`. */
  readonly state: string
  readonly tokenFile: string
  readonly fresh: boolean
  /** The token chosen in the environment; null: one is made and kept. */
  readonly token: string | null
}

export type Request = { readonly run: StartOptions } | { readonly help: string } | { readonly wrong: string }

export const HELP = `Starts Doorplate on this machine: the Worker, its tables and a demo website to visit.

  npm start                     http://localhost:${DEFAULT_PORT} and the demo website on ${DEFAULT_PORT + 1}
  npm start -- --port 9000      the Worker on 9000, the demo website on 9001
  npm start -- --fresh          forgets all local data first: visits, sites, range table, admin token
  npm start -- --state DIR      keeps local data in DIR instead of ${DEFAULT_STATE}
  npm start -- --help           this text

  ADMIN_TOKEN=…  npm start      uses this admin token instead of the one kept on this machine

Nothing leaves this machine and no account is needed. Ctrl-C ends everything.`

/** @param args the words after `npm start --`; @param environment usually `process.env`. */
export function readOptions(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): Request {
  const parsed = parse(args)
  if (typeof parsed === 'string') return { wrong: `${parsed} See: npm start -- --help` }
  if (parsed.help) return { help: HELP }

  const port = parsed.port === undefined ? DEFAULT_PORT : readPort(parsed.port)
  if (port === null) {
    return { wrong: `--port takes a number from 1 to 65534 (the demo website uses the one after it), not "${parsed.port}".` }
  }
  if (parsed.state?.trim() === '') return { wrong: '--state takes the name of a folder.' }

  const token = environment.ADMIN_TOKEN
  if (token !== undefined && !isUsableToken(token)) {
    return { wrong: 'ADMIN_TOKEN must have 1 to 200 visible ASCII characters without spaces. Unset it to have one made for you.' }
  }
  const state = parsed.state ?? DEFAULT_STATE
  return {
    run: {
      port,
      demoPort: port + 1,
      state,
      tokenFile: join(parsed.state ?? KEPT, 'admin-token'),
      fresh: parsed.fresh === true,
      token: token ?? null,
    },
  }
}

/** Fits an Authorization header as it is: RFC 6750's characters are a subset of the visible ASCII ones. */
export function isUsableToken(token: string): boolean {
  return /^[\x21-\x7e]{1,200}$/.test(token)
}

interface Words {
  port?: string
  state?: string
  fresh?: boolean
  help?: boolean
}

function parse(args: readonly string[]): Words | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', short: 'p' },
        state: { type: 'string' },
        fresh: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    return values
  } catch (error) {
    // parseArgs explains itself well, in several sentences and sometimes several lines; the first is enough.
    return error instanceof Error ? `${error.message.split(/\.\s/)[0]?.replace(/\.$/, '')}.` : 'This option is not known.'
  }
}

function readPort(text: string): number | null {
  if (!/^\d{1,5}$/.test(text)) return null
  const port = Number(text)
  return port >= 1 && port <= 65_534 ? port : null
}
