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
import { persons } from '@/fields/persons'
import { department } from '@/fields/department'
import { departments } from '@/fields/departments'
import { link } from '@/fields/link'
import { tree_link } from '@/fields/tree_link'
import { multi_link } from '@/fields/multi_link'
import { auto_number } from '@/fields/auto_number'
import { markdown } from '@/fields/markdown'
import { progress } from '@/fields/progress'
import { rating } from '@/fields/rating'
import { duration } from '@/fields/duration'
import { time } from '@/fields/time'
import { year_month } from '@/fields/year_month'
import { color } from '@/fields/color'
import { barcode } from '@/fields/barcode'
import { id_card } from '@/fields/id_card'
import { credit_code } from '@/fields/credit_code'
import { address } from '@/fields/address'
import { cascade_choice } from '@/fields/cascade_choice'
import { secret } from '@/fields/secret'
import { file } from '@/fields/file'
import { image } from '@/fields/image'

export const fieldKinds = [
  text, long_text, markdown, number, money, percent, progress, rating, duration, checkbox, choice, choices, cascade_choice, date, date_time, time, year_month,
  email, phone, url, address, color, barcode, id_card, credit_code, secret, file, image, person, persons, department, departments, link, tree_link,
  multi_link,
  auto_number,
]
