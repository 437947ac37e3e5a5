/** Functions whose answer only the server knows; it is asked for it. */
export const serverOnly: ReadonlySet<string> = new Set(['MY_TEAM', 'MY_DEPARTMENTS'])
