/** The fields formulas of an object may name, found by API name or by label, over links to one and to many, as the server finds them. */
import type { Field, ObjectDefinition } from '@/api/types'
import type { Names } from '@/lib/formula/names'
import { nearest } from '@/lib/formula/near-names'
import type { Reached, Scope, Unknown } from '@/lib/formula/scope'
import type { Labels, Type } from '@/lib/formula/types'
import { listOf, type } from '@/lib/formula/types'
import { labelText } from '@/lib/i18n'
import type { Locale } from '@/lib/i18n'
import type { Held } from '@/registry/field_kind'
import { kindOf } from '@/registry/registry'
import { builtInObjects } from './built_in'

/** Joins the object and its link in the name of a link walked backwards: `opportunity:account`. */
const backwards = ':'
const mostHops = 5

const kinds: Readonly<Record<Exclude<Held, 'files' | 'secret' | 'data'>, Type['kind']>> = {
  text: 'text', number: 'number', boolean: 'boolean', date: 'date', date_time: 'date_time', texts: 'choice', reference: 'record', references: 'record',
}

/** Whether a field holds several values. */
export function isListed(field: Field): boolean {
  const { holds } = kindOf(field)
  return holds === 'texts' || holds === 'references'
}

/** Whether a step may lead to several records. */
export function isMany(hop: Hop): boolean {
  return hop.isBackwards || kindOf(hop.link).holds === 'references'
}

/** The object a field leads to; null for one that leads nowhere. */
export function targetOfField(field: Field): string | null {
  return kindOf(field).pointsTo?.(field) ?? null
}

export function typeOfField(field: Field): Type {
  const { holds } = kindOf(field)
  if (holds === 'files' || holds === 'secret' || holds === 'data') throw new RangeError('Formulas know nothing of files, secrets and data.')
  const options = field.options.choices
  const choices = options ? { labels: new Map(options.map((one) => [one.value, one.label as Labels])), key: field.name, kinds: new Map(options.flatMap((one) => (one.kind ? [[one.value, one.kind]] : []))) } : null
  return type(choices ? 'choice' : kinds[holds], { isList: isListed(field), object: targetOfField(field), choices })
}

/** One step of a path: along a link of the record, or back along a link of other records to it. */
export interface Hop {
  readonly link: Field
  readonly target: ObjectDefinition
  readonly isBackwards: boolean
}

/** A path as it is walked; without a field it leads to the records themselves. */
export interface FormulaPath {
  readonly names: readonly string[]
  readonly hops: readonly Hop[]
  readonly field: Field | null
}

export class ObjectScope implements Scope {
  readonly object: ObjectDefinition
  /** The object of what a formula is asked of besides the record: its row at hand. */
  readonly row: string | null
  private readonly objects: readonly ObjectDefinition[]

  constructor(objects: readonly ObjectDefinition[], object: ObjectDefinition, row: string | null = null) {
    this.row = row
    const others = objects.filter((one) => one.retired_at === null && one.name !== object.name)
    this.objects = [object, ...others, ...builtInObjects.filter((one) => !others.some((other) => other.name === one.name))]
    this.object = object
  }

  inside(object: string): ObjectScope {
    const found = this.objects.find((one) => one.name === object)
    if (!found) throw new RangeError(`There is no object '${object}'.`)
    return new ObjectScope(this.objects, found)
  }

  find(names: readonly string[]): Reached | Unknown {
    const path = this.path(names)
    if ('unknown' in path) return path
    const last = path.hops.at(-1)
    if (!path.field) return { names: path.names, type: type('record', { isList: true, object: last?.target.name ?? null }) }
    const found = typeOfField(path.field)
    return { names: path.names, type: path.hops.some(isMany) ? listOf(found) : found }
  }

  path(names: readonly string[]): FormulaPath | Unknown {
    let here = this.object
    let field: Field | null = null
    const hops: Hop[] = []
    const stored: string[] = []
    for (const name of names) {
      if (field) {
        const goal = targetOfField(field)
        const target = this.objects.find((one) => one.name === goal)
        if (!target || hops.length >= mostHops) return { unknown: name, suggestions: [] }
        hops.push({ link: field, target, isBackwards: false })
        here = target
      }
      field = named(here, name)
      if (field) {
        stored.push(field.name)
        continue
      }
      const back = this.backwards(here, name)
      if (!back || hops.length >= mostHops) return { unknown: name, suggestions: near(here, name) }
      hops.push(back)
      stored.push(backName(back))
      here = back.target
    }
    return hops.some(isMany) && field ? this.toRecords(stored, hops, field) : { names: stored, hops, field }
  }

