# `pip install -e '.[dev]'` brings `just` and every tool below. This is the only list of the steps.

# What has to pass before a commit; CI runs exactly this.
check:
    ruff format --check
    ruff check
    mypy --strict
    pyright
    lint-imports
    pytest --cov --cov-report=term --cov-fail-under=90

# Let ruff mend what it can.
fix:
    ruff check --fix
    ruff format

# The default suite, or a part of it: `just test tests/api -k retry`.
test *arguments:
    pytest {{arguments}}

# The long proofs; sets have the same order everywhere, so that what fails here fails for everybody.
slow:
    PYTHONHASHSEED=0 pytest -m slow

# The client's tests with httpx2 in place of httpx.
httpx2:
    python -m pytest -p tests.with_httpx2 tests/api tests/documented
