"""What plans say: warnings and reasons why a step cannot be done now."""

from guanxi.kit.text import Text

ADMINISTRATORS_ONLY = Text(
    zh="目前只有管理员能看到它，直到有角色获得权限。",
    en="Only administrators will see it until a role is given rights on it.",
)
GRANTED = Text(
    zh="{count} 个角色会获得对其全部记录的所有权限。",
    en="{count} roles will get all rights on all of its records.",
)
NO_SUCH_ROLE = Text(zh="没有编号为 {id} 的角色。", en="No role has the id {id}.")
DISAPPEAR = Text(
    zh="{rows} 条记录会从所有列表中消失，恢复对象后重新出现。",
    en="{rows} records disappear from every list and come back when the object is restored.",
)
VALUES_KEPT = Text(
    zh="{rows} 条记录里的值会隐藏，恢复字段后重新出现。",
    en="Its values in {rows} records are hidden and come back when the field is restored.",
)
LEFT_EMPTY = Text(
    zh="{rows} 条已有记录的这个字段是空的，会保持原样；新记录必须填写。",
    en="{rows} records have it empty and stay as they are; new records must fill it in.",
)
REPLACED = Text(
    zh="{rows} 条记录里填的值会换成公式算出的值。原值保留 30 天，期间可以换回来。",
    en="What was filled in in {rows} records gives way to what the formula comes to. It is kept for 30 days and can"
    " be brought back.",
)
RENAMED = Text(
    zh="{rows} 条记录会改用公式算出的名称，原来的名称只留在各自的历史里。导入和关联里不能再填写名称。",
    en="{rows} records get the name that the formula comes to; what they were called stays in the history of each."
    " Names can no longer be filled in, by imports and links neither.",
)
HEEDED_NO_MORE = Text(
    zh="必填、不重复、默认值，以及必填和只读条件不再有用，会一并去掉；换回原值时会恢复。",
    en="Being required or unique, a default, and rules about filling it in go with it. They return with the values.",
)
STAYS = Text(
    zh="{rows} 条记录保留现在的值，以后由人填写。",
    en="{rows} records keep the value they have now, and people fill it in from now on.",
)
COMES_BACK = Text(
    zh="{rows} 条记录换回改成公式之前的值；在那之后新建的记录保留算出的值。",
    en="{rows} records get back the value they had before; records made since keep what was computed.",
)
STARTS_EMPTY = Text(
    zh="它的值随时间变化，没有存下来，所以改成由人填写后从空白开始。",
    en="Its values change with time and are stored nowhere, so the field starts out empty.",
)
NOT_YET_COMPUTED = Text(
    zh="它还没有全部算完。现在改，没算到的记录保留旧值或空着；可以等算完再改。",
    en="It is still being computed. Records that were not reached keep their old value or none; you may wait for them.",
)
CONVERTED = Text(zh="{rows} 条记录的值照样保留。", en="{rows} records keep their value as it is.")
INEXACT = Text(
    zh="{rows} 条记录的值写法会变，或者少一些东西{some}。",
    en="In {rows} records the value is written otherwise or loses something{some}.",
)
EMPTIED = Text(
    zh="{rows} 条记录的值转换不了，会变空{some}。",
    en="In {rows} records the value cannot be converted and the field becomes empty{some}.",
)
SUCH_AS = Text(zh="，例如：{examples}", en=", for example: {examples}")
FIRST_ONLY = Text(
    zh="以上只看了前 {rows} 条记录。", en="These figures are of the first {rows} records."
)
CONVERTED_SOON = Text(
    zh="大家可以照常工作；记录在后台逐批转换，没转换到的暂时为空，列表上有提示。",
    en="People go on working. Records are converted some at a time; until then the field is empty in the others, and lists"
    " say so.",
)
RETYPED_NO_MORE = Text(
    zh="不重复、默认值，以及按选项的条件会一并去掉，可以重新设置；改回来时会恢复。",
    en="Being unique, a default, and conditions of options go with the type. Set them anew; they return with it.",
)
RETYPE_USED = Text(
    zh="字段「{field}」改类型后，以下地方不能照旧使用。请先在那里修改。",
    en="With another type, “{field}” cannot be used there as it is. Change these first.",
)
TYPE_COMES_BACK = Text(
    zh="{rows} 条记录换回原来的值；之后改过的和新建的记录，按现在的值转换。",
    en="{rows} records get back the value they had. Those changed or made since keep theirs, converted.",
)
TOO_LONG = Text(
    zh="{rows} 条记录的值超过 {limit} 个字符，会保持原样，修改时才需缩短。",
    en="{rows} records hold more than {limit} characters. They stay as they are until somebody changes them.",
)
ROUNDED = Text(
    zh="{rows} 条记录的值有更多小数位，将按 {limit} 位显示，原值保留。",
    en="{rows} records hold more decimals. They are shown with {limit}; what is stored stays exact.",
)
OUTSIDE = Text(
    zh="{rows} 条记录的值不在新范围内，会保持原样，修改时才需调整。",
    en="{rows} records lie outside the new limits. They stay as they are until somebody changes them.",
)
NOT_UNIQUE_TOGETHER = Text(
    zh="「{fields}」有 {count} 组值出现了不止一次，不能要求不重复。请先合并或修改这些记录。",
    en="“{fields}”: {count} values occur more than once, so they cannot be kept unique. Merge or change those records first.",
)
NOT_KEPT = Text(
    zh="「{fields}」的条件太复杂，数据库不能用它保证不重复。请先把条件做成一个“是/否”计算字段，再用那个字段作条件。",
    en="The condition of “{fields}” is too involved for the database to keep them unique. Make it a computed yes-or-no field"
    " first and use that field as the condition.",
)
UNIQUE_COMPUTED = Text(
    zh="不重复规则「{fields}」要用到它，公式不能改。请先去掉那条规则，改好后再加上。",
    en="The unique rule “{fields}” needs it, so its formula cannot be changed. Take the rule away first and add it again"
    " afterwards.",
)
OPTION_USED = Text(
    zh="{rows} 条记录选了已停用的选项「{option}」，会保持原样，但不能再选它。",
    en="{rows} records hold the retired option “{option}”. They keep it, but nobody can choose it any more.",
)
OPTION_FILTERED = Text(
    zh="选项「{option}」还在以下地方使用，请先在那里去掉它。",
    en="The option “{option}” is still used. Take it out there first.",
)
CURRENCY = Text(
    zh="金额数字不变，不会按汇率换算。",
    en="The figures stay as they are; nothing is converted.",
)
NOT_UNIQUE = Text(
    zh="有 {count} 个值出现了不止一次，不能设为唯一。请先合并或修改这些记录。",
    en="{count} values occur more than once, so it cannot be made unique. Merge or change those records first.",
)
USED = Text(
    zh="字段「{field}」还在以下地方使用，请先在那里去掉它。",
    en="The field “{field}” is still used. Take it out there first.",
)
USED_TOO = Text(
    zh="{count} 处个人视图用到它，会不再显示。",
    en="{count} personal views use it and will do without.",
)
LINKED = Text(
    zh="其他对象还有字段关联到「{object}」，请先停用那些字段。",
    en="Fields of other objects link to “{object}”. Retire those fields first.",
)
