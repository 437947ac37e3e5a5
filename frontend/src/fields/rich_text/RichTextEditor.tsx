/** Writes formatted text as it is seen, with a small toolbar. */
import { EditorContent, useEditor, useEditorState } from '@tiptap/react'
import type { Editor } from '@tiptap/react'
import { Bold, Code, Heading1, Heading2, Italic, Link, List, ListOrdered, Quote, Redo2, RemoveFormatting, Strikethrough, Underline, Undo2 } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { Input } from 'antd'
import { useRef, useState } from 'react'
import { defineMessages } from '@/lib/i18n'
import type { InputProps } from '@/registry/field_kind'
import { Button } from '@/ui/Button'
import { useReplacement } from '@/ui/inputs/TextBox'
import { extensions } from './extensions'
import { isBlank } from './plain'
import styles from './rich_text.module.css'

const useText = defineMessages('rich-text', {
  'zh-CN': {
    toolbar: '格式', bold: '加粗', italic: '斜体', underline: '下划线', strike: '删除线', code: '代码', h1: '一级标题', h2: '二级标题', bullets: '项目符号', numbers: '编号',
    quote: '引用', link: '链接', clear: '清除格式', undo: '撤销', redo: '重做', address: '链接地址', set: '确定', unset: '去掉链接',
  },
  en: {
    toolbar: 'Formatting', bold: 'Bold', italic: 'Italic', underline: 'Underline', strike: 'Strike through', code: 'Code', h1: 'Heading 1', h2: 'Heading 2', bullets: 'Bullets', numbers: 'Numbers',
    quote: 'Quotation', link: 'Link', clear: 'Clear formatting', undo: 'Undo', redo: 'Redo', address: 'Address of the link', set: 'Apply', unset: 'Remove the link',
  },
})

export function RichTextEditor({ value, onChange, id, autoFocus, disabled, invalid, typed, place, ...aria }: InputProps<string>) {
  const sent = useRef(onChange)
  sent.current = onChange
  const editor = useEditor({
    extensions,
    content: value ?? '',
    editable: disabled !== true,
    autofocus: autoFocus ? 'end' : false,
    editorProps: {
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        class: styles.text ?? '',
        ...(id ? { id } : {}),
        ...(invalid ? { 'aria-invalid': 'true' } : {}),
        ...(aria['aria-labelledby'] ? { 'aria-labelledby': aria['aria-labelledby'] } : {}),
        ...(aria['aria-describedby'] ? { 'aria-describedby': aria['aria-describedby'] } : {}),
      },
    },
    onUpdate: ({ editor: after }) => {
      const html = after.getHTML()
      sent.current(isBlank(html) ? null : html)
    },
  })
  useReplacement(typed, (text) => editor.commands.setContent(text, { emitUpdate: true }))
  return (
    <div className={styles.box} data-invalid={invalid || undefined} data-place={place}>
      {disabled !== true && <Toolbar editor={editor} />}
      <EditorContent editor={editor} className={styles.writing ?? ''} />
    </div>
  )
}

function Toolbar({ editor }: { editor: Editor }) {
  const say = useText()
  const [address, setAddress] = useState<string | null>(null)
  const on = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      bold: now.isActive('bold'), italic: now.isActive('italic'), underline: now.isActive('underline'), strike: now.isActive('strike'), code: now.isActive('code'),
      h1: now.isActive('heading', { level: 1 }), h2: now.isActive('heading', { level: 2 }), bullets: now.isActive('bulletList'), numbers: now.isActive('orderedList'),
      quote: now.isActive('blockquote'), link: now.isActive('link'), mayUndo: now.can().undo(), mayRedo: now.can().redo(),
    }),
  })
  const run = () => editor.chain().focus()
  const tools: { name: 'bold' | 'italic' | 'underline' | 'strike' | 'code' | 'h1' | 'h2' | 'bullets' | 'numbers' | 'quote'; Icon: LucideIcon; act: () => boolean }[] = [
    { name: 'bold', Icon: Bold, act: () => run().toggleBold().run() },
    { name: 'italic', Icon: Italic, act: () => run().toggleItalic().run() },
    { name: 'underline', Icon: Underline, act: () => run().toggleUnderline().run() },
    { name: 'strike', Icon: Strikethrough, act: () => run().toggleStrike().run() },
    { name: 'h1', Icon: Heading1, act: () => run().toggleHeading({ level: 1 }).run() },
    { name: 'h2', Icon: Heading2, act: () => run().toggleHeading({ level: 2 }).run() },
    { name: 'bullets', Icon: List, act: () => run().toggleBulletList().run() },
    { name: 'numbers', Icon: ListOrdered, act: () => run().toggleOrderedList().run() },
    { name: 'quote', Icon: Quote, act: () => run().toggleBlockquote().run() },
    { name: 'code', Icon: Code, act: () => run().toggleCode().run() },
  ]
  function setLink(): void {
    const href = (address ?? '').trim()
    if (href !== '') run().extendMarkRange('link').setLink({ href: /^[a-z]+:/i.test(href) ? href : `https://${href}` }).run()
    setAddress(null)
  }
  return (
    <>
      <div className={styles.toolbar} role="toolbar" aria-label={say('toolbar')}>
        {tools.map(({ name, Icon, act }) => (
          <Tool key={name} label={say(name)} Icon={Icon} isOn={on[name]} onClick={act} />
        ))}
        <Tool label={say('link')} Icon={Link} isOn={on.link} onClick={() => setAddress(address === null ? String(editor.getAttributes('link')['href'] ?? '') : null)} />
        <Tool label={say('clear')} Icon={RemoveFormatting} onClick={() => run().unsetAllMarks().clearNodes().run()} />
        <Tool label={say('undo')} Icon={Undo2} isOff={!on.mayUndo} onClick={() => run().undo().run()} />
        <Tool label={say('redo')} Icon={Redo2} isOff={!on.mayRedo} onClick={() => run().redo().run()} />
      </div>
      {address !== null && (
        <div className={styles.link}>
          <Input
            autoFocus
            value={address}
            placeholder="https://"
            aria-label={say('address')}
            onChange={(event) => setAddress(event.target.value)}
            onPressEnter={(event) => {
              event.preventDefault()
              event.stopPropagation()
              setLink()
            }}
          />
          <Button onClick={setLink}>{say('set')}</Button>
          {on.link && (
            <Button
              type="text"
              onClick={() => {
                run().extendMarkRange('link').unsetLink().run()
                setAddress(null)
              }}
            >
              {say('unset')}
            </Button>
          )}
        </div>
      )}
    </>
  )
}

interface ToolProps {
  label: string
  Icon: LucideIcon
  isOn?: boolean
  isOff?: boolean
  onClick: () => void
}

function Tool({ label, Icon, isOn = false, isOff = false, onClick }: ToolProps) {
  return (
    // The words stay selected while a tool is pressed.
    <button type="button" className={styles.tool} aria-label={label} title={label} aria-pressed={isOn} disabled={isOff} onMouseDown={(event) => event.preventDefault()} onClick={onClick}>
      <Icon size={16} aria-hidden />
    </button>
  )
}
