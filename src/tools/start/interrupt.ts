/** Ctrl-C, a closed terminal and a polite kill: all of them mean "end everything". */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Fulfilled with `interrupted` at the first of the signals. A second one finds nobody listening and ends the process at once. */
export function untilInterrupted(): Promise<'interrupted'> {
  return new Promise((tell) => {
    const hear = (): void => {
      for (const signal of SIGNALS) process.off(signal, hear)
      tell('interrupted')
    }
    for (const signal of SIGNALS) process.on(signal, hear)
  })
}
