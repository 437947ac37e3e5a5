/** The call the cursor stands in, with the argument it is at: `如果(条件, 成立时, [否则])`. */
import { Fragment } from 'react'
import type { Function, Functions, Signature as Shape } from '@/lib/formula/function'
import { functionName } from '@/lib/formula/names'
import { useLocale } from '@/lib/i18n'
import type { Part } from './parts'
import { callAround } from './parts'
import { say } from './reading'
import { parameterAt } from './wanted'
import styles from './formula.module.css'

export interface SignatureProps {
  function: Function
  argument: number
}

export function signatureAt(parts: readonly Part[], cursor: number, functions: Functions): SignatureProps | null {
  const call = callAround(parts, cursor)
  const found = call && functions.find(call.function)
  return found ? { function: found, argument: call.argument } : null
}

/** The overload with a place for the argument, the first one if none has. */
function fitting(called: Function, argument: number): Shape | undefined {
  return called.overloads.find((one) => parameterAt(one.parameters, argument)) ?? called.overloads[0]
}

export function Signature({ function: called, argument }: SignatureProps) {
  const locale = useLocale()
  const shape = fitting(called, argument)
  if (!shape) return null
  const now = parameterAt(shape.parameters, argument)
  return (
    <p className={styles.signature}>
      <strong>{functionName(called, locale)}</strong>(
      {shape.parameters.map((one, place) => (
        <Fragment key={place}>
          {place > 0 && ', '}
          <span data-now={one === now || undefined}>
            {one.optional ? `[${say(one.name, locale)}]` : say(one.name, locale)}
            {one.repeats && '…'}
          </span>
        </Fragment>
      ))}
      )
    </p>
  )
}
