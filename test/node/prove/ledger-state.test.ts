import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, test } from 'vitest'
import { differences, fileState } from '../../../src/tools/prove/ledger-state.ts'

const folder = mkdtempSync(join(tmpdir(), 'doorplate-ledger-state-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('P1 bytes that only move from a log into its database are no change; a row, a deleted row and a file are one', () => {
  const state = join(folder, 'state')
  mkdirSync(state)
  const database = new DatabaseSync(join(state, 'd1.sqlite'))
  database.exec("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (x TEXT); INSERT INTO t VALUES ('first')")
  const before = fileState(state)
  expect(before.files.size).toBe(1)

  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  expect(differences(before, fileState(state))).toEqual([])
  database.exec("INSERT INTO t VALUES ('second')")
  expect(differences(before, fileState(state))).toEqual(['d1.sqlite'])
  database.exec("DELETE FROM t WHERE x = 'second'")
  expect(differences(before, fileState(state))).toEqual(['d1.sqlite'])
  database.close()

  const after = fileState(state)
  copyFileSync(join(state, 'd1.sqlite'), join(state, 'blob'))
  expect(differences(after, fileState(state))).toEqual(['blob'])
})
