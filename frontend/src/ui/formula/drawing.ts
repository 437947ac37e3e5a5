/** How the text of a formula is drawn: fields as chips, functions and texts in colour, mistakes underlined. */
import { RangeSetBuilder } from '@codemirror/state'
import type { EditorState } from '@codemirror/state'
import { Decoration, EditorView, ViewPlugin, WidgetType } from '@codemirror/view'
import type { DecorationSet, ViewUpdate } from '@codemirror/view'
import { Link2, List, Rows3, TriangleAlert } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { rowWords } from '@/lib/formula/parse'
import { unitAt } from '@/lib/formula/text'
import { defineMessages, labelText } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { contextChanged, contextOf, reading } from './context'
import { iconNode } from './icon_node'
import { namesIn, partsOf } from './parts'

class FieldChip extends WidgetType {
  private readonly label: string
  private readonly icon: LucideIcon
  private readonly isKnown: boolean

  constructor(label: string, icon: LucideIcon, isKnown: boolean) {
    super()
    this.label = label
    this.icon = icon
    this.isKnown = isKnown
  }

  override eq(other: FieldChip): boolean {
    return other.label === this.label && other.icon === this.icon && other.isKnown === this.isKnown
  }

  override toDOM(): HTMLElement {
    const chip = document.createElement('span')
    chip.className = 'cm-formula-chip'
    if (!this.isKnown) chip.dataset['unknown'] = 'true'
    chip.append(iconNode(this.icon), this.label)
    return chip
  }

  override ignoreEvent(): boolean {
    return false
  }
}

const useText = defineMessages('formula-chip', { 'zh-CN': { candidate: '可选的{{object}}' }, en: { candidate: '{{object}} to choose' } })

function chipOf(state: EditorState, written: string): FieldChip {
  const { scope, locale } = contextOf(state)
  const names = namesIn(written)
  const [first = ''] = names
  if (rowWords.has(first.toLowerCase())) {
    const inside = scope.row === null ? null : scope.inside(scope.row)
    const called = inside ? [useText.say('candidate', { object: labelText(inside.object.label, locale) }), ...inside.labels(names.slice(1), locale)] : names
    return new FieldChip(called.join(' › '), Rows3, true)
  }
  const path = scope.path(names)
  if ('unknown' in path) return new FieldChip(names.join(' › '), TriangleAlert, false)
  return new FieldChip(scope.labels(names, locale).join(' › '), path.field ? kindOf(path.field).icon : List, true)
}

/** What the record is called whose id a text is. */
function nameWritten(state: EditorState, written: string): string | null {
  return contextOf(state).nameOf?.(written.slice(1, -1)) ?? null
}

const marks = Object.fromEntries(['call', 'text', 'number', 'comment'].map((kind) => [kind, Decoration.mark({ class: `cm-formula-${kind}` })]))
const wrong = Decoration.mark({ class: 'cm-formula-wrong' })
const unfinished = Decoration.mark({ class: 'cm-formula-unfinished' })

function drawn(view: EditorView): { words: DecorationSet; chips: DecorationSet } {
  const { state } = view
  const cursor = state.selection.main
  const words = new RangeSetBuilder<Decoration>()
  const chips = new RangeSetBuilder<Decoration>()
  for (const part of partsOf(state.doc.toString())) {
    const isWrittenIn = cursor.empty && cursor.head > part.from && cursor.head < part.to
    if (part.kind === 'field' && part.to - part.from > 2 && !isWrittenIn) chips.add(part.from, part.to, Decoration.replace({ widget: chipOf(state, part.text) }))
    else if (part.kind === 'text' && !isWrittenIn && nameWritten(state, part.text) !== null) chips.add(part.from, part.to, Decoration.replace({ widget: new FieldChip(nameWritten(state, part.text) ?? '', Link2, true) }))
    else if (marks[part.kind]) words.add(part.from, part.to, marks[part.kind] as Decoration)
  }
  return { words: words.finish(), chips: chips.finish() }
}

const parts = ViewPlugin.fromClass(
  class {
    words: DecorationSet
    chips: DecorationSet

    constructor(view: EditorView) {
      ;({ words: this.words, chips: this.chips } = drawn(view))
    }

    update(update: ViewUpdate): void {
      const isOther = update.transactions.some((one) => one.effects.some((effect) => effect.is(contextChanged)))
      if (update.docChanged || update.selectionSet || isOther) ({ words: this.words, chips: this.chips } = drawn(update.view))
    }
  },
  {
    provide: (plugin) => [
      EditorView.decorations.of((view) => view.plugin(plugin)?.words ?? Decoration.none),
      EditorView.decorations.of((view) => view.plugin(plugin)?.chips ?? Decoration.none),
      EditorView.atomicRanges.of((view) => view.plugin(plugin)?.chips ?? Decoration.none),
    ],
  },
)

const mistakes = EditorView.decorations.compute([reading], (state) => {
  const { problem, text } = state.field(reading)
  if (!problem || text === '') return Decoration.none
  const from = unitAt(text, problem.span[0])
  const to = unitAt(text, problem.span[1])
  const [start, end] = to > from ? [from, to] : [Math.max(0, Math.min(from, text.length) - 1), Math.min(Math.max(from, 1), text.length)]
  return Decoration.set((problem.isUnfinished ? unfinished : wrong).range(start, end))
})

export const drawing = [mistakes, parts]
