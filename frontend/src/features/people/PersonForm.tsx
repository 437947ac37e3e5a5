/** The fields of a person, with what is wrong at each. */
import { useEffect, useState } from 'react'
import type { FormEvent } from 'react'
import { Input, Select } from 'antd'
import { Problem } from '@/api/problem'
import { usePeople, useRoles } from '@/api/people'
import type { PersonBody } from '@/api/people'
import type { Person } from '@/api/types'
import { defineMessages, useLabel } from '@/lib/i18n'
import { sameJson } from '@/lib/equal'
import { ErrorSummary } from '@/ui/ErrorSummary'
import { FieldError } from '@/ui/FieldError'
import { FieldLabel } from '@/ui/FieldLabel'
import { DepartmentSelect } from './DepartmentSelect'
import styles from './PersonDrawer.module.css'

const useText = defineMessages('person-form', {
  'zh-CN': {
    name: '姓名',
    email: '邮箱',
    emailHelp: '用来登录。',
    department: '部门',
    manager: '主管',
    managerHelp: '主管能看下属的记录，如果角色这样规定。',
    roles: '角色',
    rolesHelp: '决定能看、能改什么。多个角色的权限合在一起。',
    password: '初始密码',
    passwordHelp: '留空则自动生成，只显示一次。',
    newPassword: '新密码',
    newPasswordHelp: '填写后，原密码失效，对方在各设备上退出登录。',
    nameMissing: '请填写姓名。',
    emailMissing: '请填写邮箱。',
  },
  en: {
    name: 'Name',
    email: 'E-mail',
    emailHelp: 'Used to sign in.',
    department: 'Department',
    manager: 'Manager',
    managerHelp: 'A manager sees the records of their people where the role says so.',
    roles: 'Roles',
    rolesHelp: 'They decide what may be seen and changed. Several roles add up.',
    password: 'Initial password',
    passwordHelp: 'Left empty, one is made and shown once.',
    newPassword: 'New password',
    newPasswordHelp: 'Once set, the old one no longer works and every device is signed out.',
    nameMissing: 'Enter a name.',
    emailMissing: 'Enter an e-mail.',
  },
})

interface Values {
  name: string
  email: string
  department: string | null
  manager: string | null
  roles: string[]
  password: string
}

function valuesOf(person: Person | null): Values {
  return {
    name: person?.name ?? '',
    email: person?.email ?? '',
    department: person?.department?.id ?? null,
    manager: person?.manager?.id ?? null,
    roles: person?.roles.map((role) => role.id) ?? [],
    password: '',
  }
}

/** Only what was changed; an empty password means none. */
export function bodyOf(before: Values, after: Values): PersonBody {
  const trimmed = { ...after, name: after.name.trim(), email: after.email.trim() }
  return Object.fromEntries(Object.entries(trimmed).filter(([name, value]) => !sameJson(value, before[name as keyof Values]))) as PersonBody
}

export interface PersonFormProps {
  formId: string
  person: Person | null
  problem: unknown
  onSubmit: (body: PersonBody) => void
}

export function PersonForm({ formId, person, problem, onSubmit }: PersonFormProps) {
  const say = useText()
  const label = useLabel()
  const roles = useRoles().data ?? []
  const people = usePeople({ active: true }).data ?? []
  const [start] = useState(() => valuesOf(person))
  const [values, setValues] = useState(start)
  const [missing, setMissing] = useState<Record<string, string>>({})
  const refused = problem instanceof Problem ? problem : null
  const errors: Record<string, string> = { ...refused?.byField(), ...missing }
  const placed = Object.keys(values)
  const isUnplaced = refused !== null && !Object.keys(refused.byField()).some((name) => placed.includes(name))

  useEffect(() => {
    const [first] = Object.keys(refused?.byField() ?? {})
    if (first) document.getElementById(`person-${first}`)?.focus()
  }, [refused])

  function set<Name extends keyof Values>(name: Name, value: Values[Name]): void {
    setValues((before) => ({ ...before, [name]: value }))
    setMissing((before) => Object.fromEntries(Object.entries(before).filter(([key]) => key !== name)))
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    const lacking = {
      ...(values.name.trim() === '' ? { name: say('nameMissing') } : {}),
      ...(values.email.trim() === '' ? { email: say('emailMissing') } : {}),
    }
    setMissing(lacking)
    const [first] = Object.keys(lacking)
    if (first) document.getElementById(`person-${first}`)?.focus()
    else onSubmit(bodyOf(start, values))
  }
  function described(name: keyof Values) {
    return { 'aria-describedby': `person-${name}-help person-${name}-error`, status: errors[name] ? ('error' as const) : ('' as const) }
  }

  return (
    <form id={formId} className={styles.form} onSubmit={submit} noValidate>
      {isUnplaced && <ErrorSummary errors={[{ message: refused.message }]} />}
      <div>
        <FieldLabel htmlFor="person-name" required>
          {say('name')}
        </FieldLabel>
        <Input id="person-name" autoFocus={!person} value={values.name} onChange={(event) => set('name', event.target.value)} {...described('name')} />
        <FieldError id="person-name-error">{errors['name']}</FieldError>
      </div>
      <div>
        <FieldLabel htmlFor="person-email" required help={say('emailHelp')} helpId="person-email-help">
          {say('email')}
        </FieldLabel>
        <Input id="person-email" type="email" autoComplete="off" value={values.email} onChange={(event) => set('email', event.target.value)} {...described('email')} />
        <FieldError id="person-email-error">{errors['email']}</FieldError>
      </div>
      <div>
        <FieldLabel htmlFor="person-department">{say('department')}</FieldLabel>
        <DepartmentSelect id="person-department" value={values.department} onChange={(id) => set('department', id)} />
        <FieldError>{errors['department']}</FieldError>
      </div>
      <div>
        <FieldLabel htmlFor="person-manager" help={say('managerHelp')}>
          {say('manager')}
        </FieldLabel>
        <Select
          id="person-manager"
          value={values.manager}
          onChange={(next: string | undefined) => set('manager', next ?? null)}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={people.filter((each) => each.id !== person?.id).map((each) => ({ value: each.id, label: each.name }))}
          style={{ width: '100%' }}
          status={errors['manager'] ? 'error' : ''}
        />
        <FieldError>{errors['manager']}</FieldError>
      </div>
      <div>
        <FieldLabel htmlFor="person-roles" help={say('rolesHelp')}>
          {say('roles')}
        </FieldLabel>
        <Select
          id="person-roles"
          mode="multiple"
          value={values.roles}
          onChange={(next: string[]) => set('roles', next)}
          showSearch={{ optionFilterProp: 'label' }}
          options={roles.map((role) => ({ value: role.id, label: label(role.name) }))}
          style={{ width: '100%' }}
          status={errors['roles'] ? 'error' : ''}
        />
        <FieldError>{errors['roles']}</FieldError>
      </div>
      <div>
        <FieldLabel htmlFor="person-password" help={say(person ? 'newPasswordHelp' : 'passwordHelp')} helpId="person-password-help">
          {say(person ? 'newPassword' : 'password')}
        </FieldLabel>
        <Input.Password
          id="person-password"
          autoComplete="new-password"
          value={values.password}
          onChange={(event) => set('password', event.target.value)}
          {...described('password')}
        />
        <FieldError id="person-password-error">{errors['password']}</FieldError>
      </div>
    </form>
  )
}
