/** Evaluates the rules of an object for a record that is being filled in, as the server will. */
import type { Field, Label, ObjectDefinition, Values } from '@/api/types'
import { builtinFunctions } from '@/lib/formula/builtin'
import { isoDay, isoMoment, Day, Moment, parseDay, parseMoment } from '@/lib/formula/calendar'
import { check } from '@/lib/formula/check-types'
import { Decimal, decimal, numberText, rounded } from '@/lib/formula/decimal'
import { Environment } from '@/lib/formula/environment'
import { FormulaError } from '@/lib/formula/errors'
import { evaluator, resultOf } from '@/lib/formula/evaluate'
import type { Evaluate } from '@/lib/formula/function'
import { fromJson } from '@/lib/formula/json-form'
import { pathsIn } from '@/lib/formula/tree'
import { stored } from '@/lib/formula/typed'
import type { Value } from '@/lib/formula/value'
import { RowValue } from '@/lib/formula/value'
import { zoneNamed } from '@/lib/formula/zones'
import type { Zone } from '@/lib/formula/zones'
import { kindOf } from '@/registry/registry'
import { ObjectScope } from '../formula/object_scope'
import { refusedOptions } from '../offers/refused_options'
import type { Asker } from '../offers/refused_options'
import { isOfRecord, plainState } from './rule_state'
import type { RuleState } from './rule_state'

interface Formula {
  readonly looksAt: readonly string[]
  readonly evaluate: Evaluate
}

interface Validation extends Formula {
  readonly field: string | null
  readonly message: Label
}

/** The decimals columns keep where they keep fewer than formulas, by type. */
const decimalsKept: Readonly<Record<string, number>> = { money: 2, percent: 4 }

export class RuleEngine {
  private readonly object: ObjectDefinition
  private readonly objects: readonly ObjectDefinition[]
  private readonly asker: Asker
  private readonly formulas = new Map<string, Formula>()
  private readonly validations: Validation[] = []
  private readonly order: string[]
  private readonly zone: Zone
  private readonly person: string | null

  constructor(
    objects: readonly ObjectDefinition[],
    object: ObjectDefinition,
    zone: string,
    person: string | null,
  ) {
    this.object = object
    this.objects = objects
    this.asker = { zone, person }
    this.zone = zoneNamed(zone)
    this.person = person
    const scope = new ObjectScope(objects, object)
    for (const field of object.fields) {
      for (const [kind, tree] of Object.entries(field.formulas ?? {})) {
        const formula = read(tree, scope)
        if (formula) this.formulas.set(keyOf(kind, field), formula)
      }
    }
    for (const { condition, field, message } of object.validations ?? []) {
      const formula = read(condition, scope)
      if (formula) this.validations.push({ ...formula, field, message })
    }
    this.order = this.inOrder()
  }

  ask(given: Values, before: Values | null, touched: ReadonlySet<string>): RuleState {
    const values = { ...before, ...given }
    const filled = new Set<string>()
    for (const field of before ? [] : this.ordered('default')) {
      if (touched.has(field.name)) continue
      const value = this.result(keyOf('default', field), values)
      if (value === null || value === undefined) continue
      values[field.name] = shown(field, value)
      filled.add(field.name)
    }
    this.compute(values)
    if (!before && this.clear(values, touched)) this.compute(values)
    const state = plainState(this.object.fields, values)
    const says = (kind: string, field: Field, of: Values): boolean | null => {
      const value = this.result(keyOf(kind, field), of)
      return typeof value === 'boolean' ? value : null
    }
    const fields = this.object.fields
    const hidden = new Set(fields.filter((field) => says('visible_when', field, values) === false).map((field) => field.name))
    const required = fields.filter((field) => (field.required || says('required_when', field, values) === true) && !hidden.has(field.name))
    const locked = before ? fields.filter((field) => says('read_only_when', field, before) === true && says('read_only_when', field, values) === true) : []
    return {
      ...state,
      filled,
      hidden,
      required: new Set(required.map((field) => field.name)),
      locked: new Set(locked.map((field) => field.name)),
      broken: this.validations.filter((one) => this.concerns(one, values, before) && this.value(one, values) === false),
    }
  }

  private compute(values: Record<string, unknown>): void {
    for (const field of this.ordered('formula')) {
      const value = this.result(keyOf('formula', field), values)
      if (value !== undefined) values[field.name] = shown(field, value)
    }
  }

