"""For each platform + account + day the newest batch that stands wins; taking data away is asked about first."""

from __future__ import annotations

from typing import Any

import pytest

import ingest
from kpi.errors import UnknownBatch
from kpi.workspace import Workspace

HEADER = "date,platform,account,campaign,spend\n"


def csv(*rows: str) -> str:
    return HEADER + "\n".join(rows) + "\n"


JUNE_1_TO_3 = csv("2025-06-01,Meta,A,Brand,100", "2025-06-02,Meta,A,Brand,100", "2025-06-03,Meta,A,Brand,100")
JUNE_2_TO_4 = csv("2025-06-02,Meta,A,Brand,110", "2025-06-03,Meta,A,Brand,120", "2025-06-04,Meta,A,Brand,130")


@pytest.fixture
def load(workspace: Workspace, write: Any) -> Any:
    return lambda text, **options: ingest.load(workspace, write(text), **options)


def spend(workspace: Workspace) -> dict[str, float]:
    rows = workspace.warehouse.query(
        "SELECT date::VARCHAR AS d, sum(spend)::DOUBLE AS s FROM kpi_daily GROUP BY d ORDER BY d"
    )
    return {row["d"][-2:]: row["s"] for row in rows}


def test_loading_twice_changes_nothing(workspace: Workspace, load: Any) -> None:
    first, again = load(JUNE_1_TO_3), load(JUNE_1_TO_3, replace=True)
    assert (again.status, again.batch_id, again.rows_loaded) == ("duplicate", first.batch_id, 0)
    assert spend(workspace) == {"01": 100, "02": 100, "03": 100}


def test_several_rows_of_one_key_all_stay(workspace: Workspace, load: Any) -> None:
    load(csv(*["2025-06-01,Meta,A,Brand,100"] * 3))
    assert spend(workspace) == {"01": 300}


def test_the_newest_load_wins_its_days_and_a_revert_gives_them_back(workspace: Workspace, load: Any) -> None:
    load(JUNE_1_TO_3)
    newer = load(JUNE_2_TO_4)
    assert (newer.status, newer.replaced_rows) == ("loaded", 2)
    assert spend(workspace) == {"01": 100, "02": 110, "03": 120, "04": 130}
    reverted = ingest.revert(workspace, newer.batch_id, user="ann")
    assert (reverted.removed_rows, reverted.restored_rows) == (3, 2)
    assert spend(workspace) == {"01": 100, "02": 100, "03": 100}
    assert ingest.revert(workspace, newer.batch_id).status == "already_reverted"


def test_reverting_an_old_load_leaves_the_newer_one_alone(workspace: Workspace, load: Any) -> None:
    older, newer = load(JUNE_1_TO_3), load(JUNE_2_TO_4)
    ingest.revert(workspace, older.batch_id)
    assert spend(workspace) == {"02": 110, "03": 120, "04": 130}
    ingest.revert(workspace, newer.batch_id)  # the older one was reverted, so nothing comes back
    assert spend(workspace) == {}


def test_a_revert_between_two_loads_brings_back_only_what_no_newer_one_covers(workspace: Workspace, load: Any) -> None:
    load(JUNE_1_TO_3)
    middle = load(csv("2025-06-01,Meta,A,Brand,200", "2025-06-02,Meta,A,Brand,200"))
    load(csv("2025-06-02,Meta,A,Brand,300"))
    ingest.revert(workspace, middle.batch_id)
    assert spend(workspace) == {"01": 100, "02": 300, "03": 100}


def test_bytes_that_were_replaced_or_reverted_load_again_as_a_new_batch(workspace: Workspace, load: Any) -> None:
    first = load(JUNE_1_TO_3)
    load(JUNE_1_TO_3.replace("100", "105"))
    again = load(JUNE_1_TO_3)
    assert again.status == "loaded" and again.batch_id != first.batch_id
    ingest.revert(workspace, again.batch_id)
    assert load(JUNE_1_TO_3).status == "loaded"
    assert spend(workspace) == {"01": 100, "02": 100, "03": 100}


