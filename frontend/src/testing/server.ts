/** A fake server by msw. A test says what it answers: `server.use(answer('get', '/objects', { … }))`. */
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import type { ProblemBody } from '@/api/types'

export const server = setupServer()

type Verb = 'get' | 'post' | 'patch' | 'delete'
type Body = Record<string, unknown> | readonly unknown[] | null
interface Asked {
  url: URL
  parameters: Record<string, string>
  body: unknown
  headers: Headers
}

async function readBody(request: Request): Promise<unknown> {
  const text = await request.clone().text()
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Answers a call with a body, or with what a function makes of the call. A `Response` goes out as it is. */
export function answer(verb: Verb, path: string, body: object | undefined | ((asked: Asked) => unknown), status = 200) {
  return http[verb](`*/api/v1${path}`, async ({ request, params }) => {
    const asked: Asked = {
      url: new URL(request.url),
      parameters: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)])),
      body: await readBody(request),
      headers: request.headers,
    }
    const said: unknown = typeof body === 'function' ? await (body as (asked: Asked) => unknown)(asked) : body
    if (said instanceof Response) return said as HttpResponse<null>
    if (said === undefined || status === 204) return new HttpResponse(null, { status: 204 })
    return HttpResponse.json(said as Body, { status })
  })
}

/** A refusal as the server words it. */
export function problem(status: number, code: string, detail: string, extra: Partial<ProblemBody> = {}): Response {
  return new Response(JSON.stringify({ type: `/problems/${code}`, code, title: detail, detail, status, request_id: 'req-1', ...extra }), {
    status,
    headers: { 'Content-Type': 'application/problem+json' },
  })
}
