import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from 'vitest'
import { ROUTES } from '../../../src/admin/api/routes.ts'
import { openApi } from '../../../src/tools/build/openapi.ts'
import { SUMMARIES } from '../../../src/tools/build/summaries.ts'
import { clientTypes, type Document } from './client.ts'

const document = openApi(ROUTES)

/** What a program would write against the client: the wanted lines compile, each of the others does not. */
const USE = `
import type { Doorplate } from './client.ts'
export async function use(api: Doorplate) {
  const { companies, next } = await api.listCompanies({ site: 'shop', sort: 'score', limit: 20 })
  const names: string[] = companies.map((company) => company.name)
  const { visits } = await api.listVisits({ site: 'shop', key: 'dom:bmw.example' })
  const pages: string[] = visits.flatMap((visit) => visit.pages.map((page) => page.path))
  const made = await api.createToken({}, { name: 'CRM', role: 'viewer', sites: ['shop'] })
  const token: string = made.token
  await api.saveRule({ site: 'shop' }, { range: '203.0.113.0/24', action: 'block' })
  // @ts-expect-error the site is required
  await api.listCompanies({})
  // @ts-expect-error no such order
  await api.listCompanies({ site: 'shop', sort: 'name' })
  // @ts-expect-error no such role
  await api.createToken({}, { name: 'CRM', role: 'admin', sites: '*' })
  // @ts-expect-error a count is a number
  const wrong: string = companies[0]?.visits
  return [names, pages, token, next, wrong]
}
`

describe('the OpenAPI document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document))
    expect(errors ?? []).toEqual([])
    expect(valid).toBe(true)
  })

  test('has every route, its role and its problem answers', () => {
    const paths = document.paths as Readonly<Record<string, Readonly<Record<string, { readonly description: string }>>>>
    for (const { path, method, role } of ROUTES) expect(paths[path]?.[method]?.description).toContain(role)
    const ids = ROUTES.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(Object.keys(SUMMARIES).sort()).toEqual([...ids].sort())
  })

  test('docs/api.md names every route with its role, and no other', async () => {
    const listed = [...(await readFile('docs/api.md', 'utf8')).matchAll(/^\| `([A-Z]+) ([^`?]+)(\?site)?` \| (\w+) \|/gm)]
    expect(listed.map(([, method, path, site, role]) => [method, path, site !== undefined, role].join(' ')).sort()).toEqual(
      ROUTES.map(({ method, path, site, role }) => [method.toUpperCase(), path, site === 'query', role].join(' ')).sort(),
    )
  })

  test('types of a client are generated from it, and compile strictly', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'doorplate-client-'))
    try {
      await writeFile(join(folder, 'client.ts'), clientTypes(document as unknown as Document))
      await writeFile(join(folder, 'use.ts'), USE)
      const options = {
        strict: true,
        noEmit: true,
        noUncheckedIndexedAccess: true,
        allowImportingTsExtensions: true,
        module: 'esnext',
        moduleResolution: 'bundler',
        target: 'es2024',
        types: [],
      }
      await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['*.ts'] }))
      const tsc = resolve('node_modules/.bin/tsc')
      const { stdout } = await promisify(execFile)(tsc, ['-p', folder]).catch((error: { stdout: string }) => error)
      expect(stdout).toBe('')
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
