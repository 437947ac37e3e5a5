/** The usual conditions on what a link may point to, ready to be taken: the same account, only what is switched on. */
import { labelText, useLocale } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { builtInObjects } from '@/ui/formula/built_in'
import { targetOfField } from '@/ui/formula/object_scope'
import type { DraftField, DraftObject } from '../draft_view'
import { useText } from './text'

export interface Way {
  /** By API names. */
  text: string
  said: string
}

const most = 4

export function useWays(object: DraftObject, objects: readonly DraftObject[], link: DraftField | null): Way[] {
  const say = useText()
  const locale = useLocale()
  if (!link) return []
  const goal = targetOfField(link)
  const target = [...objects, ...builtInObjects].find((one) => one.name === goal)
  const living = (target?.fields ?? []).filter((field) => field.retired_at === null && field.name !== 'id')
  const own = object.fields.filter((field) => field.retired_at === null && field.name !== link.name && (!field.system || field.name === 'owner'))
  const same = living.flatMap((theirs) => {
    const to = targetOfField(theirs)
    if (to === null || (theirs.system && theirs.name !== 'owner')) return []
    return own.filter((mine) => targetOfField(mine) === to).map((mine) => ({ text: `{CurrentValue.${theirs.name}} = {${mine.name}}`, said: say('way_same', { theirs: labelText(theirs.label, locale), mine: labelText(mine.label, locale) }) }))
  })
  const on = living.filter((field) => kindOf(field).holds === 'boolean').map((field) => ({ text: `{CurrentValue.${field.name}}`, said: say('way_on', { field: labelText(field.label, locale) }) }))
  return [...same, ...on].slice(0, most)
}
