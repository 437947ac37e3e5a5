/** The anatomy all designers share: what is live and what has changed above, the objects left, settings or proof right, problems below. */
import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { Clock, CloudCheck, History, ListChecks, Redo2, TriangleAlert, Undo2, X } from 'lucide-react'
import { Link, useSearchParams } from 'react-router'
import { useDesigns } from '@/api/design'
import type { Designs } from '@/api/design'
import { useMe } from '@/api/session'
import type { DesignStep } from '@/api/design_types'
import { labelText, useLocale } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { Chip } from '@/ui/Chip'
import { Failed, LoadingRows, NoAccess } from '@/ui/faces'
import { Panel } from '@/ui/Panel'
import { useWidth } from '@/ui/width'
import { useDraft } from './draft'
import type { Drafting } from './draft'
import { withDraft } from './draft_view'
import type { DraftObject } from './draft_view'
import { withLinesObject } from './sub_table_steps'
import styles from './Frame.module.css'
import { HistoryPanel } from './HistoryPanel'
import { ObjectList } from './ObjectList'
import { obstacles, PlanPanel } from './PlanPanel'
import { additionRefusal, namedAddition, usePlan } from './planning'
import type { Planning } from './planning'
import { useText } from './text'

export interface Designing {
  designs: Designs
  objects: DraftObject[]
  drafting: Drafting
  planning: Planning
  isReadOnly: boolean
  /** What stands on the right: `plan`, `history`, `new`, or a field. */
  panel: string | null
  show: (panel: string | null) => void
  /** Puts an addition into the draft once the server has named it; rejects with why it cannot be. */
  addNamed: (step: DesignStep) => Promise<void>
}

export interface FrameProps {
  /** The object being looked at; none on the overview. */
  current?: string | undefined
  tabs?: (designing: Designing) => ReactNode
  side: (designing: Designing) => ReactNode
  children: (designing: Designing) => ReactNode
}

export function Frame(props: FrameProps) {
  const say = useText()
  const me = useMe()
  const designs = useDesigns()
  if (me.data && !me.data.rights.design) {
    return (
      <Panel title={say('data')}>
        <NoAccess text={say('noAccess')} />
      </Panel>
    )
  }
  if (designs.isError && !designs.data) {
    return (
      <Panel title={say('data')}>
        <Failed problem={designs.error} onRetry={() => void designs.refetch()} />
      </Panel>
    )
  }
  if (!designs.data) {
    return (
      <Panel title={say('data')}>
        <LoadingRows rows={10} columns={5} />
      </Panel>
    )
  }
  return <Ready {...props} designs={designs.data} />
}

function Ready({ designs, current, tabs, side, children }: FrameProps & { designs: Designs }) {
  const say = useText()
  const locale = useLocale()
  const [address, setAddress] = useSearchParams()
  const { isNarrow } = useWidth()
  const version = designs.design_version
  const drafting = useDraft(version)
  const planning = usePlan(drafting, version)
  const objects = withDraft(designs.objects, drafting.draft.steps)
  const panel = isNarrow ? null : address.get('panel')
  const designing: Designing = {
    designs,
    objects,
    drafting,
    planning,
    isReadOnly: isNarrow,
    panel,
    show: (next) =>
      setAddress(
        (before) => {
          const after = new URLSearchParams(before)
          if (next === null) after.delete('panel')
          else after.set('panel', next)
          return after
        },
        { replace: true },
      ),
    async addNamed(step) {
      const steps = withLinesObject(step, objects.map(({ name }) => name))
      const before = steps.slice(0, -1)
      const ahead = { ...drafting, draft: { ...drafting.draft, steps: [...drafting.draft.steps, ...before] } }
      try {
        drafting.add(...before, await namedAddition(ahead, version, steps.at(-1) ?? step))
      } catch (error) {
        throw new Error(additionRefusal(error, ahead), { cause: error })
      }
    },
  }
  const takeBack = (step: DesignStep) => {
    drafting.add(step)
    designing.show('plan')
  }
  useUndoKeys(drafting, isNarrow)
  const object = objects.find((one) => one.name === current)
  const title = object ? (
    <span className={styles.path}>
      <Link to="/settings/objects">{say('data')}</Link> / <strong>{labelText(object.label, locale)}</strong>
    </span>
  ) : (
    say('data')
  )
  const right = panel === 'plan' ? <PlanPanel drafting={drafting} planning={planning} version={version} onClose={() => designing.show(null)} /> : panel === 'history' ? <HistoryPanel onStep={takeBack} onClose={() => designing.show(null)} /> : side(designing)
  return (
    <Panel still title={title} mark={<Marks version={version} count={drafting.draft.steps.length} />} actions={isNarrow ? undefined : <TopDeeds designing={designing} />} footer={<Problems designing={designing} />}>
      {planning.isMoved && (
        <p className={styles.moved} role="status">
          <TriangleAlert size={14} aria-hidden /> {say('moved', { count: drafting.draft.steps.length })}
          <button type="button" aria-label={say('close')} onClick={planning.dismissMoved}>
            <X size={14} aria-hidden />
          </button>
        </p>
      )}
      {isNarrow && <p className={styles.phone}>{say('onComputer')}</p>}
      <div className={styles.zones}>
        {current !== undefined && !isNarrow && <ObjectList objects={objects} current={current} />}
        <div className={styles.center}>
          {tabs?.(designing)}
          <div className={styles.canvas}>{children(designing)}</div>
        </div>
        {right}
      </div>
    </Panel>
  )
}

