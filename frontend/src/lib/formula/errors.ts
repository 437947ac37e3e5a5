/** Why a formula cannot be read or has no value. */
import messages from './messages.json' with { type: 'json' }
import type { Span, Text } from './text.ts'
import { nowhere } from './text.ts'

/** A change that would help: the text to put in the place of a span. */
export interface Fix {
  readonly label: Text
  readonly span: Span
  readonly replacement: string
}

/** A formula cannot be understood. Says where, why, and where possible how to mend it. */
export class FormulaError extends Error {
  readonly code: string
  readonly text: Text
  readonly span: Span
  readonly fix: Fix | null

  constructor(code: string, text: Text, span: Span = nowhere, fix: Fix | null = null) {
    super(text.en)
    this.code = code
    this.text = text
    this.span = span
    this.fix = fix
  }
}

export type Reason = keyof typeof messages.reasons

/** Evaluating came to something that has no value, such as a division by zero. */
export class NoValueError extends Error {
  readonly reason: Reason

  constructor(reason: Reason) {
    super(reason)
    this.reason = reason
  }

  get text(): Text {
    return messages.reasons[this.reason]
  }
}

const made = new Map<Reason, NoValueError>()

/** The error to throw. Each is made once: formulas fail often, and a trace of the stack is dear. */
export function noValue(reason: Reason): NoValueError {
  let error = made.get(reason)
  if (!error) made.set(reason, (error = new NoValueError(reason)))
  return error
}
