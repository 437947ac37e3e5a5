/** Gives every node its type, every call its overload, and puts conversions where the language has them. */
import type { Fix } from './errors.ts'
import { FormulaError } from './errors.ts'
import type { Function, Functions, Overload, Parameter } from './function.ts'
import messages from './messages.json' with { type: 'json' }
import { nearest } from './near-names.ts'
import type { Scope, Unknown } from './scope.ts'
import type { Span } from './text.ts'
import { fill, length, slice } from './text.ts'
import type { Call, Field, Literal, Node, Row } from './tree.ts'
import type { Typed } from './typed.ts'
import { stored, typed } from './typed.ts'
import type { Type } from './types.ts'
import { BOOLEAN, itemOf, keyOf, NOTHING, NUMBER, TEXT } from './types.ts'
import { asItems, fit } from './unify.ts'

/** The typed tree; its stored node is the form to store, with unchanging names. Throws FormulaError.
 *
 * `source` is the text the node was read from; with it the errors bring fixes. `row` is what the formula is asked of besides the record. */
export function check(node: Node, scope: Scope, functions: Functions, source = '', row: Type | null = null): Typed {
  return new Checker(scope, functions, source).typed(node, row)
}

class Checker {
  private readonly scope: Scope
  private readonly functions: Functions
  private readonly source: string

  constructor(scope: Scope, functions: Functions, source: string) {
    this.scope = scope
    this.functions = functions
    this.source = source
  }

  typed(node: Node, row: Type | null): Typed {
    switch (node.kind) {
      case 'literal':
        return typed(node, typeOfLiteral(node))
      case 'field':
        return this.field(node)
      case 'row':
        return this.row(node, row)
      case 'items':
        return asItems(node, node.items.map((one) => this.typed(one, row)), this.source)
      case 'call':
        return this.call(node, row)
    }
  }

  private field(node: Field): Typed {
    const found = this.scope.find(node.names)
    if ('unknown' in found) throw noField(found, node)
    return typed({ kind: 'field', names: found.names, span: node.span }, found.type)
  }

  private row(node: Row, row: Type | null): Typed {
    if (!row) throw new FormulaError('no_row', messages.NO_ROW, node.span)
    if (node.names.length === 0) return typed(node, row)
    if (row.object === null) throw new FormulaError('no_row_fields', messages.NO_ROW_FIELDS, node.span)
    const found = this.scope.inside(row.object).find(node.names)
    if ('unknown' in found) throw noField(found, node)
    return typed({ kind: 'row', names: found.names, span: node.span }, found.type)
  }

  private call(node: Call, row: Type | null): Typed {
    const found = this.functions.find(node.function)
    if (!found) throw this.noFunction(node)
    if (found.standsFor !== undefined) return this.typed(fieldMeant(found, found.standsFor, node), row)
    let problem: FormulaError | null = null
    let unsuited: FormulaError | null = null
    // Arguments typed for an earlier overload are kept: else deep formulas would take for ever.
    const known = new Map<string, Typed>()
    for (const exactly of [true, false]) {
      for (const overload of found.overloads) {
        let fitting: Typed | null = null
        try {
          fitting = this.as(found, overload, node, row, known, exactly)
          overload.checkConstants?.(node.span, ...fitting.arguments.map((one) => one.node))
          return fitting
        } catch (error) {
          if (!(error instanceof FormulaError)) throw error
          // Where the arguments fit, what is said of them is more to the point.
          if (fitting) unsuited ??= error
          else problem ??= error
        }
      }
    }
    throw unsuited ?? problem ?? new FormulaError('no_function', fill(messages.NO_FUNCTION, { name: node.function }), node.span)
  }

