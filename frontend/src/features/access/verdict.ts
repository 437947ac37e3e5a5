/** What an answer about access comes down to. */
import type { AccessAnswer, Person, Reference } from '@/api/types'

export type Verdict = 'edit' | 'see' | 'none'

export function verdictOf(access: AccessAnswer): Verdict {
  if (access.see && access.edit) return 'edit'
  return access.see ? 'see' : 'none'
}

export function plainPerson(person: Person): Reference {
  return { id: person.id, name: person.name }
}
