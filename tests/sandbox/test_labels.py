"""Labels and selectors."""

import pytest

from hetzner.sandbox.errors import Refusal
from hetzner.sandbox.labels import check_labels, selector

LABELS = {"env": "prod", "example.com/role": "web", "empty": ""}


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("env", True),
        ("!env", False),
        ("! env", False),
        ("other", False),
        ("!other", True),
        ("env=prod", True),
        ("env == prod", True),
        ("env=test", False),
        ("env!=prod", False),
        ("env != test", True),
        ("other!=x", True),
        ("env in (prod, test)", True),
        ("env in(test)", False),
        ("env notin (test,dev)", True),
        ("env notin (prod)", False),
        ("other notin (x)", True),
        ("other in (x)", False),
        ("empty=", True),
        ("example.com/role=web,env in (prod,dev),!gone", True),
        ("example.com/role=web,env=dev", False),
        ("", True),
    ],
)
def test_a_selector_picks_by_its_grammar(text: str, picked: bool) -> None:
    """Every operator picks, or leaves out, what the documentation says."""
    assert selector(text)(LABELS) is picked


@pytest.mark.parametrize(
    "text", ["=", "env=a=b", "env in prod", "env in ()x", ",", "a,,b", "-a", "a b", "env=pro d", "!", "a/b/c"]
)
def test_a_malformed_selector_is_refused(text: str) -> None:
    """What is no selector answers invalid_input on label_selector."""
    with pytest.raises(Refusal) as caught:
        selector(text)
    assert caught.value.body()["error"]["details"]["fields"][0]["name"] == "label_selector"


@pytest.mark.parametrize(
    "key", ["", "-a", "a-", "a" * 64, "hetzner.cloud/x", "/a", "a/", "Ex.com/a", "a b", "ä"]
)
def test_a_bad_label_key_is_refused(key: str) -> None:
    """Keys outside the grammar, and the reserved prefix, answer invalid_input."""
    with pytest.raises(Refusal, match="key"):
        check_labels({key: "x"})


@pytest.mark.parametrize("value", ["-", "a-", "a" * 64, "a b", "a/b"])
def test_a_bad_label_value_is_refused(value: str) -> None:
    """Values outside the grammar answer invalid_input."""
    with pytest.raises(Refusal, match="value"):
        check_labels({"a": value})


def test_good_labels_pass() -> None:
    """The longest key and value, a prefix, and an empty value are fine."""
    labels = {"a" * 63: "b" * 63, "example.com/my": "label", "just-a-key": ""}
    assert check_labels(labels) == labels
