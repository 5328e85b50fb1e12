"""Archives that are damaged, closed or far too long, and files that are silent on what is known here."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date

import pytest
from django.utils import timezone

from ongedeeld.errors import InputError
from ongedeeld.web.partners import hsds_reading, hsds_tables
from ongedeeld.web.partners.around import Areas, areas_now
from ongedeeld.web.partners.hsds_reading import read
from ongedeeld.web.partners.models import Offer
from ongedeeld.web.partners.taking_over import take_over
from tests.web.partners.conftest import Cast

ORGANISATIONS = "id,name\n1,Taalhuis\n"


def archive(packed: int = zipfile.ZIP_STORED, text: str = ORGANISATIONS) -> bytes:
    """An archive with one table."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", packed) as written:
        written.writestr("organizations.csv", text)
    return target.getvalue()


def with_flag(content: bytes, at: int, value: int) -> bytes:
    """An archive in which a field of the file and of its entry in the directory is another."""
    found = bytearray(content)
    entry = content.index(b"PK\x01\x02")
    found[at : at + 2] = value.to_bytes(2, "little")
    found[entry + at + 2 : entry + at + 4] = value.to_bytes(2, "little")
    return bytes(found)


@pytest.mark.parametrize(
    "content",
    [
        with_flag(archive(), 6, 1),
        with_flag(archive(), 8, 99),
        with_flag(archive(), 8, zipfile.ZIP_DEFLATED),
        with_flag(archive(), 8, zipfile.ZIP_BZIP2),
        with_flag(archive(), 8, zipfile.ZIP_LZMA),
    ],
    ids=["closed with a password", "packed unknown", "no deflate", "no bzip2", "no lzma"],
)
def test_an_archive_that_cannot_be_unpacked_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(InputError, match="no archive of tables") as refused:
        read("taal.zip", content, Areas())
    assert "taal.zip" in refused.value.say()


def test_a_table_of_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hsds_tables, "MOST_ROWS", 2)
    assert read("taal.zip", archive(text=ORGANISATIONS + "2,B\n"), Areas()).organisations
    with pytest.raises(InputError, match="more than 2 rows"):
        read("taal.zip", archive(text=ORGANISATIONS + "2,B\n3,C\n"), Areas())


def test_a_file_is_never_read_by_half(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hsds_reading, "MOST_THINGS", 2)
    several = [{"id": str(number), "name": f"Partner {number}"} for number in range(3)]
    assert len(read("a.json", json.dumps(several[:2]).encode(), Areas()).organisations) == 2
    with pytest.raises(InputError, match="more than 2 organisations"):
        read("a.json", json.dumps(several).encode(), Areas())


def test_a_file_that_is_silent_on_a_wait_or_a_desk_leaves_what_is_known(cast: Cast) -> None:
    offer = Offer.objects.filter(organisation=cast.welfare).first()
    assert offer is not None
    known = {"email": "balie@welzijn.invalid", "wait_days": 12, "wait_known_on": date(2026, 10, 1)}
    Offer.objects.filter(pk=offer.pk).update(**known)
    service = {"id": str(offer.key), "name": offer.name, "status": "active"}
    told = [{"id": str(cast.welfare.key), "name": cast.welfare.name, "services": [service]}]

    def taken(**more: str) -> Offer:
        service.update(more)
        directory = read("a.json", json.dumps(told).encode(), areas_now(), domain=offer.domain)
        assert not directory.errors
        take_over(directory, actor=cast.lotte, now=timezone.now())
        return Offer.objects.get(pk=offer.pk)

    held = taken()
    assert {name: getattr(held, name) for name in known} == known
    assert taken(wait_time="P90D", assured_date="2026-09-01").wait_days == 12, "older than what is known"
    assert taken(wait_time="P90D", assured_date="2026-11-01").wait_days == 90
