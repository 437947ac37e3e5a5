/** Roles, and what each gives: rows, deeds and fields of every kind of data. */
export { RolesPage } from './RolesPage'
