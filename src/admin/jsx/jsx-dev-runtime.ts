/** The name under which tests ask for the same. */
export { Fragment, type JSX, jsx as jsxDEV } from './jsx-runtime.ts'
