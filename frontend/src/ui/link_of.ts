/** Links that formulas make, as fields show them. What people typed is never one. */
import type { Field } from '@/api/types'
import { linkIn } from '@/lib/formula/link-text'
import type { LinkText } from '@/lib/formula/link-text'

export function linkOf(value: string, field: Field): LinkText | null {
  return field.computed ? linkIn(value) : null
}

/** Whether it opens a page rather than a letter. */
export function isOutside({ href }: LinkText): boolean {
  return /^http/i.test(href)
}
