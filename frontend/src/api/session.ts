/** Signing in and out, one's own person and preferences. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { chooseLocale } from '@/lib/i18n'
import { keepCsrfToken, send } from './client'
import { keys } from './keys'
import type { ApiToken, Label, Locale, Me, Preferences, Setup } from './types'

function remember(me: Me): Me {
  keepCsrfToken(me.csrf_token)
  return me
}

export async function fetchMe(): Promise<Me> {
  return remember(await send<Me>('GET', '/me'))
}

export function useMe() {
  return useQuery({ queryKey: keys.me, queryFn: fetchMe, staleTime: Infinity, retry: false })
}

/** Whether single letters act as keys; people who dictate switch them off. */
export function useSingleKeys(): boolean {
  return useMe().data?.preferences.single_keys !== false
}

export function useSetup() {
  return useQuery({ queryKey: keys.setup, queryFn: () => send<Setup>('GET', '/setup') })
}

export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: { email: string; password: string }) => remember(await send<Me>('POST', '/session', { body })),
    onSuccess: (me) => {
      client.clear()
      client.setQueryData(keys.me, me)
      if (me.person.locale) chooseLocale(me.person.locale)
    },
  })
}

export function useSetUp() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: { code: string; name: string; email: string; password: string; locale: Locale }) =>
      remember(await send<Me>('POST', '/setup', { body })),
    onSuccess: (me) => {
      client.clear()
      client.setQueryData(keys.me, me)
    },
  })
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => send<void>('DELETE', '/session'),
    onSuccess: () => {
      keepCsrfToken(null)
      client.clear()
    },
  })
}

/** Names the workspace. */
export function useChangeWorkspace() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (label: Label) => send<Me['workspace']>('PATCH', '/workspace', { body: { label } }),
    onSuccess: (workspace) => client.setQueryData<Me>(keys.me, (me) => me && { ...me, workspace }),
  })
}

/** Changes one's own name, language or preferences; shown at once, taken back when refused. */
export function useChangeMe() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: { name?: string; locale?: Locale; preferences?: Preferences }) => {
      const answer = await send<Me | undefined>('PATCH', '/me', { body })
      return answer && 'person' in answer ? remember(answer) : fetchMe()
    },
    onMutate: async (body) => {
      await client.cancelQueries({ queryKey: keys.me })
      const before = client.getQueryData<Me>(keys.me)
      if (before) {
        client.setQueryData<Me>(keys.me, {
          ...before,
          person: { ...before.person, ...(body.name ? { name: body.name } : {}), ...(body.locale ? { locale: body.locale } : {}) },
          preferences: { ...before.preferences, ...body.preferences },
        })
      }
      return { before }
    },
    onError: (_error, _body, context) => {
      if (context?.before) client.setQueryData(keys.me, context.before)
    },
    onSuccess: (me) => client.setQueryData(keys.me, me),
  })
}

export function changePassword(body: { current: string; new: string }): Promise<void> {
  return send('POST', '/me/password', { body })
}

export function useTokens() {
  return useQuery({ queryKey: keys.tokens, queryFn: async () => (await send<{ tokens: ApiToken[] }>('GET', '/tokens')).tokens })
}
export const createToken = (body: { name: string; expires_at?: string }) => send<ApiToken & { token: string }>('POST', '/tokens', { body })
export const deleteToken = (id: string) => send<void>('DELETE', `/tokens/${id}`)
