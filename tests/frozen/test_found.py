"""Every frozen receipt is found by the grounds and rules that deciding it again comes to."""

from __future__ import annotations

from domain.law.kernel import Outcome
from projections.decisions import VIEW, Filter
from services.answers.asking import Answers
from services.answers.decision_index import StatedReceipts
from services.answers.screening import Screening
from services.answers.sealed_index import SealedIndex, rules_met
from services.answers.searching import Search, Wanted
from services.instance.views import FollowedView
from tests.answers.town import Town
from tests.frozen.test_frozen import Corpus, corpus

__all__ = ["corpus"]


def test_each_kind_of_question_is_found_by_its_grounds_and_rules(corpus: Corpus) -> None:
    instance = corpus.instance
    receipts = Answers(instance).receipts
    view = FollowedView(instance, VIEW, source=StatedReceipts(instance))
    sealed = SealedIndex(receipts)
    search = Search(receipts, Screening(instance), view, sealed)
    head = instance.log.head()
    # The second time nothing is decided again.
    for _ in range(2):
        kinds = set()
        results = search.page(Wanted(Filter(), opened=True), 0, head, 1_000, Town.reader)
        for row, answers in results.found:
            if row.stated.households:
                continue
            decision = receipts.get(receipts.find(row.receipt_id), Town.reader).decision
            [answer] = answers
            grounds = {each.rule_id for each in decision.decided_by}
            assert set(answer.grounds or ()) == grounds
            assert set(answer.rules) == {each.rule_id for each in rules_met(decision)}
            if grounds:
                kinds.add(row.stated.kind)
                assert answer.outcome in (Outcome.PROHIBITED, Outcome.DISCRETIONARY)
        assert len(results.found) + results.erased == len(corpus.receipts) + len(corpus.pages)
        assert kinds
    sealed.close()
    view.stop()