  private noFunction(node: Call): FormulaError {
    const name = node.function
    const near = nearest(name.toUpperCase(), this.functions.all.flatMap((one) => one.names))
    const span: Span = [node.span[0], node.span[0] + length(name)]
    let fix: Fix | null = null
    if (near !== null && slice(this.source, ...span) === name) {
      fix = { label: fill(messages.DID_YOU_MEAN, { name: near }), span, replacement: near }
    }
    return new FormulaError('no_function', fill(messages.NO_FUNCTION, { name }), node.span, fix)
  }

  private as(found: Function, overload: Overload, node: Call, row: Type | null, known: Map<string, Typed>, exactly: boolean): Typed {
    const places = placesOf(found, overload, node)
    const within = found.keepsEmpty ? new Checker(this.scope, this.functions.keepingEmpty, this.source) : this
    const given: Typed[] = []
    node.arguments.forEach((argument, index) => {
      const place = places[index]
      const [items] = given
      const inner = place?.perRow && items ? itemOf(items.type) : row
      const key = `${index} ${inner ? keyOf(inner) : ''}`
      const one = known.get(key) ?? within.typed(argument, inner)
      known.set(key, one)
      given.push(one)
      if (place?.constant && argument.kind !== 'literal') {
        const problem = fill(messages.NOT_CONSTANT, { name: found.name, parameter: place.name })
        throw new FormulaError('not_constant', problem, argument.span)
      }
    })
    const [fitted, result] = fit({ function: found, overload, places, exactly, source: this.source }, given)
    const call: Call = { kind: 'call', function: found.name, arguments: fitted.map(stored), span: node.span }
    return typed(call, result, { arguments: fitted, call: { function: found, overload } })
  }
}

function noField(found: Unknown, { names, span }: Field | Row): FormulaError {
  const [better] = found.suggestions
  let fix: Fix | null = null
  if (better !== undefined) {
    const mended = names.map((one) => (one === found.unknown ? better : one))
    fix = { label: fill(messages.DID_YOU_MEAN, { name: better }), span, replacement: `{${mended.join('.')}}` }
  }
  return new FormulaError('no_field', fill(messages.NO_FIELD, { name: found.unknown }), span, fix)
}

/** The field that is meant by another word for it. */
function fieldMeant(found: Function, name: string, node: Call): Field | Row {
  const [overload] = found.overloads
  const [place] = overload ? placesOf(found, overload, node) : []
  const [given] = node.arguments
  if (!place || !given) return { kind: 'field', names: [name], span: node.span }
  if (given.kind === 'field' || given.kind === 'row') return { kind: given.kind, names: [...given.names, name], span: node.span }
  throw new FormulaError('not_a_field', fill(messages.NOT_A_FIELD, { name: found.name, parameter: place.name }), given.span)
}

function typeOfLiteral({ value }: Literal): Type {
  if (value === null) return NOTHING
  if (typeof value === 'boolean') return BOOLEAN
  return typeof value === 'string' ? TEXT : NUMBER
}

/** The parameter of each argument. Throws FormulaError when there are too few or too many. */
export function placesOf(found: Function, overload: Overload, node: Call): Parameter[] {
  const given = node.arguments.length
  const before = overload.parameters.filter((one) => !one.repeats)
  const group = overload.parameters.filter((one) => one.repeats)
  let places = [...overload.parameters]
  if (group.length > 0) {
    const first = overload.parameters.findIndex((one) => one.repeats)
    const times = Math.max(Math.floor((given - first) / group.length), 1)
    const rest = Math.max(given - first - times * group.length, 0)
    const repeated = Array.from({ length: times }, () => group).flat()
    places = [...before.slice(0, first), ...repeated, ...before.slice(first, first + rest)]
  }
  if (given > places.length) throw new FormulaError('too_many', fill(messages.TOO_MANY, { name: found.name }), node.span)
  const missing = places.slice(given).find((one) => !one.optional)
  if (missing) {
    throw new FormulaError('too_few', fill(messages.TOO_FEW, { name: found.name, parameter: missing.name }), node.span)
  }
  return places.slice(0, given)
}
