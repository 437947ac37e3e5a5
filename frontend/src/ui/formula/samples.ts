/** Three real records a formula is tried on. Their values are fetched once; the formula is computed anew with every key. */
import { useMemo, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { keys } from '@/api/keys'
import { useFormulaCalendars } from '@/api/calendars'
import { fetchRecords } from '@/api/records'
import { useMe } from '@/api/session'
import { parseMoment } from '@/lib/formula/calendar'
import { Environment } from '@/lib/formula/environment'
import { explain } from '@/lib/formula/explain'
import type { Explained } from '@/lib/formula/explain'
import { aboutCalendars, aboutPeople, aboutReadings } from '@/lib/formula/server-only'
import { walk } from '@/lib/formula/tree'
import type { Typed } from '@/lib/formula/typed'
import { stored } from '@/lib/formula/typed'
import { zoneNamed } from '@/lib/formula/zones'
import { currentLocale } from '@/lib/i18n'
import type { ObjectScope } from './object_scope'
import { lookedAt, readValues } from './record_values'
import type { Looked, RecordValues } from './record_values'

const together = 3
const most = 30

export interface Sample {
  id: string
  name: string
  /** Null while its values are fetched, and where the formula does not read. */
  explained: Explained | null
  values: RecordValues | null
}

export interface Samples {
  samples: Sample[]
  isLoading: boolean
  problem: unknown
  /** Whether there are others to try. */
  hasMore: boolean
  others: () => void
}

/** `isThere` is false for an object that is only in a draft: it has no records. */
export function useSamples(scope: ObjectScope, typed: Typed | null, isThere = true): Samples {
  const [turn, setTurn] = useState(0)
  const me = useMe().data
  const { object } = scope
  const listed = useQuery({
    queryKey: [...keys.ofObject(object.name), 'samples'],
    queryFn: () => fetchRecords(object.name, { fields: ['name'], sort: ['-updated_at'], limit: most }),
    enabled: isThere,
    staleTime: 60_000,
  })
  const records = useMemo(() => listed.data?.records ?? [], [listed.data])
  const turns = Math.max(1, Math.ceil(records.length / together))
  const shown = useMemo(() => records.slice((turn % turns) * together, (turn % turns) * together + together), [records, turn, turns])
  const looked: Looked = useMemo(() => (typed ? lookedAt(stored(typed)) : { paths: [], rows: [] }), [typed])
  const calls = useMemo(() => (typed ? [...walk(stored(typed))].flatMap((one) => (one.kind === 'call' ? [one.function] : [])) : []), [typed])
  const asksPeople = calls.some((one) => aboutPeople.has(one))
  const asksCalendars = calls.some((one) => aboutCalendars.has(one))
  const calendars = useFormulaCalendars(asksCalendars).data
  const ids = shown.map((record) => record.id)
  const read = useQuery({
    queryKey: [...keys.ofObject(object.name), 'formula-values', ids, looked],
    queryFn: () => readValues(scope, ids, looked),
    enabled: ids.length > 0 && typed !== null,
    staleTime: 60_000,
    placeholderData: (previous) => previous,
  })
  const zone = me?.workspace.time_zone ?? 'UTC'
  const person = me?.person.id ?? null
  const samples = useMemo(() => {
    const now = parseMoment(new Date().toISOString())
    return shown.map(({ id, name }): Sample => {
      const values = read.data?.get(id) ?? null
      const isWhole = !asksPeople && (!asksCalendars || calendars !== undefined) && values !== null && (!read.isPlaceholderData || looked.rows.length === 0) && looked.paths.every((path) => values.has(path.join('.')))
      const surroundings = values && now ? new Environment({ fields: values, now, zone: zoneNamed(zone), person, locale: currentLocale(), ...(calendars ? { calendars } : {}) }) : null
      return { id, name: String(name ?? ''), values, explained: typed && isWhole && surroundings ? withinKnownYears(explain(typed, surroundings)) : null }
    })
  }, [shown, read.data, read.isPlaceholderData, looked, typed, zone, person, asksPeople, asksCalendars, calendars])
  return { samples, isLoading: listed.isLoading || read.isLoading, problem: listed.error ?? read.error, hasMore: turns > 1, others: () => setTurn(turn + 1) }
}

/** Null where a calendar was asked for a year the browser is not told of, or Chinese is to be read: a sample never shows less than the server would. */
function withinKnownYears(explained: Explained): Explained | null {
  const isBeyond = ({ part, outcome, parts }: Explained): boolean =>
    ((aboutCalendars.has(nameOf(part)) || aboutReadings.has(nameOf(part))) && typeof outcome === 'object' && 'reason' in outcome) || parts.some(isBeyond)
  return isBeyond(explained) ? null : explained
}

function nameOf(part: Typed): string {
  return part.call?.function.name ?? ''
}
