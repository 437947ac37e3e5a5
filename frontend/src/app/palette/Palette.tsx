/** One field for everything: records by name, code, pinyin or initials, pages, deeds. */
import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { Search } from 'lucide-react'
import { useObjects } from '@/api/objects'
import type { Me, ObjectDefinition } from '@/api/types'
import { useRested } from '@/lib/hooks'
import { defineMessages, useLabel } from '@/lib/i18n'
import { Chip } from '@/ui/Chip'
import { Kbd } from '@/ui/Kbd'
import { readQuestion } from './entries'
import type { Entry, Section } from './entries'
import { Highlighted } from './Highlighted'
import { useDeedEntries } from './useDeedEntries'
import { usePlaceEntries } from './usePlaceEntries'
import { useRecordEntries } from './useRecordEntries'
import styles from './Palette.module.css'

const useText = defineMessages('palette', {
  'zh-CN': {
    title: '搜索或跳转',
    placeholder: '名称、编号、拼音或首字母',
    everything: '全部',
    narrow: '限定数据',
    recent: '最近打开',
    records: '记录',
    pages: '页面',
    deeds: '操作',
    pinyin: '拼音首字母也能找',
    choose: '选择',
    open: '打开',
    drawer: '在侧栏打开',
    onlyDeeds: '只看操作',
    count: '{{count}} 个结果',
    nothing: '没有找到“{{question}}”。换个说法，或用拼音首字母试试。',
    searching: '正在查找…',
    close: '取消',
  },
  en: {
    title: 'Search or go to',
    placeholder: 'Name, number or initials',
    everything: 'All',
    narrow: 'Narrow',
    recent: 'Opened last',
    records: 'Records',
    pages: 'Pages',
    deeds: 'Actions',
    pinyin: 'Pinyin initials work too',
    choose: 'Choose',
    open: 'Open',
    drawer: 'Open in drawer',
    onlyDeeds: 'Actions only',
    count: '{{count}} results',
    count_one: 'One result',
    nothing: 'Nothing found for “{{question}}”. Try other words or initials.',
    searching: 'Searching…',
    close: 'Cancel',
  },
})
const fewPages = 5
const fewDeeds = 6