def test_bytes_that_still_win_somewhere_are_a_duplicate_unless_told_to_replace(workspace: Workspace, load: Any) -> None:
    load(JUNE_1_TO_3)
    load(JUNE_2_TO_4)
    known = load(JUNE_1_TO_3)
    assert (known.status, [choice.options for choice in known.choices]) == ("duplicate", [{"replace": True}])
    assert load(JUNE_1_TO_3, replace=True).status == "loaded"
    assert spend(workspace) == {"01": 100, "02": 100, "03": 100, "04": 130}


def test_the_same_bytes_for_another_account_are_another_load(workspace: Workspace, load: Any) -> None:
    text = "date,spend\n2025-06-01,5\n"
    assert load(text, platform="fb", account="One").status == "loaded"
    assert load(text, platform="Meta", account="One").status == "duplicate"
    assert load(text, platform="Meta", account="Two").status == "loaded"
    assert load(text, platform="Google").accounts == ("default",)


def test_another_platform_or_account_is_never_touched(workspace: Workspace, load: Any) -> None:
    load(csv("2025-06-01,Meta,A,Brand,100", "2025-06-01,Meta,B,Brand,50", "2025-06-01,Google,A,Brand,25"))
    load(csv("2025-06-01,Meta,A,Brand,101"))
    assert spend(workspace) == {"01": 176}


def test_a_file_that_takes_spend_away_asks_first_and_offers_both_ways(workspace: Workspace, load: Any) -> None:
    load(JUNE_1_TO_3)
    sparse = csv("2025-06-01,Meta,A,Brand,100", "2025-06-03,Meta,A,Brand,100")  # 2 June, a third of the spend, would go
    asked = load(sparse)
    assert (asked.status, asked.rows_loaded, asked.batch_id) == ("needs_confirmation", 0, None)
    assert "100.00 of the 300.00" in asked.message and "33%" in asked.message
    assert [choice.options for choice in asked.choices] == [{"replace": True}, {"add": True}]
    assert spend(workspace) == {"01": 100, "02": 100, "03": 100}
    assert load(sparse, replace=True).status == "loaded"
    assert spend(workspace) == {"01": 100, "03": 100}


def test_a_day_that_grew_does_not_hide_a_day_that_vanishes(workspace: Workspace, load: Any) -> None:
    load(csv("2025-06-01,Meta,A,Brand,100", "2025-06-02,Meta,A,Brand,100", "2025-06-03,Meta,A,Brand,100"))
    assert load(csv("2025-06-01,Meta,A,Brand,500", "2025-06-03,Meta,A,Brand,100")).status == "needs_confirmation"


def test_exactly_the_limit_is_not_above_it(workspace: Workspace, load: Any) -> None:
    load(csv("2025-06-01,Meta,A,Brand,100"))
    assert load(csv("2025-06-01,Meta,A,Brand,80")).status == "loaded"
    assert load(csv("2025-06-01,Meta,A,Brand,63.99")).status == "needs_confirmation"


def test_no_campaign_in_common_asks_even_where_spend_grows(workspace: Workspace, load: Any) -> None:
    load(JUNE_1_TO_3)
    other = csv("2025-06-01,Meta,A,Video,900", "2025-06-03,Meta,A,Video,900")
    asked = load(other)
    assert asked.status == "needs_confirmation"
    beside = load(other, add=True)
    assert (beside.status, beside.replaced_rows) == ("loaded", 0)
    assert spend(workspace) == {"01": 1000, "02": 100, "03": 1000}


def test_added_beside_covers_only_its_own_campaigns_also_later(workspace: Workspace, load: Any) -> None:
    load(JUNE_1_TO_3)
    load(csv("2025-06-01,Meta,A,Video,50"), add=True)
    restated = load(csv("2025-06-01,Meta,A,Video,60"), add=True)
    assert restated.replaced_rows == 1
    assert spend(workspace)["01"] == 160
    ingest.revert(workspace, restated.batch_id)
    assert spend(workspace)["01"] == 150


def test_adding_still_asks_where_it_would_take_its_own_campaigns_away(workspace: Workspace, load: Any) -> None:
    load(JUNE_1_TO_3)
    asked = load(csv("2025-06-01,Meta,A,Brand,1"), add=True)
    assert (asked.status, [choice.options for choice in asked.choices]) == (
        "needs_confirmation",
        [{"add": True, "replace": True}],
    )
    assert load(csv("2025-06-01,Meta,A,Brand,1"), add=True, replace=True).status == "loaded"
    assert spend(workspace)["01"] == 1


