import { describe, expect, test } from 'vitest'
import { companyMonogram, personMonogram } from './monogram'

describe('monograms', () => {
  test.each([
    ['林若溪', '溪'],
    ['Moses Frase', 'MF'],
    ['Zane', 'Z'],
    ['', '?'],
  ])('a person called %s shows %s', (name, letters) => expect(personMonogram(name)).toBe(letters))

  test.each([
    ['苏州澜科新能源有限公司', '澜'],
    ['广东省粤达电器', '粤'],
    ['重庆', '重'],
    ['Acme Corporation', 'A'],
    ['（停用）宁波远舟', '远'],
  ])('a company called %s shows %s', (name, letters) => expect(companyMonogram(name)).toBe(letters))
})