function Marks({ version, count }: { version: number; count: number }) {
  const say = useText()
  const { isPhone } = useWidth()
  return (
    <span className={styles.marks}>
      <span className={styles.version}>
        <Clock size={12} aria-hidden /> {say('live', { version })}
      </span>
      {count > 0 && <Chip hue="teal">{say('draft', { count })}</Chip>}
      {count > 0 && !isPhone && (
        <span className={styles.saved} role="status">
          <CloudCheck size={14} aria-hidden /> {say('saved')}
        </span>
      )}
    </span>
  )
}

function TopDeeds({ designing }: { designing: Designing }) {
  const say = useText()
  const { drafting, panel, show } = designing
  const { draft } = drafting
  const count = draft.steps.length
  return (
    <>
      <Button type="text" icon={<Undo2 size={16} aria-hidden />} aria-label={say('undo')} title={`${say('undo')} Ctrl Z`} disabled={draft.past.length === 0} onClick={drafting.undo} />
      <Button type="text" icon={<Redo2 size={16} aria-hidden />} aria-label={say('redo')} title={`${say('redo')} Ctrl Shift Z`} disabled={draft.future.length === 0} onClick={drafting.redo} />
      <Button type="text" icon={<History size={16} aria-hidden />} onClick={() => show('history')}>
        {say('history')}
      </Button>
      <Button type={count > 0 && panel !== 'plan' && panel !== 'new' ? 'primary' : 'default'} icon={<ListChecks size={16} aria-hidden />} onClick={() => show('plan')}>
        {count > 0 ? say('previewCount', { count }) : say('preview')}
      </Button>
    </>
  )
}

function useUndoKeys({ undo, redo }: Drafting, isOff: boolean): void {
  useEffect(() => {
    if (isOff) return undefined
    function listen(event: KeyboardEvent): void {
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input, textarea, [contenteditable]') !== null
      if (isTyping || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return
      event.preventDefault()
      if (event.shiftKey) redo()
      else undo()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [isOff, redo, undo])
}

function Problems({ designing }: { designing: Designing }) {
  const say = useText()
  const locale = useLocale()
  const { drafting, planning, show } = designing
  const open = obstacles(planning)
  const [refusal] = planning.refusals.values()
  const [blocker] = planning.plan?.blockers ?? []
  const sentence = refusal ?? (blocker ? labelText(blocker.message, locale) : null)
  if (drafting.draft.steps.length === 0) return <span>{say('nothingToPublish')}</span>
  if (open === 0) return <span>{planning.isPlanning ? say('planning') : say('noProblems')}</span>
  return (
    <span className={styles.problems}>
      <TriangleAlert size={14} aria-hidden /> {say('problems')}
      <Chip hue="red">{say('mustFix', { count: open })}</Chip>
      {sentence && <span>{sentence}</span>}
      <button type="button" onClick={() => show('plan')}>
        {say('look')}
      </button>
    </span>
  )
}
