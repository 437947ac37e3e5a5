/** One import from the file to its result. All of it lives on the server, so leaving and coming back loses nothing. */
import { useState } from 'react'
import { CircleHelp, History, Undo2, UserCheck, X } from 'lucide-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { runImport, useImport } from '@/api/imports'
import { keys } from '@/api/keys'
import { problemText } from '@/api/problem'
import type { Import } from '@/api/import_types'
import { labelText, useLocale } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { Failed, LoadingRows } from '@/ui/faces'
import { Panel } from '@/ui/Panel'
import { useWidth } from '@/ui/width'
import { CheckStep } from './CheckStep'
import { ColumnPanel } from './ColumnPanel'
import { useImportDeeds } from './deeds'
import { useEditing } from './editing'
import type { Editing } from './editing'
import { FileBar, ProgressBar, useFileFacts, useProgressText } from './FileBar'
import styles from './ImportPage.module.css'
import { assign, isAmbiguous, missingTargets, openDecisions, person, rowsToWrite, stepOf } from './mapping'
import type { Step } from './mapping'
import { MappingTable } from './MappingTable'
import { NewImport } from './NewImport'
import { PhoneDecisions } from './PhoneDecisions'
import { Preview } from './Preview'
import { Relation } from './Relation'
import { RunStep } from './RunStep'
import { steps, Steps } from './Steps'
import type { StepName } from './Steps'
import { useText } from './text'
import { counted, isOpen, useWhat } from './what'
import type { What } from './what'

export function ImportPage() {
  const { id } = useParams()
  const [address] = useSearchParams()
  return id === undefined || id === 'new' ? <NewPage object={address.get('object')} /> : <KnownPage key={id} id={id} />
}

function NewPage({ object }: { object: string | null }) {
  const say = useText()
  const what = useWhat(object)
  return (
    <Panel title={what ? say('importTitle', { what: what.label }) : say('newImport')} icon={<CloseLink />} presence={<Progress current="upload" />} actions={<AllImports />}>
      <NewImport />
    </Panel>
  )
}

function KnownPage({ id }: { id: string }) {
  const say = useText()
  const found = useImport(id)
  const what = useWhat(found.data?.object ?? null)
  if (found.isError && !found.data) {
    return (
      <Panel title={say('imports')} icon={<CloseLink />}>
        <Failed problem={found.error} onRetry={() => void found.refetch()} actions={<Link to="/imports">{say('imports')}</Link>} />
      </Panel>
    )
  }
  if (!found.data || !what) {
    return (
      <Panel title={say('imports')} icon={<CloseLink />}>
        <LoadingRows rows={10} columns={5} />
      </Panel>
    )
  }
  return <Run known={found.data} what={what} />
}

function CloseLink() {
  const say = useText()
  return (
    <Link to="/imports" aria-label={say('close')} className={styles.close}>
      <X size={18} aria-hidden />
    </Link>
  )
}

function AllImports() {
  const say = useText()
  const { isNarrow } = useWidth()
  return isNarrow ? null : (
    <Link to="/imports" className={styles.all}>
      <History size={16} aria-hidden /> {say('imports')}
    </Link>
  )
}

function Progress({ current, isEnded, onStep }: { current: StepName; isEnded?: boolean; onStep?: (step: Step) => void }) {
  const say = useText()
  const { isNarrow } = useWidth()
  if (isNarrow) return <span className={styles.place}>{say('stepOf', { place: steps.indexOf(current) + 1, step: say(`step_${current}`) })}</span>
  return (
    <div className={styles.steps}>
      <Steps current={current} isEnded={isEnded ?? false} onStep={onStep} />
    </div>
  )
}

