/** Where kinds are listed once at start and asked for ever after. */
import type { Field } from '@/api/types'
import type { FieldKind } from './field_kind'
import type { ViewKind } from './view_kind'

const fieldKinds = new Map<string, FieldKind>()
const viewKinds = new Map<string, ViewKind>()

export function registerFieldKinds(kinds: readonly FieldKind[]): void {
  for (const kind of kinds) fieldKinds.set(kind.type, kind)
}

export function registerViewKinds(kinds: readonly ViewKind[]): void {
  for (const kind of kinds) viewKinds.set(kind.name, kind)
}

/** The kind of a type; a type this build does not know is shown as text. */
export function kindOfType(type: string): FieldKind {
  const kind = fieldKinds.get(type) ?? fieldKinds.get('text')
  if (!kind) throw new Error('No field kinds are registered. Import app/kinds first.')
  return kind
}

export function kindOf(field: Field): FieldKind {
  return kindOfType(field.type)
}

export function allFieldKinds(): FieldKind[] {
  return [...fieldKinds.values()]
}

export function viewKind(name: string): ViewKind | undefined {
  return viewKinds.get(name)
}

export function allViewKinds(): ViewKind[] {
  return [...viewKinds.values()]
}
