"""What the scrape door makes of a page beyond Markdown and HTML."""

from typing import Any

import pytest

from scrape_api.handler import handler
from tests.doors.knocking import knock
from tests.doors.scrape_jobs import results_of, submit, work
from tests.doors.test_openapi import check_answer, document
from tests.furnished import Furnished
from tests.raw_site import RawSite

LISTING = "/lanterns"


def scrape(key: str, site: RawSite, *formats: str, **more: Any) -> Any:
    body = {"urls": [site.url + LISTING], "formats": formats, **more}
    answer = knock(handler, "scrape_sync", key=key, body=body)
    assert answer.status == 200, answer.text
    check_answer(answer, "scrape_sync", document("scrape_openapi"))
    return answer.json["result"]


@pytest.mark.promise("scrape.beyond.formats")
def test_a_list_of_formats_brings_these_and_no_others(key: str, site: RawSite) -> None:
    links = scrape(key, site, "links")

    assert set(links) == {"url", "status", "cached", "links", "metadata"}
    assert links["links"] == [f"{site.url}/more", "https://elsewhere.example/"]
    assert "markdown" in scrape(key, site, "links", format="markdown")
    assert set(scrape(key, site, "markdown", "html")) == {
        *set(links) - {"links"},
        "markdown",
        "html",
    }


@pytest.mark.promise("scrape.beyond.metadata")
def test_the_format_metadata_adds_what_the_page_says_of_itself(key: str, site: RawSite) -> None:
    metadata = scrape(key, site, "metadata")["metadata"]

    assert metadata["title"] == "Lanterns"
    assert metadata["description"] == "All our lanterns"
    assert metadata["language"] == "en"
    assert metadata["openGraph"] == {"site_name": "Lamp Shop"}
    assert metadata["siteName"] == "Lamp Shop"
    assert "description" not in scrape(key, site, "markdown")["metadata"]


@pytest.mark.promise("scrape.beyond.records")
def test_records_come_by_a_schema_or_without(key: str, site: RawSite) -> None:
    schema = [{"name": "string", "price": "number"}]

    typed = scrape(key, site, "records", schema=schema)["records"]

    assert typed == [
        {"name": "Storm", "price": 12.5},
        {"name": "Harbour", "price": 30},
        {"name": "Signal", "price": 9.9},
    ]
    untyped = scrape(key, site, "records")["records"]
    assert all(isinstance(record, dict) for record in untyped)


@pytest.mark.promise("scrape.beyond.parts")
def test_a_part_of_the_page_is_what_was_asked_for(key: str, site: RawSite) -> None:
    whole = scrape(key, site, "markdown")["markdown"]
    main = scrape(key, site, "markdown", config={"onlyMainContent": True})["markdown"]
    table = scrape(key, site, "markdown", "html", "links", config={"includeSelectors": ["table"]})
    without = scrape(key, site, "markdown", config={"excludeSelectors": ["nav", "p"]})["markdown"]

    assert "All about us" in whole
    assert "All about us" not in main
    assert "Lanterns for every weather" in main
    assert table["markdown"].startswith("| Name | Price |")
    assert table["html"].startswith("<body><table>")
    assert table["links"] == []
    assert "All about us" not in without
    assert "Lanterns for every weather" not in without


def test_a_job_brings_them_as_well(furnished: Furnished, key: str, site: RawSite) -> None:
    wanted = {"formats": ["links", "metadata", "records"], "schema": [{"name": "string"}]}
    job_id = submit(key, site.url + LISTING, **wanted).json["jobId"]
    work(furnished)

    answer = results_of(key, job_id)

    (result,) = answer.json["results"]
    assert result["links"][0] == f"{site.url}/more"
    assert result["metadata"]["description"] == "All our lanterns"
    assert [record["name"] for record in result["records"]] == ["Storm", "Harbour", "Signal"]
    assert "markdown" not in result
