"""`kill -9` while people write: what was answered is there, and nothing is there twice.

The everyday size of `python -m bench.kill_nine` (docs/reference/faults.md), which does the same with 1,000
complaints and 500 acts.
"""

from bench.office_under_fire import Office
from bench.under_fire import Acts, Complaints


def test_of_all_that_was_answered_while_the_server_was_killed_nothing_is_lost_and_nothing_doubled(
    office: Office,
) -> None:
    sent = Complaints(office, 16, ways=("all", "web"))
    sent.run()
    acts = Acts(office, 24, ways=("main",))
    acts.run()
    assert office.faults_of_the_record() == []
    assert sent.faults() == []
    assert acts.faults() == []
    assert sent.unanswered > 0  # it was killed while somebody was waiting
    assert acts.unanswered > 0
    assert len(acts.tried) == 24
    assert any(each.told for each in acts.tried)  # who lost was told of whom; of how many, chance decides


def test_a_worker_that_is_killed_is_started_again_beside_the_server(office: Office) -> None:
    before = office.serving.pids()
    office.serving.kill("worker")
    after = office.serving.pids()
    assert after["worker"] != before["worker"]
    assert (after["main"], after["web"]) == (before["main"], before["web"])
