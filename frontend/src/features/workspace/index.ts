/** What is true of the whole workspace. */
export { WorkspacePage } from './WorkspacePage'
