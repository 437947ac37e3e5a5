/** Draws formatted text by the editor's own rules: what they do not know is not drawn. */
import { EditorContent, useEditor } from '@tiptap/react'
import { extensions } from './extensions'
import styles from './rich_text.module.css'

export function Drawn({ html }: { html: string }) {
  const editor = useEditor({ extensions, content: html, editable: false }, [html])
  return <EditorContent editor={editor} className={styles.text ?? ''} />
}
