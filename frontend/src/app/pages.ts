/** Pages of the features and what opens over them, each fetched when it is opened for the first time. The list is the first page and comes along at once. */
import { lazy } from 'react'

const session = () => import('@/features/session')
export const SignInPage = lazy(async () => ({ default: (await session()).SignInPage }))
export const SetUpPage = lazy(async () => ({ default: (await session()).SetUpPage }))


export const fetchRecord = () => import('@/features/record')
export const RecordPage = lazy(async () => ({ default: (await fetchRecord()).RecordPage }))
export const RecordDrawer = lazy(async () => ({ default: (await fetchRecord()).RecordDrawer }))
export const CreateDrawer = lazy(async () => ({ default: (await fetchRecord()).CreateDrawer }))

export const MergePage = lazy(async () => ({ default: (await import('@/features/merge')).MergePage }))

const imports = () => import('@/features/imports')
export const ImportsPage = lazy(async () => ({ default: (await imports()).ImportsPage }))
export const ImportPage = lazy(async () => ({ default: (await imports()).ImportPage }))

const people = () => import('@/features/people')
export const PeoplePage = lazy(async () => ({ default: (await people()).PeoplePage }))
export const DepartmentsPage = lazy(async () => ({ default: (await people()).DepartmentsPage }))

const roles = () => import('@/features/roles')
export const RolesPage = lazy(async () => ({ default: (await roles()).RolesPage }))

const access = () => import('@/features/access')
export const AccessPage = lazy(async () => ({ default: (await access()).AccessPage }))

const workspace = () => import('@/features/workspace')
export const WorkspacePage = lazy(async () => ({ default: (await workspace()).WorkspacePage }))

const calendars = () => import('@/features/calendars')
export const CalendarPage = lazy(async () => ({ default: (await calendars()).CalendarPage }))

const design = () => import('@/features/design')
export const ObjectsPage = lazy(async () => ({ default: (await design()).ObjectsPage }))
export const ObjectPage = lazy(async () => ({ default: (await design()).ObjectPage }))

const own = () => import('@/features/own')
export const OwnPage = lazy(async () => ({ default: (await own()).OwnPage }))

export const KeysDialog = lazy(async () => ({ default: (await import('./KeysDialog')).KeysDialog }))
