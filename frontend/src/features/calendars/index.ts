/** Work calendars: hours of the week, holidays and make-up workdays. */
export { CalendarPage } from './CalendarPage'
