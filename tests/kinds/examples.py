"""Values of every field type."""

from collections.abc import Mapping
from typing import Any

SOMEBODY = "01890a5d-ac96-774b-bcce-b302099a8057"
OTHER = "01890a5d-ac96-774b-bcce-b302099a8058"
FILE = {
    "id": SOMEBODY,
    "name": "图纸.pdf",
    "type": "application/pdf",
    "size": 3,
    "thumbnail": False,
}
COLOURS = {
    "choices": [
        {"value": "red", "label": {"zh-CN": "红", "en": "Red"}},
        {"value": "green", "label": {"zh-CN": "绿", "en": "Green"}},
    ]
}
LEVELS = {
    "choices": [
        {"value": "phone", "label": {"zh-CN": "手机", "en": "Phone"}, "parent": "goods"},
        {"value": "goods", "label": {"zh-CN": "电子产品", "en": "Electronics"}},
        {"value": "food", "label": {"zh-CN": "食品", "en": "Food"}},
        {"value": "other", "label": {"zh-CN": "其他", "en": "Other"}, "parent": "goods"},
        {"value": "other_food", "label": {"zh-CN": "其他", "en": "Other"}, "parent": "food"},
    ]
}
#: Settings a type needs, and wire values it takes. A new type adds its line.
EXAMPLES: Mapping[str, tuple[dict[str, Any], list[Any]]] = {
    "text": ({}, ["关系", "Acme 😀", "𠮷野家"]),
    "long_text": ({}, ["one\ntwo", "多行"]),
    "number": ({}, [0, -3, 12.5, "1e3", "0.0000000001", 10**27]),
    "money": ({}, [0, 1054, "99.95", -12.5]),
    "percent": ({}, [0, 12.5, "100"]),
    "checkbox": ({}, [True, False]),
    "choice": (COLOURS, ["red", "绿", "Green"]),
    "choices": (COLOURS, [["red"], ["green", "red"], ["红"]]),
    "cascade_choice": (
        LEVELS,
        ["phone", "电子产品／手机", "Food > Other", "electronics/other", "Phone"],
    ),
    "date": ({}, ["2026-11-28", "0001-01-01", "9999-12-31", "2024-02-29"]),
    "date_time": ({}, ["2026-11-28T09:30:00Z", "2026-11-28T09:30", "2026-11-28T09:30:00.25+08:00"]),
    "email": ({}, ["name@example.com", "王@例子.中国"]),
    "phone": ({}, ["13800138000", "021-62880000 转 12", "+1 (650) 253-0000"]),
    "url": ({}, ["https://example.com/a?b=c", "example.com"]),
    "person": ({}, [SOMEBODY, {"id": SOMEBODY}, {"id": SOMEBODY, "name": "Li"}]),
    "link": ({"target": "crm_account"}, [SOMEBODY, {"id": SOMEBODY}]),
    "persons": ({}, [[SOMEBODY], [{"id": SOMEBODY, "name": "Li"}]]),
    "department": ({}, [SOMEBODY, {"id": SOMEBODY, "name": "Sales"}]),
    "departments": ({}, [[SOMEBODY]]),
    "tree_link": (
        {"target": "crm_account"},
        [SOMEBODY, {"id": SOMEBODY, "name": "Asia", "path": ["Group"]}],
    ),
    "multi_link": ({"target": "crm_account", "most": 3}, [[SOMEBODY, {"id": OTHER}]]),
    "sub_table": ({"object": "crm_quote_line", "link": "quote"}, [0, 12, 5000]),
    "markdown": ({}, ["# 标题\n\n- 一\n- 二", "| a | b |\n|---|---|\n| 1 | 2 |"]),
    "rich_text": (
        {},
        ["<p>一 <strong>二</strong></p><ul><li><p>三</p></li></ul>", "plain & simple\n二"],
    ),
    "progress": ({}, [0, 12.5, 100, "99.99"]),
    "rating": ({"maximum": 10, "symbol": "heart"}, [1, 3, "10"]),
    "duration": ({}, [0, 59, 5400, -60, "86400"]),
    "time": ({}, ["09:30", "9:05", "2:15 pm", "下午2点15分", "23:59", "12:00 am"]),
    "year_month": ({}, ["2026-11", "0001-01", "2026-11-28", "2026年3月"]),
    "color": ({}, ["#1677ff", "#FFF", "0a0b0c"]),
    "barcode": ({}, ["https://example.com/p/1", "设备 001"]),
    "id_card": ({}, ["11010519491231002X", "440524188001010014", "11010519491231002x"]),
    "credit_code": ({}, ["91350100M000100Y43", "91110000802100433b"]),
    "address": (
        {},
        [
            "310115 上海市浦东新区 世纪大道 100 号",
            {"code": "320602", "street": "人民路 1 号"},
            "江苏省苏州市吴中区",
            "429004 湖北省仙桃市",
            "1 Infinite Loop, Cupertino",
        ],
    ),
    "geolocation": (
        {},
        ["31.230416,121.473701", "31.2N 121.5E", {"lat": -33.8688, "lon": 151.2093}, "0, 0"],
    ),
    "json": ({}, [{"客户": {"id": 1}}, [1, "x"], '{"a": [true, null, 1.5]}', []]),
    "secret": ({}, ["correct horse battery staple", "密码"]),
    "file": (
        {"endings": ["pdf"]},
        [[FILE], [{"id": SOMEBODY, "name": "a.pdf"}]],
    ),
    "image": ({}, [[FILE]]),
    "signature": ({}, [[FILE]]),
    "auto_number": ({"pattern": "OPP-{YYYY}{MM}-{0000}"}, ["OPP-202611-0001"]),
}
