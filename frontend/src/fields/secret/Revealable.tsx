/** Shows a secret for a while to somebody who asks. */
import { useMutation } from '@tanstack/react-query'
import { Eye, X } from 'lucide-react'
import { useEffect } from 'react'
import { revealSecret } from '@/api/records'
import { mask } from './mask'
import { useText } from './messages'
import styles from './secret.module.css'

/** How long it stays on the screen. */
const shownMilliseconds = 30_000

export function Revealable({ object, id, name }: { object: string; id: string; name: string }) {
  const say = useText()
  const reveal = useMutation({ mutationFn: () => revealSecret(object, id, name), gcTime: 0 })
  const { data, reset } = reveal
  useEffect(() => {
    if (data === undefined) return
    const timer = window.setTimeout(reset, shownMilliseconds)
    return () => window.clearTimeout(timer)
  }, [data, reset])
  return (
    <span className={styles.secret}>
      <span className={data === undefined ? undefined : styles.text} aria-live="polite">
        {reveal.isError ? say('failed') : (data ?? mask)}
      </span>
      <button type="button" className={styles.deed} title={say('recorded')} disabled={reveal.isPending} onClick={() => (data === undefined ? reveal.mutate() : reset())}>
        {data === undefined ? <Eye size={14} aria-hidden /> : <X size={14} aria-hidden />}
        {say(data === undefined ? 'reveal' : 'hide')}
      </button>
    </span>
  )
}
