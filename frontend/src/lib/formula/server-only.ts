/** Functions whose answer only the server knows for certain; it is asked for it. */

/** Who belongs to whoever asks is not told to the browser. */
export const aboutPeople: ReadonlySet<string> = new Set(['MY_TEAM', 'MY_DEPARTMENTS'])
/** The browser knows the calendars of the years around this one. */
export const aboutCalendars: ReadonlySet<string> = new Set(['WORKDAY', 'NETWORKDAYS', 'WORKHOURS', 'WORKTIMEADD'])

/** How Chinese is read fills a table too large for pages. */
export const aboutReadings: ReadonlySet<string> = new Set(['PINYIN'])

export const serverOnly: ReadonlySet<string> = new Set([...aboutPeople, ...aboutCalendars, ...aboutReadings])
