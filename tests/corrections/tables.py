"""A table with columns of many types."""

import pyarrow as pa

__all__ = ["full_table"]


def full_table() -> pa.Table:
    schema = pa.schema(
        [
            pa.field("y", pa.dictionary(pa.int8(), pa.string()), metadata={"unit": "mood"}),
            pa.field("n", pa.int16()),
            pa.field("t", pa.timestamp("ns", tz="Europe/Berlin")),
            pa.field("d", pa.decimal128(8, 2)),
            pa.field("b", pa.binary()),
            pa.field("l", pa.list_(pa.struct([("k", pa.float32())]))),
            pa.field("s", pa.large_string()),
        ],
        metadata={"made by": "a test"},
    )
    rows = 5
    return pa.table(
        {
            "y": pa.array(["up", "down", None, "up", "down"])
            .dictionary_encode()
            .cast(schema.field("y").type),
            "n": pa.array([1, 2, 3, None, 5], pa.int16()),
            "t": pa.array([10**18 + i for i in range(rows)], schema.field("t").type),
            "d": pa.array([None, *map(pa.scalar, ["1.25"] * 4)], pa.string()).cast(pa.decimal128(8, 2)),
            "b": pa.array([b"\x00\xff", None, b"", b"x", b"y"]),
            "l": pa.array([[{"k": 0.1}], [], None, [{"k": None}], []], schema.field("l").type),
            "s": pa.array(["a", "b", "c", "d", "e"], pa.large_string()),
        },
        schema=schema,
    )
