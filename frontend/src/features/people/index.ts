/** The people of the workspace and the departments they belong to. */
export { DepartmentsPage } from './DepartmentsPage'
export { PeoplePage } from './PeoplePage'