  /** Takes out defaults nobody touched that are not offered, as the save does; whether there were any. */
  private clear(values: Record<string, unknown>, touched: ReadonlySet<string>): boolean {
    const filled = this.object.fields.filter((field) => field.offers?.length && typeof values[field.name] === 'string' && !touched.has(field.name))
    const wrong = filled.filter((field) => refusedOptions(this.objects, this.object, field, values, this.asker).has(values[field.name] as string))
    for (const field of wrong) values[field.name] = null
    return wrong.length > 0
  }

  /** What it hangs on whether a field has to be filled in: itself and what its rules look at. */
  hangsOn(name: string): readonly string[] {
    return [name, ...['required_when', 'visible_when'].flatMap((kind) => this.formulas.get(`${kind} ${name}`)?.looksAt ?? [])]
  }

  /** A saved record is judged only by what touches a change. */
  private concerns(one: Validation, values: Values, before: Values | null): boolean {
    if (!before) return true
    const names = one.field === null ? one.looksAt : [...one.looksAt, one.field]
    return names.some((name) => {
      const field = this.field(name)
      return field && JSON.stringify(toWire(field, values[name])) !== JSON.stringify(toWire(field, before[name]))
    })
  }

  private result(key: string, values: Values): Value | undefined {
    const formula = this.formulas.get(key)
    return formula && this.value(formula, values)
  }

  /** Undefined where a field is not known here. */
  private value(formula: Formula, values: Values): Value | undefined {
    const known = new Map<string, Value>()
    for (const name of formula.looksAt) {
      const field = this.field(name)
      // How many lines there will be, the server knows.
      if (!field || field.lines) return undefined
      known.set(name, held(field, values[name]))
    }
    const now = new Moment(BigInt(Date.now()) * 1000n)
    return resultOf(formula.evaluate, new Environment({ fields: known, now, zone: this.zone, person: this.person }))
  }

  private field(name: string): Field | undefined {
    return this.object.fields.find((one) => one.name === name)
  }

  /** Fields whose formulas of a kind are known, each after those it looks at. */
  private ordered(kind: string): Field[] {
    const fields = this.order.map((name) => this.field(name))
    return fields.filter((field): field is Field => field !== undefined && this.formulas.has(keyOf(kind, field)))
  }

  private inOrder(): string[] {
    const done = new Set<string>()
    const visit = (name: string, way: ReadonlySet<string>): void => {
      if (done.has(name) || way.has(name)) return
      for (const kind of ['default', 'formula']) {
        for (const other of this.formulas.get(`${kind} ${name}`)?.looksAt ?? []) visit(other, new Set([...way, name]))
      }
      done.add(name)
    }
    for (const { name } of this.object.fields) visit(name, new Set())
    return [...done]
  }
}

function keyOf(kind: string, field: Field): string {
  return `${kind} ${field.name}`
}

/** Null for what looks at other records: the server answers for that. */
function read(tree: unknown, scope: ObjectScope): Formula | null {
  if (!isOfRecord(tree)) return null
  try {
    const typed = check(fromJson(tree), scope, builtinFunctions())
    const looksAt = [...new Set(pathsIn(stored(typed)).map((names) => names[0] ?? ''))]
    return { looksAt, evaluate: evaluator(typed) }
  } catch (error) {
    if (error instanceof FormulaError) return null
    throw error
  }
}

function toWire(field: Field, value: unknown): unknown {
  return kindOf(field).toWire(value ?? null)
}

/** A value of a form as formulas know it. */
function held(field: Field, value: unknown): Value {
  const wire = toWire(field, value)
  const { holds } = kindOf(field)
  if (holds === 'boolean') return wire === true
  if (wire === null || wire === undefined || wire === '') return null
  if (holds === 'texts' || holds === 'references') return Array.isArray(wire) ? wire.map(String) : null
  const text = typeof wire === 'number' || typeof wire === 'string' ? String(wire) : ''
  if (holds === 'number') return decimal(text)
  if (holds === 'date') return parseDay(text)
  if (holds === 'date_time') return parseMoment(text)
  return text === '' ? null : text
}

/** A result as forms hold it. */
function shown(field: Field, value: Value): unknown {
  if (value instanceof Decimal) return Number(numberText(rounded(value, decimalsKept[field.type] ?? 10)))
  if (value instanceof Day) return isoDay(value)
  if (value instanceof Moment) return isoMoment(value)
  if (value instanceof RowValue) return { id: value.id, name: null }
  if (typeof value === 'string') return field.options.choices ? optionOf(field, value) : value
  return value
}

/** An option by its value, else by one of its labels. */
function optionOf(field: Field, written: string): string | null {
  const choices = field.options.choices ?? []
  const found = choices.find((one) => one.value === written) ?? choices.find((one) => Object.values(one.label).includes(written))
  return found?.value ?? null
}
