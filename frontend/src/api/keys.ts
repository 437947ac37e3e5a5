/** The names under which answers are kept, so that whoever changes something knows what to refresh. */
import type { AggregateQuery, RecordQuery } from './types'

export const keys = {
  setup: ['setup'] as const,
  me: ['me'] as const,
  tokens: ['tokens'] as const,
  apps: ['apps'] as const,
  objects: ['objects'] as const,
  fieldTypes: ['field-types'] as const,
  designs: ['design', 'objects'] as const,
  designHistory: ['design', 'history'] as const,
  views: (object: string) => ['views', object] as const,
  /** Everything that is read from an object's records. */
  ofObject: (object: string) => ['records', object] as const,
  list: (object: string, query: RecordQuery) => ['records', object, 'list', query] as const,
  count: (object: string, query: unknown) => ['records', object, 'count', query] as const,
  aggregate: (object: string, query: AggregateQuery) => ['records', object, 'aggregate', query] as const,
  record: (object: string, id: string) => ['records', object, 'one', id] as const,
  lines: (object: string, record: string | null) => ['records', object, 'lines', record] as const,
  /** No record yet, so nothing that is saved makes it stale. */
  preview: (object: string, id: string | null) => ['preview', object, id] as const,
  /** Of what is typed, like a preview. */
  duplicates: (object: string, id: string | null, typed: string | null) => ['duplicates', object, id, typed] as const,
  designComputing: ['design', 'computing'] as const,
  computing: (object: string) => ['records', object, 'computing'] as const,
  history: (object: string, id: string) => ['records', object, 'history', id] as const,
  search: (q: string) => ['search', q] as const,
  people: (query: Record<string, unknown> = {}) => ['people', query] as const,
  departments: ['departments'] as const,
  roles: ['roles'] as const,
  /** Begins as roles do: whoever changes them changes it. */
  access: (person: string, object: string, record: string | null) => ['roles', 'access', person, object, record] as const,
  calendars: ['calendars'] as const,
  nearCalendars: ['calendars', 'near'] as const,
  calendarVersions: (name: string) => ['calendars', name, 'versions'] as const,
  calendarYear: (name: string, year: number) => ['calendars', name, year] as const,
  imports: (object?: string) => ['imports', object ?? null] as const,
  import: (id: string) => ['import', id] as const,
}
