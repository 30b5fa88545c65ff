"""The open points of law that the rules of this edition touch, with their readings.

The default is the reading applied unless the instance chooses one; None: none is applied, and
where such a point decides, the answer is UNDETERMINED. The first reading of such a point leads
which facts are read, so it is one that asks for them: a fact that only another reading asks for
would be missed. What each point asks, what each reading
says and why the default is what it is stand in `texts/points.py`.
"""

from __future__ import annotations

from domain.law.kernel import OpenPoint

OPEN_POINTS = {
    point.id: point
    for point in (
        OpenPoint("AMB-1000", ("a", "b"), "b"),
        OpenPoint("AMB-1000M-LIMIT", ("a", "b"), "a"),
        OpenPoint("AMB-1000M-LINE", ("a", "b", "c"), "a"),
        OpenPoint("AMB-119B", ("a", "b"), "b"),
        OpenPoint("AMB-191", ("a", "b"), "a"),
        OpenPoint("AMB-2025", ("b", "a"), None),
        OpenPoint("AMB-28REF", ("a", "b"), None),
        OpenPoint("AMB-2Y", ("a", "b"), "a"),
        OpenPoint("AMB-30PCT-COVER", ("a", "b"), "b"),
        OpenPoint("AMB-30PCT-DAY", ("b", "a"), None),
        OpenPoint("AMB-30PCT-UNDECIDED", ("a", "b"), None),
        OpenPoint("AMB-42-SATURDAY", ("b", "a"), None),
        OpenPoint("AMB-29FEB", ("a", "b"), None),
        OpenPoint("AMB-51B-OFF", ("a", "b"), None),
        OpenPoint("AMB-57C", ("b", "a", "c"), None),
        OpenPoint("AMB-57C-MEETING", ("a", "b"), "b"),
        OpenPoint("AMB-6MDAY", ("a", "b"), None),
        OpenPoint("AMB-6MDAY-MONTH", ("a", "b"), None),
        OpenPoint("AMB-80", ("a", "b"), None),
        OpenPoint("AMB-85-FORMER", ("a", "b"), None),
        OpenPoint("AMB-86-PLAN", ("a", "b"), None),
        OpenPoint("AMB-88-SHORT", ("a", "b"), "a"),
        OpenPoint("AMB-91", ("a", "b"), "a"),
        OpenPoint("AMB-91-2027", ("a", "b"), None),
        OpenPoint("AMB-AND", ("a", "b"), "a"),
        OpenPoint("AMB-CALMONTH", ("a", "b"), None),
        OpenPoint("AMB-CITDUAL-DUAL", ("a", "b"), "a"),
        OpenPoint("AMB-CITDUAL-STATELESS", ("a", "b"), "a"),
        OpenPoint("AMB-CITDUAL-UK", ("a", "b"), "a"),
        OpenPoint("AMB-CJEU", ("a", "b"), "a"),
        OpenPoint("AMB-CRIME18", ("a", "b", "c"), "c"),
        OpenPoint("AMB-DEPT-DEPARTMENT", ("a", "b"), "b"),
        OpenPoint("AMB-DEPT-DWELLING", ("a", "b"), "a"),
        OpenPoint("AMB-EDU", ("a", "b"), "a"),
        OpenPoint("AMB-EXC-FORE", ("a", "b"), "a"),
        OpenPoint("AMB-EXC-MEET", ("a", "b"), None),
        OpenPoint("AMB-FALLBACK-AGE", ("b", "a"), None),
        OpenPoint("AMB-FALLBACK-ORDER", ("a", "b"), "b"),
        OpenPoint("AMB-FALLBACK-SHOWN", ("a", "b"), "a"),
        OpenPoint("AMB-FINAL", ("a", "b"), "a"),
        OpenPoint("AMB-FLEX-59", ("a", "b"), "a"),
        OpenPoint("AMB-FORMER-2030", ("a", "b"), "a"),
        OpenPoint("AMB-FORMER-YEARS-COUNT", ("a", "b"), "a"),
        OpenPoint("AMB-FORMER-YEARS-EARLIER", ("a", "b"), None),
        OpenPoint("AMB-FORMER-YEARS-WHICH", ("a", "b"), "a"),
        OpenPoint("AMB-HOUSEHOLD", ("a", "b"), "a"),
        OpenPoint("AMB-HOUSEHOLD-TIME-ATTACH", ("b", "a"), None),
        OpenPoint("AMB-HOUSEHOLD-TIME-MOMENT", ("a", "b", "c"), "a"),
        OpenPoint("AMB-LIST", ("a", "b"), "a"),
        OpenPoint("AMB-MIX-ACROSS", ("a", "b"), None),
        OpenPoint("AMB-MIX-WITHIN", ("a", "b"), "a"),
        OpenPoint("AMB-NAMEGAP", ("a", "b"), "a"),
        OpenPoint("AMB-OFFSET", ("a", "b"), "a"),
        OpenPoint("AMB-OVERLAP", ("a", "b"), "a"),
        OpenPoint("AMB-PARTIAL", ("a", "b"), "a"),
        OpenPoint("AMB-PLAN", ("a", "b", "c", "d"), "d"),
        OpenPoint("AMB-PROP", ("a",), "a"),
        OpenPoint("AMB-RECORD", ("a", "b"), "a"),
        OpenPoint("AMB-RECORD-AGE", ("b", "a"), None),
        OpenPoint("AMB-RECORD-AGREED", ("a", "b"), None),
        OpenPoint("AMB-INCOME-AGREED", ("a", "b"), "a"),
        OpenPoint("AMB-RECORD-FORE", ("a", "b"), "b"),
        OpenPoint("AMB-REFDATE-29", ("a", "b"), "b"),
        OpenPoint("AMB-REFDATE-51C", ("a", "b", "c"), "b"),
        OpenPoint("AMB-REFDATE-59", ("a", "b", "c"), "a"),
        OpenPoint("AMB-RELEASE", ("a", "b"), None),
        OpenPoint("AMB-RESSOURCE", ("a", "b"), "a"),
        OpenPoint("AMB-ROUND", ("a", "b"), "a"),
        OpenPoint("AMB-SENIOR", ("a", "b"), "a"),
        OpenPoint("AMB-STUDENT", ("a", "b"), "a"),
        OpenPoint("AMB-TERMDAY", ("a", "b"), None),
        OpenPoint("AMB-TERMREASON", ("a", "b"), "a"),
        OpenPoint("AMB-UDDHJ", ("a", "b", "c"), "a"),
        OpenPoint("AMB-WINDOW", ("a", "b", "c"), None),
        OpenPoint("AMB-YEARS", ("a", "b"), "a"),
        OpenPoint("AMB-YOUTH", ("a", "b"), "a"),
    )
}
