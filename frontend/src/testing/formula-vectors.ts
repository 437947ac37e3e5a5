/** Answers the vectors of the server's tests, so that both engines are held to the same values and errors. */
import { builtinFunctions } from '../lib/formula/builtin.ts'
import { Day, isoDay, isoMoment, Moment, parseDay, parseMoment } from '../lib/formula/calendar.ts'
import { check } from '../lib/formula/check-types.ts'
import { Decimal, decimal, numberText } from '../lib/formula/decimal.ts'
import { Environment } from '../lib/formula/environment.ts'
import { FormulaError } from '../lib/formula/errors.ts'
import { evaluator, resultOf } from '../lib/formula/evaluate.ts'
import { fromJson, toJson } from '../lib/formula/json-form.ts'
import { parse } from '../lib/formula/parse.ts'
import { learnReadings } from '../lib/formula/readings.ts'
import type { Scope } from '../lib/formula/scope.ts'
import { stored } from '../lib/formula/typed.ts'
import type { Kind, Labels, Type } from '../lib/formula/types.ts'
import { type } from '../lib/formula/types.ts'
import type { Single, Value } from '../lib/formula/value.ts'
import { pathKey, RowValue } from '../lib/formula/value.ts'
import type { ToldCalendar } from '../lib/formula/work-calendar.ts'
import { Calendars } from '../lib/formula/work-calendar.ts'
import { zoneNamed } from '../lib/formula/zones.ts'

interface WrittenType {
  readonly kind: Kind
  readonly isList?: boolean
  readonly object?: string
  readonly choices?: { readonly key: string; readonly labels: readonly (readonly [string, Labels])[]; readonly kinds: readonly (readonly [string, string])[] }
}
type Written = string | boolean | null | WrittenRow | readonly Written[]
interface WrittenRow {
  readonly id: string
  readonly fields: Readonly<Record<string, Written>>
}

/** The fields of every object by path, the first object's records, and the moment. */
export interface World {
  readonly objects: Readonly<Record<string, Readonly<Record<string, WrittenType>>>>
  readonly object: string
  readonly rows: readonly Readonly<Record<string, Written>>[]
  readonly zone: string
  readonly now: string
  readonly person: string
  readonly team: readonly string[]
  readonly departments: readonly string[]
  readonly calendars: Readonly<Record<string, ToldCalendar>>
  readonly readings: Readonly<Record<string, string>>
}

/** A formula, as text or as it is stored. */
export type Vector = { readonly text: string } | { readonly tree: unknown }

/** What a vector comes to: its stored form and its value for each row, or why it has none. */
export function answering(world: World): (vector: Vector) => unknown {
  const scope = scopeOf(world, world.object)
  const calendars = new Calendars(world.calendars)
  learnReadings(world.readings)
  const rows = world.rows.map((row) => environmentOf(world, calendars, row))
  return (vector) => {
    try {
      const source = 'text' in vector ? vector.text : ''
      const node = 'text' in vector ? parse(vector.text) : fromJson(vector.tree)
      const typed = check(node, scope, builtinFunctions(), source)
      const evaluate = evaluator(typed)
      return { tree: toJson(stored(typed)), values: rows.map((row) => written(resultOf(evaluate, row))) }
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error
      const { code, text, span, fix } = error
      return { error: { code, text, span, fix } }
    }
  }
}

function scopeOf(world: World, object: string): Scope {
  const fields = world.objects[object] ?? {}
  return {
    find(names) {
      const found = fields[pathKey(names)]
      if (found) return { names, type: typeOf(found) }
      return { unknown: names[names.length - 1] ?? '', suggestions: Object.keys(fields).slice(0, 1) }
    },
    inside: (name) => scopeOf(world, name),
  }
}

function typeOf({ kind, isList = false, object, choices }: WrittenType): Type {
  return type(kind, { isList, object: object ?? null, choices: choices ? { key: choices.key, labels: new Map(choices.labels), kinds: new Map(choices.kinds) } : null })
}

function environmentOf(world: World, calendars: Calendars, row: Readonly<Record<string, Written>>): Environment {
  const now = parseMoment(world.now)
  if (!now) throw new TypeError(`'${world.now}' is no moment.`)
  return new Environment({ fields: fieldsOf(world, world.object, row), now, zone: zoneNamed(world.zone), calendars, person: world.person, team: world.team, departments: world.departments })
}

function fieldsOf(world: World, object: string, row: Readonly<Record<string, Written>>): Map<string, Value> {
  return new Map(
    Object.entries(world.objects[object] ?? {}).flatMap(([path, one]): [string, Value][] => {
      const value = row[path]
      return value === undefined ? [] : [[path, read(world, one, value)]]
    }),
  )
}

function read(world: World, one: WrittenType, value: Written): Value {
  if (Array.isArray(value)) return value.map((item: Written) => single(world, one, item))
  return single(world, one, value)
}

function single(world: World, { kind, object = '' }: WrittenType, value: Written): Single {
  if (typeof value === 'object' && value !== null && 'id' in value) return new RowValue(value.id, fieldsOf(world, object, value.fields))
  if (typeof value === 'boolean' || typeof value !== 'string') return typeof value === 'boolean' ? value : null
  if (kind === 'number') return decimal(value)
  if (kind === 'date') return parseDay(value)
  return kind === 'date_time' ? parseMoment(value) : value
}

function written(value: Value): Written {
  if (value instanceof Decimal) return numberText(value)
  if (value instanceof Day) return isoDay(value)
  if (value instanceof Moment) return isoMoment(value)
  if (value instanceof RowValue) return value.id
  if (value === null || typeof value !== 'object') return value
  return value.map(written)
}
