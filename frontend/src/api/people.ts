/** People, departments and roles. */
import { useQuery } from '@tanstack/react-query'
import { send } from './client'
import { keys } from './keys'
import type { AccessAnswer, Department, Person, Role } from './types'

export interface PeopleQuery {
  q?: string
  department?: string
  active?: boolean
}

export function usePeople(query: PeopleQuery = {}, isEnabled = true) {
  return useQuery({
    queryKey: keys.people({ ...query }),
    queryFn: async () => (await send<{ people: Person[] }>('GET', '/people', { query: { ...query } })).people,
    enabled: isEnabled,
    placeholderData: (previous) => previous,
    staleTime: 30_000,
  })
}

export interface PersonBody {
  name?: string
  email?: string
  password?: string
  department?: string | null
  manager?: string | null
  roles?: string[]
  active?: boolean
}
export const createPerson = (body: PersonBody) => send<Person & { initial_password?: string }>('POST', '/people', { body })
export const changePerson = (id: string, body: PersonBody) => send<Person>('PATCH', `/people/${id}`, { body })

/** Whether somebody may see and change a record, or any record of an object, and why. */
export function useAccess(person: string, object: string, record: string | null) {
  return useQuery({
    queryKey: keys.access(person, object, record),
    queryFn: () => send<AccessAnswer>('GET', `/people/${person}/access`, { query: { object, ...(record ? { record } : {}) } }),
    gcTime: 0,
  })
}

export function useDepartments(isEnabled = true) {
  return useQuery({
    enabled: isEnabled,
    queryKey: keys.departments,
    queryFn: async () => (await send<{ departments: Department[] }>('GET', '/departments')).departments,
  })
}
export type DepartmentBody = Partial<Pick<Department, 'name' | 'parent' | 'position'>>
export const createDepartment = (body: DepartmentBody) => send<Department>('POST', '/departments', { body })
export const changeDepartment = (id: string, body: DepartmentBody) => send<Department>('PATCH', `/departments/${id}`, { body })
export const deleteDepartment = (id: string) => send<void>('DELETE', `/departments/${id}`)

export function useRoles(isEnabled = true) {
  return useQuery({ queryKey: keys.roles, enabled: isEnabled, queryFn: async () => (await send<{ roles: Role[] }>('GET', '/roles')).roles })
}
export type RoleBody = Partial<Pick<Role, 'name' | 'description' | 'rights' | 'grants'>>
export const createRole = (body: RoleBody) => send<Role>('POST', '/roles', { body })
export const changeRole = (id: string, body: RoleBody) => send<Role>('PATCH', `/roles/${id}`, { body })
export const deleteRole = (id: string) => send<void>('DELETE', `/roles/${id}`)
