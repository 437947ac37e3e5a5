/** Typed tree → text with the names of a reader; what is long is laid out over several lines. */
import { placesOf } from './check-types.ts'
import { exactText } from './decimal.ts'
import type { Names } from './names.ts'
import { booleans, functionName, quoted, rowWord } from './names.ts'
import { binding, comparison, power } from './parse.ts'
import type { Literal } from './tree.ts'
import type { Typed } from './typed.ts'
import type { Type } from './types.ts'
import { itemOf } from './types.ts'

const unary = power + 1
const signs: Readonly<Record<string, string>> = { AND: '&&', OR: '||', IN: 'in' }

/** The formula as text that reads back to the same tree. `width` is how long a line may grow. */
export function write(typed: Typed, names: Names, width = Infinity): string {
  return new Writer(names, width).written(typed, null, 0, '')
}

class Writer {
  private readonly names: Names
  private readonly width: number

  constructor(names: Names, width: number) {
    this.names = names
    this.width = width
  }

  /** `around` is how tightly the operator outside binds, `indent` what begins the line. */
  written(typed: Typed, row: Type | null, around: number, indent: string): string {
    if (typed.inner) return this.written(typed.inner, row, around, indent)
    const { node } = typed
    switch (node.kind) {
      case 'literal':
        return this.literal(typed, node)
      case 'field':
        return `{${this.names.called(node.names).join('.')}}`
      case 'row': {
        const called = row?.object ? this.names.inside(row.object).called(node.names) : node.names
        return `{${[rowWord[this.names.locale], ...called].join('.')}}`
      }
      case 'items':
        return this.listed('[', typed.arguments, () => row, ']', indent)
      case 'call':
        return this.call(typed, row, around, indent)
    }
  }

  private literal({ type }: Typed, { value }: Literal): string {
    if (value === null) return '""'
    if (typeof value === 'boolean') return booleans[this.names.locale][value ? 1 : 0]
    if (typeof value === 'object') return exactText(value)
    return quoted(type.kind === 'choice' && type.choices ? this.names.option(value, type.choices.labels.get(value) ?? {}) : value)
  }

  private call(typed: Typed, row: Type | null, around: number, indent: string): string {
    const { call, node } = typed
    if (!call || node.kind !== 'call') throw new TypeError('A checked call has its function.')
    const { name } = call.function
    const [first, second] = typed.arguments
    const sign = signs[name] ?? name
    const tight = binding.get(sign) ?? 0
    if (tight && first && second && typed.arguments.length === 2) {
      const left = this.written(first, row, tight === power || tight === comparison ? tight : tight - 1, indent)
      const right = this.written(second, row, tight === power ? tight - 1 : tight, indent)
      const text = `${left} ${sign} ${right}`
      return tight <= around ? `(${text})` : text
    }
    if (name === 'NEGATE' && first) {
      const inner = this.written(first, row, unary - 1, indent)
      return inner.startsWith('-') ? `-(${inner})` : `-${inner}`
    }
    const places = placesOf(call.function, call.overload, node)
    const inner = first ? itemOf(first.type) : null
    return this.listed(`${functionName(call.function, this.names.locale)}(`, typed.arguments, (index) => (places[index]?.perRow ? inner : row), ')', indent)
  }

  private listed(open: string, parts: readonly Typed[], rowOf: (index: number) => Type | null, close: string, indent: string): string {
    const line = parts.map((one, index) => this.written(one, rowOf(index), 0, indent)).join(', ')
    if (parts.length < 2 || (indent.length + open.length + line.length <= this.width && !line.includes('\n'))) return `${open}${line}${close}`
    const deeper = `${indent}  `
    return `${open}\n${parts.map((one, index) => deeper + this.written(one, rowOf(index), 0, deeper)).join(',\n')}\n${indent}${close}`
  }
}
