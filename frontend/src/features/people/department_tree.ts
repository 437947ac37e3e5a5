/** Departments as a tree that can be walked and shown in order. */
import type { Department } from '@/api/types'

export interface Branch {
  department: Department
  depth: number
  /** Names from the top down to here. */
  path: string[]
  /** People in it and everywhere below. */
  total: number
  hasChildren: boolean
}

/** Top down, brothers by position and name. A parent that is not there counts as none. */
export function branches(departments: readonly Department[]): Branch[] {
  const known = new Set(departments.map((department) => department.id))
  const children = new Map<string | null, Department[]>()
  for (const department of departments) {
    const parent = department.parent !== null && known.has(department.parent) ? department.parent : null
    children.set(parent, [...(children.get(parent) ?? []), department])
  }
  for (const brothers of children.values()) brothers.sort((a, b) => a.position - b.position || a.name.localeCompare(b.name, 'zh-CN'))

  const inOrder: Branch[] = []
  function walk(parent: string | null, depth: number, path: string[]): number {
    let sum = 0
    for (const department of children.get(parent) ?? []) {
      const here = [...path, department.name]
      const branch: Branch = { department, depth, path: here, total: 0, hasChildren: children.has(department.id) }
      inOrder.push(branch)
      branch.total = department.people + walk(department.id, depth + 1, here)
      sum += branch.total
    }
    return sum
  }
  walk(null, 0, [])
  return inOrder
}

/** The department and all below it; it cannot be moved into any of them. */
export function withBelow(departments: readonly Department[], id: string): Set<string> {
  const found = new Set([id])
  for (const { department } of branches(departments)) {
    if (department.parent !== null && found.has(department.parent)) found.add(department.id)
  }
  return found
}
