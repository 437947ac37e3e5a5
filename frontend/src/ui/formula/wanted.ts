/** What kind of value would fit where one is about to write. */
import type { Functions, Parameter } from '@/lib/formula/function'
import type { Choices, Type } from '@/lib/formula/types'
import { kinds as everyKind } from '@/lib/formula/types'
import type { ObjectScope } from './object_scope'
import type { Part } from './parts'
import { callAround, namesIn } from './parts'
import type { Expected } from './reading'

export interface Wanted {
  /** Null when anything fits. */
  readonly kinds: ReadonlySet<string> | null
  readonly isList: boolean | null
  /** The options of the field compared with. */
  readonly choices: Choices | null
  /** The object of the row at hand, inside FILTER and its like. */
  readonly row: string | null
}

const anything: Wanted = { kinds: null, isList: null, choices: null, row: null }

export function wantedAt(parts: readonly Part[], place: number, scope: ObjectScope, functions: Functions, expects?: Expected): Wanted {
  const before = parts.filter((part) => part.to <= place && part.kind !== 'comment')
  const last = before.at(-1)
  const row = rowAt(parts, place, scope, functions) ?? scope.row
  if (last?.kind === 'sign' && /^(=|==|<>|!=|<=?|>=?|≠|≤|≥)$/.test(last.text)) return { ...anything, ...ofType(typeBefore(before.at(-2), scope, row)), row }
  if (last?.kind === 'sign' && /^[+\-*/%^×÷]$/.test(last.text)) return { ...anything, kinds: new Set(['number', 'date', 'date_time']), isList: false, row }
  if (last?.kind === 'sign' && /^(&&|\|\|)$/.test(last.text)) return { ...anything, kinds: new Set(['boolean', 'choice', 'number', 'date', 'text']), row }
  const call = callAround(parts, place)
  if (call) {
    const found = functions.find(call.function)
    const parameter = found?.overloads.map((one) => parameterAt(one.parameters, call.argument)).find((one) => one !== undefined)
    return parameter ? { ...ofPattern(parameter.pattern), row } : { ...anything, row }
  }
  return before.length === 0 && expects ? { ...anything, kinds: new Set(expects === 'text' ? ['text', 'choice'] : [expects]), row } : { ...anything, row }
}

/** The parameter an argument falls to, where the last ones may repeat. */
export function parameterAt(parameters: readonly Parameter[], argument: number): Parameter | undefined {
  const plain = parameters[argument]
  if (plain) return plain
  const group = parameters.filter((one) => one.repeats)
  const first = parameters.findIndex((one) => one.repeats)
  return group[(argument - first) % Math.max(group.length, 1)]
}

function rowAt(parts: readonly Part[], place: number, scope: ObjectScope, functions: Functions): string | null {
  const call = callAround(parts, place)
  const found = call && functions.find(call.function)
  if (!call || !found?.overloads.some((one) => parameterAt(one.parameters, call.argument)?.perRow)) return null
  const list = parts.find((part) => part.from > call.from && part.kind === 'field')
  const reached = list ? scope.find(namesIn(list.text)) : null
  return reached && 'type' in reached ? reached.type.object : null
}

function typeBefore(part: Part | undefined, scope: ObjectScope, row: string | null): Type | null {
  if (part?.kind !== 'field') return null
  const names = namesIn(part.text)
  const found = scope.find(names)
  if ('type' in found) return found.type
  const inside = row ? scope.inside(row).find(names.slice(1)) : null
  return inside && 'type' in inside ? inside.type : null
}

function ofType(type: Type | null): Partial<Wanted> {
  return type ? { kinds: new Set([type.kind]), isList: type.isList, choices: type.choices } : {}
}

function ofPattern(pattern: string): Wanted {
  const isList = /^list /.test(pattern)
  const name = pattern.replace(/^list /, '')
  const single: Readonly<Record<string, readonly string[]>> = { moment: ['date', 'date_time'], numbers: ['number'], dates: ['date'], date_times: ['date_time'], booleans: ['boolean'] }
  const kinds = single[name] ?? (everyKind.some((one) => one === name) ? [name] : null)
  return { ...anything, kinds: kinds ? new Set(kinds) : null, isList: isList ? true : pattern in single && name !== 'moment' ? null : kinds ? false : null }
}
