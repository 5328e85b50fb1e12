"""How livability changes: learned from steps in the past, told for the next with how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import stats

from ongedeeld.measures.capacity.forecast._mixed import Effects, Floats, Groups, Mixed, fit_mixed

# Beyond these the tails of Student's t are those of the normal, or too heavy to have a variance to speak of.
_LIGHTEST, _HEAVIEST = 100.0, 3.0


@dataclass(frozen=True)
class Shape:
    """The form of chance around the expected change: Student's t, with its degrees of freedom and scale.

    `scale` is that of changes divided by their standard deviation.
    """

    freedom: float
    scale: float

    def quantile(self, chance: float) -> float:
        """The value below which chance falls so often."""
        return float(stats.t.ppf(chance, self.freedom)) * self.scale

    def below(self, values: Floats) -> Floats:
        """How often chance falls below each value."""
        return np.asarray(stats.t.cdf(values / self.scale, self.freedom))


@dataclass(frozen=True, eq=False)
class Prediction:
    """The change of each area: `expected`, `error` (its standard error) and `spread` (that of chance).

    All in points. Error and spread together make the standard deviation of what may come.
    """

    expected: Floats
    error: Floats
    spread: Floats
    shape: Shape

    @property
    def deviation(self) -> Floats:
        """The standard deviation of what may come."""
        return np.hypot(self.error, self.spread)

    def below(self, limit: float | Floats) -> Floats:
        """The chance that the change falls below a limit."""
        return self.shape.below((limit - self.expected) / self.deviation)

    def interval(self, sure: float) -> tuple[Floats, Floats]:
        """The limits within which the change falls with this chance, as much above as below."""
        half = self.shape.quantile((1 + sure) / 2) * self.deviation
        return self.expected - half, self.expected + half


@dataclass(frozen=True, eq=False)
class ChangeModel:
    """A learned model of the change over one step.

    Parameters
    ----------
    predictors
        Their names; `centre` and `scale` are their mean and standard deviation where it was learned.
    mixed
        The fit, on standardised predictors behind a column of ones.
    shape
        The form of chance.
    areas, municipalities
        The number of each code.
    changes, steps
        From how many changes of areas, and steps, it was learned.
    """

    predictors: tuple[str, ...]
    centre: Floats
    scale: Floats
    mixed: Mixed
    shape: Shape
    areas: dict[str, int]
    municipalities: dict[str, int]
    changes: int
    steps: int

    @classmethod
    def learn(cls, rows: pl.DataFrame, predictors: tuple[str, ...], *, lasting: bool) -> ChangeModel:
        """Learn from rows with `area`, `municipality`, `step`, `change` and the predictors.

        Raises
        ------
        AbsentError
            When there are too few rows, or their variances cannot be told apart.
        """
        values = rows.select(predictors).to_numpy()
        differing = values.std(axis=0) > 0 if len(rows) else np.ones(len(predictors), dtype=bool)
        kept = tuple(name for name, differs in zip(predictors, differing, strict=True) if differs)
        values = values[:, differing]
        centre = values.mean(axis=0) if len(rows) else np.zeros(len(kept))
        scale = values.std(axis=0) if len(rows) else np.ones(len(kept))
        areas, municipalities = (_numbers(rows[name]) for name in ("area", "municipality"))
        groups = Groups(
            rows["municipality"].replace_strict(municipalities, return_dtype=pl.Int64).to_numpy(),
            rows["area"].replace_strict(areas, return_dtype=pl.Int64).to_numpy(),
            rows["step"].to_numpy(),
        )
        design = _design((values - centre) / scale)
        change = rows["change"].to_numpy()
        mixed = fit_mixed(change, design, groups, lasting=lasting)
        shape = _shape(change - design @ mixed.coefficients)
        steps = rows["step"].n_unique()
        return cls(kept, centre, scale, mixed, shape, areas, municipalities, len(rows), steps)

    def predict(self, known: pl.DataFrame) -> Prediction:
        """The change after what is known of areas: `area`, `municipality` and the predictors."""
        design = self._design_of(known)
        lasting = [
            self._lasting(area, municipality)
            for area, municipality in known.select("area", "municipality").iter_rows()
        ]
        mean, variance = np.array(lasting, dtype=float).reshape(-1, 2).T
        of_coefficients = np.einsum("ij,jk,ik->i", design, self.mixed.covariance, design)
        variances = self.mixed.variances
        return Prediction(
            expected=design @ self.mixed.coefficients + mean,
            error=np.sqrt(of_coefficients + variance),
            spread=np.full(len(known), np.sqrt(variances["step"] + variances["rest"])),
            shape=self.shape,
        )

    def drivers(self, sure: float) -> pl.DataFrame:
        """What the expected change hangs on.

        Returns
        -------
        pl.DataFrame
            A row per `predictor` with `effect` (points of change for an area one standard deviation above the
            mean), `low`, `high` and `deviation` (that standard deviation).
        """
        effect = self.mixed.coefficients[1:]
        half = float(stats.norm.ppf((1 + sure) / 2)) * np.sqrt(np.diag(self.mixed.covariance)[1:])
        columns = {"effect": effect, "low": effect - half, "high": effect + half, "deviation": self.scale}
        return pl.DataFrame({"predictor": list(self.predictors), **columns}, schema_overrides=_NUMBERS)

    def contributions(self, known: pl.DataFrame) -> pl.DataFrame:
        """The expected change of each area taken apart.

        Returns
        -------
        pl.DataFrame
            `area`, `part` and `points`: `all` (the change of an area with mean predictors), one for every
            predictor, and `lasting` (what is left of the area and its municipality over steps).
        """
        parts = self._design_of(known) * self.mixed.coefficients
        lasting = [
            self._lasting(area, place)[0] for area, place in known.select("area", "municipality").iter_rows()
        ]
        columns = {name: parts[:, place] for place, name in enumerate(("all", *self.predictors))}
        wide = pl.DataFrame({"area": known["area"], **columns, "lasting": np.array(lasting, dtype=float)})
        return wide.unpivot(index="area", variable_name="part", value_name="points").sort(
            "area", maintain_order=True
        )

    def variance_split(self, prediction: Prediction) -> pl.DataFrame:
        """What makes a forecast unsure, on average over areas: `part`, `variance` and `share`.

        The parts: `known_too_little` (the coefficients and what lasts are estimates), `step` (what befalls a
        whole municipality in one step) and `rest` (what befalls one area, and noise in the figures).
        """
        variances = {
            "known_too_little": float(np.mean(prediction.error**2)) if len(prediction.error) else 0.0,
            "step": self.mixed.variances["step"],
            "rest": self.mixed.variances["rest"],
        }
        return split_of(variances)

    def _design_of(self, known: pl.DataFrame) -> Floats:
        return _design((known.select(self.predictors).to_numpy() - self.centre) / self.scale)

    def _lasting(self, area: str, municipality: str) -> tuple[float, float]:
        """What lasts of an area: its mean and variance; of a strange one only the variance is known."""
        effects: Effects = self.mixed.effects
        of_areas, of_municipalities = (self.mixed.variances[part] for part in ("area", "municipality"))
        if (number := self.areas.get(area, -1)) in effects.area:
            return effects.area[number]
        if (number := self.municipalities.get(municipality, -1)) in effects.municipality:
            mean, variance = effects.municipality[number]
            return mean, variance + of_areas
        return 0.0, of_areas + of_municipalities


def split_of(variances: dict[str, float]) -> pl.DataFrame:
    """Variances with the share that each has in all of them: `part`, `variance`, `share`."""
    frame = pl.DataFrame({"part": list(variances), "variance": list(variances.values())})
    return frame.with_columns(share=pl.col("variance") / pl.col("variance").sum())


_NUMBERS = dict.fromkeys(("effect", "low", "high", "deviation"), pl.Float64)


def _numbers(codes: pl.Series) -> dict[str, int]:
    return {code: number for number, code in enumerate(codes.unique().sort())}


def _design(standardised: Floats) -> Floats:
    return np.column_stack([np.ones(len(standardised)), standardised])


def _shape(residuals: Floats) -> Shape:
    """Student's t around what was left over, by maximum likelihood, for a standard deviation of one.

    Changes in livability have heavier tails than the normal; with normal ones an interval of 80 % holds more.
    """
    scaled = residuals / np.sqrt(np.mean(residuals**2))
    freedom, _, scale = stats.t.fit(scaled, floc=0.0)
    bounded = float(np.clip(freedom, _HEAVIEST, _LIGHTEST))
    if bounded != freedom:
        scale = stats.t.fit(scaled, fdf=bounded, floc=0.0)[2]
    return Shape(bounded, float(scale))
