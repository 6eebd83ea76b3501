"""The words of messages. A telephone lies about and is lent, so they name no result."""

PARTS = {"theory": "理论考试", "practical": "实操考试"}
SUBJECT = "考试成绩已发布"


def result_notice(exam: str, part: str, address: str) -> str:
    """That a result can be read now.

    Args:
        exam: the Chinese name of the trade.
        part: theory or practical.
        address: of the platform.
    """
    return f"【安培】您的{exam}{PARTS[part]}成绩已发布，请登录查看：{address}"
