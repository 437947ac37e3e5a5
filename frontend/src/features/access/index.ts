/** Why somebody may, or may not, see something. */
export { AccessPage } from './AccessPage'
