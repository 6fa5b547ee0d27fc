"""`one_of(column, "ids")`: rows by many ids, in one parameter.

SQLAlchemy's IN writes one parameter for each id, anew with each call; for the
hundreds of rows of a claim that cost more than the query.
"""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Dialect, String, Text, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NULLTYPE, TypeDecorator, TypeEngine


class _Ids(TypeDecorator[Sequence[Any]]):
    """JSON on SQLite, an array on PostgreSQL. letters: the ids are text."""

    impl = Text
    cache_ok = True

    def __init__(self, letters: bool) -> None:
        super().__init__()
        self.letters = letters

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Text())
        return dialect.type_descriptor(ARRAY(String() if self.letters else BigInteger()))

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> Any:
        return json.dumps(value) if dialect.name == "sqlite" else value


class _OneOf(FunctionElement[Any]):
    # Not Boolean(): that is written `… = 1` on SQLite, which then looks at every row.
    type = NULLTYPE
    inherit_cache = True


def one_of(column: InstrumentedAttribute[Any], name: str) -> FunctionElement[Any]:
    """Whether the column is among the ids of the parameter `name`, a list."""
    return _OneOf(column, bindparam(name, type_=_Ids(isinstance(column.type, String))))


@compiles(_OneOf, "sqlite")
def _in_json(element: _OneOf, compiler: SQLCompiler, **words: Any) -> str:
    column, ids = (compiler.process(clause, **words) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({ids}))"  # noqa: S608  # compiled above


@compiles(_OneOf, "postgresql")
def _in_array(element: _OneOf, compiler: SQLCompiler, **words: Any) -> str:
    column, ids = (compiler.process(clause, **words) for clause in element.clauses)
    return f"{column} = ANY ({ids})"
