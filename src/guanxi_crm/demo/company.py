"""The company of the demonstration: its departments, its people, and what it sells."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody who works there. `key` names them in this package; who signs in is offered on the sign-in page."""

    key: str
    name: str
    email: str
    role: str
    department: str
    manager: str | None = None
    locale: Literal["zh-CN", "en"] | None = None
    signs_in: bool = False


NAME = {"zh-CN": "衡川机床", "en": "Hengchuan Machine Tools"}

#: Departments with the one above each.
DEPARTMENTS: tuple[tuple[str, str | None], ...] = (
    ("衡川机床", None),
    ("总经办", "衡川机床"),
    ("销售中心", "衡川机床"),
    ("华东大区", "销售中心"),
    ("华南大区", "销售中心"),
    ("华北大区", "销售中心"),
    ("Overseas 海外部", "销售中心"),
    ("销售运营部", "销售中心"),
    ("财务部", "衡川机床"),
)

#: Managers stand before those they lead.
PEOPLE: tuple[DemoPerson, ...] = (
    DemoPerson(
        "admin", "陈思远", "admin@example.com", "guanxi.administrator", "总经办", signs_in=True
    ),
    DemoPerson("director", "顾明轩", "gu.mingxuan@example.com", "crm.sales_manager", "销售中心"),
    DemoPerson(
        "east",
        "周建国",
        "manager@example.com",
        "crm.sales_manager",
        "华东大区",
        "director",
        signs_in=True,
    ),
    DemoPerson(
        "east1", "李静", "rep1@example.com", "crm.salesperson", "华东大区", "east", signs_in=True
    ),
    DemoPerson(
        "east2", "王海峰", "rep2@example.com", "crm.salesperson", "华东大区", "east", signs_in=True
    ),
    DemoPerson("east3", "沈佳怡", "shen.jiayi@example.com", "crm.salesperson", "华东大区", "east"),
    DemoPerson(
        "south", "何志强", "he.zhiqiang@example.com", "crm.sales_manager", "华南大区", "director"
    ),
    DemoPerson(
        "south1", "梁晓彤", "liang.xiaotong@example.com", "crm.salesperson", "华南大区", "south"
    ),
    DemoPerson(
        "south2", "黄俊杰", "huang.junjie@example.com", "crm.salesperson", "华南大区", "south"
    ),
    DemoPerson(
        "north", "刘芳", "liu.fang@example.com", "crm.sales_manager", "华北大区", "director"
    ),
    DemoPerson(
        "north1", "赵天宇", "zhao.tianyu@example.com", "crm.salesperson", "华北大区", "north"
    ),
    DemoPerson("north2", "孟凡", "meng.fan@example.com", "crm.salesperson", "华北大区", "north"),
    DemoPerson(
        "overseas",
        "Daniel Becker",
        "daniel.becker@example.com",
        "crm.sales_manager",
        "Overseas 海外部",
        "director",
        locale="en",
    ),
    DemoPerson(
        "overseas1",
        "Emma Collins",
        "emma.collins@example.com",
        "crm.salesperson",
        "Overseas 海外部",
        "overseas",
        locale="en",
    ),
    DemoPerson(
        "overseas2",
        "林书雅",
        "lin.shuya@example.com",
        "crm.salesperson",
        "Overseas 海外部",
        "overseas",
    ),
    DemoPerson(
        "operations",
        "孙悦",
        "sun.yue@example.com",
        "crm.sales_operations",
        "销售运营部",
        "director",
    ),
    DemoPerson("finance", "吴敏", "wu.min@example.com", "crm.observer", "财务部"),
)

#: Who sells in each region.
SELLERS: dict[str, tuple[str, ...]] = {
    "east": ("east1", "east2", "east3", "east1", "east2", "east"),
    "south": ("south1", "south2"),
    "north": ("north1", "north2"),
    "overseas": ("overseas1", "overseas2"),
}


@dataclass(frozen=True, slots=True)
class DemoProduct:
    """Something the company sells. `share` is how often it is asked for, `most` how many at once."""

    code: str
    name: str
    series: str
    price: int
    description: str
    unit: str = "台"
    share: int = 4
    most: int = 4


_VERTICAL, _HORIZONTAL, _FIVE_AXIS, _GANTRY = (
    "立式加工中心",
    "卧式加工中心",
    "五轴加工中心",
    "龙门加工中心",
)
_LATHE, _MILL_TURN, _GRINDER, _TAPPING = "数控车床", "车铣复合", "数控磨床", "钻攻中心"
AUTOMATION, SERVICE = "自动化", "服务与备件"

