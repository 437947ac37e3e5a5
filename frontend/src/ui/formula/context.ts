/** What the editor of a formula must know besides its text. */
import { StateEffect, StateField } from '@codemirror/state'
import type { EditorState } from '@codemirror/state'
import type { Locale } from '@/lib/i18n'
import type { ObjectScope } from './object_scope'
import { readFormula } from './reading'
import type { Expected, Reading } from './reading'
import type { NameOf } from './value_text'

export interface Context {
  readonly scope: ObjectScope
  readonly locale: Locale
  readonly expects: Expected | undefined
  /** What a field holds in the record that is looked at, in words. */
  readonly sampleOf: ((names: readonly string[]) => string | null) | undefined
  /** What a record is called whose id is written down. */
  readonly nameOf?: NameOf
}

export const contextChanged = StateEffect.define<Context>()

const context = StateField.define<Context | null>({
  create: () => null,
  update: (known, { effects }) => effects.reduce<Context | null>((last, effect) => (effect.is(contextChanged) ? effect.value : last), known),
})

/** What the text comes to. */
export const reading = StateField.define<Reading>({
  create: (state) => read(state),
  update: (known, { docChanged, effects, state }) => (docChanged || effects.some((effect) => effect.is(contextChanged)) ? read(state) : known),
})

function read(state: EditorState): Reading {
  const { scope, expects } = contextOf(state)
  return readFormula(state.doc.toString(), scope, expects)
}

export function contextOf(state: EditorState): Context {
  const found = state.field(context, false)
  if (!found) throw new TypeError('The editor was made without its context.')
  return found
}

export function startingWith(first: Context) {
  return [context.init(() => first), reading]
}
