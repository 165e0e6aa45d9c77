import { expect, test } from 'vitest'
import { Shelf } from '../../../src/ranges/shelf.ts'

test('what was not used for the longest time goes first', () => {
  const shelf = new Shelf<string>(30)
  shelf.put('a', 'A', 10)
  shelf.put('b', 'B', 10)
  shelf.put('c', 'C', 10)
  shelf.get('a')
  shelf.put('d', 'D', 10)
  expect(['a', 'b', 'c', 'd'].map((key) => shelf.get(key))).toEqual(['A', undefined, 'C', 'D'])
  expect(shelf.bytes).toBe(30)
})

test('as many go as the new one needs; one above the cap is kept alone', () => {
  const shelf = new Shelf<string>(30)
  for (const key of ['a', 'b', 'c']) shelf.put(key, key, 10)
  shelf.put('large', 'L', 25)
  expect([shelf.values, shelf.bytes]).toEqual([1, 25])
  shelf.put('huge', 'H', 100)
  expect([shelf.get('huge'), shelf.values]).toEqual(['H', 1])
})

test('the same key again replaces the old value and its weight', () => {
  const shelf = new Shelf<string>(30)
  shelf.put('a', 'old', 20)
  shelf.put('a', 'new', 5)
  expect([shelf.get('a'), shelf.bytes, shelf.values]).toEqual(['new', 5, 1])
})
