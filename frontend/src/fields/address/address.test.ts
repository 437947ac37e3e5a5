import { describe, expect, it } from 'vitest'
import { readRegions } from './regions'
import { edited, wordsOf } from './written'

const regions = readRegions(['# codes', '310000 上海市 1980', '310115 浦东新区 1992', '310119 南汇区 2001 2008', '500000 重庆市 1997', '500111 双桥区 1997 2010', '500111 大足区 2011'].join('\n'))

describe('the table of regions', () => {
  it('offers what is in use, and what is held', () => {
    const labels = (held?: string) => regions.tree('county', held)[0]?.children?.map((node) => node.label)
    expect(labels()).toEqual(['浦东新区'])
    expect(labels('310119')).toEqual(['浦东新区', '南汇区'])
    expect(regions.tree('province')[0]?.children).toBeUndefined()
  })

  it('calls a code by its last name', () => {
    expect(regions.find('500111')).toEqual({ code: '500111', name: '大足区', until: null })
    expect(regions.find('310119')?.until).toBe(2008)
    expect(regions.pathOf('310119')).toEqual(['310000', '310119'])
  })
})

describe('the words of an address', () => {
  it('keep the region while they begin with it', () => {
    const before = '310115 上海市浦东新区 世纪大道 100 号'
    expect(wordsOf(before)).toBe('上海市浦东新区 世纪大道 100 号')
    expect(edited(before, '上海市浦东新区 张江路 1 号')).toBe('310115 上海市浦东新区 张江路 1 号')
    expect(edited(before, '苏州市 星湖街')).toBe('苏州市 星湖街')
    expect(edited(before, '')).toBeNull()
  })
})
