/** The letters that stand for a person or a company where there is no picture. */

const places =
  '北京 上海 天津 重庆 广州 深圳 苏州 杭州 南京 无锡 常州 宁波 温州 嘉兴 南通 合肥 武汉 成都 西安 青岛 济南 厦门 福州 泉州 东莞 佛山 珠海 中山 惠州 长沙 郑州 洛阳 沈阳 大连 长春 哈尔滨 石家庄 太原 昆明 贵阳 南宁 南昌 海口 兰州 银川 西宁 乌鲁木齐 呼和浩特 拉萨 烟台 潍坊 扬州 徐州 绍兴 台州 金华 湖州 芜湖 株洲 绵阳 唐山 保定 香港 澳门 台北 中国 江苏 浙江 广东 福建 山东 河北 河南 湖北 湖南 四川 陕西 山西 安徽 江西 辽宁 吉林 黑龙江 云南 贵州 甘肃 青海 海南 广西 内蒙古 新疆 宁夏 西藏'
    .split(' ')
    .sort((a, b) => b.length - a.length)

const isHan = (text: string) => /\p{Script=Han}/u.test(text)

/** Chinese names show their last character, Latin ones two initials. */
export function personMonogram(name: string): string {
  const plain = name.trim()
  if (plain === '') return '?'
  if (isHan(plain)) return [...plain].filter(isHan).at(-1) ?? '?'
  const words = plain.split(/[\s.·-]+/u).filter(Boolean)
  const initials = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '').join('')
  return (initials || [...plain][0] || '?').toUpperCase()
}

/** The first telling character: the city in front of a company's name says little. */
export function companyMonogram(name: string): string {
  const plain = name.trim().replace(/^[（(].*?[）)]/u, '')
  const place = places.find((candidate) => plain.startsWith(candidate) && plain.length > candidate.length + 1)
  const rest = place ? plain.slice(place.length).replace(/^[省市]/u, '') : plain
  const [first] = [...rest].filter((character) => /[\p{L}\p{N}]/u.test(character))
  return (first ?? '?').toUpperCase()
}
