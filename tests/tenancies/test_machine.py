"""Random steps, right and wrong ones, against a model that is simpler than the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from domain.data_classes import SubjectKind
from domain.facts import ReleaseReason, ShareBasis
from services.facts.recording import InvariantBroken
from services.persons.sealing import KeyErased
from services.tenancies.requirements import StaleReceipt, StepBasis
from tests.answers.town import Town
from tests.support import scaled
from tests.tenancies.estate import NOTHING, ORGANISATION, Estate

HOMES = st.sampled_from(["home-0", "home-1"])
PEOPLE = st.integers(min_value=0, max_value=2)
NAMED = StepBasis((), "Kim", "A reason.", True)


@dataclass
class Home:
    """What the model knows of a dwelling: a vacancy, an allocation, an offer, a tenancy."""

    vacancy: UUID | None = None
    allocation: UUID | None = None
    offer: UUID | None = None
    offered_to: int = -1
    accepted: bool = False
    tenancy: UUID | None = None
    tenant: int = -1
    ended: int = 0


class Letting(RuleBasedStateMachine):
    """An estate beside its model: a step succeeds if, and only if, the model says so."""

    def __init__(self) -> None:
        super().__init__()
        self.town = Town.founded()
        self.estate = Estate(self.town)
        self.estate.build("home-0", "home-1", area="9999-kastanjeparken")
        self.estate.decide_share(ShareBasis.AGREED, 1, 1)
        self.households = [self.town.register(1) for _ in range(3)]
        for household in self.households:
            self.town.decide_fallback(household)
        self.erased: set[int] = set()
        self.homes = {"home-0": Home(), "home-1": Home()}
        self.allocations = 0

    def teardown(self) -> None:
        self.town.instance.close()

    def attempt(self, right: bool, step: Callable[[], UUID]) -> UUID | None:
        """Take a step that the model finds right or wrong."""
        head = self.town.instance.log.head()
        made, refusal = None, ""
        try:
            made = step()
        except (InvariantBroken, KeyErased, StaleReceipt) as error:
            refusal = str(error)
        assert (made is not None) == right, refusal
        assert self.town.instance.log.head() == head + right
        return made

    def permitted(self, home: str, who: int, stale: bool) -> StepBasis:
        household = self.households[who]
        receipt = self.estate.permitted(household.id, home)
        if stale:
            self.town.decide_fallback(household)
        return NOTHING._replace(receipts=(receipt,))

    @rule(name=HOMES)
    def record_vacancy(self, name: str) -> None:
        home = self.homes[name]
        right = home.vacancy is None and home.tenancy is None
        day = self.estate.today + timedelta(days=home.ended)
        made = self.attempt(right, lambda: self.estate.vacancy(name, day))
        if made:
            home.vacancy = made

    @rule(name=HOMES)
    def allocate(self, name: str) -> None:
        home = self.homes[name]
        if home.vacancy is None:
            return
        vacancy = home.vacancy
        right = home.allocation is None
        made = self.attempt(right, lambda: self.estate.allocate(vacancy))
        if made:
            home.allocation = made
            self.allocations += 1

    @rule(name=HOMES)
    def release(self, name: str) -> None:
        home = self.homes[name]
        if home.allocation is None:
            return
        allocation, reason = home.allocation, ReleaseReason.NOBODY
        made = self.attempt(home.offer is None, lambda: self.estate.release(allocation, reason))
        if made:
            self.attempt(False, lambda: self.estate.release(allocation, reason))
            vacancy = home.vacancy
            assert vacancy is not None
            self.estate.withdraw_vacancy(vacancy)
            home.vacancy = home.allocation = None

    @rule(name=HOMES, who=PEOPLE, stale=st.booleans())
    def offer(self, name: str, who: int, stale: bool) -> None:
        home = self.homes[name]
        if home.allocation is None or who in self.erased:
            return
        allocation = home.allocation
        decided = self.permitted(name, who, stale)
        household = self.households[who].id
        right = home.offer is None and not stale
        made = self.attempt(right, lambda: self.estate.offer(allocation, household, decided))
        if made:
            home.offer, home.offered_to, home.accepted = made, who, False

    @rule(name=HOMES, stale=st.booleans())
    def accept(self, name: str, stale: bool) -> None:
        home = self.homes[name]
        if home.offer is None or home.offered_to in self.erased:
            return
        offer = home.offer
        decided = self.permitted(name, home.offered_to, stale)
        right = not home.accepted and not stale
        if self.attempt(right, lambda: self.estate.accept(offer, decided)):
            home.accepted = True

    @rule(name=HOMES, refused=st.booleans())
    def close_offer(self, name: str, refused: bool) -> None:
        home = self.homes[name]
        if home.offer is None:
            return
        offer = home.offer
        right = home.offered_to not in self.erased
        step = self.estate.refuse if refused else lambda id: self.estate.withdraw(id, NAMED)
        if self.attempt(right, lambda: step(offer)):
            home.offer = None

    @rule(name=HOMES, stale=st.booleans())
    def contract(self, name: str, stale: bool) -> None:
        home = self.homes[name]
        if home.offer is None or home.offered_to in self.erased:
            return
        offer = home.offer
        decided = self.permitted(name, home.offered_to, stale)
        day = self.estate.today + timedelta(days=home.ended)
        right = home.accepted and not stale
        made = self.attempt(right, lambda: self.estate.commence(offer, decided, day))
        if made:
            home.tenancy, home.tenant = made, home.offered_to
            home.vacancy = home.allocation = home.offer = None
            self.attempt(False, lambda: self.estate.commence(offer, decided, day))

    @rule(name=HOMES)
    def end(self, name: str) -> None:
        home = self.homes[name]
        if home.tenancy is None:
            return
        tenancy = home.tenancy
        day = self.estate.today + timedelta(days=home.ended)
        right = home.tenant not in self.erased
        if self.attempt(right, lambda: self.estate.end(tenancy, day)):
            home.tenancy = None
            home.ended += 1

    @rule(who=PEOPLE)
    def erase(self, who: int) -> None:
        if len(self.erased) == 2 or who in self.erased:
            return
        self.town.erase(self.households[who].id, kind=SubjectKind.HOUSEHOLD)
        self.erased.add(who)

    @rule(name=HOMES)
    def free(self, name: str) -> None:
        home = self.homes[name]
        gone = (home.offer is not None and home.offered_to in self.erased) or (
            home.tenancy is not None and home.tenant in self.erased
        )

        def step() -> UUID:
            caller = self.estate.caller()
            [written] = self.estate.tenancies.free(caller, name, self.estate.today)
            return written.fact_id

        if self.attempt(gone, step):
            if home.tenancy is not None:
                home.tenancy = None
                home.ended += 1
            home.offer = None

    @invariant()
    def the_dwellings_stand_where_the_model_says(self) -> None:
        for name, home in self.homes.items():
            expected = "free"
            if home.tenancy is not None:
                expected = "let"
            elif home.offer is not None:
                expected = "accepted" if home.accepted else "offered"
            elif home.allocation is not None:
                expected = "allocated"
            elif home.vacancy is not None:
                expected = "vacant"
            assert self.estate.tenancies.lives.life(name).state == expected

    @invariant()
    def the_ledger_has_a_row_for_each_allocation(self) -> None:
        rows = self.estate.tenancies.lives.ledger(ORGANISATION).rows()
        assert len(rows) == self.allocations
        assert all(row.in_order for row in rows)


TestLetting = Letting.TestCase
TestLetting.settings = settings(
    max_examples=scaled(12, 200), stateful_step_count=scaled(25, 60), deadline=None
)
