import type { Reporter, TestModule } from 'vitest/node'

/** Prints `N passed, M failed` alone on the last line, summed over all suites, so that a script can read a run. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0
    let failed = unhandledErrors.length
    for (const module of modules) {
      failed += module.errors().length
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed') passed += 1
        else failed += 1
      }
    }
    // The test command adds its other checks to these two numbers and prints the sum itself.
    if (process.env.DOORPLATE_CHECKS === undefined) {
      console.log(`\n${passed} passed, ${failed} failed`)
    } else {
      const [alsoPassed = 0, alsoFailed = 0] = process.env.DOORPLATE_CHECKS.split(',').map(Number)
      console.log(`\n${passed + alsoPassed} passed, ${failed + alsoFailed} failed`)
    }
  }
}
