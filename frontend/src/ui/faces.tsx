/** The faces a list shows when it has no rows to show: first use, nothing matches, loading, failed, no access, offline. */
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useMutationState } from '@tanstack/react-query'
import { Copy, Lock, RotateCw, SearchX, Unplug, WifiOff } from 'lucide-react'
import { clockTime } from '@/lib/format'
import { useHeld } from '@/lib/hooks'
import { defineMessages } from '@/lib/i18n'
import { Problem, problemText } from '@/api/problem'
import { Button } from './Button'
import { toast } from './toast'
import styles from './faces.module.css'

const useText = defineMessages('faces', {
  'zh-CN': {
    nothing: '没有符合的内容',
    nothingHelp: '换一个说法，或去掉一个条件。',
    loading: '正在加载',
    failed: '没能取到内容',
    kept: '你的筛选和选择都还在。',
    retry: '再试一次',
    reference: '编号 {{id}} · {{time}}',
    copy: '复制编号',
    copied: '编号已复制',
    noAccess: '你看不到这里',
    noAccessHelp: '你的角色没有这一部分的权限。请找管理员开通。',
    offline: '网络断开，显示的是 {{time}} 的数据',
    offlineNow: '网络断开，恢复后会自动继续',
    waiting: '{{count}} 处修改等网络恢复后保存',
  },
  en: {
    nothing: 'Nothing matches',
    nothingHelp: 'Try other words, or drop a condition.',
    loading: 'Loading',
    failed: 'This could not be loaded',
    kept: 'Your filters and selection are kept.',
    retry: 'Try again',
    reference: 'Reference {{id}} · {{time}}',
    copy: 'Copy reference',
    copied: 'Reference copied',
    noAccess: 'You cannot see this',
    noAccessHelp: 'None of your roles opens this part. An administrator can grant it.',
    offline: 'Offline. Showing what was here at {{time}}',
    offlineNow: 'Offline. Work goes on by itself when the network is back',
    waiting: '{{count}} changes wait to be saved',
    waiting_one: '{{count}} change waits to be saved',
  },
})

export interface FaceProps {
  icon?: ReactNode
  title?: ReactNode
  text?: ReactNode
  actions?: ReactNode
  /** Quieter ways on, under the actions. */
  children?: ReactNode
}

type Tone = 'accent' | 'quiet' | 'danger'

function Face({ icon, title, text, actions, children, tone }: FaceProps & { tone: Tone }) {
  return (
    <div className={styles.face}>
      {icon && (
        <span className={styles.icon} data-tone={tone} aria-hidden>
          {icon}
        </span>
      )}
      <h2 className={styles.title}>{title}</h2>
      {text && <p className={styles.text}>{text}</p>}
      {actions && <div className={styles.actions}>{actions}</div>}
      {children && <div className={styles.more}>{children}</div>}
    </div>
  )
}

/** Nothing here yet: what it is for, and ways to begin. */
export function FirstUse(props: FaceProps) {
  return <Face tone="accent" {...props} />
}

/** Conditions leave nothing over. */
export function NothingMatches({ icon, title, text, ...rest }: FaceProps) {
  const say = useText()
  return <Face tone="quiet" icon={icon ?? <SearchX size={20} />} title={title ?? say('nothing')} text={text ?? say('nothingHelp')} {...rest} />
}

export function NoAccess({ icon, title, text, ...rest }: FaceProps) {
  const say = useText()
  return <Face tone="quiet" icon={icon ?? <Lock size={20} />} title={title ?? say('noAccess')} text={text ?? say('noAccessHelp')} {...rest} />
}

export interface FailedProps {
  problem: unknown
  onRetry?: () => void
  title?: ReactNode
  actions?: ReactNode
}

export function Failed({ problem, onRetry, title, actions }: FailedProps) {
  const say = useText()
  const [at] = useState(() => new Date())
  const id = problem instanceof Problem ? problem.requestId : null
  if (problem instanceof Problem && problem.status === 403) return <NoAccess text={problem.message} actions={actions} />
  return (
    <div role="alert" className={styles.alert}>
      <Face
        tone="danger"
        icon={<Unplug size={20} />}
        title={title ?? say('failed')}
        text={`${problemText(problem)}${onRetry ? ` ${say('kept')}` : ''}`}
        actions={
          <>
            {onRetry && (
              <Button icon={<RotateCw size={16} />} onClick={onRetry}>
                {say('retry')}
              </Button>
            )}
            {actions}
          </>
        }
      >
        {id && (
          <button
            type="button"
            className={styles.reference}
            title={say('copy')}
            onClick={() => {
              void navigator.clipboard?.writeText(id).then(() => toast.show({ text: say('copied') }))
            }}
          >
            {say('reference', { id, time: clockTime(at) })}
            <Copy size={12} aria-hidden />
          </button>
        )}
      </Face>
    </div>
  )
}

/** Skeleton rows, shown only when loading takes longer than a blink. */
export function LoadingRows({ rows = 8, columns = 4 }: { rows?: number; columns?: number }) {
  const say = useText()
  const isShown = useHeld(true)
  if (!isShown) return <div className={styles.rows} />
  return (
    <div className={styles.rows} role="status" aria-label={say('loading')}>
      <div className={styles.bar} />
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles.row} style={{ opacity: 1 - row / (rows + 1) }}>
          {Array.from({ length: columns }, (_each, column) => (
            <span key={column} style={{ width: `${[58, 66, 44, 36][(row + column) % 4] ?? 50}%` }} />
          ))}
        </div>
      ))}
    </div>
  )
}

/** A thin bar on top while rows that are already shown are read again. */
export function Refreshing({ isOn }: { isOn: boolean }) {
  const isShown = useHeld(isOn)
  return isShown ? <div className={styles.bar} role="progressbar" /> : null
}

export function useIsOnline(): boolean {
  const [isOnline, setIsOnline] = useState(() => navigator.onLine)
  useEffect(() => {
    const look = () => setIsOnline(navigator.onLine)
    window.addEventListener('online', look)
    window.addEventListener('offline', look)
    return () => {
      window.removeEventListener('online', look)
      window.removeEventListener('offline', look)
    }
  }, [])
  return isOnline
}

/** A line above content that may have aged, with what waits to be saved; nothing while the network is there. */
export function Offline({ since }: { since?: number | undefined }) {
  const say = useText()
  const waiting = useMutationState({ filters: { predicate: (mutation) => mutation.state.isPaused } }).length
  if (useIsOnline()) return null
  return (
    <div className={styles.offline} role="status" data-of={since ? 'content' : 'page'}>
      <WifiOff size={14} aria-hidden />
      {since ? say('offline', { time: clockTime(new Date(since)) }) : say('offlineNow')}
      {waiting > 0 && ` · ${say('waiting', { count: waiting })}`}
    </div>
  )
}
