/** Choosing, and asking whether. */
import type { Environment } from '../environment.ts'
import { NoValueError } from '../errors.ts'
import type { Evaluate, Implementations } from '../function.ts'
import type { Single, Value } from '../value.ts'
import { equal } from '../value.ts'

/** The value after the first part that holds; with a part over, that one's when none does. */
function chosen(environment: Environment, parts: readonly Evaluate[], holds: (part: Evaluate) => boolean): Value {
  for (let place = 0; place + 1 < parts.length; place += 2) {
    const [condition, value] = [parts[place], parts[place + 1]]
    if (condition && value && holds(condition)) return value(environment)
  }
  const last = parts.length % 2 === 1 ? parts[parts.length - 1] : undefined
  return last ? last(environment) : null
}

function isBlank(value: Value): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

export function has(items: readonly Single[], value: Single): boolean {
  return value !== null && items.some((one) => equal(one, value))
}

export const logic: Implementations = {
  IF: (environment: Environment, condition: Evaluate, then: Evaluate, otherwise?: Evaluate) => {
    if (condition(environment) === true) return then(environment)
    return otherwise ? otherwise(environment) : null
  },
  IFS: (environment: Environment, ...parts: Evaluate[]) => chosen(environment, parts, (one) => one(environment) === true),
  SWITCH: (environment: Environment, subject: Evaluate, ...parts: Evaluate[]) => {
    const value = subject(environment)
    return chosen(environment, parts, (one) => equal(value, one(environment)))
  },
  AND: (environment: Environment, ...parts: Evaluate[]) => parts.every((one) => one(environment) === true),
  OR: (environment: Environment, ...parts: Evaluate[]) => parts.some((one) => one(environment) === true),
  NOT: (value: boolean) => !value,
  XOR: (...values: boolean[]) => values.filter((one) => one).length % 2 === 1,
  IFBLANK: (environment: Environment, value: Evaluate, otherwise: Evaluate) => {
    const found = value(environment)
    return found === null || (Array.isArray(found) && found.length === 0) ? otherwise(environment) : found
  },
  IFERROR: (environment: Environment, value: Evaluate, otherwise: Evaluate) => {
    try {
      return value(environment)
    } catch (error) {
      if (!(error instanceof NoValueError)) throw error
    }
    return otherwise(environment)
  },
  ISBLANK: isBlank,
  ISERROR: (environment: Environment, value: Evaluate) => {
    try {
      value(environment)
      return false
    } catch (error) {
      if (error instanceof NoValueError) return true
      throw error
    }
  },
  IN: (value: Single, items: readonly Single[]) => has(items, value),
}