PRODUCTS: tuple[DemoProduct, ...] = (
    DemoProduct("VMC-650", "VMC-650 立式加工中心", _VERTICAL, 268_000, "行程 650×400×500 mm，BT40。Vertical machining centre, travel 650×400×500 mm.", share=8, most=6),
    DemoProduct("VMC-850", "VMC-850 立式加工中心", _VERTICAL, 328_000, "行程 800×500×550 mm，BT40。Vertical machining centre, travel 800×500×550 mm.", share=14, most=8),
    DemoProduct("VMC-1060", "VMC-1060 立式加工中心", _VERTICAL, 438_000, "行程 1000×600×600 mm，BT40/BT50。Vertical machining centre, travel 1000×600×600 mm.", share=9, most=5),
    DemoProduct("VMC-1370", "VMC-1370 立式加工中心", _VERTICAL, 598_000, "行程 1300×700×700 mm，BT50。Vertical machining centre, travel 1300×700×700 mm.", share=5),
    DemoProduct("HMC-500", "HMC-500 卧式加工中心", _HORIZONTAL, 1_180_000, "双交换工作台 500×500 mm。Horizontal machining centre with twin pallets.", share=5, most=3),
    DemoProduct("HMC-630", "HMC-630 卧式加工中心", _HORIZONTAL, 1_680_000, "双交换工作台 630×630 mm。Horizontal machining centre with twin pallets.", share=4, most=3),
    DemoProduct("HMC-800", "HMC-800 卧式加工中心", _HORIZONTAL, 2_260_000, "双交换工作台 800×800 mm。Horizontal machining centre for large castings.", share=2, most=2),
    DemoProduct("UMC-400", "UMC-400 五轴加工中心", _FIVE_AXIS, 1_360_000, "摇篮式五轴，直驱转台。Trunnion five-axis machine with direct-drive table.", share=5, most=3),
    DemoProduct("UMC-600", "UMC-600 五轴加工中心", _FIVE_AXIS, 1_980_000, "摇篮式五轴，转台 600 mm。Trunnion five-axis machine, 600 mm table.", share=4, most=2),
    DemoProduct("GMC-2018", "GMC-2018 龙门加工中心", _GANTRY, 1_480_000, "工作台 2000×1600 mm。Gantry machining centre, table 2000×1600 mm.", share=3, most=2),
    DemoProduct("GMC-3022", "GMC-3022 龙门加工中心", _GANTRY, 2_180_000, "工作台 3000×2000 mm。Gantry machining centre, table 3000×2000 mm.", share=3, most=2),
    DemoProduct("GMC-4027", "GMC-4027 龙门加工中心", _GANTRY, 3_260_000, "工作台 4000×2500 mm。Gantry machining centre, table 4000×2500 mm.", share=1, most=1),
    DemoProduct("CK-36", "CK-36 数控车床", _LATHE, 158_000, "斜床身，最大车削直径 360 mm。Slant-bed lathe, 360 mm.", share=7, most=10),
    DemoProduct("CK-46", "CK-46 数控车床", _LATHE, 198_000, "斜床身，最大车削直径 460 mm。Slant-bed lathe, 460 mm.", share=9, most=10),
    DemoProduct("CK-52Y", "CK-52Y 数控车床", _LATHE, 318_000, "斜床身，Y 轴与动力刀塔。Slant-bed lathe with Y axis and live tools.", share=5, most=5),
    DemoProduct("TM-200", "TM-200 车铣复合中心", _MILL_TURN, 880_000, "双主轴车铣复合。Twin-spindle mill-turn centre.", share=3, most=3),
    DemoProduct("TM-260", "TM-260 车铣复合中心", _MILL_TURN, 1_280_000, "B 轴车铣复合。Mill-turn centre with B axis.", share=2, most=2),
    DemoProduct("MG-1332", "MG-1332 数控外圆磨床", _GRINDER, 520_000, "磨削直径 320 mm，长 1000 mm。Cylindrical grinder.", share=3, most=3),
    DemoProduct("TC-500", "TC-500 钻攻中心", _TAPPING, 218_000, "高速钻攻，24000 转。High-speed drilling and tapping centre.", share=7, most=20),
    DemoProduct("TC-700", "TC-700 钻攻中心", _TAPPING, 258_000, "行程 700×400 mm。Drilling and tapping centre.", share=5, most=12),
    DemoProduct("GL-20", "GL-20 桁架机械手", AUTOMATION, 186_000, "两机一料道，负载 20 kg。Gantry loader for two machines.", "套", share=5, most=4),
    DemoProduct("RC-12", "RC-12 机器人上下料单元", AUTOMATION, 296_000, "六轴机器人，含视觉定位。Robot cell with vision.", "套", share=4, most=3),
    DemoProduct("FMS-6", "FMS-6 柔性制造线", AUTOMATION, 4_860_000, "六台主机，立体料库与调度软件。Flexible line with six machines and pallet store.", "条", share=1, most=1),
    DemoProduct("SV-YEAR", "年度保养服务", SERVICE, 36_000, "每年两次上门保养与精度检测。Two visits a year with accuracy check.", "年", share=4, most=6),
    DemoProduct("SP-OVERHAUL", "主轴大修", SERVICE, 58_000, "主轴拆修、动平衡与跑合。Spindle overhaul.", "次", share=2, most=2),
)  # fmt: skip
