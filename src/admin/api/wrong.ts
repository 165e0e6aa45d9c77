import * as z from 'zod/mini'

/**
 * What is wrong with a parameter, in a sentence of ours that names the field and says what fits. Never the value: it
 * may be ten megabytes long, or somebody's address.
 */
export interface Field {
  readonly field: string
  readonly detail: string
}

export function firstWrong(schema: z.ZodMiniType, error: z.core.$ZodError): Field {
  const issue = error.issues[0]
  if (issue === undefined) return { field: 'request', detail: 'The request does not fit.' }
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') {
    const field = shorten([...path, issue.keys[0] ?? ''].join('.'))
    const known = path.length === 0 ? knownFields(schema) : []
    const takes = known.length === 0 ? 'It takes no parameters here.' : `Known are: ${known.join(', ')}.`
    return { field, detail: `"${field}" is not known here. ${takes}` }
  }
  const field = path.length === 0 ? 'body' : shorten(path.join('.'))
  return { field, detail: `"${field}" ${sentence(issue)}` }
}

function sentence(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.message.includes('undefined') ? 'is missing.' : `must be of type ${issue.expected}.`
    case 'invalid_value':
      return `must be one of: ${issue.values.map(String).join(', ')}.`
    case 'too_big':
      return `is too long or too large: at most ${String(issue.maximum)}.`
    case 'too_small':
      return `is too short or too small: at least ${String(issue.minimum)}.`
    case 'custom':
      return `does not fit: ${issue.message}.`
    default:
      return issue.message === 'Invalid input' ? 'does not fit.' : `does not fit: ${issue.message}.`
  }
}

export function knownFields(schema: z.ZodMiniType): string[] {
  return schema instanceof z.ZodMiniObject ? Object.keys(schema.def.shape) : []
}

/** A field's name is the sender's own text where it is unknown: short, and nothing that a log could mistake. */
function shorten(name: string): string {
  const plain = name.replace(/[^\w.-]/g, '?')
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain
}
