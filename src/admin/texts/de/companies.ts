import type { companies as en } from '../en/companies.ts'

export const companies: typeof en = {
  title: 'Unternehmen',
}