function Run({ known, what }: { known: Import; what: What }) {
  const say = useText()
  const [address, setAddress] = useSearchParams()
  const { isPhone } = useWidth()
  const editing = useEditing(known)
  const step = stepOf(known, address.get('step'))
  const goTo = (next: Step) => setAddress(next === 'check' ? { step: 'check' } : {}, { replace: true })
  const title = say('importTitle', { what: what.label })
  if (step === 'run') {
    const isEnded = !['running', 'undoing'].includes(known.status)
    return (
      <Panel title={title} icon={<CloseLink />} presence={<Progress current="run" isEnded={isEnded} />} actions={<AllImports />}>
        {isPhone ? <PhoneFile editing={editing} /> : <FileBar import_={known} isSaving={false} onFile={() => undefined} />}
        <RunStep import_={known} what={what.label} />
      </Panel>
    )
  }
  const footer = <Footer editing={editing} what={what} step={step} onStep={goTo} />
  return (
    <Panel
      title={title}
      icon={<CloseLink />}
      presence={<Progress current={step} onStep={goTo} />}
      actions={<AllImports />}
      side={isPhone ? undefined : <Side editing={editing} what={what} step={step} />}
      footer={footer}
    >
      {isPhone ? <PhoneFile editing={editing} /> : <FileBar import_={editing.import_} isSaving={editing.isSaving} onFile={(file) => editing.change({ file })} />}
      <Trouble editing={editing} />
      <StepBody editing={editing} what={what} step={step} />
    </Panel>
  )
}

function StepBody({ editing, what, step }: { editing: Editing; what: What; step: Step }) {
  const { isPhone } = useWidth()
  const [address, setAddress] = useSearchParams()
  const { import_, report, isStale } = editing
  if (step === 'check') {
    return (
      <>
        <CheckStep import_={import_} report={report} targets={what.targets} onChange={editing.change} />
        <Preview report={report} isStale={isStale} columns={import_.columns} targets={what.targets} rows={20} />
      </>
    )
  }
  if (isPhone) return <PhoneDecisions editing={editing} what={what} />
  return (
    <>
      <MappingTable
        columns={import_.columns}
        targets={what.targets}
        report={report}
        isStale={isStale}
        selected={selectedColumn(editing, address.get('column'))}
        onSelect={(index) => setAddress({ column: String(index) }, { replace: true })}
        onAssign={(index, field) => {
          editing.changeColumns((columns) => assign(columns, index, field))
          setAddress({ column: String(index) }, { replace: true })
        }}
      />
      <Preview report={report} isStale={isStale} columns={import_.columns} targets={what.targets} rows={3} />
    </>
  )
}

/** The column one clicked, else the first one that waits for a decision, or has problems, or had either. */
function selectedColumn(editing: Editing, clicked: string | null): number | null {
  if (clicked !== null) return Number(clicked)
  const { import_, report } = editing
  const [open] = openDecisions(import_.columns, report)
  const wrong = report?.columns.find((one) => one.column !== null && one.problems.length > 0)
  return open?.column.index ?? wrong?.column ?? import_.columns.find((column) => Object.keys(column.values).length > 0 || isAmbiguous(column))?.index ?? null
}

function Side({ editing, what, step }: { editing: Editing; what: What; step: Step }) {
  const say = useText()
  const [address] = useSearchParams()
  const { import_, report } = editing
  const index = selectedColumn(editing, address.get('column'))
  const column = import_.columns.find((one) => one.index === index)
  const target = what.targets.find((one) => one.name === column?.field)
  return (
    <div className={styles.side}>
      {step === 'map' &&
        (column && target ? (
          <ColumnPanel
            column={column}
            target={target}
            report={report}
            remembered={editing.remembered}
            onChange={(changed) => editing.changeColumns((columns) => columns.map((one) => (one.index === changed.index ? changed : one)))}
          />
        ) : (
          <p className={styles.hint}>{say('pickColumn')}</p>
        ))}
      <Relation import_={import_} report={report} isStale={editing.isStale} what={what.label} targets={what.targets} />
      <p className={styles.undo}>
        {import_.object === person ? <UserCheck size={14} aria-hidden /> : <Undo2 size={14} aria-hidden />}{' '}
        {say(import_.object === person ? 'peopleStay' : 'undoNote')}
      </p>
    </div>
  )
}

