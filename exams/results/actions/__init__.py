"""Every write about results: recorded, released, doubted, revised. Rows are only added."""

from exams.results.actions.rechecking import answer_recheck, ask_recheck
from exams.results.actions.recording import record_result
from exams.results.actions.releasing import foreseen_release, prepare_release, release_results
from exams.results.actions.revising import revise_result

__all__ = [
    "answer_recheck",
    "ask_recheck",
    "foreseen_release",
    "prepare_release",
    "record_result",
    "release_results",
    "revise_result",
]
