"""Headers that mean the same: words people write above a column, in both languages."""

import re
import unicodedata
from collections.abc import Mapping

_SEPARATORS = re.compile(r"[\W_]+")

#: Each line is one meaning. A header and a field meet when both have a word of the same line.
_MEANINGS = (
    "name title 名称 名字 姓名 全称 fullname 客户名称 公司名称 企业名称 产品名称 商机名称 商机标题 联系人姓名",
    "account company customer client organisation organization 客户 公司 企业 单位 客户名称 公司名称 所属客户",
    "contact 联系人 联络人 contactname",
    "product item goods 产品 商品 物料 产品名称 型号 productname",
    "owner agent salesagent salesperson salesrep rep seller representative 负责人 销售 业务员 销售员 销售代表 跟进人 归属人",
    "department office regionaloffice team branch 部门 所属部门 办事处 分公司 区域办事处",
    "manager boss supervisor reportsto 经理 上级 主管 直属上级 汇报对象",
    "stage dealstage status phase pipelinestage 阶段 销售阶段 状态 商机阶段",
    "amount value dealvalue closevalue dealamount expectedrevenue 金额 成交金额 商机金额 预计金额 价值",
    "closedate closingdate expectedclose expectedclosedate 关闭日期 成交日期 结单日期 预计成交日期 预计成交 签约日期",
    "engagedate startdate opened openedon openeddate engagedon 开始日期 接触日期 启动日期 立项日期",
    "price salesprice unitprice listprice 单价 价格 销售价 售价 标准价 报价",
    "series line family productline category 系列 产品线 品类 类别",
    "sector industry vertical 行业 所属行业",
    "founded established yearestablished foundedyear foundingyear 成立年份 创立年份 成立时间 成立年",
    "revenue annualrevenue turnover sales 营收 年收入 年营业额 营业额 收入",
    "employees headcount staff employeecount numberofemployees 员工数 人数 员工人数 规模",
    "location officelocation country region place 所在地 国家 地区 国家地区 办公地点",
    "address street 地址 详细地址 通讯地址",
    "city town 城市 所在城市",
    "province state 省份 省",
    "parent parentaccount parentcompany subsidiaryof holding 上级客户 母公司 上级公司 所属集团 集团",
    "email mail emailaddress 邮箱 电子邮箱 邮件 电子邮件",
    "phone telephone tel mobile phonenumber cellphone 电话 手机 手机号 联系电话 电话号码 固话 移动电话",
    "website url web homepage site 网址 网站 官网 主页",
    "code number no sku id 编号 编码 代码 单号 序号 opportunityid opportunitycode opportunitynumber productcode 商机编号 产品编号 客户编号",
    "source leadsource origin 来源 线索来源 客户来源",
    "probability likelihood winrate 概率 赢率 成交概率",
    "position jobtitle job 职位 职务 头衔",
    "gender sex 性别",
    "note notes description remark remarks comment 备注 说明 描述 简介",
    "role 角色",
    "birthday birthdate dateofbirth 生日 出生日期",
    "wechat weixin 微信 微信号",
    "taxnumber taxid creditcode 税号 统一社会信用代码 信用代码 纳税人识别号",
)


def folded(text: str) -> str:
    """A header or a name without case, width, blanks and punctuation."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text).casefold())


def words_in(text: str) -> frozenset[str]:
    """The words of a header, singly."""
    parts = _SEPARATORS.split(unicodedata.normalize("NFKC", text).casefold())
    return frozenset(part for part in parts if len(part) > 1)


_LINES: Mapping[str, frozenset[int]] = {
    word: frozenset(place for place, meaning in enumerate(_MEANINGS) if word in meaning.split(" "))
    for meaning in _MEANINGS
    for word in meaning.split(" ")
}


def mean_the_same(one: str, other: str) -> bool:
    """Whether two folded texts are words of one meaning."""
    return bool(_LINES.get(one, frozenset()) & _LINES.get(other, frozenset()))
