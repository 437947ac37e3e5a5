/** Changing what a role gives, without ever losing a grant the page does not show. */
import type { FieldAccess, Grant, GrantAction, ObjectDefinition, Scope } from '@/api/types'
import { sameJson } from '@/lib/equal'

export const scopes: readonly Scope[] = ['own', 'subordinates', 'department', 'department_and_below', 'all', 'condition']
export const actions: readonly GrantAction[] = ['see', 'create', 'edit', 'delete', 'import', 'export']

/** A grant with its place in the role's list, which is all that tells grants of one object apart. */
export interface PlacedGrant {
  index: number
  grant: Grant
}

export function grantsOf(grants: readonly Grant[], object: string): PlacedGrant[] {
  return grants.flatMap((grant, index) => (grant.object === object ? [{ index, grant }] : []))
}

export function newGrant(object: string, scope: Scope): Grant {
  return { object, actions: ['see'], rows: { scope }, fields: { default: 'write', except: {} } }
}

export function replaceGrant(grants: readonly Grant[], index: number, grant: Grant): Grant[] {
  return grants.map((each, at) => (at === index ? grant : each))
}

export function removeGrant(grants: readonly Grant[], index: number): Grant[] {
  return grants.filter((_each, at) => at !== index)
}

/** Whoever may change or export a record has to see it; without seeing nothing else is left. */
export function withAction(grant: Grant, action: GrantAction, isOn: boolean): Grant {
  const wished = new Set(grant.actions)
  if (isOn) wished.add(action)
  else wished.delete(action)
  if (isOn && ['edit', 'delete', 'export'].includes(action)) wished.add('see')
  if (!isOn && action === 'see') for (const each of ['edit', 'delete', 'export'] as const) wished.delete(each)
  return { ...grant, actions: actions.filter((each) => wished.has(each)) }
}

export function fieldAccess(grant: Grant, field: string): FieldAccess {
  return grant.fields.except[field] ?? grant.fields.default
}

/** Exceptions that say the same as the rule are not kept. */
export function withFieldAccess(grant: Grant, field: string, access: FieldAccess): Grant {
  const except = Object.fromEntries(Object.entries({ ...grant.fields.except, [field]: access }).filter(([, value]) => value !== grant.fields.default))
  return { ...grant, fields: { ...grant.fields, except } }
}

/** Changes the rule for fields without an exception; what stood for the fields known today stays as it is. */
export function withDefaultAccess(grant: Grant, access: FieldAccess, fields: readonly string[]): Grant {
  const except: Record<string, FieldAccess> = {}
  for (const field of new Set([...fields, ...Object.keys(grant.fields.except)])) {
    const now = fieldAccess(grant, field)
    if (now !== access) except[field] = now
  }
  return { ...grant, fields: { default: access, except } }
}

/** How many fields this grant hides, or keeps from being written where it lets records be written at all. */
export function limitedFields(grant: Grant, object: ObjectDefinition): number {
  const mayWrite = grant.actions.includes('edit') || grant.actions.includes('create')
  return object.fields.filter((field) => {
    const access = fieldAccess(grant, field.name)
    return access === 'none' || (mayWrite && field.access === 'write' && access === 'read')
  }).length
}

export function changedObjects(before: readonly Grant[], after: readonly Grant[]): Set<string> {
  const names = new Set([...before, ...after].map((grant) => grant.object))
  return new Set([...names].filter((name) => !sameJson(grantsOf(before, name).map(plain), grantsOf(after, name).map(plain))))
}

const plain = ({ grant }: PlacedGrant): Grant => grant
