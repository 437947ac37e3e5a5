/** The one way to the server: headers, JSON, problems, and what happens when one is signed out. */
import { currentLocale } from '@/lib/i18n'
import { networkProblem, readProblem } from './problem'
import type { Problem } from './problem'

export interface Call {
  query?: Record<string, unknown>
  body?: unknown
  form?: FormData
  /** The version the change was made against; `*` for whatever it is now. */
  ifMatch?: number | '*'
  idempotencyKey?: string
  /** It is to be saved although it may be there already. */
  acceptsDuplicates?: boolean
  signal?: AbortSignal
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

let csrfToken: string | null = null
let signedOut: () => void = () => undefined

export function keepCsrfToken(token: string | null): void {
  csrfToken = token
}

export function onSignedOut(act: () => void): void {
  signedOut = act
}

/** The problem of values that may be saved once somebody confirmed that they are not there already. */
const possibleDuplicate = 'possible_duplicate'
let mayBeThere: (problem: Problem) => Promise<boolean> = () => Promise.resolve(false)

/** Who asks the person; true when it is to be saved anyway. */
export function onPossibleDuplicates(ask: (problem: Problem) => Promise<boolean>): void {
  mayBeThere = ask
}

function address(path: string, query: Record<string, unknown> = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue
    parameters.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
  const text = parameters.toString()
  return `/api/v1${path}${text ? `?${text}` : ''}`
}

/** Sends a call and hands back the raw response. Throws a `Problem` for everything but success. */
export async function request(method: Method, path: string, call: Call = {}): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': currentLocale() }
  if (call.body !== undefined) headers['Content-Type'] = 'application/json'
  if (method !== 'GET' && csrfToken) headers['X-CSRF-Token'] = csrfToken
  if (call.ifMatch !== undefined) headers['If-Match'] = call.ifMatch === '*' ? '*' : `"${call.ifMatch}"`
  if (call.idempotencyKey) headers['Idempotency-Key'] = call.idempotencyKey
  if (call.acceptsDuplicates) headers['Guanxi-Duplicates'] = 'accepted'
  let response: Response
  try {
    response = await fetch(address(path, call.query), {
      method,
      headers,
      credentials: 'same-origin',
      ...(call.form ? { body: call.form } : call.body !== undefined ? { body: JSON.stringify(call.body) } : {}),
      ...(call.signal ? { signal: call.signal } : {}),
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw networkProblem()
  }
  if (response.ok) return response
  const problem = await readProblem(response)
  if (problem.status === 401 && path !== '/session') signedOut()
  const isPossible = problem.errors.length > 0 && problem.errors.every((one) => one.code === possibleDuplicate)
  if (isPossible && !call.acceptsDuplicates && (await mayBeThere(problem))) return request(method, path, { ...call, acceptsDuplicates: true })
  throw problem
}

export async function send<T>(method: Method, path: string, call: Call = {}): Promise<T> {
  const response = await request(method, path, call)
  if (response.status === 204) return undefined as T
  return (await response.json()) as T
}

/** Sends a form with a file, telling which share of it has left. Throws a `Problem` for everything but success. */
export function upload<T>(path: string, form: FormData, onProgress: (share: number) => void, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest()
    sending.open('POST', address(path))
    sending.setRequestHeader('Accept', 'application/json')
    sending.setRequestHeader('Accept-Language', currentLocale())
    if (csrfToken) sending.setRequestHeader('X-CSRF-Token', csrfToken)
    sending.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    }
    sending.onerror = () => reject(networkProblem())
    sending.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'))
    sending.onload = () => {
      const answer = new Response(sending.responseText, { status: sending.status })
      if (answer.ok) resolve(JSON.parse(sending.responseText) as T)
      else {
        if (answer.status === 401) signedOut()
        void readProblem(answer).then(reject)
      }
    }
    signal?.addEventListener('abort', () => sending.abort())
    sending.send(form)
  })
}

/** A key that makes a repeated write harmless. */
export function newIdempotencyKey(): string {
  return globalThis.crypto.randomUUID()
}
