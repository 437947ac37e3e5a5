/** Every field kind of this build, in the order designers are offered them. */
import { text } from '@/fields/text'
import { long_text } from '@/fields/long_text'
import { number } from '@/fields/number'
import { money } from '@/fields/money'
import { percent } from '@/fields/percent'
import { checkbox } from '@/fields/checkbox'
import { choice } from '@/fields/choice'
import { choices } from '@/fields/choices'
import { date } from '@/fields/date'
import { date_time } from '@/fields/date_time'
import { email } from '@/fields/email'
import { phone } from '@/fields/phone'
import { url } from '@/fields/url'
import { person } from '@/fields/person'
import { link } from '@/fields/link'
import { auto_number } from '@/fields/auto_number'

export const fieldKinds = [text, long_text, number, money, percent, checkbox, choice, choices, date, date_time, email, phone, url, person, link, auto_number]
