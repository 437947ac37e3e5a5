/** A refusal of the server (RFC 9457), as an error a page can act on. */
import { defineMessages } from '@/lib/i18n'
import type { FieldProblem, FullRecord, ProblemBody } from './types'

const useText = defineMessages('problem', {
  'zh-CN': {
    network: '连不上服务器。请检查网络，再试一次。',
    unreadable: '服务器的回答无法读取（{{status}}）。请再试一次。',
  },
  en: {
    network: 'The server cannot be reached. Check the network and try again.',
    unreadable: 'The answer of the server could not be read ({{status}}). Try again.',
  },
})

export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string | null
  readonly errors: readonly FieldProblem[]
  readonly current: FullRecord | null
  readonly body: ProblemBody

  constructor(body: ProblemBody) {
    super(body.detail ?? body.title)
    this.name = 'Problem'
    this.body = body
    this.status = body.status
    this.code = body.code
    this.requestId = body.request_id ?? null
    this.errors = body.errors ?? []
    this.current = body.current ?? null
  }

  /** The sentence for one field, if the server blamed it. */
  forField(field: string): string | null {
    return this.errors.find((error) => fieldOf(error) === field)?.message ?? null
  }

  /** Sentences by field; what belongs to no field stands under the empty name. */
  byField(): Record<string, string> {
    return Object.fromEntries(this.errors.map((error) => [fieldOf(error) ?? '', error.message]))
  }
}

function fieldOf(error: FieldProblem): string | null {
  if (error.field) return error.field
  const [, first] = (error.pointer ?? '').split('/')
  return first ? first : null
}

export function isProblem(error: unknown, code?: string): error is Problem {
  return error instanceof Problem && (code === undefined || error.code === code)
}

/** The server was not reached at all. */
export function networkProblem(): Problem {
  return new Problem({ type: 'about:blank', code: 'network', status: 0, title: useText.say('network') })
}

export async function readProblem(response: Response): Promise<Problem> {
  try {
    const body = (await response.json()) as Partial<ProblemBody>
    if (typeof body.title === 'string' || typeof body.detail === 'string') {
      return new Problem({ type: 'about:blank', code: 'unknown', title: body.detail ?? '', ...body, status: response.status } as ProblemBody)
    }
  } catch {
    // Not JSON: a proxy's page, say. Told as such below.
  }
  return new Problem({
    type: 'about:blank',
    code: 'unreadable',
    status: response.status,
    title: useText.say('unreadable', { status: response.status }),
  })
}

/** What to tell the person about any error. */
export function problemText(error: unknown): string {
  if (error instanceof Problem) {
    const [first] = error.errors
    return first && error.errors.length === 1 ? first.message : error.message
  }
  return error instanceof Error ? error.message : String(error)
}
