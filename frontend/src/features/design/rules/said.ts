/** Which rules a field has, in the draft. */
import type { OptionRuleText } from '@/api/design_types'
import type { DraftField } from '../draft_view'

export const formulaRules = ['default_formula', 'required_when', 'visible_when', 'read_only_when', 'candidates_when'] as const
export type FormulaRule = (typeof formulaRules)[number]

/** A rule as the draft has it, else as it is live; none is no text. */
export function ruleText(field: DraftField, rule: FormulaRule): string {
  const changed = field[rule]
  return (changed === undefined ? field.rules?.[rule] : changed) ?? ''
}

/** The groups of options of the draft, else those that are live. */
export function optionRules(field: DraftField): readonly OptionRuleText[] {
  return (field.options_when === undefined ? field.rules?.options_when : field.options_when) ?? []
}

export function rulesSaid(field: DraftField): readonly (FormulaRule | 'options_when')[] {
  const said = formulaRules.filter((rule) => ruleText(field, rule) !== '')
  return optionRules(field).length > 0 ? [...said, 'options_when'] : said
}
