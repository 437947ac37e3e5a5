/** Who published what, newest first. */
import { useState } from 'react'
import { History } from 'lucide-react'
import { undoOfStep, useDesignHistory } from '@/api/design'
import type { DesignChange, DesignStep } from '@/api/design_types'
import { problemText } from '@/api/problem'
import { proseMoment } from '@/lib/format'
import { labelText, useLocale } from '@/lib/i18n'
import { PersonAvatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { Failed, LoadingRows } from '@/ui/faces'
import { toast } from '@/ui/toast'
import styles from './HistoryPanel.module.css'
import { SidePanel } from './SidePanel'
import { useText } from './text'

export interface HistoryPanelProps {
  /** A step that takes another one back goes into the draft. */
  onStep: (step: DesignStep) => void
  onClose: () => void
}

export function HistoryPanel({ onStep, onClose }: HistoryPanelProps) {
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
              <Steps change={change} onStep={onStep} />
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

function Steps({ change, onStep }: { change: DesignChange; onStep: (step: DesignStep) => void }) {
  const { steps } = change
  const say = useText()
  const locale = useLocale()
  const [isOpen, setOpen] = useState(steps.length <= shownAtFirst + 1)
  const shown = isOpen ? steps : steps.slice(0, shownAtFirst)
  return (
    <ul>
      {shown.map((step, place) => (
        <li key={place}>
          {labelText(step.sentence, locale)} {change.actor && <TakeBack version={change.version} place={place} onStep={onStep} />}
        </li>
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

/** Puts the opposite of a step into the draft, where one sees what it would do. */
function TakeBack({ version, place, onStep }: { version: number; place: number; onStep: (step: DesignStep) => void }) {
  const say = useText()
  const [isAsking, setAsking] = useState(false)

  async function takeBack(): Promise<void> {
    setAsking(true)
    try {
      onStep(await undoOfStep(version, place))
    } catch (error) {
      toast.show({ text: problemText(error), tone: 'danger' })
    } finally {
      setAsking(false)
    }
  }

  return (
    <button type="button" disabled={isAsking} onClick={() => void takeBack()}>
      {say('takeStepBack')}
    </button>
  )
}
