"""Given names in full ones that are written without a space: "김민수" is called "민수"."""

from listserv.mail.anonymise.letters import is_joined
from listserv.mail.anonymise.words import word_set

# Family names of two letters; all others have one.
_LONG_FAMILIES = word_set(
    "남궁 황보 제갈 선우 독고 사공 서문 欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 夏侯 皇甫 尉迟 公孙"
    " 令狐 慕容 司徒"
)
# Given names that are words as well.
_WORDS = word_set(
    "美丽 平安 和平 光明 幸福 健康 快乐 文化 建设 希望 春天 小雨 小雪 阳光"
    " 永远 国家 自由 勇敢 安静 宁静"
    " 海洋 天空 明天 美麗 快樂 文化 陽光"
    " 사랑 하늘 은혜 소망 믿음 지혜 평화 기쁨 보람 이슬 나라 바다 우리"
)


def given_in(name: str) -> set[str]:
    """The given name, and the family name where it is longer than a letter; maybe none."""
    if not 3 <= len(name) <= 5 or not is_joined(name) or "\u0e00" <= name[0] <= "\u0eff":
        return set()
    family = 2 if name[:2] in _LONG_FAMILIES or len(name) > 3 else 1
    halves = {name[:family], name[family:]}
    return {half for half in halves if len(half) > 1} - _WORDS
