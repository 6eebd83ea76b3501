"""Sample data for the gallery of components: what a screen would pass, in both languages."""

from datetime import date
from typing import Any

from kernel.errors import N_, Invalid, Refused


class NameTooShort(Refused):
    sentence = N_("There is nothing at this address, or it is not yours to see.")


def sample(language: str) -> dict[str, Any]:
    """Every text of the gallery; pairs are (Chinese, English)."""

    def say(chinese: str, english: str) -> str:
        return chinese if language == "zh_CN" else english

    trade = say("低压电工作业", "Low-voltage electrical work")
    welding = say("熔化焊接与热切割作业", "Fusion welding and thermal cutting")
    height = say("高处安装、维护、拆除作业", "Installation, maintenance and removal at height")
    people = [
        ("张伟", "1101**********0021", trade, date(2029, 5, 31), "ok", say("有效", "Valid")),
        ("买买提·艾力", "6501**********1234", welding, date(2026, 6, 30), "soon", say("30 天内到期", "Due in 30 days")),
        (
            "欧阳龑",
            "4201**********554X",
            height,
            None,
            "danger",
            say("未取证，不得上岗", "No certificate: may not work"),
        ),
        ("李娜", "3201**********7783", trade, None, "neutral", say("正在学习", "Learning")),
    ]
    keys = ("name", "number", "trade", "until", "state", "said")
    return {
        "title": say("人员持证情况", "Who holds what"),
        "lead": say(
            "宏达机械厂，共 42 人。按岗位要求逐人核对。",
            "Hongda Machinery Works, 42 people, checked against their posts.",
        ),
        "back": say("返回", "Back"),
        "act": say("导入人员名单", "Import a staff list"),
        "pill_one": say("全部", "All"),
        "pill_two": say("需要处理", "Needs action"),
        "pill_three": say("已离职", "Left"),
        "pill_label": say("按状态查看", "By state"),
        "ready": say("可以上岗", "May work"),
        "due": say("即将到期", "Due soon"),
        "within": say("60 天内", "within 60 days"),
        "barred": say("不得上岗", "May not work"),
        "search": say("姓名或证件号码末四位", "Name, or last four of the ID"),
        "trade": say("作业类别", "Trade"),
        "trades": [("low", trade), ("weld", welding), ("height", height)],
        "every": say("全部", "All"),
        "name": say("姓名", "Name"),
        "id_number": say("证件号码", "ID number"),
        "until": say("有效期至", "Valid until"),
        "state": say("状态", "State"),
        "people": [dict(zip(keys, row, strict=True)) for row in people],
        "chart": say("各作业类别理论考试合格率", "Theory pass rate by trade"),
        "bars": [
            (trade, 83, say("83%（52 人中 43 人）", "83% (43 of 52)"), ""),
            (welding, 71, say("71%（31 人中 22 人）", "71% (22 of 31)"), ""),
            (height, 48, say("48%（25 人中 12 人）", "48% (12 of 25)"), "danger"),
        ],
        "line": say("每周学时", "Hours per week"),
        "weeks": [(say(f"第 {n} 周", f"week {n}"), hours) for n, hours in enumerate((2, 5, 4.5, 9, 7, 12, 11.5), 1)],
        "week": say("周", "Week"),
        "hours": say("学时", "Hours"),
        "facts_title": say("证书", "Certificate"),
        "valid": say("有效", "Valid"),
        "acts": say("办理", "Acts"),
        "revoke": say("撤销证书……", "Revoke…"),
        "consequence": say(
            "撤销后，持证人自即日起不得从事该项作业，公开查询页将显示“已撤销”。",
            "From today the holder may no longer do this work, and the public page says revoked.",
        ),
        "revoke_button": say("撤销证书 T110101199001010021", "Revoke certificate T110101199001010021"),
        "reason": say("理由", "Reason"),
        "nothing": say("还没有考试安排", "No sittings yet"),
        "nothing_text": say(
            "学时完成并获得考试资格后，可在此报名。", "When the hours are complete you can register here."
        ),
        "form_title": say("理论考试报名", "Register for the theory exam"),
        "form_lead": say("填写后由考试机构确认考场和座位。", "The exam office confirms the room and the seat."),
        "saved": say("已保存。", "Saved."),
        "soon": say("证书将于 2026-06-30 到期", "The certificate ends on 2026-06-30"),
        "soon_text": say("请在到期前 60 天内申请延续。", "Apply for renewal within 60 days before it ends."),
        "way_title": say("取证进度", "The way to the certificate"),
        "way": [
            (
                say("完成学时", "Hours complete"),
                say("40 学时，2026-04-18 完成", "40 hours, done on 2026-04-18"),
                "done",
            ),
            (
                say("理论考试", "Theory exam"),
                say("5 月 12 日 9:00，第 2 考场 14 号", "12 May 9:00, room 2, seat 14"),
                "current",
            ),
            (say("实操考试", "Practical"), "", "todo"),
            (say("发证", "Certificate"), "", "todo"),
        ],
        "hours_words": say("40 学时中已完成 18 学时", "18 of 40 hours"),
        "hours_two": say("继续教育", "Continuing education"),
        "hours_full": say("8 学时已全部完成", "all 8 hours"),
        "name_hint": say("与身份证件一致，生僻字照录", "As on the identity document"),
        "phone": say("手机号码", "Mobile phone"),
        "hired_on": say("入职日期", "Hired on"),
        "kind": say("申请类型", "Kind of application"),
        "kinds": [
            ("first", say("初次取证", "First certificate"), ""),
            (
                "again",
                say("补考", "Second attempt"),
                say("上次成绩公布后 12 个月内有效", "Within 12 months of the last result"),
            ),
        ],
        "needs": say("考场便利", "Accommodations"),
        "needs_options": [
            ("time", say("延长考试时间", "More time"), ""),
            ("large", say("大字试卷", "Large print"), ""),
        ],
        "photo": say("近期免冠照片", "Recent photo"),
        "photo_hint": say("JPEG 或 PNG，不超过 5 MB", "JPEG or PNG, at most 5 MB"),
        "agree": say("以上信息属实", "The above is true"),
        "agree_hint": say("提供虚假材料的，一年内不得再次申请。", "Who submits false papers may not apply for a year."),
        "send": say("提交报名", "Send the registration"),
        "exam_bar": say("张伟 · 第 2 考场 14 号 · 剩余 1 小时 12 分", "Zhang Wei · room 2 seat 14 · 1 h 12 min left"),
        "question": say(
            "17. 在潮湿的金属容器内使用的手持照明灯，其额定电压不应超过多少？",
            "17. What is the highest voltage of a hand lamp in a wet metal vessel?",
        ),
        "answer": say("答案", "Answer"),
        "options": [("A", "A  12 V", ""), ("B", "B  24 V", ""), ("C", "C  36 V", ""), ("D", "D  220 V", "")],
    }


def sample_problem() -> Invalid:
    """A refused form with two wrong fields."""
    return Invalid({"name": NameTooShort(), "hired_on": N_("Your account does not allow this.")})
