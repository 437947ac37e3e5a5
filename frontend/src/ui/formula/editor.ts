/** CodeMirror as a React hook: text in, text out, and what the cursor is at. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, startCompletion } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching } from '@codemirror/language'
import { Compartment, EditorState } from '@codemirror/state'
import { drawSelection, EditorView, keymap, placeholder as placeholderText, tooltips } from '@codemirror/view'
import { complete, looks } from './completion'
import type { Context } from './context'
import { contextChanged, reading, startingWith } from './context'
import { drawing } from './drawing'
import { keptText, shownText } from './reading'
import { theme } from './theme'

export interface Editing {
  host: RefObject<HTMLDivElement | null>
  /** As it stands in the box. */
  text: string
  cursor: number
  isFocused: boolean
  insert: (text: string, back?: number) => void
  replace: (from: number, to: number, text: string) => void
  select: (from: number, to: number) => void
  replaceAll: (text: string) => void
}

export interface EditorProps {
  context: Context
  value: string
  onChange: (text: string) => void
  label: string
  placeholder: string
  autoFocus: boolean
  lines: number
}

const mostLines = 12

export function useEditor({ context, value, onChange, label, placeholder, autoFocus, lines }: EditorProps): Editing {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const [words] = useState(() => new Compartment())
  const [shown, setShown] = useState(() => ({ text: shownText(value, context.scope, context.locale), cursor: 0, isFocused: false }))
  // What was handed on and comes back must not disturb what is being typed.
  const handedOn = useRef(value)
  const seen = useRef({ value, locale: context.locale })
  const latest = useRef({ context, onChange, value })
  useEffect(() => {
    latest.current = { context, onChange, value }
  })

  useEffect(() => {
    if (!host.current) return undefined
    const { context: first, value: start } = latest.current
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: shownText(start, first.scope, first.locale),
        extensions: [
          startingWith(first), history(), drawSelection(), bracketMatching(), closeBrackets(), drawing, theme, EditorView.lineWrapping, tooltips({ parent: document.body }),
          EditorState.languageData.of(() => [{ closeBrackets: { brackets: ['(', '[', '"'] } }]),
          autocompletion({ override: [complete], icons: false, addToOptions: looks, activateOnTypingDelay: 60, maxRenderedOptions: 60 }),
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
          words.of([]),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged && !update.selectionSet && !update.focusChanged) return
            const text = update.state.doc.toString()
            setShown({ text, cursor: update.state.selection.main.head, isFocused: update.view.hasFocus })
            const isOurs = update.transactions.some((one) => one.effects.some((effect) => effect.is(contextChanged)))
            if (!update.docChanged || isOurs) return
            handedOn.current = keptText(update.state.field(reading))
            latest.current.onChange(handedOn.current)
          }),
        ],
      }),
    })
    view.current = made
    return () => {
      view.current = null
      made.destroy()
    }
  }, [words])

  useEffect(() => {
    view.current?.dispatch({
      effects: words.reconfigure([
        placeholderText(placeholder),
        EditorView.contentAttributes.of({ 'aria-label': label, 'aria-multiline': 'true', autocapitalize: 'off', autocorrect: 'off', spellcheck: 'false' }),
        EditorView.theme({ '.cm-content': { minHeight: `${lines * 28 + 12}px` }, '.cm-scroller': { maxHeight: `${Math.max(lines, mostLines) * 28 + 12}px` } }),
      ]),
    })
  }, [words, placeholder, label, lines])

  useEffect(() => {
    if (autoFocus) view.current?.focus()
  }, [autoFocus])

  // Another language or other objects: the same formula in other words.
  useEffect(() => {
    const here = view.current
    if (!here) return
    const known = here.state.doc.toString()
    const isNew = value !== seen.current.value && value !== handedOn.current
    const isTranslated = context.locale !== seen.current.locale
    seen.current = { value, locale: context.locale }
    if (isNew) handedOn.current = value
    const wanted = isNew || isTranslated ? shownText(isNew ? value : known, context.scope, context.locale) : known
    const changes = wanted === known ? {} : { changes: { from: 0, to: known.length, insert: wanted }, selection: { anchor: wanted.length } }
    here.dispatch({ effects: contextChanged.of(context), ...changes })
  }, [context, value])

  const replace = useCallback((from: number, to: number, text: string) => {
    view.current?.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length }, scrollIntoView: true })
    view.current?.focus()
  }, [])
  const insert = useCallback((text: string, back = 0) => {
    const here = view.current
    if (!here) return
    const { from, to } = here.state.selection.main
    here.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length - back }, scrollIntoView: true })
    here.focus()
    if (back > 0) startCompletion(here)
  }, [])
  const select = useCallback((from: number, to: number) => {
    view.current?.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true })
    view.current?.focus()
  }, [])
  const replaceAll = useCallback((text: string) => replace(0, view.current?.state.doc.length ?? 0, text), [replace])
  return { host, ...shown, insert, replace, select, replaceAll }
}
