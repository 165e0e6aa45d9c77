import type { company as en } from '../en/company.ts'

export const company: typeof en = {
  title: 'Unternehmen',
}
