"""pydantic's errors in words that teach."""

from __future__ import annotations

import re

from hetzner.apply.document.complaints import Complaint
from hetzner.apply.document.near import did_you_mean

REFERENCE = "a name or an id"
WANTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a whole number of at most 64 bits",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "set_type": "a list",
    "dict_type": "a mapping",
    "mapping_type": "a mapping",
    "typed_dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "none_required": "empty",
    "is_instance_of": REFERENCE,
}
"""What a place wants, by the type of the error: "must be text or a list"."""

_CHOICE = re.compile(r"'([^']*)'")


def wording(complaint: Complaint) -> tuple[str, str]:
    """The message and a hint for an error that is about more than the type of a value."""
    context = complaint.context
    if complaint.type in ("value_error", "assertion_error") and "error" in context:
        return str(context["error"]) or complaint.message, ""
    if complaint.type in ("literal_error", "enum"):
        return complaint.message, did_you_mean(complaint.given, _CHOICE.findall(complaint.message))
    return complaint.message, ""
