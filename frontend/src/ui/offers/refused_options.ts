/** Which options a record does not offer as it is filled in, by the conditions that look at the record alone. Fetched when there are some. */
import type { Field, ObjectDefinition, Values } from '@/api/types'
import { builtinFunctions } from '@/lib/formula/builtin'
import { Moment } from '@/lib/formula/calendar'
import { check } from '@/lib/formula/check-types'
import { Environment } from '@/lib/formula/environment'
import { FormulaError } from '@/lib/formula/errors'
import { evaluator, resultOf } from '@/lib/formula/evaluate'
import { fromJson } from '@/lib/formula/json-form'
import type { Typed } from '@/lib/formula/typed'
import { stored } from '@/lib/formula/typed'
import { pathKey } from '@/lib/formula/value'
import { zoneNamed } from '@/lib/formula/zones'
import { kindOf } from '@/registry/registry'
import { ObjectScope } from '../formula/object_scope'
import { formulaValue, isLocal, lookedAt } from '../formula/record_values'

export interface Asker {
  zone: string
  person: string | null
}

/** An option is refused where conditions name it and none of them holds. What looks at other records is left to the server. */
export function refusedOptions(objects: readonly ObjectDefinition[], object: ObjectDefinition, field: Field, values: Values, asker: Asker): ReadonlySet<string> {
  const named = new Set<string>()
  const open = new Set<string>()
  for (const { options, condition } of field.offers ?? []) {
    const holds = says(objects, object, condition, values, asker)
    for (const option of options) (holds === false ? named : open).add(option)
  }
  return new Set([...named].filter((option) => !open.has(option)))
}

/** Null without a value, and where it cannot be told here. */
function says(objects: readonly ObjectDefinition[], object: ObjectDefinition, tree: unknown, values: Values, { zone, person }: Asker): boolean | null {
  const typed = read(tree, new ObjectScope(objects, object))
  if (!typed) return null
  const looked = lookedAt(stored(typed))
  if (!isLocal(looked)) return null
  const fields = new Map(
    looked.paths.flatMap(([name = '']) => {
      const field = object.fields.find((one) => one.name === name)
      return field ? [[pathKey([name]), formulaValue(field, kindOf(field).toWire(values[name] ?? null))] as const] : []
    }),
  )
  const now = new Moment(BigInt(Date.now()) * 1000n)
  const value = resultOf(evaluator(typed), new Environment({ fields, now, zone: zoneNamed(zone), person }))
  return typeof value === 'boolean' ? value : null
}

function read(tree: unknown, scope: ObjectScope): Typed | null {
  try {
    return check(fromJson(tree), scope, builtinFunctions())
  } catch (error) {
    if (error instanceof FormulaError) return null
    throw error
  }
}
