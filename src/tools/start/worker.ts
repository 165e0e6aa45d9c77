/**
 * `wrangler dev` as a child process: told everything through arguments and environment, silent unless something is wrong.
 *
 * The secret travels in the environment. wrangler reads it from there only while there is no `.dev.vars`, so that
 * file is handed over as an env file instead: its other values still count, and ours wins.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { stripVTControlCharacters } from 'node:util'
import { CannotStart } from './cannot-start.ts'
import { HOUSE_RULES } from './load-wrangler.ts'
import { mattersToReader, reasonFrom } from './worker-output.ts'

/** A machine under load has needed 15 s; beyond three minutes nothing comes any more. */
const READY_WITHIN_MS = 180_000
/** After that a Worker that does not end is ended. */
const STOP_WITHIN_MS = 5_000

export interface WorkerOptions {
  readonly port: number
  readonly state: string
  readonly tokenHash: string
  readonly say: (line: string) => void
}

export interface Worker {
  /** Fulfilled when it answers; rejected with one line that says why it does not. */
  readonly ready: Promise<void>
  /** Why it ended, in one line. Never rejected. */
  readonly ended: Promise<string>
  stop(): Promise<void>
}

export function startWorker(options: WorkerOptions): Worker {
  const child = spawn(process.execPath, commandLine(options), {
    env: environment(options),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A group of its own: Ctrl-C in the terminal reaches us alone, and we decide the order in which things end.
    detached: process.platform !== 'win32',
  })
  let answering = false
  // Until it answers, its output is only kept: should it die, one line of it says why.
  const heard = listen(child, (line) => answering && options.say(line))

  const ended = new Promise<string>((tell) => {
    child.once('error', (error) => tell(`wrangler could not be started: ${error.message}`))
    // The runtime is a grandchild: it must not outlive a wrangler that was killed, and keep the port.
    child.once('exit', () => killGroup(child))
    child.once('close', (code, signal) => tell(reasonFrom(heard, code, signal)))
  })
  const ready = new Promise<void>((tell, fail) => {
    const late = setTimeout(() => fail(new CannotStart(`the Worker did not answer within ${READY_WITHIN_MS / 1000} s`)), READY_WITHIN_MS)
    child.on('message', (message) => {
      if (!String(message).includes('DEV_SERVER_READY')) return
      clearTimeout(late)
      answering = true
      tell()
    })
    void ended.then((why) => {
      clearTimeout(late)
      fail(new CannotStart(why))
    })
  })
  // Whoever stops before it is ready has no interest in the reason.
  ready.catch(() => {})

  return { ready, ended, stop: () => stop(child, ended) }
}

function commandLine({ port, state }: WorkerOptions): string[] {
  const wrangler = join(dirname(createRequire(import.meta.url).resolve('wrangler/package.json')), 'bin', 'wrangler.js')
  // wrangler hands these on to its inner process; when we are killed the hard way, both notice and end too.
  const endWithUs = ['--import', 'data:text/javascript,process.once("disconnect",()=>process.exit())']
  return [
    ...endWithUs,
    wrangler,
    'dev',
    ...['--port', String(port), '--persist-to', resolve(state)],
    // Deployed, counters are gathered for one second and twenty; here somebody is waiting in front of the admin.
    ...['--var', 'LEDGER_FLUSH_MS:300', '--var', 'TOTALS_FLUSH_MS:600'],
    // Only when it is there: Node looks for this option too, wherever it stands, and stops at a missing file.
    ...(existsSync('.dev.vars') ? ['--env-file', '.dev.vars'] : []),
    ...['--inspector-port', '0', '--log-level', 'warn', '--show-interactive-dev-session', 'false'],
  ]
}

function environment({ state, tokenHash }: WorkerOptions): NodeJS.ProcessEnv {
  const { ADMIN_TOKEN: _stays, WRANGLER_LOG: _ours, ...passed } = process.env
  return {
    ...passed,
    ADMIN_TOKEN_HASH: tokenHash,
    ...HOUSE_RULES,
    WRANGLER_REGISTRY_PATH: resolve(state, 'registry'),
    NO_COLOR: '1',
  }
}

/** Passes on what matters and keeps all lines for the day it dies. */
function listen(child: ChildProcess, say: (line: string) => void): string[] {
  const heard: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue
    createInterface({ input: stream }).on('line', (coloured) => {
      const line = stripVTControlCharacters(coloured)
      heard.push(line)
      if (heard.length > 200) heard.shift()
      if (mattersToReader(line)) say(line)
    })
  }
  return heard
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const deadline = setTimeout(() => killGroup(child), STOP_WITHIN_MS)
  await ended
  clearTimeout(deadline)
}

function killGroup(child: ChildProcess): void {
  try {
    if (process.platform !== 'win32' && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    else child.kill('SIGKILL')
  } catch {
    // It ended in the meantime.
  }
}
