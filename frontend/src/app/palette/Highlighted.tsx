/** A text with the part that was searched for standing out. */
import styles from './Palette.module.css'

export function Highlighted({ text, question }: { text: string; question: string }) {
  const at = question === '' ? -1 : text.toLowerCase().indexOf(question.toLowerCase())
  if (at < 0) return <>{text}</>
  return (
    <>
      {text.slice(0, at)}
      <mark className={styles.mark}>{text.slice(at, at + question.length)}</mark>
      {text.slice(at + question.length)}
    </>
  )
}
