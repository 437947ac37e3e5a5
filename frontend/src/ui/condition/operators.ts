/** Tests of a condition in words. Days are before and after, figures less and greater. */
import type { Field } from '@/api/types'
import { defineMessages } from '@/lib/i18n'

const useText = defineMessages('operators', {
  'zh-CN': {
    eq: '等于', ne: '不等于', in: '是其中之一', not_in: '不是其中任何一个', lt: '小于', lte: '不大于', gt: '大于', gte: '不小于', between: '介于',
    before: '早于', until: '不晚于', after: '晚于', since: '不早于', contains: '包含', not_contains: '不包含', starts_with: '开头是', ends_with: '结尾是',
    is_empty: '为空', is_not_empty: '不为空', has_any: '含任一', has_all: '含全部', has_none: '都不含', within: '在时间段', is_me: '是我',
    in_my_department: '在我的部门', has_me: '包含我', has_my_department: '含我部门的', has_my_people: '含我的下属', reports_to_me: '是我的下属', kind_in: '性质是', under: '属于', near: '在附近', has_key: '含有键',
  },
  en: {
    eq: 'is', ne: 'is not', in: 'is one of', not_in: 'is none of', lt: 'is less than', lte: 'is at most', gt: 'is more than', gte: 'is at least', between: 'is between',
    before: 'is before', until: 'is on or before', after: 'is after', since: 'is on or after', contains: 'contains', not_contains: 'does not contain', starts_with: 'starts with', ends_with: 'ends with',
    is_empty: 'is empty', is_not_empty: 'is not empty', has_any: 'has any of', has_all: 'has all of', has_none: 'has none of', within: 'is within', is_me: 'is me',
    in_my_department: 'is in my department', has_me: 'include me', has_my_department: 'include somebody of my department', has_my_people: 'include my people', reports_to_me: 'reports to me', kind_in: 'is of kind', under: 'is in or below', near: 'is near', has_key: 'has the key',
  },
})

type Word = Parameters<typeof useText.say>[0]
const dayWords: Record<string, Word> = { lt: 'before', lte: 'until', gt: 'after', gte: 'since' }
const severalWords: Record<string, Word> = { is_me: 'has_me', in_my_department: 'has_my_department', reports_to_me: 'has_my_people' }
const signs: Record<string, string> = { eq: '=', ne: '≠', lt: '<', lte: '≤', gt: '>', gte: '≥', in: '=', within: '=', kind_in: '=', under: '=', near: '=' }

function isDay(field: Field): boolean {
  return field.operators.includes('within')
}

export function operatorText(op: string, field: Field): string {
  return useText.say((isDay(field) ? dayWords[op] : field.operators.includes('has_any') ? severalWords[op] : undefined) ?? (op as Word))
}

/** As short as a chip needs it. */
export function operatorSign(op: string, field: Field): string {
  return (isDay(field) && dayWords[op] ? null : signs[op]) ?? operatorText(op, field)
}

/** The test one most likely means: a span for days, any of several for options, a part for text. */
export function firstOperator(field: Field): string {
  const wished = ['near', 'has_key', 'under', 'within', 'in', 'has_any', 'contains', 'gte', 'eq']
  const listed = field.options.choices || field.options.target || field.operators.includes('is_me') ? wished : wished.filter((op) => op !== 'in')
  return listed.find((op) => field.operators.includes(op)) ?? field.operators[0] ?? 'eq'
}

/** Whether a value entered for one test still fits another one. */
export function sameShape(a: string, b: string): boolean {
  const shape = (op: string): string => {
    if (['in', 'not_in', 'has_any', 'has_all', 'has_none', 'under'].includes(op)) return 'list'
    return ['between', 'within', 'near', 'kind_in', 'is_empty', 'is_not_empty', 'is_me', 'in_my_department', 'reports_to_me'].includes(op) ? op : 'one'
  }
  return shape(a) === shape(b)
}