def test_facts_are_always_the_rows_that_no_newer_standing_claim_covers(workspace: Workspace, load: Any) -> None:
    """The rule as the contract states it, computed from scratch, after every step of a longer history."""
    rule = """SELECT count(*) AS wrong FROM (
        SELECT r.*, r.kept <> (b.reverted_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM claims c JOIN batches n USING (batch_id)
            WHERE n.reverted_at IS NULL AND n.batch_id > r.batch_id
              AND c.platform = r.platform AND c.account = r.account AND r.date BETWEEN c.first_day AND c.last_day
              AND (c.campaigns IS NULL OR list_contains(c.campaigns, r.campaign)))) AS differs
        FROM (SELECT *, true AS kept FROM facts UNION ALL SELECT *, false FROM lost_facts) r
        JOIN batches b USING (batch_id))
        WHERE differs"""
    ids = []
    for text, options in [
        (JUNE_1_TO_3, {}),
        (JUNE_2_TO_4, {}),
        (csv("2025-06-03,Meta,A,Video,7", "2025-06-04,Google,A,Brand,7"), {"add": True}),
        (JUNE_1_TO_3.replace("100", "140"), {"replace": True}),
        (csv("2025-06-02,Meta,A,Brand,5", "2025-06-04,Meta,A,Video,5"), {"add": True, "replace": True}),
    ]:
        report = load(text, **options)
        assert report.status == "loaded"
        ids.append(report.batch_id)
        assert workspace.warehouse.query(rule) == [{"wrong": 0}]
    total = workspace.warehouse.query("SELECT (SELECT count(*) FROM facts) + (SELECT count(*) FROM lost_facts) AS n")
    for batch_id in (ids[3], ids[0], ids[4], ids[2], ids[1]):
        ingest.revert(workspace, batch_id)
        assert workspace.warehouse.query(rule) == [{"wrong": 0}]
    assert spend(workspace) == {}
    assert total == workspace.warehouse.query("SELECT count(*) AS n FROM lost_facts")


def test_replacing_rows_with_revenue_by_rows_without_is_warned_about(workspace: Workspace, load: Any) -> None:
    load("date,platform,spend,revenue\n2025-06-01,Meta,5,50\n")
    assert any("revenue" in warning for warning in load("date,platform,spend\n2025-06-01,Meta,6\n").warnings)


def test_preview_says_what_a_load_would_do_and_changes_nothing(workspace: Workspace, write: Any, load: Any) -> None:
    load(JUNE_1_TO_3)
    seen = ingest.preview(workspace, write(JUNE_2_TO_4, "next.csv"))
    assert (seen.status, seen.rows_loaded, seen.replaced_rows, seen.file) == ("ready", 3, 2, "next.csv")
    assert seen.totals["spend"] == 360
    assert seen.sample[0]["campaign"] == "Brand"
    assert ingest.preview(workspace, write(csv("2025-06-01,Meta,A,Other,1"))).status == "needs_confirmation"
    assert ingest.preview(workspace, write(JUNE_1_TO_3)).status == "duplicate"
    assert len(ingest.list_batches(workspace)) == 1 and spend(workspace) == {"01": 100, "02": 100, "03": 100}


def test_the_audit_knows_who_when_what_and_by_which_rules(workspace: Workspace, write: Any) -> None:
    path = write(JUNE_1_TO_3)
    report = ingest.load(workspace, path, file_name="export (3).csv", user="ann", via="chat")
    batch = ingest.get_batch(workspace, report.batch_id or 0)
    assert (batch.loaded_by, batch.via, batch.file, batch.format, batch.mode) == (
        "ann",
        "chat",
        "export (3).csv",
        "canonical",
        "normal",
    )
    assert (batch.rows_loaded, batch.winning_rows, str(batch.last_day), len(batch.rules_version)) == (
        3,
        3,
        "2025-06-03",
        12,
    )
    assert (workspace.files / batch.file_sha256).read_bytes() == path.read_bytes()
    assert batch.report == report
    with pytest.raises(UnknownBatch):
        ingest.get_batch(workspace, 99)
    with pytest.raises(UnknownBatch):
        ingest.revert(workspace, 99)