export function Palette({ me, onClose }: { me: Me; onClose: () => void }) {
  const say = useText()
  const label = useLabel()
  const listId = useId()
  const objects = useObjects()
  const [text, setText] = useState('')
  const [narrowed, setNarrowed] = useState<ObjectDefinition | null>(null)
  const [at, setAt] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const { question, onlyDeeds } = readQuestion(text)
  const rested = useRested(question, 120)

  const { entries: records, isSearching } = useRecordEntries(rested, narrowed, onlyDeeds)
  const pages = usePlaceEntries(me, question, narrowed)
  const deeds = useDeedEntries(question, records[0], narrowed)
  const sections: Section[] = [
    { key: question === '' ? ('recent' as const) : ('records' as const), entries: records },
    { key: 'pages' as const, entries: onlyDeeds ? [] : pages.slice(0, question === '' ? pages.length : fewPages) },
    { key: 'deeds' as const, entries: onlyDeeds ? deeds : deeds.slice(0, fewDeeds) },
  ].filter((section) => section.entries.length > 0)
  const entries = sections.flatMap((section) => section.entries)
  const chosenAt = Math.min(at, entries.length - 1)
  const chosen = entries[chosenAt]

  useEffect(() => {
    const before = document.activeElement instanceof HTMLElement ? document.activeElement : null
    input.current?.focus()
    return () => before?.focus()
  }, [])
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [chosenAt])

  function go(entry: Entry | undefined, inDrawer = false): void {
    if (!entry) return
    onClose()
    if (inDrawer && entry.openInDrawer) entry.openInDrawer()
    else entry.open()
  }
  function narrow(): void {
    if (narrowed) {
      setNarrowed(null)
      return
    }
    const byName = objects.find((object) => question !== '' && label(object.label).toLowerCase().startsWith(question.toLowerCase()))
    const target = byName ?? chosen?.object ?? objects.find((object) => object.rights.see)
    if (!target) return
    setNarrowed(target)
    if (byName) setText('')
    setAt(0)
  }
  function listen(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    const deed: Record<string, () => void> = {
      ArrowDown: () => setAt((chosenAt + 1) % Math.max(1, entries.length)),
      ArrowUp: () => setAt((chosenAt - 1 + entries.length) % Math.max(1, entries.length)),
      Enter: () => go(chosen, event.ctrlKey || event.metaKey),
      Tab: narrow,
      Escape: onClose,
    }
    if (event.key === 'Backspace' && text === '' && narrowed) setNarrowed(null)
    const act = deed[event.key]
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }

  return (
    <div className={styles.scrim} data-blocks-keys onMouseDown={(event) => event.target === event.currentTarget && onClose()}>
      <div className={styles.palette} role="dialog" aria-modal aria-label={say('title')} onKeyDown={listen}>
        <div className={styles.head}>
          <Search size={18} aria-hidden />
          {narrowed && (
            <Chip hue={narrowed.color} onRemove={() => setNarrowed(null)}>
              {label(narrowed.label)}
            </Chip>
          )}
          <input
            ref={input}
            className={styles.input}
            role="combobox"
            aria-expanded
            aria-controls={listId}
            aria-activedescendant={chosen ? `${listId}-${chosenAt}` : undefined}
            aria-label={say('title')}
            placeholder={say('placeholder')}
            value={text}
            spellCheck={false}
            autoComplete="off"
            enterKeyHint="go"
            onChange={(event) => {
              setText(event.target.value)
              setAt(0)
            }}
          />
          <span className={styles.narrow}>
            {!narrowed && <span className={styles.all}>{say('everything')}</span>}
            <Kbd>Tab</Kbd>
            {say('narrow')}
          </span>
          <button type="button" className={styles.close} onClick={onClose}>
            {say('close')}
          </button>
        </div>
        <div className={styles.list} role="listbox" id={listId} ref={list} aria-label={say('title')}>
          {sections.map((section) => (
            <div key={section.key} role="group" aria-label={say(section.key)}>
              <div className={styles.heading} aria-hidden>
                <span>{say(section.key)}</span>
                {section.key === 'records' && <span>{say('pinyin')}</span>}
              </div>
              {section.entries.map((entry) => {
                const index = entries.indexOf(entry)
                return (
                  <div
                    key={entry.key}
                    id={`${listId}-${index}`}
                    role="option"
                    aria-selected={index === chosenAt}
                    className={styles.entry}
                    onMouseMove={() => setAt(index)}
                    onClick={(event) => go(entry, event.ctrlKey || event.metaKey)}
                  >
                    <span className={styles.icon}>{entry.icon}</span>
                    <span className={styles.name}>
                      <Highlighted text={entry.name} question={question} />
                    </span>
                    {entry.note && <span className={styles.note}>{entry.note}</span>}
                    <span className={styles.end}>
                      {entry.end}
                      {index === chosenAt && <Kbd>↵</Kbd>}
                    </span>
                  </div>
                )
              })}
            </div>
          ))}
          {entries.length === 0 && <p className={styles.nothing}>{isSearching || rested !== question ? say('searching') : say('nothing', { question })}</p>}
        </div>
        <footer className={styles.foot}>
          <span>
            <Kbd>↑</Kbd>
            <Kbd>↓</Kbd>
            {say('choose')}
          </span>
          <span>
            <Kbd>↵</Kbd>
            {say('open')}
          </span>
          <span>
            <Kbd>Ctrl ↵</Kbd>
            {say('drawer')}
          </span>
          <span>
            <Kbd>{'>'}</Kbd>
            {say('onlyDeeds')}
          </span>
          <span className={styles.count} role="status">
            {question !== '' && say('count', { count: entries.length })}
          </span>
        </footer>
      </div>
    </div>
  )
}
