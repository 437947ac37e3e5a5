"""SQL of duplicate rules: what values come to, the indexes of that, and the records that look alike.

What a value comes to is an expression of PostgreSQL's own functions, kept in an index of the expression: whoever writes the
column, the key follows, and an index that is built later reads what is there. See docs/decisions/0027.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from guanxi.db.names import quoted
from guanxi.db.unit_of_work import Row, UnitOfWork
from guanxi.db.wire import array_text
from guanxi.fields.capabilities import ValueKind
from guanxi.metadata import ddl
from guanxi.metadata.match_keys import Comparison, MatchKey
from guanxi.metadata.match_rules import CheckedMatch, keys_of
from guanxi.metadata.match_similar import similar_words
from guanxi.metadata.model import MatchCondition, MatchRule
from guanxi.metadata.rules_json import match_of

#: Of records that have one key alike with a draft no more are looked at.
MOST_ALIKE = 50

#: Larger sets of drafts are compared by equal keys only: what is merely similar costs too much to look for.
MOST_SIMILAR = 100

_PUNCTUATION = r"[-\s!-/:-@\[-`{-~、。·…—–“”‘’「」『』《》〈〉【】〔〕・]+"
_ENGLISH_FORMS = (
    "co|company|ltd|limited|inc|incorporated|corp|corporation|llc|llp|plc|pte|pty|gmbh|ag|kg|sa|sarl|srl|spa|bv|nv|ab|oy"
    "|kk|group|holding|holdings|china"
)
_CHINESE_FORMS = "有限责任公司|股份有限公司|有限公司|合伙企业|有限合伙|普通合伙|责任公司|股份公司|总公司|公司|集团|股份|控股|企业|中国"
_PLACES = (
    "中国|北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南"
    "|陕西|甘肃|青海|台湾|内蒙古|广西壮族|广西|西藏|宁夏回族|宁夏|新疆维吾尔|新疆|香港|澳门|石家庄|太原|沈阳|大连|长春|哈尔滨"
    "|南京|苏州|无锡|常州|南通|徐州|杭州|宁波|温州|嘉兴|绍兴|金华|台州|合肥|芜湖|福州|厦门|泉州|南昌|济南|青岛|烟台|潍坊|郑州"
    "|洛阳|武汉|长沙|广州|深圳|珠海|佛山|东莞|中山|惠州|海口|成都|绵阳|贵阳|昆明|西安|兰州|西宁|呼和浩特|南宁|拉萨|银川|乌鲁木齐"
)
_ANYBODYS = (
    r"(?:qq|foxmail|163|126|yeah|sina|sohu|139|189|wo|aliyun|tom|21cn|gmail|googlemail|outlook|hotmail|live|msn|yahoo|icloud"
    r"|me|mac|aol|gmx|proton|protonmail|mail|yandex)\.(?:com|cn|com\.cn|net|ru|de|fr|co\.uk|co\.jp|me)"
)

_FOLDED = "lower(normalize({value}, NFKC))"
_WORDS = f"regexp_replace({_FOLDED}, '{_PUNCTUATION}', ' ', 'g')"

#: What a value comes to; null for what cannot be compared.
_KEYS = {
    Comparison.EXACT: "{value}",
    Comparison.TEXT: f"nullif(regexp_replace({_FOLDED}, '{_PUNCTUATION}', '', 'g'), '')",
    Comparison.COMPANY: (
        "nullif(regexp_replace(regexp_replace(replace(regexp_replace("
        f"btrim({_WORDS}), '(?: (?:{_ENGLISH_FORMS}))+$', ''), ' ', ''),"
        f" '(?:{_CHINESE_FORMS})+$', ''), '^(?:(?:{_PLACES})(?:省|市|自治区|特别行政区)?)+(?=..)', ''), '')"
    ),
    Comparison.PHONE: (
        "substring(regexp_replace(regexp_replace(regexp_replace(regexp_replace("
        f"{_FOLDED}, '(?:转|分机|ext|x|#|,|[*]).*$', ''), '[^0-9+]', '', 'g'), '^00', '+'),"
        r" '^(?:[+]86|86(?=1[3-9][0-9]{9}$))?0?(?=[1-9])', '+86') from '^[+][0-9]{7,}$')"
    ),
    Comparison.EMAIL: (
        f"regexp_replace(substring({_FOLDED} from '^\\s*([^\\s@]+@[^\\s@]+)\\s*$'), '[+][^@]*@', '@')"
    ),
    Comparison.DOMAIN: (
        f"substring(regexp_replace(btrim({_FOLDED}), '^(?:[a-z]+://)?(?:[^@/]*@)?(?:www[.])?|[:/?#].*$', '', 'g')"
        f" from '^(?!{_ANYBODYS}$)[^\\s@]+[.][^\\s@.]+$')"
    ),
    Comparison.CREDIT_CODE: (
        f"substring(upper(regexp_replace({_FOLDED}, '[-\\s]', '', 'g')) from '^[0-9A-HJ-NPQRTUWXY]{{18}}$')"
    ),
}

#: A key as search words: its pairs of letters, the last letter by itself, and how many letters it has.
_WORDS_OF_KEY = (
    r"array_to_tsvector(array_remove(string_to_array(regexp_replace({key}, '(..)', '\1 ', 'g') || ' '"
    r" || regexp_replace(substr({key}, 2), '(..)', '\1 ', 'g'), ' '), '') || ('#' || length({key})))"
)


def key_sql(comparison: str, value: str) -> str:
    """What a value comes to, as SQL."""
    return _KEYS[Comparison(comparison)].replace("{value}", value)


def create_index(key: MatchKey, *, concurrently: bool) -> str:
    """The index records are found by through a key."""
    value = key_sql(key.compare, quoted(key.field))
    how = "concurrently if not exists" if concurrently else "if not exists"
    on = f"create index {how} {quoted(index_name(key))} on {quoted(key.object)}"
    if key.is_similar:
        # Kept up to date at once: what waits in a list is looked through by every search.
        return (
            f"{on} using gin (({_words(value)})) with (fastupdate = off) where deleted_at is null"
        )
    return f"{on} (({value})) where deleted_at is null"


def index_name(key: MatchKey) -> str:
    return ddl.match_index_name(key.object, key.field, key.compare, is_similar=key.is_similar)


async def needed_keys(work: UnitOfWork) -> frozenset[MatchKey]:
    """The keys all duplicate rules of the workspace look for."""
    rows = await work.rows("select match_rules from object where match_rules <> '[]'")
    return frozenset(key for (rules,) in rows for one in rules for key in keys_of(match_of(one)))


async def keys_of_values(
    work: UnitOfWork, rule: MatchRule, cells: Sequence[str]
) -> Sequence[Sequence[str | None]]:
    """What the values of drafts come to, a row per draft; `cells` hold a text array per condition."""
    given, columns = _given("d", len(cells)), _columns("c", len(cells))
    keys = ", ".join(
        key_sql(one.compare, f"d.c{place}") for place, one in enumerate(rule.conditions)
    )
    return await work.rows(
        f"select {keys} from unnest({given}) with ordinality d({columns}, place) order by d.place",
        {f"d{place}": one for place, one in enumerate(cells)},
    )


async def alike(
    work: UnitOfWork, match: CheckedMatch, keys: Sequence[Sequence[str | None]], others: str
) -> Sequence[Row]:
    """Records in use that have a key alike with given ones: place among the given, id, and of each condition whether it
    holds. `others` hold the ids of records that do not count.
    """
    conditions = match.rule.conditions
    parameters: dict[str, str] = {"others": others}
    for place, one in enumerate(conditions):
        column = [row[place] for row in keys]
        parameters[f"d{place}"] = array_text(column)
        parameters[f"q{place}"] = array_text(
            _query(one, key) if len(keys) <= MOST_SIMILAR else None for key in column
        )
    found = " union ".join(
        f"(select t.id from {quoted(match.other.name)} t where t.deleted_at is null"
        f" and {_found_by(match, place)} and t.id <> all(%(others)s::uuid[]) limit {MOST_ALIKE})"
        for place in range(len(conditions))
    )
    holding = ", ".join(
        f"coalesce({_holds(match, place)}, false)" for place in range(len(conditions))
    )
    count = len(conditions)
    return await work.rows(
        f"select d.place::int - 1, t.id, array[{holding}]"
        f" from unnest({_given('d', count)}, {_given('q', count)})"
        f" with ordinality d({_columns('k', count)}, {_columns('q', count)}, place), lateral ({found}) hit"
        f" join {quoted(match.other.name)} t on t.id = hit.id order by d.place, t.id",
        parameters,
    )


async def hidden_facts(
    work: UnitOfWork, object_name: str, ids: Sequence[str]
) -> dict[UUID, tuple[str, str | None, datetime]]:
    """What is told of records that one may not see: their name, to be masked, their owner's, and when they were changed."""
    rows = await work.rows(
        f"select t.id, t.name, p.name, t.updated_at from {quoted(object_name)} t"
        " left join person p on p.id = t.owner where t.id = any(%(ids)s::uuid[])",
        {"ids": array_text(ids)},
    )
    return {id_: (name, owner, at) for id_, name, owner, at in rows}


