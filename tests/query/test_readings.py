"""Formulas read Chinese as search does."""

import pytest

from guanxi.kit.pinyin import readings, spoken
from guanxi.query.lexemes import syllables

NAMES = ["苏州澜科精密机械", "重庆长安", "中国银行", "宁波海天", "长春朝阳重工", "厦门音乐学院", "上海行知", "单县发展", "乐清电器", "呼和浩特", "六安", "会计师事务所", "成都都江堰"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_read_as_search_reads_it(name: str) -> None:
    assert spoken(name) == " ".join(syllables(name))


def test_every_character_of_the_table_is_read_as_search_reads_it() -> None:
    some = [word for word in readings() if len(word) == 1][::97]
    assert len(some) > 200
    assert {word: readings()[word] for word in some} == {word: syllables(word)[0] for word in some}
