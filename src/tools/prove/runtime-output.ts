/**
 * Every byte the runtime prints. Miniflare passes on the lines it understands and drops others, so the process it
 * starts is watched itself: its standard output and error, as they come.
 */
import childProcess, { type ChildProcess } from 'node:child_process'

let turn: Promise<unknown> = Promise.resolve()

/**
 * Runs `start` and calls `heard` with whatever a process started in it prints, for as long as that lives. One start
 * after the other, so that nobody hears a neighbour's process.
 */
export function listening<T>(heard: (part: Buffer) => void, start: () => Promise<T>): Promise<T> {
  const mine = turn.then(() => listenWhile(heard, start))
  turn = mine.catch(() => undefined)
  return mine
}

async function listenWhile<T>(heard: (part: Buffer) => void, start: () => Promise<T>): Promise<T> {
  const spawn = childProcess.spawn
  const watched = (...words: Parameters<typeof spawn>): ChildProcess => {
    const child = spawn(...words)
    child.stdout?.on('data', heard)
    child.stderr?.on('data', heard)
    return child
  }
  // Miniflare is CommonJS and looks the function up at each call, so replacing it for a moment is enough.
  Object.assign(childProcess, { spawn: watched })
  try {
    return await start()
  } finally {
    Object.assign(childProcess, { spawn })
  }
}
