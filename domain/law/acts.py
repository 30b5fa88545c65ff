"""Days of acts and of texts that print them, where they bound a first day that was not verified.

A rule cannot have been in force before its act was signed, and was in force when a consolidation
was issued that prints it and notes no later commencement.
"""

from __future__ import annotations

from datetime import date

# --- When acts were signed ------------------------------------------------------------------

ALMENBOLIGLOVEN = date(1996, 5, 22)
"""Lov nr. 374: almenboligloven, in force on 1 January 1997 (§ 186)."""
ALMENLEJELOVEN = date(1997, 12, 17)
"""Lov nr. 968: almenlejeloven, in force on 1 July 1998 (§ 109)."""
LOV_328_2005 = date(2005, 5, 18)
LOV_1610_2010 = LOV_1611_2010 = date(2010, 12, 22)
LOV_1609_2013 = date(2013, 12, 26)
LOV_546_2022 = date(2022, 5, 3)

# --- When texts were issued that print them -------------------------------------------------

LBK_1204_2009 = date(2009, 12, 10)
"""Almenboligloven: § 51 b with the numbers of today, § 59, stk. 1-5 and § 60, stk. 1-3."""
LBK_103_2011 = date(2011, 2, 11)
"""Almenboligloven: the first with §§ 51 b, stk. 1, 2. pkt., 59, stk. 6-7, 60, stk. 4 and 61 a."""
LBK_1071_2012 = date(2012, 11, 16)
"""Integrationsloven: the first seen with the ban of § 12, stk. 2; LBK 1062/2010 lacks it."""
LBK_1278_2015 = date(2015, 11, 18)
"""Almenboligloven: the first with the test of 2014 and §§ 63 d and 63 e."""
LBK_228_2016 = date(2016, 3, 9)
"""Almenlejeloven: §§ 64-66, 69, 85, 86 a, 88, 89 and 90."""
LBK_1101_2017 = date(2017, 9, 22)
"""Retsplejeloven: §§ 596-600."""
LBK_1_2020 = date(2020, 1, 1)
"""Integrationsloven: the first seen that bans vulnerable areas in § 12, stk. 2."""
LBK_794_2021 = date(2021, 4, 27)
"""Byfornyelsesloven: §§ 61, 63 and 64."""
