"""Every component in a real browser: no complaint under the strict policy, no sideways scroll, no serious axe fault."""

from pathlib import Path

import pytest

from host.static_build import missing
from tests.browser.gallery.render import look
from tests.cast.accessibility import serious_faults


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("zh_CN", "phone", "light"), ("zh_CN", "desk", "dark"), ("en", "phone", "dark"), ("en", "desk", "light")],
)
def test_components_are_usable(browser, language, width, scheme, tmp_path: Path):
    assert missing() == [], "build the browser files: python -m host.static_build"
    assert look(browser, tmp_path, scheme, language, width, inspect=serious_faults) == []


def test_a_planted_fault_is_found(browser):
    page = browser.new_page()
    page.set_content('<html lang="en"><title>x</title><main><img src="x"><button>x</button></main></html>')
    faults = serious_faults(page, "planted")
    page.close()
    assert any("image-alt" in fault for fault in faults)
    assert any("too small" in fault for fault in faults)
