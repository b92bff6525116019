"""Whether a word could be a Vietnamese syllable, by how those are built.

A syllable is one of some 25 beginnings and 160 rimes with one of six tones, and the tone stands on
a certain vowel. Letters read with the wrong table hardly ever fit. Source: any grammar of the
language; both placements of the tone mark (``hoà``, ``hòa``) count.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dossier.legacy.tables import TONES

_RIMES: tuple[str, ...] = tuple(
    """
a ai ao au ay am an ang anh ap at ac ach ăm ăn ăng ăp ăt ăc âm ân âng âp ât âc âu ây
e em en eng ep et ec eo ê êm ên ênh êp êt êch êu êng
i ia im in inh ip it ich iu iêm iên iêng iêp iêt iêc iêu
o oi om on ong op ot oc oong ooc oa oai oao oay oam oan oang oanh oap oat oac oach
oăm oăn oăng oăt oăc oe oen oeo oet
ô ôi ôm ôn ông ôp ôt ôc ơ ơi ơm ơn ơp ơt
u ua ui um un ung up ut uc uân uâng uât uây uê uên uênh uêch uêu
uôi uôm uôn uông uôt uôc uơ uy uya uyên uyêt uynh uych uyt uyu
ư ưa ưi ưng ưt ưc ưu ươi ươm ươn ương ươp ươt ươc ươu y yêm yên yêng yêt yêu
""".split()  # noqa: SIM905
)
_AFTER_Q: tuple[str, ...] = tuple(
    """
ua uai uao uau uay uan uang uanh uat uac uach uăm uăn uăng uăp uăt uăc uân uâng uât uây
ue uen ueo uet uê uên uênh uêt uêch uêu uy uynh uyên uyêt uyt uych uơ uơn uôc uit uin ui
""".split()  # noqa: SIM905
)
# Beginnings by what may follow: c, g, ng before a o u, k, gh, ngh before e i y.
_FRONT, _BACK = "eêiy", "aăâoôơuư"
_ONSETS = {
    "": _FRONT + _BACK,
    **dict.fromkeys("b ch d đ h l m n nh p ph r s t th tr v x".split(), _FRONT + _BACK),  # noqa: SIM905
    **dict.fromkeys(("c", "ng"), _BACK),
    **dict.fromkeys(("k", "ngh"), _FRONT),
    "gh": "eêi",
    "kh": _FRONT + _BACK,
    "g": _BACK + "i",
    "gi": _BACK + "e",
}
_STOP = re.compile(r"(?:c|ch|p|t)$")
_SHARP_AND_HEAVY = (TONES[1], TONES[4])


def _toned(rime: str, onset_q: bool) -> set[str]:
    """The rime in all its tones, each where the mark may stand."""
    end = len(rime.rstrip("bcdghmnpt"))
    vowels = rime[:end]
    start = 1 if onset_q and len(vowels) > 1 else 0  # the u of "qu" bears no tone
    accented = [index for index, letter in enumerate(vowels) if letter in "ăâêôơ"]
    if accented:
        places = {accented[-1]}
    elif end - start == 1:
        places = {start}
    elif end < len(rime):
        places = {end - 1}
    elif end - start == 3:
        places = {start + 1}
    else:
        places = {start, start + 1} if vowels[start:] in ("oa", "oe", "uy") else {start}
    tones = _SHARP_AND_HEAVY if _STOP.search(rime) else ("", *TONES)
    return {
        unicodedata.normalize("NFC", rime[: place + 1] + tone + rime[place + 1 :])
        for place in places
        for tone in tones
    }


@lru_cache(maxsize=1)
def syllables() -> frozenset[str]:
    """Every syllable that could be Vietnamese, in small letters, both placements of the tone."""
    found = {"q" + toned for rime in _AFTER_Q for toned in _toned(rime, True)}
    for rime in _RIMES:
        toned = _toned(rime, False)
        for onset, followers in _ONSETS.items():
            if rime[0] in followers:
                found |= {onset + one for one in toned}
    return frozenset(found)


def is_syllable(word: str) -> bool:
    """Whether an NFC word, all small, all capitals or with a first capital, could be Vietnamese."""
    if not (word.islower() or word.isupper() or (word[0].isupper() and word[1:].islower())):
        return False
    return word.lower() in syllables()
