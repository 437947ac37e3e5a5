/** The editor of options, fetched when a field is set up: order, colour, both labels, retired ones, and for stages their kind and probability. */
import { Input, Select } from 'antd'
import { ArrowDown, ArrowUp, CornerDownRight, Plus, RotateCcw, Trash2 } from 'lucide-react'
import type { Choice, FieldOptions } from '@/api/types'
import { defineMessages } from '@/lib/i18n'
import { hues } from '../tokens'
import { FigureBox } from './FigureBox'
import { HueSelect } from './HueSelect'
import { byLevels, depthOf, mayMove, moved } from './option_order'
import { Check } from './settings'
import styles from './option_settings.module.css'

const useText = defineMessages('option-settings', {
  'zh-CN': {
    options: '选项', add: '添加选项', add_below: '添加下级', up: '上移', down: '下移', retire: '停用', restore: '恢复', zh: '中文名称', en: '英文名称', is_stage: '这是阶段（每个选项有类别和概率）',
    kind: '类别', probability: '概率', open: '进行中', won: '赢单', lost: '输单', void: '作废',
  },
  en: {
    options: 'Options', add: 'Add an option', add_below: 'Add an option below', up: 'Move up', down: 'Move down', retire: 'Retire', restore: 'Restore', zh: 'Chinese label', en: 'English label', is_stage: 'These are stages, each of a kind and with a probability',
    kind: 'Kind', probability: 'Probability', open: 'Open', won: 'Won', lost: 'Lost', void: 'Void',
  },
})

const kinds = ['open', 'won', 'lost', 'void'] as const

export interface OptionSettingsProps {
  mayBeStage?: boolean
  hasLevels?: boolean
}

interface SettingsProps {
  options: FieldOptions
  onChange: (options: FieldOptions) => void
}

const mostLevels = 6

export function OptionSettings({ options, onChange, mayBeStage = false, hasLevels = false }: SettingsProps & OptionSettingsProps) {
  const say = useText()
  const choices = hasLevels ? byLevels(options.choices ?? []) : (options.choices ?? [])
  const isStage = options.is_stage === true
  const set = (next: Choice[]) => onChange({ ...options, choices: next })
  const change = (place: number, changes: Partial<Choice>) => set(choices.map((one, at) => (at === place ? { ...one, ...changes } : one)))

  return (
    <div className={styles.settings}>
      {mayBeStage && (
        <Check
          isOn={isStage}
          onChange={(isOn) => onChange({ ...options, is_stage: isOn, choices: choices.map((one) => (isOn ? { ...one, kind: one.kind ?? 'open' } : one)) })}
        >
          {say('is_stage')}
        </Check>
      )}
      <ul className={styles.list} aria-label={say('options')}>
        {choices.map((choice, place) => (
          <li key={choice.value} className={styles.row} data-retired={choice.retired || undefined} style={{ paddingInlineStart: depthOf(choices, choice) * 20 }}>
            <HueSelect value={choice.color ?? 'grey'} onChange={(color) => change(place, { color })} />
            <Input aria-label={say('zh')} placeholder={say('zh')} value={choice.label['zh-CN'] ?? ''} onChange={(event) => change(place, { label: { ...choice.label, 'zh-CN': event.target.value } })} />
            <Input aria-label={say('en')} placeholder={say('en')} value={choice.label.en ?? ''} onChange={(event) => change(place, { label: { ...choice.label, en: event.target.value } })} />
            {isStage && (
              <>
                <Select<(typeof kinds)[number]>
                  aria-label={say('kind')}
                  value={choice.kind ?? 'open'}
                  options={kinds.map((kind) => ({ value: kind, label: say(kind) }))}
                  onChange={(kind: (typeof kinds)[number]) => change(place, { kind })}
                />
                <FigureBox place="form" suffix="%" value={choice.probability ?? null} onChange={(probability) => change(place, probability === null ? { probability: 0 } : { probability })} />
              </>
            )}
            <span className={styles.tools}>
              {hasLevels && (
                <Tool
                  label={say('add_below')}
                  isOff={depthOf(choices, choice) >= mostLevels - 1}
                  onClick={() => set(byLevels([...choices, { ...newChoice(choices, false), parent: choice.value }]))}
                  Icon={CornerDownRight}
                />
              )}
              <Tool label={say('up')} isOff={!mayMove(choices, choice, -1)} onClick={() => set(moved(choices, choice, -1))} Icon={ArrowUp} />
              <Tool label={say('down')} isOff={!mayMove(choices, choice, 1)} onClick={() => set(moved(choices, choice, 1))} Icon={ArrowDown} />
              <Tool
                label={say(choice.retired ? 'restore' : 'retire')}
                onClick={() => change(place, { retired: !choice.retired })}
                Icon={choice.retired ? RotateCcw : Trash2}
              />
            </span>
          </li>
        ))}
      </ul>
      <button type="button" className={styles.add} onClick={() => set([...choices, newChoice(choices, isStage)])}>
        <Plus size={14} aria-hidden /> {say('add')}
      </button>
    </div>
  )
}

function Tool({ label, isOff = false, onClick, Icon }: { label: string; isOff?: boolean; onClick: () => void; Icon: typeof Plus }) {
  return (
    <button type="button" className={styles.tool} aria-label={label} title={label} disabled={isOff} onClick={onClick}>
      <Icon size={14} aria-hidden />
    </button>
  )
}

/** A value that is free and says nothing: labels may change, values never. The next unused hue. */
function newChoice(choices: readonly Choice[], isStage: boolean): Choice {
  const values = new Set(choices.map((one) => one.value))
  const used = new Set(choices.map((one) => one.color))
  let number = choices.length + 1
  while (values.has(`option_${number}`)) number += 1
  const color = hues.slice(1).find((hue) => !used.has(hue)) ?? 'grey'
  return { value: `option_${number}`, label: { 'zh-CN': '', en: '' }, color, ...(isStage ? { kind: 'open' as const, probability: 0 } : {}) }
}
