"""The digest of a pool fixes what a draw depends on."""

import hashlib
import json
from dataclasses import replace
from uuid import UUID

import pytest

from kernel.lasting import FormatUnknown
from question_bank.pools.rules import Pool, PoolMember
from question_bank.questions.rules import VersionId


def member(number: int) -> PoolMember:
    return PoolMember(VersionId(UUID(int=number)), "true_false", "LV01", f"{number:064x}")


def test_the_order_of_finding_does_not_matter():
    one, two = member(1), member(2)
    assert Pool.of("low_voltage", [two, one]) == Pool.of("low_voltage", [one, two])


def test_the_digest_is_what_anyone_can_compute():
    line = f"{UUID(int=1)}:{1:064x}\n{UUID(int=2)}:{2:064x}\n"
    assert Pool.of("low_voltage", [member(2), member(1)]).digest() == hashlib.sha256(line.encode()).hexdigest()


def test_another_content_is_another_pool():
    changed = replace(member(2), content_digest="f" * 64)
    assert Pool.of("b", [member(1), changed]).digest() != Pool.of("b", [member(1), member(2)]).digest()


def test_a_member_survives_its_record():
    assert PoolMember.from_json(member(3).as_json()) == member(3)


def test_a_pool_survives_its_record_and_names_its_format():
    pool = Pool.of("low_voltage", [member(1), member(2)])
    fields = json.loads(json.dumps(pool.as_json()))
    assert Pool.from_json(fields) == pool
    with pytest.raises(FormatUnknown, match="format 2"):
        Pool.from_json(fields | {"format": 2})
