/** What each person sets for themselves. */
export { OwnPage } from './OwnPage'
