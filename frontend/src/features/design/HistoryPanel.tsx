/** Who published what, newest first. */
import { useState } from 'react'
import { History } from 'lucide-react'
import { useDesignHistory } from '@/api/design'
import type { DesignChange } from '@/api/design_types'
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
              <Steps steps={change.steps} />
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

const shownAtFirst = 6

function Steps({ steps }: { steps: DesignChange['steps'] }) {
  const say = useText()
  const locale = useLocale()
  const [isOpen, setOpen] = useState(steps.length <= shownAtFirst + 1)
  const shown = isOpen ? steps : steps.slice(0, shownAtFirst)
  return (
    <ul>
      {shown.map((step, place) => (
        <li key={place}>{labelText(step.sentence, locale)}</li>
      ))}
      {!isOpen && (
        <li>
          <button type="button" onClick={() => setOpen(true)}>
            {say('moreSteps', { count: steps.length - shownAtFirst })}
          </button>
        </li>
      )}
    </ul>
  )
}
