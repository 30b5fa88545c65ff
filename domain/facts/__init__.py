"""What can be recorded: small frozen facts, each with the days it is valid for.

Each is declared once, in the module of its subject (`declared.py` says how). No fact about a person
has free text, save the reasons of a person's decision, which are sealed and which no rule reads.

A closed interval of days is written as two fields; None leaves its end open.
"""

from domain.facts.areas import *
from domain.facts.base import *
from domain.facts.cases import *
from domain.facts.criteria import *
from domain.facts.decisions import *
from domain.facts.dwellings import *
from domain.facts.external_ids import *
from domain.facts.governance import *
from domain.facts.instance import *
from domain.facts.judgments import *
from domain.facts.letting import *
from domain.facts.persons import *
from domain.facts.plans import *
from domain.facts.sales import *
from domain.facts.tenancies import *
from domain.facts.terminations import *
from domain.facts.words import *
