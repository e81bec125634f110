"""The validators that are built by hand are those that pydantic would build."""

from typing import Annotated, Any

from pydantic import Field

from hetzner.schema import operations
from hetzner.schema.model import Model
from hetzner.schema.validators import schema_of, validator

ASIDE = {"metadata", "ref", "serialization"}
"""What a core schema says for others than the validator."""
UNSET = {"custom_init", "root_model", "computed_fields"}
"""What pydantic spells out where it is nothing."""


def answers() -> list[type[Model]]:
    """Return every model that an operation answers with."""
    found = (operation.returns for operation in operations())
    return list(dict.fromkeys(each for each in found if isinstance(each, type) and issubclass(each, Model)))


def plain(schema: Any, parts: dict[str, Any]) -> Any:
    """Return a core schema without what has nothing to do with validating, parts put in their places."""
    if isinstance(schema, list | tuple):
        return [plain(each, parts) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == "definition-ref":
        return plain(parts[schema["schema_ref"]], parts)
    kept = {
        name: value for name, value in schema.items() if name not in ASIDE and (value or name not in UNSET)
    }
    if "config" in kept:
        kept["config"] = {name: value for name, value in kept["config"].items() if name != "title"}
    return {name: value if name == "default" else plain(value, parts) for name, value in kept.items()}


def by_pydantic(model: type[Model]) -> Any:
    """Return the core schema that pydantic generates."""
    model.model_rebuild()
    schema: Any = model.__pydantic_core_schema__
    if schema["type"] != "definitions":
        return plain(schema, {})
    return plain(schema["schema"], {each["ref"]: each for each in schema["definitions"]})


def test_every_answer_is_validated_as_pydantic_would() -> None:
    """For each model that the API answers with, the schema made by hand is the one pydantic generates."""
    models = answers()
    assert len(models) > 90
    assert [model.__name__ for model in models if plain(schema_of(model), {}) != by_pydantic(model)] == []


class Limited(Model):
    """A model of a caller's, with a rule that only pydantic knows."""

    size: Annotated[int, Field(lt=10)]


def test_a_callers_model_is_left_to_pydantic() -> None:
    """What a caller declares keeps its own rules."""
    assert validator(Limited).validate_json('{"size": 9}').size == 9
    assert validator(Limited) is Limited.__pydantic_validator__
