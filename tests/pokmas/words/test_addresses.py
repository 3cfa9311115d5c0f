import pytest

from pokmas.words.addresses import breakable


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (
            "balai_kupang@kemenimipas.go.id",
            "balai<wbr>_kupang<wbr>@kemenimipas<wbr>.go<wbr>.id",
        ),
        ("<b>@a.b", "&lt;b&gt;<wbr>@a<wbr>.b"),
        ("", ""),
    ],
)
def test_an_address_goes_on_in_the_next_line_before_its_signs(address, shown):
    assert breakable(address) == shown