function PhoneFile({ editing }: { editing: Editing }) {
  const { import_ } = editing
  const facts = useFileFacts(import_)
  const progress = useProgressText(import_, editing.isSaving)
  return (
    <div className={styles.phoneFile}>
      <strong>{import_.file.name}</strong>
      {['checking', 'running', 'undoing'].includes(import_.status) && <ProgressBar import_={import_} />}
      <span>{progress ?? facts}</span>
    </div>
  )
}

function Trouble({ editing }: { editing: Editing }) {
  const say = useText()
  const locale = useLocale()
  const { import_, problem } = editing
  const text = problem ? problemText(problem) : import_.status === 'failed' && import_.error ? labelText(import_.error, locale) : null
  if (!text) return null
  return (
    <div className={styles.trouble} role="alert">
      <CircleHelp size={16} aria-hidden /> <span>{text}</span>
      <Button size="small" onClick={editing.checkAgain}>
        {say('checkAgain')}
      </Button>
    </div>
  )
}

interface FooterProps {
  editing: Editing
  what: What
  step: Step
  onStep: (step: Step) => void
}

function Footer({ editing, what, step, onStep }: FooterProps) {
  const say = useText()
  const navigate = useNavigate()
  const client = useQueryClient()
  const { isPhone } = useWidth()
  const deeds = useImportDeeds()
  const [isStarting, setStarting] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const { import_, report, isStale } = editing
  const note = useOpenNote(editing, what)
  const open = openDecisions(import_.columns, report).reduce((sum, one) => sum + one.values.length, 0)
  const rows = report ? rowsToWrite(report) : 0
  const isUnsettled = (report?.invalid ?? 0) > 0

  async function run(): Promise<void> {
    setStarting(true)
    setRefusal(null)
    try {
      client.setQueryData(keys.import(import_.id), await runImport(import_.id))
    } catch (error) {
      setRefusal(problemText(error))
    } finally {
      setStarting(false)
    }
  }

  const idle = (report?.unchanged ?? 0) + (report?.to_skip ?? 0)
  const verb =
    isStale || !report
      ? say('waitForCheck')
      : rows === 0
        ? say(idle > 0 ? 'runUnchanged' : 'runNothing')
        : say(isUnsettled ? 'runAnyway' : 'runRows', { count: counted(rows) })
  return (
    <div className={styles.footer}>
      {step === 'map' ? (
        <Button
          onClick={() => {
            if (isPhone) navigate('/imports')
            else void deeds.cancel(import_).then((isCancelled) => isCancelled && navigate('/imports'))
          }}
        >
          {say(isPhone ? 'later' : 'cancel')}
        </Button>
      ) : (
        <Button onClick={() => onStep('map')}>{say('back')}</Button>
      )}
      <span className={styles.note} role="status">
        {refusal ?? note}
      </span>
      {step === 'map' ? (
        <Button type="primary" disabled={!isOpen(import_)} onClick={() => onStep('check')}>
          {isPhone && open > 0 ? say('nextOpen', { count: open }) : say('next')}
        </Button>
      ) : (
        <Button type="primary" loading={isStarting} disabled={isStale || !report || rows + idle === 0} onClick={() => void run()}>
          {verb}
        </Button>
      )}
    </div>
  )
}

/** What still stands between the person and a clean import, in one line. */
function useOpenNote(editing: Editing, what: What): string | null {
  const say = useText()
  const locale = useLocale()
  const { import_, report } = editing
  const comma = locale === 'zh-CN' ? '、' : ', '
  if (import_.columns.every((column) => column.field === null)) return say('nothingMapped')
  const missing = missingTargets(import_.columns, what.targets)
  if (missing.length > 0) return say('missingFields', { fields: missing.map((one) => labelText(one.label, locale)).join(comma) })
  const open = openDecisions(import_.columns, editing.report)
  if (open.length > 0) {
    const count = open.reduce((sum, one) => sum + one.values.length, 0)
    return say('openDecisions', { count, columns: open.map((one) => one.column.header || one.column.letter).join(comma) })
  }
  return report && !editing.isStale && report.invalid > 0 ? say('invalidLeft', { count: counted(report.invalid) }) : null
}