def _given(name: str, count: int) -> str:
    return ", ".join(f"%({name}{place})s::text[]" for place in range(count))


def _columns(name: str, count: int) -> str:
    return ", ".join(f"{name}{place}" for place in range(count))


def _words(key: str) -> str:
    return _WORDS_OF_KEY.replace("{key}", key)


def _found_by(match: CheckedMatch, place: int) -> str:
    """How the records `t` a condition may hold of are found by its index."""
    one = match.rule.conditions[place]
    if one.similarity is None:
        return _holds(match, place)
    key = key_sql(one.compare, f"t.{quoted(one.other)}")
    return f"{_words(key)} @@ d.q{place}::tsquery and {_holds(match, place)}"


def _holds(match: CheckedMatch, place: int) -> str:
    """Whether a condition holds of the record `t`."""
    one, given = match.rule.conditions[place], f"d.k{place}"
    key = key_sql(one.compare, f"t.{quoted(one.other)}")
    if one.similarity is None:
        is_reference = match.other_fields[place].type.value_kind is ValueKind.REFERENCE
        return f"{key} = {given}::uuid" if is_reference else f"{key} = {given}"
    # Both have the word of their length in common when they are equally long, which is none of their letters.
    common = (
        f"cardinality(array(select unnest(tsvector_to_array({_words(key)}))"
        f" intersect select unnest(tsvector_to_array({_words(given)}))))"
        f" - (length({key}) = length({given}))::int"
    )
    return f"2.0 * ({common}) >= {one.similarity} * (length({key}) + length({given}))"


def _query(one: MatchCondition, key: str | None) -> str | None:
    return None if one.similarity is None or not key else similar_words(key, one.similarity)
