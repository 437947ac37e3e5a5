/** Shows the notices of `toast`, one line each; hover or focus holds them. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { defineMessages } from '@/lib/i18n'
import { toast } from './toast'
import type { ShownToast } from './toast'
import styles from './ToastHost.module.css'

const useText = defineMessages('toast', {
  'zh-CN': { undo: '撤销', close: '关闭', notices: '通知' },
  en: { undo: 'Undo', close: 'Close', notices: 'Notices' },
})
const staying = 5000

function Notice({ notice }: { notice: ShownToast }) {
  const say = useText()
  const [isHeld, setIsHeld] = useState(false)
  const stays = notice.tone === 'danger'
  useEffect(() => {
    if (isHeld || stays) return undefined
    const timer = setTimeout(() => toast.close(notice.id), staying)
    return () => clearTimeout(timer)
  }, [isHeld, stays, notice.id])
  return (
    <div
      className={styles.notice}
      role={stays ? 'alert' : 'status'}
      onMouseEnter={() => setIsHeld(true)}
      onMouseLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      {notice.tone === 'danger' && <CircleAlert size={16} aria-hidden />}
      {notice.tone === 'success' && <CircleCheck size={16} aria-hidden />}
      <span className={styles.text}>{notice.text}</span>
      {notice.undo && (
        <button
          type="button"
          className={styles.undo}
          onClick={() => {
            notice.undo?.()
            toast.close(notice.id)
          }}
        >
          {say('undo')}
        </button>
      )}
      <button type="button" className={styles.close} aria-label={say('close')} onClick={() => toast.close(notice.id)}>
        <X size={14} aria-hidden />
      </button>
    </div>
  )
}

export function ToastHost() {
  const say = useText()
  const notices = useSyncExternalStore(toast.subscribe, toast.shown)
  return (
    <div className={styles.host} role="region" aria-label={say('notices')}>
      {notices.map((notice) => (
        <Notice key={notice.id} notice={notice} />
      ))}
    </div>
  )
}
