// Made by scripts/make-tokens.mjs from tokens.json.
export const color = {
  "light": {
    "canvas": "#F5F6F6",
    "surface": "#FFFFFF",
    "sunken": "#F8F9F9",
    "raised": "#FFFFFF",
    "hover": "#F3F5F5",
    "pressed": "#EAEDED",
    "hairline": "#E7E9EA",
    "line": "#D6DADB",
    "lineStrong": "#858D90",
    "ink": "#181C1E",
    "ink2": "#50575A",
    "ink3": "#697175",
    "disabled": "#A9B0B3",
    "accent": "#027271",
    "accentHover": "#076463",
    "accentPressed": "#005655",
    "accentInk": "#076463",
    "accentSoft": "#E6F8F7",
    "accentLine": "#A2D2D1",
    "onAccent": "#FFFFFF",
    "focus": "#0A9392",
    "selected": "#E9F8F7",
    "success": "#277539",
    "successSoft": "#E1F7E3",
    "warning": "#985C09",
    "warningSoft": "#FFF2DB",
    "danger": "#BE2E31",
    "dangerSoft": "#FFEEED",
    "info": "#35699D",
    "infoSoft": "#EAF4FF",
    "inverse": "#22282A",
    "onInverse": "#F4F6F6",
    "scrim": "rgba(20,26,28,0.28)"
  },
  "dark": {
    "canvas": "#0F1112",
    "surface": "#16191A",
    "sunken": "#121516",
    "raised": "#1E2224",
    "hover": "#1F2426",
    "pressed": "#282E30",
    "hairline": "#262B2D",
    "line": "#363D40",
    "lineStrong": "#6F787C",
    "ink": "#E8EBEC",
    "ink2": "#AEB6B9",
    "ink3": "#8C9598",
    "disabled": "#5A6366",
    "accent": "#48BEB8",
    "accentHover": "#59CDC6",
    "accentPressed": "#3BACA6",
    "accentInk": "#63CFC9",
    "accentSoft": "#0F3030",
    "accentLine": "#1C5757",
    "onAccent": "#06201F",
    "focus": "#48BEB8",
    "selected": "#0F2727",
    "success": "#6FC884",
    "successSoft": "#1B301F",
    "warning": "#E8B45E",
    "warningSoft": "#362913",
    "danger": "#F07E7B",
    "dangerSoft": "#401F1E",
    "info": "#85B6E9",
    "infoSoft": "#1A2C3D",
    "inverse": "#E8EBEC",
    "onInverse": "#16191A",
    "scrim": "rgba(0,0,0,0.55)"
  }
} as const

export const hues = ["grey","red","orange","amber","lime","green","teal","cyan","blue","indigo","violet","pink"] as const
export type Hue = (typeof hues)[number]

export const hueNames: Record<Hue, string> = {
  "grey": "灰",
  "red": "红",
  "orange": "橙",
  "amber": "琥珀",
  "lime": "黄绿",
  "green": "绿",
  "teal": "青",
  "cyan": "天蓝",
  "blue": "蓝",
  "indigo": "靛",
  "violet": "紫",
  "pink": "粉"
}

export const density = {
  "compact": {
    "row": 28,
    "control": 28,
    "font": 13
  },
  "standard": {
    "row": 32,
    "control": 32,
    "font": 14
  },
  "relaxed": {
    "row": 40,
    "control": 36,
    "font": 14
  },
  "phone": {
    "row": 64,
    "control": 44,
    "font": 16
  }
} as const
export type Density = 'compact' | 'standard' | 'relaxed'

export const breakpoint = {
  "phone": 600,
  "tablet": 960,
  "desktop": 1200,
  "wide": 1600
} as const
