import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A command as README or docs tell it, on one line, without its comment. */
export interface Documented {
  readonly where: string
  readonly command: string
}

const PROGRAMS = /^(?:[A-Z_]+=\S+ )*(?:npm|npx|curl|node|git)\b/

/** Every line of a shell block, and whatever stands between backticks and begins like a command. */
export function documentedCommands(root: string): readonly Documented[] {
  const files = ['README.md', ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => join('docs', name))]
  const found = files.filter((name) => name.endsWith('.md')).flatMap((file) => commandsIn(readFileSync(join(root, file), 'utf8'), file))
  return [...new Map(found.map((each) => [each.command, each])).values()]
}

function commandsIn(text: string, where: string): Documented[] {
  const blocks = [...text.matchAll(/^```(?:sh|bash|shell)\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block.replaceAll(/\\\n\s*/g, '').split('\n'),
  )
  const plain = text.replaceAll(/^```[\s\S]*?^```/gm, '')
  const inline = [...plain.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)
  return [...blocks, ...inline]
    .flatMap((line) => line.replace(/\s+#\s.*$/, '').split(/\s+&&\s+/))
    .map((command) => command.trim().replaceAll(/\s+/g, ' '))
    .filter((command) => PROGRAMS.test(command))
    .map((command) => ({ where, command }))
}
