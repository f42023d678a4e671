"""Runs a roll-up's SQL on the city's own cluster, over Spark Connect; only the few rows of the result come back.

Spark Connect is the protocol of Spark 4, of Databricks, and of Sail, which needs no Java.
"""

import os
import re
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from data.definitions import at
from data.problems import N_, NotPossibleNow, Problem, Refused
from data.rollup.changes import Window
from data.rollup.declaration import EventColumn, Events
from data.rollup.reading import Rollup
from data.rollup.statement import EVENTS

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

INSTALL = "this engine needs two more packages: pip install -r requirements-scale.lock"
SECRETS = "MANDATO_SPARK_PARAMETERS"
"""The variable that holds what must not stand on a command line: `use_ssl=true;token=...`."""
WAIT = 10
"""Seconds in which the cluster must take a connection; the client itself would try for many minutes."""
ADDRESS = re.compile(r"sc://(?P<host>[^:/;]+)(:(?P<port>\d{1,5}))?/?")
PORT = 15002
"""Spark Connect's own."""

TYPES = {"text": "string", "integer": "bigint", "number": "double", "boolean": "boolean", "date": "date", "timestamp": "timestamp_ntz"}
CODES = {"%Y": "yyyy", "%y": "yy", "%m": "MM", "%d": "dd", "%H": "HH", "%M": "mm", "%S": "ss"}


def event_path(rollup: Rollup, source_path: str | None) -> str:
    """Where the cluster finds the events. Raises Refused where it is not said."""
    path = source_path or rollup.declaration.events.path
    if path is None or not re.match(r"/|[a-z0-9]+:", path):
        hint = N_("give it as the cluster sees it: --source-path s3://city/requests")
        raise Refused([at(rollup.document, ("events", "path"), "the cluster cannot know where {path} is", hint, path=path or "the folder")])
    if rollup.declaration.events.format == "csv" and rollup.declaration.events.encoding != "utf-8":
        hint = N_("write the events as Parquet, or as CSV in UTF-8")
        raise Refused([at(rollup.document, ("events", "encoding"), "on a cluster CSV is read as UTF-8 only", hint)])
    return path


def run(rollup: Rollup, engine: str, path: str, window: Window | None) -> pl.DataFrame:
    """The rows of the SQL over the events at a path of the cluster, those of a window of days only where one is given.

    Raises NotPossibleNow where the packages are missing or the cluster does not answer, Refused where it refuses the SQL
    or a cell.
    """
    sql = spark_sql(rollup)
    with _quiet():
        session = _session(engine)
        try:
            with _errors_said(rollup, engine):
                _lay_out(session, rollup, path, window)
                return _frame(session.sql(sql).toArrow())
        finally:
            session.stop()


def spark_sql(rollup: Rollup) -> str:
    """The roll-up's SQL as Spark writes it, with its parameters in place."""
    try:
        from sqlglot import exp, parse_one
    except ImportError:
        raise NotPossibleNow(INSTALL) from None

    def exact(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.WithinGroup):
            return _percentile(exp, node)
        return _boundaries(exp, node) if isinstance(node, exp.DateDiff) else node

    def valued(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Placeholder):
            value = rollup.parameters[node.name]
            return exp.Literal.string(value) if isinstance(value, str) else _double(exp, repr(float(value)))
        return _double(exp, node.name) if isinstance(node, exp.Literal) and node.is_number and not node.is_int else node

    return parse_one(rollup.sql, read="duckdb").transform(exact).transform(valued).sql(dialect="spark", comments=False)


def _double(exp: Any, number: str) -> Any:
    """2.5 is a decimal in both dialects, but Spark divides decimals in decimals, and cuts the digits that do not fit."""
    return exp.Anonymous(this="double", expressions=[exp.Literal.string(number)])


def _percentile(exp: Any, node: Any) -> Any:
    """sqlglot writes percentile_cont as an approximation, and Sail 0.7 cuts its interpolation; `percentile` is exact in both."""
    share, order = node.this.this, node.expression.expressions[0]
    asked = exp.Sub(this=exp.Literal.number(1), expression=share.copy()) if order.args.get("desc") else share.copy()
    return exp.Anonymous(this="percentile", expressions=[order.this.copy(), asked])


def _boundaries(exp: Any, node: Any) -> Any:
    """DuckDB counts the midnights between two moments, Spark whole days; between two midnights they are the same."""
    unit = exp.Literal.string(node.unit.name)
    for part in ("this", "expression"):
        node.set(part, exp.Anonymous(this="date_trunc", expressions=[unit.copy(), node.args[part]]))
    return node


