/** All imports: what became of each, and the way back. */
import { Download, FileSpreadsheet, MoreHorizontal, Play, Plus, Undo2, X } from 'lucide-react'
import { Link, useNavigate } from 'react-router'
import { importErrorsAddress, useImports } from '@/api/imports'
import type { Import } from '@/api/import_types'
import { proseMoment } from '@/lib/format'
import { useLocale } from '@/lib/i18n'
import { ActionMenu } from '@/ui/ActionMenu'
import { Button } from '@/ui/Button'
import { Chip } from '@/ui/Chip'
import { Failed, FirstUse, LoadingRows } from '@/ui/faces'
import { ObjectIcon } from '@/ui/ObjectIcon'
import { Panel } from '@/ui/Panel'
import { PersonAvatar } from '@/ui/Avatar'
import { useWidth } from '@/ui/width'
import { useImportDeeds } from './deeds'
import { ProgressBar, useProgressText } from './FileBar'
import styles from './ImportsPage.module.css'
import { resultParts } from './RunStep'
import { useText } from './text'
import { canGoOn, canUndo, counted, isOpen, useWhat } from './what'

const hues = {
  mapping: 'amber',
  checking: 'blue',
  checked: 'amber',
  running: 'blue',
  done: 'green',
  failed: 'red',
  undoing: 'blue',
  undone: 'grey',
  cancelled: 'grey',
} as const

export function ImportsPage() {
  const say = useText()
  const navigate = useNavigate()
  const imports = useImports()
  const begin = (
    <Button type="primary" icon={<Plus size={16} aria-hidden />} onClick={() => navigate('/imports/new')}>
      {say('newImport')}
    </Button>
  )
  const hasNone = imports.data?.length === 0
  return (
    <Panel title={say('imports')} actions={hasNone ? undefined : begin}>
      {imports.isError && !imports.data ? (
        <Failed problem={imports.error} onRetry={() => void imports.refetch()} />
      ) : !imports.data ? (
        <LoadingRows rows={6} columns={6} />
      ) : hasNone ? (
        <FirstUse icon={<FileSpreadsheet size={20} />} title={say('firstUse')} text={say('firstUseBody')} actions={begin} />
      ) : (
        <ImportList imports={imports.data} />
      )}
    </Panel>
  )
}

function ImportList({ imports }: { imports: readonly Import[] }) {
  const say = useText()
  const { isPhone } = useWidth()
  if (isPhone) {
    return (
      <ul className={styles.cards}>
        {imports.map((one) => (
          <li key={one.id}>
            <Link to={`/imports/${one.id}`}>
              <span className={styles.name}>{one.file.name}</span>
              <Into import_={one} />
            </Link>
            <Status import_={one} />
            <Counts import_={one} />
            <Deeds import_={one} />
          </li>
        ))}
      </ul>
    )
  }
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th>{say('file')}</th>
          <th>{say('into')}</th>
          <th>{say('status')}</th>
          <th>{say('counts')}</th>
          <th>{say('by')}</th>
          <th>{say('when')}</th>
          <th aria-label={say('deeds')} />
        </tr>
      </thead>
      <tbody>
        {imports.map((one) => (
          <Row key={one.id} import_={one} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ import_ }: { import_: Import }) {
  const locale = useLocale()
  return (
    <tr>
      <td>
        <Link to={`/imports/${import_.id}`} className={styles.name} title={import_.file.name}>
          {import_.file.name}
        </Link>
      </td>
      <td>
        <Into import_={import_} />
      </td>
      <td>
        <Status import_={import_} />
      </td>
      <td>
        <Counts import_={import_} />
      </td>
      <td>
        {import_.created_by && (
          <span className={styles.person}>
            <PersonAvatar id={import_.created_by.id} name={import_.created_by.name} /> {import_.created_by.name}
          </span>
        )}
      </td>
      <td>
        <time dateTime={import_.created_at}>{proseMoment(import_.created_at, locale)}</time>
      </td>
      <td>
        <Deeds import_={import_} />
      </td>
    </tr>
  )
}

function Into({ import_ }: { import_: Import }) {
  const what = useWhat(import_.object)
  return (
    <span className={styles.person}>
      {what && <ObjectIcon icon={what.icon} />} {what?.label ?? '—'}
    </span>
  )
}

function Status({ import_ }: { import_: Import }) {
  const say = useText()
  return (
    <Chip hue={hues[import_.status]} dot>
      {say(`status_${import_.status}`)}
    </Chip>
  )
}

function Counts({ import_ }: { import_: Import }) {
  const say = useText()
  const progress = useProgressText(import_, false)
  if (['checking', 'running', 'undoing'].includes(import_.status)) {
    return (
      <span className={styles.progress}>
        <ProgressBar import_={import_} /> {progress}
      </span>
    )
  }
  const parts = resultParts(import_)
  if (parts.length === 0) return <span className={styles.quiet}>{import_.file.rows === null ? '—' : say('rows', { count: counted(import_.file.rows) })}</span>
  return (
    <span className={styles.counts}>
      {parts.map(({ part, count }) => (
        <span key={part} data-part={part}>
          {say(part, { count: counted(count) })}
        </span>
      ))}
    </span>
  )
}

function Deeds({ import_ }: { import_: Import }) {
  const say = useText()
  const navigate = useNavigate()
  const deeds = useImportDeeds()
  const items = [
    { key: 'open', label: say(isOpen(import_) ? 'continue' : 'open'), onSelect: () => void navigate(`/imports/${import_.id}`) },
    ...((import_.result?.failed ?? 0) > 0
      ? [
          {
            key: 'errors',
            label: say('errorFile'),
            icon: <Download size={14} aria-hidden />,
            onSelect: () => window.location.assign(importErrorsAddress(import_.id)),
          },
        ]
      : []),
    ...(canGoOn(import_) ? [{ key: 'goOn', label: say('goOn'), icon: <Play size={14} aria-hidden />, onSelect: () => void deeds.goOn(import_) }] : []),
    ...(canUndo(import_)
      ? [{ key: 'undo', label: say('undo'), icon: <Undo2 size={14} aria-hidden />, onSelect: () => void deeds.undo(import_) }]
      : []),
    ...(isOpen(import_) || import_.status === 'running'
      ? [{ key: 'cancel', label: say('cancel'), icon: <X size={14} aria-hidden />, onSelect: () => void deeds.cancel(import_) }]
      : []),
  ]
  return (
    <ActionMenu items={items} title={import_.file.name}>
      <Button type="text" size="small" icon={<MoreHorizontal size={16} aria-hidden />} aria-label={`${say('deeds')}: ${import_.file.name}`} />
    </ActionMenu>
  )
}
