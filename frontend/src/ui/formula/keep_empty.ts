/** Empty as empty: said by a function around the whole of a formula. */
import { toJson } from '@/lib/formula/json-form'
import { apiNames } from '@/lib/formula/names'
import { stored } from '@/lib/formula/typed'
import type { Typed } from '@/lib/formula/typed'
import { write } from '@/lib/formula/write'
import type { ObjectScope } from './object_scope'
import { readFormula } from './reading'

const around = /^\s*[\p{L}_]+\s*[(（]([\s\S]*)[)）]\s*$/u

/** Whether all of the formula keeps empty values empty. */
export function keepsEmpty(typed: Typed | null): boolean {
  return typed?.call?.function.keepsEmpty === true
}

/** The formula with empty values kept empty, or counted as 0 again; notes and lines stay as they were written. */
export function withEmpty(text: string, isKept: boolean, scope: ObjectScope): string {
  // A note at the end of a line would take the bracket with it.
  if (isKept) return `KEEPEMPTY(${text}${text.includes('//') ? '\n' : ''})`
  const { typed } = readFormula(text, scope)
  const [inner] = typed?.arguments ?? []
  if (!typed || !inner || !keepsEmpty(typed)) return text
  const taken = around.exec(text)?.[1]?.trim() ?? ''
  const read = readFormula(taken, scope).typed
  return read && treeOf(read) === treeOf(inner) ? taken : write(inner, apiNames)
}

function treeOf(typed: Typed): string {
  return JSON.stringify(toJson(stored(typed)))
}
