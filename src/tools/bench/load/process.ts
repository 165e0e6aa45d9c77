/** What the kernel says of a process: processor time and memory. Linux only. */
import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks of /proc: 100 a second on every Linux there is (USER_HZ). */
const TICK_MS = 10

/** Processes of the local runtime that this process has started. */
export function runtimes(): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      const [name, , parent] = pid > 0 ? statOf(pid) : []
      return name === 'workerd' && Number(parent) === process.pid
    })
}

/** Milliseconds of processor time, of all its threads, since it began. */
export function cpuMs(pid: number): number {
  const fields = statOf(pid)
  return (Number(fields[12]) + Number(fields[13])) * TICK_MS
}

/** Bytes of resident memory. */
export function residentBytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) * 1024
}

/** Name, state, parent …; `proc_pid_stat(5)`. The name may hold anything, brackets included. */
function statOf(pid: number): readonly string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const end = text.lastIndexOf(')')
    return [text.slice(text.indexOf('(') + 1, end), ...text.slice(end + 2).split(' ')]
  } catch {
    return []
  }
}
