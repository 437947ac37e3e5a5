/** Where a dragged or moved field lands. */
import type { FieldGroup } from './draft_view'

export interface Place {
  group: number
  before: string | null
}

const groupId = /^group (\d+)$/

/** The place of a drop over a field or over the head of a group; null when nothing moves or it cannot stand there. */
export function dropPlace(groups: readonly FieldGroup[], field: string, over: string): Place | null {
  const head = groupId.exec(over)
  if (head) return { group: Number(head[1]), before: groups.find((one) => one.place === Number(head[1]))?.fields.find((one) => one.name !== field)?.name ?? null }
  if (field === over) return null
  const group = groups.find((one) => one.fields.some((member) => member.name === over))
  if (!group || group.place === null) return null
  const names = group.fields.map((one) => one.name)
  const from = names.indexOf(field)
  const to = names.indexOf(over)
  // Dragged down within its group it lands behind the one it is held over, else before it.
  if (from >= 0 && from < to) return { group: group.place, before: names[to + 1] ?? null }
  return { group: group.place, before: over }
}

/** The places one step up and one step down in the group; null at its ends. */
export function neighbours(group: FieldGroup, field: string): { up: Place | null; down: Place | null } {
  const names = group.fields.map((one) => one.name)
  const at = names.indexOf(field)
  if (group.place === null || at < 0) return { up: null, down: null }
  return {
    up: at > 0 ? { group: group.place, before: names[at - 1] ?? null } : null,
    down: at < names.length - 1 ? { group: group.place, before: names[at + 2] ?? null } : null,
  }
}