@contextmanager
def _quiet() -> Iterator[None]:
    """PySpark warns of pandas 3, which Streamlit brings; its pandas part is not used: results come as Arrow."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas", category=FutureWarning)
        yield


def _session(engine: str) -> "SparkSession":
    found = ADDRESS.match(engine)
    host, port = (found["host"], int(found["port"] or PORT)) if found else ("", 0)
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise NotPossibleNow(INSTALL) from None
    try:
        socket.create_connection((host, port), timeout=WAIT).close()
    except OSError as error:
        raise NotPossibleNow(
            "nothing answers at {engine} ({why}); start the cluster, or correct the address", engine=engine, why=str(error)
        ) from None
    secrets = os.environ.get(SECRETS)
    session: Any = SparkSession.builder.remote(f"sc://{host}:{port}" + (f"/;{secrets}" if secrets else "")).create()
    session.conf.set("spark.sql.session.timeZone", "UTC")
    session.conf.set("spark.sql.ansi.enabled", "true")  # a text that is no number is an error, and not nothing
    return session


@contextmanager
def _errors_said(rollup: Rollup, engine: str) -> Iterator[None]:
    from grpc import RpcError
    from pyspark.errors import PySparkException

    try:
        yield
    except RpcError as error:
        raise NotPossibleNow(
            "{engine} did not finish: {why}; nothing was changed", engine=engine, why=str(error).splitlines()[0]
        ) from error
    except PySparkException as error:
        hint = N_("the same roll-up in DuckDB (without --engine) names the line of what is wrong")
        values = {"why": str(error).splitlines()[0][:300]}
        raise Refused([Problem("the cluster refuses it: {why}", hint, rollup.sql_path, values=values)]) from None


def _lay_out(session: "SparkSession", rollup: Rollup, path: str, window: Window | None) -> None:
    """The view of the events, for this session only."""
    from pyspark.sql import functions as spark

    told = rollup.declaration
    found = _files(session, told.events, path)
    kinds = _kinds(found, rollup, path)
    events = found.select(*[_typed(column, told.events, kinds).alias(name) for name, column in told.columns.items()])
    if window and told.period:
        first, after = (datetime.combine(day, time()) for day in (window[0], window[1] + timedelta(days=1)))
        moment = spark.col(told.period.column)
        events = events.where((moment >= spark.lit(first)) & (moment < spark.lit(after)))
    events.createOrReplaceTempView(EVENTS)


def _files(session: "SparkSession", events: Events, path: str) -> "DataFrame":
    if events.format == "parquet":
        return session.read.parquet(path)
    marks = {"sep": events.delimiter, "quote": '"', "escape": '"', "multiLine": "true", "mode": "FAILFAST"}
    return session.read.options(header="true", inferSchema="false", **marks).csv(path)


def _kinds(found: "DataFrame", rollup: Rollup, path: str) -> dict[str, str]:
    """The type of each wanted column. Raises Refused where one is missing."""
    kinds, problems = {}, []
    for name, column in rollup.declaration.columns.items():
        if column.column is not None and (kind := _kind(found, column.column)):
            if kind == "timestamp" and rollup.declaration.events.time_zone is None:
                message, hint = N_("{column!r} holds moments with a time zone"), N_("declare the place's own: `time_zone:` under `events`")
                problems.append(at(rollup.document, ("columns", name, "column"), message, hint, column=column.column))
            kinds[column.column] = kind
        elif column.column is not None:
            message, hint = N_("the cluster finds no column {column!r}"), N_("correct it to what the files call it")
            problems.append(at(rollup.document, ("columns", name, "column"), message, hint, column=column.column))
    if not kinds:
        hint = N_("correct --source-path to where the cluster sees them")
        raise Refused([Problem("the cluster finds no events at {path}", hint, path, values={"path": path})])
    if problems:
        raise Refused(problems)
    return kinds


def _kind(found: "DataFrame", column: str) -> str | None:
    """Asked one by one: Sail 0.7 cannot name the type of texts that Polars or pandas keep by number, but it can read them."""
    from pyspark.errors import AnalysisException, PySparkException

    try:
        return found.select(_cell(column)).dtypes[0][1]
    except PySparkException as error:
        if "Dictionary(" in str(error):
            return "string"
        if isinstance(error, AnalysisException):
            return None
        raise


def _cell(column: str) -> "Column":
    from pyspark.sql import functions as spark

    return spark.col(f"`{column.replace('`', '``')}`")


def _typed(column: EventColumn, events: Events, kinds: dict[str, str]) -> "Column":
    """As `event_columns` does in DuckDB."""
    from pyspark.sql import functions as spark

    wanted = TYPES[column.type]
    if column.column is None:
        return spark.lit(None).cast(wanted)
    kind, cell = kinds[column.column], _cell(column.column)
    if kind == "timestamp" and events.time_zone:
        return spark.from_utc_timestamp(cell, events.time_zone).cast(wanted)
    if kind != "string" and column.format is None and (column.type != "boolean" or kind == "boolean") and not events.nulls:
        return cell.cast(wanted)
    text = cell.cast("string")
    nothing = [*events.nulls] if column.type == "text" else ["", *events.nulls]
    text = spark.when(text.isin(*nothing), None).otherwise(text) if nothing else text
    if column.type == "boolean":
        chosen = spark.when(text.isin(*column.true), True).when(text.isin(*column.false), False).when(text.isNull(), None)
        return chosen.otherwise(spark.raise_error(spark.concat(spark.lit("neither yes nor no: "), text)))
    if column.format is not None:
        return spark.to_timestamp(text, _java(column.format)).cast(wanted)
    if column.type in ("integer", "number") and kind == "string":
        for mark, instead in ((events.thousands, ""), (events.decimal, ".")):
            text = spark.replace(text, spark.lit(mark), spark.lit(instead)) if mark and mark != instead else text
    return text.cast(wanted)


def _java(form: str) -> str:
    for code, pattern in CODES.items():
        form = form.replace(code, pattern)
    return form


def _frame(found: Any) -> pl.DataFrame:
    frame = pl.from_arrow(found)
    assert isinstance(frame, pl.DataFrame)
    return frame
