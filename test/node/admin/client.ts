/**
 * TypeScript of a client, from an OpenAPI document: one function type per operation. Small on purpose: it knows what
 * Doorplate's document uses, and throws at anything else, so that a document a generator could not read fails the test.
 */
interface Schema {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly propertyNames?: Schema
}

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required: boolean
  readonly schema: Schema
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>

interface Operation {
  readonly operationId: string
  readonly parameters: readonly Parameter[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}

export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

export function clientTypes({ paths }: Document): string {
  const operations = Object.values(paths).flatMap((path) => Object.values(path))
  return `export interface Doorplate {\n${operations.map(operation).join('\n')}\n}\n`
}

function operation({ operationId, parameters, requestBody, responses }: Operation): string {
  const fields = parameters.map(({ name, required, schema }) => `${JSON.stringify(name)}${required ? '' : '?'}: ${type(schema)}`)
  const body = requestBody === undefined ? '' : `, body: ${type(schemaOf(requestBody.content))}`
  const optional = parameters.every(({ required }) => !required) && body === '' ? '?' : ''
  return `  ${operationId}(parameters${optional}: { ${fields.join('; ')} }${body}): Promise<${type(schemaOf(responses[200]?.content))}>`
}

function schemaOf(content: Content | undefined): Schema {
  const [of] = Object.values(content ?? {})
  if (of === undefined) throw new Error('an answer without content')
  return of.schema
}

function type(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.enum.map((each) => JSON.stringify(each)).join(' | ')
  if (schema.anyOf !== undefined) return schema.anyOf.map((each) => `(${type(each)})`).join(' | ')
  if (Array.isArray(schema.type)) return schema.type.map((each: string) => `(${type({ ...schema, type: each })})`).join(' | ')
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type
    case 'integer':
    case 'number':
      return 'number'
    case 'array':
      return `(${type(schema.items ?? {})})[]`
    case 'object':
      return object(schema)
    default:
      throw new Error(`no type for ${JSON.stringify(schema)}`)
  }
}

function object({ properties, required = [], additionalProperties, propertyNames }: Schema): string {
  if (properties === undefined) {
    const value = typeof additionalProperties === 'object' ? type(additionalProperties) : 'never'
    return `{ [name in ${propertyNames === undefined ? 'string' : type(propertyNames)}]?: ${value} }`
  }
  const fields = Object.entries(properties).map(([name, of]) => `${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${type(of)}`)
  return `{ ${fields.join('; ')} }`
}
