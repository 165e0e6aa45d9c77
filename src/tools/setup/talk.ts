/** How setup speaks: a heading and a reason for each step, questions only where somebody answers, JSON for programs. */
import { createInterface } from 'node:readline/promises'

export interface Talk {
  /** What is done now and why. */
  step(title: string, why: string): void
  /** What came of it. */
  done(says: string): void
  /** @returns the answer, or `usual` where nobody is asked or nothing was typed */
  question(text: string, usual: string): Promise<string>
  end(): void
}

export function talkOn(options: { readonly ask: boolean; readonly json: boolean }): Talk {
  const readline = options.ask ? createInterface({ input: process.stdin, output: process.stdout }) : null
  const print = (line: string) => {
    if (!options.json) console.log(line)
  }
  return {
    step(title, why) {
      print(`\n${title}\n  ${why}`)
    },
    done(says) {
      print(`  ✓ ${says}`)
    },
    async question(text, usual) {
      if (readline === null) return usual
      const answer = (await readline.question(`  ${text}${usual === '' ? '' : ` [${usual}]`} `)).trim()
      return answer === '' ? usual : answer
    },
    end() {
      readline?.close()
    },
  }
}
