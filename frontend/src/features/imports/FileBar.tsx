/** The file, how it was read, and how far the check is. */
import { useState } from 'react'
import { FileSpreadsheet, Settings2 } from 'lucide-react'
import { atWork } from '@/api/imports'
import type { ImportFileWish } from '@/api/imports'
import type { Import } from '@/api/import_types'
import { formatNumber } from '@/lib/format'
import { Button } from '@/ui/Button'
import styles from './FileBar.module.css'
import { FileSettings } from './FileSettings'
import { useText } from './text'
import { counted, isOpen, shareDone } from './what'

export function useFileFacts(import_: Import): string {
  const say = useText()
  const { file } = import_
  const facts = [
    file.sheet && file.sheets.length > 0 ? say('sheetNamed', { sheet: file.sheet }) : null,
    file.rows === null ? null : say('rows', { count: counted(file.rows) }),
    say('columns', { count: import_.columns.length }),
    file.header_row === 0 ? say('noHeader') : say('headerInRow', { row: file.header_row }),
    file.encoding?.toUpperCase() ?? null,
  ]
  return facts.filter((fact) => fact !== null).join(' · ')
}

export function useProgressText(import_: Import, isSaving: boolean): string | null {
  const say = useText()
  const { status, progress } = import_
  const done = formatNumber(progress?.done ?? 0)
  const total = formatNumber(progress?.total ?? import_.file.rows ?? 0)
  if (isSaving) return say('saving')
  if (status === 'checking') return progress && progress.done > 0 ? say('checkingRows', { done, total }) : say('checkingAll', { total })
  if (status === 'running') return say('runningRows', { done, total })
  if (status === 'undoing') return say('undoingRows')
  if (status === 'checked') return say('checked')
  return null
}

export function ProgressBar({ import_ }: { import_: Import }) {
  const share = shareDone(import_)
  const isCounting = share !== null && share > 0
  return (
    <span
      className={styles.track}
      role="progressbar"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-label={import_.file.name}
      {...(isCounting ? { 'aria-valuenow': share } : {})}
    >
      <span className={isCounting ? styles.bar : styles.unknown} style={isCounting ? { width: `${share}%` } : undefined} />
    </span>
  )
}

export interface FileBarProps {
  import_: Import
  isSaving: boolean
  onFile: (wish: ImportFileWish) => void
}

export function FileBar({ import_, isSaving, onFile }: FileBarProps) {
  const say = useText()
  const [isSettingUp, setSettingUp] = useState(false)
  const facts = useFileFacts(import_)
  const progress = useProgressText(import_, isSaving)
  const isWorking = atWork.has(import_.status)
  const share = shareDone(import_)
  return (
    <div className={styles.bar_}>
      <div className={styles.line}>
        <FileSpreadsheet size={18} className={styles.icon} aria-hidden />
        <span className={styles.name} title={import_.file.name}>
          {import_.file.name}
        </span>
        <span className={styles.facts}>{facts}</span>
        {isOpen(import_) && (
          <Button size="small" type="text" icon={<Settings2 size={14} aria-hidden />} aria-expanded={isSettingUp} onClick={() => setSettingUp(!isSettingUp)}>
            {say('fileSettings')}
          </Button>
        )}
        <span className={styles.rest} role="status">
          {progress}
        </span>
        {isWorking && <ProgressBar import_={import_} />}
        {isWorking && share !== null && share > 0 && <span className={styles.share}>{share}%</span>}
      </div>
      {isSettingUp && isOpen(import_) && <FileSettings import_={import_} onChange={onFile} />}
    </div>
  )
}
