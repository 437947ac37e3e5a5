/** The import at work, and what came of it. */
import { Ban, CircleAlert, CircleCheck, Download, LoaderCircle, Play, Undo2 } from 'lucide-react'
import { Link, useNavigate } from 'react-router'
import { atWork, importErrorsAddress } from '@/api/imports'
import type { Import } from '@/api/import_types'
import { formatNumber } from '@/lib/format'
import { labelText, useLocale } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { useImportDeeds } from './deeds'
import { ProgressBar, useProgressText } from './FileBar'
import { person } from './mapping'
import styles from './RunStep.module.css'
import { useText } from './text'
import { canGoOn, canUndo, counted, shareDone } from './what'

const parts = ['created', 'updated', 'unchanged', 'skipped', 'failed', 'removed', 'reverted', 'kept'] as const

/** The figures of a result that say something. */
export function resultParts(import_: Import): { part: (typeof parts)[number]; count: number }[] {
  const { result } = import_
  if (!result) return []
  return parts.map((part) => ({ part, count: result[part] ?? 0 })).filter(({ count }) => count > 0)
}

export function RunStep({ import_, what }: { import_: Import; what: string }) {
  const say = useText()
  const locale = useLocale()
  const navigate = useNavigate()
  const deeds = useImportDeeds()
  const progress = useProgressText(import_, false)
  const { status, result } = import_
  const isWorking = atWork.has(status)
  const wrote = (result?.created ?? 0) + (result?.updated ?? 0)
  const share = shareDone(import_)
  return (
    <div className={styles.run}>
      <div className={styles.sheet} role="status">
        <Title import_={import_} what={what} />
        {isWorking && (
          <div className={styles.progress}>
            <ProgressBar import_={import_} />
            <p>
              {progress} {share !== null && share > 0 && `· ${share}%`}
            </p>
            <p className={styles.note}>{say('mayLeave')}</p>
          </div>
        )}
        {import_.error && <p className={styles.error}>{labelText(import_.error, locale)}</p>}
        {!isWorking && result && (
          <dl className={styles.figures}>
            {resultParts(import_).map(({ part, count }) => (
              <div key={part} data-part={part}>
                <dd>{formatNumber(count)}</dd>
                <dt>{say(part, { count: '' }).trim()}</dt>
              </div>
            ))}
          </dl>
        )}
        {status === 'done' && result && result.failed > 0 && <p className={styles.warning}>{say('failedNote', { count: counted(result.failed) })}</p>}
        {status === 'undone' && (result?.kept ?? 0) > 0 && <p className={styles.warning}>{say('keptNote', { count: counted(result?.kept ?? 0) })}</p>}
        {status === 'done' && import_.object === person && wrote > 0 && <p className={styles.note}>{say('peopleStay')}</p>}
        <div className={styles.deeds}>
          {status === 'done' && import_.object !== person && (
            <Button type="primary" onClick={() => navigate(`/o/${import_.object}`)}>
              {say('seeRecords', { what })}
            </Button>
          )}
          {status === 'done' && import_.object === person && (
            <Button type="primary" onClick={() => navigate('/settings/people')}>
              {say('seeRecords', { what })}
            </Button>
          )}
          {result && result.failed > 0 && (
            <Button icon={<Download size={16} aria-hidden />} href={importErrorsAddress(import_.id)} download>
              {say('errorFile')}
            </Button>
          )}
          {canGoOn(import_) && (
            <Button type="primary" icon={<Play size={16} aria-hidden />} onClick={() => void deeds.goOn(import_)}>
              {say('goOn')}
            </Button>
          )}
          {canUndo(import_) && (
            <Button icon={<Undo2 size={16} aria-hidden />} onClick={() => void deeds.undo(import_)}>
              {say('undo')}
            </Button>
          )}
          {status === 'running' && (
            <Button onClick={() => void deeds.cancel(import_)}>{say('cancel')}</Button>
          )}
          {!isWorking && <Link to={`/imports/new?object=${import_.object}`}>{say('again')}</Link>}
        </div>
      </div>
    </div>
  )
}

function Title({ import_, what }: { import_: Import; what: string }) {
  const say = useText()
  const { status, result } = import_
  const isUnchanged = status === 'done' && result !== null && result.created + result.updated + result.failed === 0
  const words = {
    running: say('runningTitle', { what }),
    undoing: say('undoingTitle'),
    undone: say('undoneTitle'),
    cancelled: say('cancelledTitle'),
    failed: say('failedTitle'),
    done: isUnchanged ? say('doneNothing') : say('doneTitle'),
  }[status as 'running' | 'undoing' | 'undone' | 'cancelled' | 'failed' | 'done']
  const Icon = { done: CircleCheck, failed: CircleAlert, cancelled: Ban, undone: Undo2 }[status as 'done' | 'failed' | 'cancelled' | 'undone'] ?? LoaderCircle
  return (
    <h2 className={styles.title} data-status={status}>
      <Icon size={22} aria-hidden /> {words}
    </h2>
  )
}
