"""Texts for people as data: Danish, which is authoritative, and English beside it."""

from __future__ import annotations

from domain.law.area import consequences_texts, outside_texts
from domain.law.area import texts as area
from domain.law.ending import texts as ending
from domain.law.fund import texts as fund
from domain.law.governance import texts as governance
from domain.law.letting import texts as letting
from domain.law.plans import texts as plans
from domain.law.referral import texts as referral
from domain.law.sale import texts as sale
from domain.law.texts import answers, points, words
from domain.law.texts.kinds import Texts

TEXTS = Texts.gathered(
    area,
    consequences_texts,
    fund,
    outside_texts,
    referral,
    letting,
    ending,
    plans,
    governance,
    sale,
    answers,
    points,
    words,
)
"""The texts of the first edition, filed by subject."""
