/** Who published what, newest first. */
import { History } from 'lucide-react'
import { useDesignHistory } from '@/api/design'
import { proseMoment } from '@/lib/format'
import { labelText, useLocale } from '@/lib/i18n'
import { PersonAvatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { Failed, LoadingRows } from '@/ui/faces'
import styles from './HistoryPanel.module.css'
import { SidePanel } from './SidePanel'
import { useText } from './text'

export function HistoryPanel({ onClose }: { onClose: () => void }) {
  const say = useText()
  const locale = useLocale()
  const history = useDesignHistory()
  const changes = history.data?.pages.flatMap((page) => page.changes) ?? []
  return (
    <SidePanel title={say('history')} icon={<History size={16} aria-hidden />} onClose={onClose}>
      {history.isError ? (
        <Failed problem={history.error} onRetry={() => void history.refetch()} />
      ) : history.isPending ? (
        <LoadingRows rows={6} columns={2} />
      ) : changes.length === 0 ? (
        <p>{say('historyEmpty')}</p>
      ) : (
        <ol className={styles.changes}>
          {changes.map((change) => (
            <li key={change.version}>
              <header>
                {change.actor && <PersonAvatar id={change.actor.id} name={change.actor.name} />}
                <strong>{change.actor?.name ?? say('system')}</strong>
                <span>{say('historyVersion', { version: change.version })}</span>
                <time dateTime={change.at}>{proseMoment(change.at, locale)}</time>
              </header>
              <ul>
                {change.steps.map((step, place) => (
                  <li key={place}>{labelText(step.sentence, locale)}</li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
      )}
      {history.hasNextPage && (
        <Button loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          {say('more')}
        </Button>
      )}
    </SidePanel>
  )
}
