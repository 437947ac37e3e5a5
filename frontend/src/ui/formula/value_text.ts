/** A value of the expression language as people read it. */
import { Day, isoDay, isoMoment, Moment } from '@/lib/formula/calendar'
import { Decimal, numberText } from '@/lib/formula/decimal'
import type { Typed } from '@/lib/formula/typed'
import type { Single, Value } from '@/lib/formula/value'
import { RowValue } from '@/lib/formula/value'
import type { Field } from '@/api/types'
import { formatNumber } from '@/lib/format'
import { defineMessages, labelText } from '@/lib/i18n'
import type { Locale } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { nameKey } from './record_values'

const useText = defineMessages('formula-values', {
  'zh-CN': { yes: '是', no: '否', empty: '空', items: '{{count}} 项', records: '{{count}} 条记录', record: '一条记录' },
  en: { yes: 'Yes', no: 'No', empty: 'empty', items: '{{count}} items', records: '{{count}} records', record: 'a record' },
})

const mostItems = 3

/** What a record is called whose id alone is known. */
export type NameOf = (id: string) => string | null

export function valueText(value: Value, of: Typed['type'], locale: Locale, nameOf?: NameOf): string {
  if (Array.isArray(value)) return listText(value, of, locale, nameOf)
  return singleText(value as Single, of, locale, nameOf)
}

function listText(items: readonly Single[], of: Typed['type'], locale: Locale, nameOf?: NameOf): string {
  if (items.some((one) => one instanceof RowValue && nameIn(one) === null)) return useText.say('records', { count: items.length })
  if (items.length === 0 || items.length > mostItems) return useText.say(of.kind === 'record' ? 'records' : 'items', { count: items.length })
  return items.map((one) => singleText(one, of, locale, nameOf)).join(locale === 'en' ? ', ' : '、')
}

function nameIn(value: RowValue): string | null {
  const name = value.fields.get(nameKey)
  return typeof name === 'string' ? name : null
}

function singleText(value: Single, { kind, choices }: Typed['type'], locale: Locale, nameOf?: NameOf): string {
  if (value === null || value === '') return useText.say('empty')
  if (typeof value === 'boolean') return useText.say(value ? 'yes' : 'no')
  if (value instanceof Decimal) return formatNumber(Number(numberText(value)))
  if (value instanceof Day) return isoDay(value)
  if (value instanceof Moment) return new Date(isoMoment(value)).toLocaleString(locale === 'en' ? 'en-GB' : 'zh-CN', { dateStyle: 'short', timeStyle: 'short' })
  if (value instanceof RowValue) return nameIn(value) ?? nameOf?.(value.id) ?? useText.say('record')
  if (kind === 'record') return nameOf?.(value) ?? useText.say('record')
  return kind === 'choice' ? labelText(choices?.labels.get(value), locale) || value : value
}

/** As the field that will hold it shows it: money as money. */
export function heldText(value: Value, field: Field, of: Typed['type'], locale: Locale): string {
  const kind = kindOf(field)
  if (value === null || Array.isArray(value)) return valueText(value, of, locale)
  if (value instanceof Decimal) return kind.format(Number(numberText(value)), field, locale)
  if (value instanceof Day) return kind.format(isoDay(value), field, locale)
  if (value instanceof Moment) return kind.format(isoMoment(value), field, locale)
  return kind.holds === 'boolean' ? kind.format(value, field, locale) : valueText(value, of, locale)
}
