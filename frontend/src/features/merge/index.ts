/** The screen on which several records become one. */
export { MergePage } from './MergePage'