  /** Several of each of many are records again, reached by one more step. */
  private toRecords(names: readonly string[], hops: readonly Hop[], field: Field): FormulaPath | Unknown {
    if (kindOf(field).holds !== 'references') return { names, hops, field }
    const goal = targetOfField(field)
    const target = this.objects.find((one) => one.name === goal)
    if (!target || hops.length >= mostHops) return { unknown: names.at(-1) ?? '', suggestions: [] }
    return { names, hops: [...hops, { link: field, target, isBackwards: false }], field: null }
  }

  /** The links of other records to records of the object. */
  linksTo(here: ObjectDefinition): Hop[] {
    return this.objects.flatMap((source) =>
      source.fields.flatMap((link) =>
        link.retired_at === null && !link.system && targetOfField(link) === here.name ? [{ link, target: source, isBackwards: true }] : [],
      ),
    )
  }

  private backwards(here: ObjectDefinition, name: string): Hop | null {
    const links = this.linksTo(here)
    const exact = links.filter((hop) => backName(hop) === name)
    const found = exact.length > 0 ? exact : links.filter((hop) => namesOfMany(hop).includes(name.toLowerCase()))
    return found.length === 1 ? (found[0] ?? null) : null
  }

  /** The fields and the objects that link here which the names on the way lead to. */
  target(names: readonly string[]): ObjectDefinition | null {
    if (names.length === 0) return this.object
    const path = this.path(names)
    if ('unknown' in path) return null
    if (!path.field) return path.hops.at(-1)?.target ?? null
    const goal = targetOfField(path.field)
    return this.objects.find((one) => one.name === goal) ?? null
  }

  /** The labels along a path in a language; the API name where a label would not be read back. */
  names(locale: Locale): Names {
    return {
      locale,
      called: (names) => this.called(names, locale),
      option: (value, labels) => labelText(labels, locale) || value,
      inside: (object) => this.inside(object).names(locale),
    }
  }

  /** The labels along a path, for people only. */
  labels(names: readonly string[], locale: Locale): string[] {
    const path = this.path(names)
    if ('unknown' in path) return [...names]
    return path.names.map((name, place) => labelAt(path, place, locale) || name)
  }

  private called(names: readonly string[], locale: Locale): string[] {
    const path = this.path(names)
    if ('unknown' in path) return [...names]
    let here = this.object
    return path.names.map((name, place) => {
      const label = labelAt(path, place, locale)
      const alone = label && !/[.{}]/.test(label) ? this.inside(here.name).path([label]) : null
      here = path.hops[place]?.target ?? here
      return alone && !('unknown' in alone) && alone.names.length === 1 && alone.names[0] === name ? label : name
    })
  }
}

export function backName({ target, link }: Hop): string {
  return `${target.name}${backwards}${link.name}`
}

/** The fields that formulas may name: they know nothing of files. */
export function nameable(here: ObjectDefinition): Field[] {
  return here.fields.filter((field) => field.retired_at === null && !['files', 'secret', 'data'].includes(kindOf(field).holds))
}

function named(here: ObjectDefinition, name: string): Field | null {
  const fields = nameable(here)
  const exact = fields.find((field) => field.name === name)
  if (exact) return exact
  const folded = name.toLowerCase()
  const found = fields.filter((field) => Object.values(field.label).some((label) => label.toLowerCase() === folded))
  return found.length === 1 ? (found[0] ?? null) : null
}

function namesOfMany({ target, link }: Hop): string[] {
  const plain = [target.name, ...Object.values(target.label), ...Object.values(target.plural_label)]
  const linked = plain.flatMap((one) => Object.values(link.label).map((label) => `${one}(${label})`))
  return [...plain, ...linked].map((one) => one.toLowerCase())
}

function labelAt({ hops, field }: FormulaPath, place: number, locale: Locale): string {
  const hop = hops[place]
  if (hop) return labelText(hop.isBackwards ? hop.target.plural_label : hop.link.label, locale)
  return labelText(field?.label, locale)
}

function near(here: ObjectDefinition, name: string): string[] {
  const known = nameable(here).flatMap((field) => [field.name, ...Object.values(field.label)])
  const found = nearest(name, known, 0.5)
  return found === null ? [] : [found]
}
