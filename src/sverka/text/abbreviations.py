"""What office prose, Russian and English, cuts short before a point."""

from __future__ import annotations

_RUNNING = """
т тт тов гг г-н им ср см ст стр с л лл ф оп д пп п кв ул пр просп обл р рр нар зам пом зав нач ген полк подп
майор проф акад доц инж экз сов секр вх исх рис табл прим ред изд сб кн вып гл ч н э св напр англ нем фр франц
кит кор яп рус русск цит уч жел авт мин яз чел б бывш ок мл млн млрд тыс о
вв гор гос зав зам илл сел пос губ арт отд пред канд соц див бат сев ком парт мед собр соч перев пер дер тел
янв февр апр авг сент окт нояб дек
mr mrs ms dr cde cdes messrs no nos gen lt col maj capt st sts prof rev hon amb vol pp p f op d ll l ch fig cf
e.g i.e viz vs jr sr approx ca dept min
"""
_CLOSING = """
г гг т.г с.г т.д т.п др пр руб коп долл экз проч мес м км кг ч час мин сек н.э т.е
etc a.m p.m u.s u.s.a u.s.s.r inc ltd co
"""

RUNNING = frozenset(_RUNNING.split())
"""Abbreviations after which the sentence goes on; in small letters, without the last point."""
CLOSING = frozenset(_CLOSING.split())
"""Abbreviations that may stand at the end of a sentence as well: there the next word decides."""
