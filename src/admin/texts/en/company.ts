export const company = {
  title: 'Company',
}
