/** The last look before writing: what happens to duplicates, and which columns have problems. */
import { useId } from 'react'
import { CircleAlert, CircleCheck } from 'lucide-react'
import { Radio, Select } from 'antd'
import { useObjects } from '@/api/objects'
import { useRoles } from '@/api/people'
import type { ImportChanges } from '@/api/imports'
import type { Import, ImportDuplicates, ImportReport } from '@/api/import_types'
import { labelText, useLocale } from '@/lib/i18n'
import { FieldLabel } from '@/ui/FieldLabel'
import styles from './CheckStep.module.css'
import { keyTargets, person } from './mapping'
import type { Target } from './mapping'
import { useText } from './text'
import { counted } from './what'

const policies = ['update', 'skip', 'create'] as const

export interface CheckStepProps {
  import_: Import
  report: ImportReport | null
  targets: readonly Target[]
  onChange: (changes: ImportChanges) => void
}

export function CheckStep({ import_, report, targets, onChange }: CheckStepProps) {
  return (
    <div className={styles.check}>
      {import_.object === person ? <PeopleRoles import_={import_} onChange={onChange} /> : <DuplicatesChoice import_={import_} targets={targets} onChange={onChange} />}
      <ProblemList import_={import_} report={report} targets={targets} />
    </div>
  )
}

function DuplicatesChoice({ import_, targets, onChange }: Omit<CheckStepProps, 'report'>) {
  const say = useText()
  const locale = useLocale()
  const id = useId()
  const objects = useObjects()
  const hasRules = (objects.find((one) => one.name === import_.object)?.duplicates_by ?? []).length > 0
  const candidates = keyTargets(import_.columns, targets)
  const { duplicates } = import_

  function choose(change: Partial<ImportDuplicates>): void {
    const next = { ...duplicates, ...change }
    const first = candidates.find((one) => one.unique) ?? candidates.find((one) => one.name === 'name') ?? candidates[0]
    const key = next.policy === 'create' ? null : (next.key ?? first?.name ?? null)
    onChange({ duplicates: { ...next, key } })
  }

  return (
    <section>
      <h2 id={id}>{say('duplicates')}</h2>
      <Radio.Group className={styles.policies ?? ''} aria-labelledby={id} value={duplicates.policy} onChange={(event) => choose({ policy: event.target.value as ImportDuplicates['policy'] })}>
        {policies.map((policy) => (
          <Radio key={policy} value={policy} disabled={policy !== 'create' && candidates.length === 0}>
            <span className={styles.policy}>
              {say(`policy_${policy}`)}
              <span>{say(`policy_${policy}Hint`)}</span>
            </span>
          </Radio>
        ))}
      </Radio.Group>
      {candidates.length === 0 && <p className={styles.note}>{say('noKey')}</p>}
      {duplicates.policy !== 'create' && (
        <div className={styles.key}>
          <FieldLabel htmlFor={`${id}key`}>{say('duplicatesBy')}</FieldLabel>
          <Select
            id={`${id}key`}
            value={duplicates.key}
            options={candidates.map((one) => ({ value: one.name, label: labelText(one.label, locale) }))}
            style={{ width: 280, maxWidth: '100%' }}
            onChange={(key) => choose({ key })}
          />
        </div>
      )}
      {hasRules && (
        <>
          <h2 id={`${id}possible`}>{say('possible')}</h2>
          <Radio.Group
            className={styles.policies ?? ''}
            aria-labelledby={`${id}possible`}
            value={duplicates.possible}
            onChange={(event) => choose({ possible: event.target.value as ImportDuplicates['possible'] })}
          >
            <Radio value="take">{say('possible_take')}</Radio>
            <Radio value="skip">{say('possible_skip')}</Radio>
          </Radio.Group>
        </>
      )}
    </section>
  )
}

function PeopleRoles({ import_, onChange }: Pick<CheckStepProps, 'import_' | 'onChange'>) {
  const say = useText()
  const locale = useLocale()
  const id = useId()
  const roles = useRoles()
  const wish = import_.people ?? { role: null, manager_role: null }
  const options = (roles.data ?? []).map((role) => ({ value: labelText(role.name, locale), label: labelText(role.name, locale) }))
  return (
    <section>
      <h2>{say('peopleSettings')}</h2>
      <div className={styles.roles}>
        {(['role', 'manager_role'] as const).map((part) => (
          <div key={part}>
            <FieldLabel htmlFor={`${id}${part}`}>{say(part === 'role' ? 'peopleRole' : 'managerRole')}</FieldLabel>
            <Select
              id={`${id}${part}`}
              allowClear
              value={wish[part]}
              placeholder={say('noRole')}
              options={options}
              style={{ width: '100%' }}
              onChange={(role: string | undefined) => onChange({ people: { ...wish, [part]: role ?? null } })}
            />
          </div>
        ))}
      </div>
      <p className={styles.note}>{say('peopleNote')}</p>
    </section>
  )
}

function ProblemList({ import_, report, targets }: Omit<CheckStepProps, 'onChange'>) {
  const say = useText()
  const locale = useLocale()
  if (!report) return null
  const columns = report.columns.filter((one) => one.problems.length > 0)
  return (
    <section>
      <h2>{say('problemsByColumn')}</h2>
      {columns.length === 0 ? (
        <p className={styles.fine}>
          <CircleCheck size={16} aria-hidden /> {say('noProblems')}
        </p>
      ) : (
        <>
          <ul className={styles.problems}>
            {columns.map((found) => {
              const column = import_.columns.find((one) => one.index === found.column)
              const target = targets.find((one) => one.name === column?.field)
              return (
                <li key={found.column ?? 'row'}>
                  <h3>
                    {column ? `${column.letter} ${column.header}` : say('wholeRow')}
                    {target && ` → ${labelText(target.label, locale)}`}
                  </h3>
                  {found.problems.map((problem) => (
                    <p key={problem.code + labelText(problem.message, locale)}>
                      <CircleAlert size={14} aria-hidden />
                      <span>
                        {say('problemOf', { count: counted(problem.count), message: labelText(problem.message, locale) })}
                        <span className={styles.note}>
                          {' '}
                          {problem.examples
                            .slice(0, 3)
                            .map((one) => `${say('rowExample', { row: one.row })}${one.value ? ` “${one.value}”` : ''}`)
                            .join(' · ')}
                        </span>
                      </span>
                    </p>
                  ))}
                </li>
              )
            })}
          </ul>
          <p className={styles.note}>{say('invalidNote')}</p>
        </>
      )}
    </section>
  )
}
