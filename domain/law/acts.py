"""Acts, orders and consolidations: their titles and days, once.

A rule names the act that made it and the day that it came into force. Where a first day was not
verified, a rule cannot have been in force before its act was signed, and was in force when a
consolidation was issued that prints it and notes no later commencement.
"""

from __future__ import annotations

from datetime import date
from typing import Self


class Document(str):
    """A text of law as rules cite it: `Lov nr. 1322 af 27/11/2018`, or what it is `called`."""

    day: date
    """The day that it was signed or issued: the last word of its title."""

    def __new__(cls, title: str, *, called: str = "") -> Self:
        """Return the document of this title."""
        made = super().__new__(cls, called or title)
        day, month, year = title.rpartition(" ")[2].split("/")
        made.day = date(int(year), int(month), int(day))
        return made


class Act(Document):
    """An act or order, and the day that it came into force for most of what it brought."""

    in_force: date

    def __new__(cls, title: str, in_force: date, *, called: str = "") -> Self:
        """Return the act of this title."""
        made = super().__new__(cls, title, called=called)
        made.in_force = in_force
        return made


# --- Acts and orders ------------------------------------------------------------------------

LOV_281_1994 = Document("Lov nr. 281 af 27/4/1994")
ALMENBOLIGLOVEN = Act(
    "Lov nr. 374 af 22/5/1996", in_force=date(1997, 1, 1), called="almenboligloven"
)
"""In force by its § 186."""
ALMENLEJELOVEN = Act(
    "Lov nr. 968 af 17/12/1997", in_force=date(1998, 7, 1), called="almenlejeloven"
)
"""In force by its § 109."""
LOV_328_2005 = Act("Lov nr. 328 af 18/5/2005", in_force=date(2006, 1, 1))
LOV_1610_2010 = Act("Lov nr. 1610 af 22/12/2010", in_force=date(2011, 1, 1))
LOV_1611_2010 = Act("Lov nr. 1611 af 22/12/2010", in_force=date(2011, 1, 1))
LOV_1609_2013 = Act("Lov nr. 1609 af 26/12/2013", in_force=date(2014, 1, 1))
LOV_1322_2018 = Act("Lov nr. 1322 af 27/11/2018", in_force=date(2018, 12, 1))
BEK_1360_2018 = Act("BEK nr. 1360 af 28/11/2018", in_force=date(2018, 12, 1))
BEK_1354_2018 = Document("BEK nr. 1354 af 27/11/2018")
BEK_519_2019 = Act("BEK nr. 519 af 30/4/2019", in_force=date(2019, 7, 1))
LOV_1832_2020 = Act("Lov nr. 1832 af 8/12/2020", in_force=date(2020, 12, 15))
LOV_2077_2020 = Document("Lov nr. 2077 af 21/12/2020")
LOV_430_2021 = Document("Lov nr. 430 af 16/3/2021")
LOV_1167_2021 = Act("Lov nr. 1167 af 8/6/2021", in_force=date(2021, 7, 1))
LOV_2157_2021 = Act("Lov nr. 2157 af 27/11/2021", in_force=date(2021, 11, 30))
LOV_342_2022 = Act("Lov nr. 342 af 22/3/2022", in_force=date(2022, 7, 1))
LOV_546_2022 = Document("Lov nr. 546 af 3/5/2022")
LOV_890_2022 = Act("Lov nr. 890 af 21/6/2022", in_force=date(2022, 7, 1))
BEK_977_2024 = Document("BEK nr. 977 af 21/8/2024")
BEK_1262_2024 = Act("BEK nr. 1262 af 28/11/2024", in_force=date(2024, 12, 1))
LOV_1655_2024 = Act("Lov nr. 1655 af 30/12/2024", in_force=date(2025, 7, 1))

LETTING_ORDER = f"{BEK_1360_2018}; {BEK_977_2024}"
"""Udlejningsbekendtgørelsen as it came in 2018 and as it stands."""

# --- Texts that print them ------------------------------------------------------------------

LBK_1204_2009 = Document("LBK nr. 1204 af 10/12/2009")
"""Almenboligloven: § 51 b with the numbers of today, § 59, stk. 1-5 and § 60, stk. 1-3."""
LBK_103_2011 = Document("LBK nr. 103 af 11/2/2011")
"""Almenboligloven: the first with §§ 51 b, stk. 1, 2. pkt., 59, stk. 6-7, 60, stk. 4 and 61 a; its
§ 51 b points to § 60 a, stk. 1."""
LBK_1071_2012 = Document("LBK nr. 1071 af 16/11/2012")
"""Integrationsloven: the first seen with the ban of § 12, stk. 2; LBK 1062/2010 lacks it."""
LBK_1278_2015 = Document("LBK nr. 1278 af 18/11/2015")
"""Almenboligloven: the first with the test of 2014 and §§ 63 d and 63 e."""
LBK_228_2016 = Document("LBK nr. 228 af 9/3/2016")
"""Almenlejeloven: §§ 64-66, 69, 85, 86 a, 88, 89 and 90."""
LBK_1101_2017 = Document("LBK nr. 1101 af 22/9/2017")
"""Retsplejeloven: §§ 596-600."""
LBK_1116_2017 = Document("LBK nr. 1116 af 2/10/2017")
"""Almenboligloven: the first seen with the text of § 60 b, which older ones point to."""
LBK_1127_2017 = Document("LBK nr. 1127 af 11/10/2017")
"""Integrationsloven: the last seen with the old wording of § 12, stk. 2."""
LBK_1_2020 = Document("LBK nr. 1 af 1/1/2020")
"""Integrationsloven: the first seen that bans vulnerable areas in § 12, stk. 2."""
LBK_1146_2020 = Document("LBK nr. 1146 af 22/6/2020")
"""Integrationsloven: § 12, stk. 2."""
LBK_794_2021 = Document("LBK nr. 794 af 27/4/2021")
"""Byfornyelsesloven: §§ 61, 63 and 64."""
LBK_1877_2021 = Document("LBK nr. 1877 af 27/9/2021")
"""Almenboligloven: the first seen with the area limit of § 28, stk. 1, with § 27 b, stk. 1, and
with § 91 b in § 96, stk. 3."""
