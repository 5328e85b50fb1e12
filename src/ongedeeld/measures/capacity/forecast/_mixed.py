"""The mixed model of changes, fitted by statsmodels: REML for the variances, BLUP for what lasts.

``change = X b + municipality + area + (municipality in this step) + rest``, all but the first normal with
mean zero and independent (Laird and Ware 1982, *Random-effects models for longitudinal data*, Biometrics 38;
Patterson and Thompson 1971 for REML). statsmodels takes one municipality at a time, with its areas as columns
of a variance component, so that the cost grows with the number of municipalities and not with its cube.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ongedeeld.errors import N_, AbsentError

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MUNICIPALITY, AREA, STEP, REST = "municipality", "area", "step", "rest"
LASTING = (MUNICIPALITY, AREA)
# A component below this part of the rest is nothing: no forecast would show it.
_NOTHING = 1e-4


@dataclass(frozen=True, eq=False)
class Effects:
    """What lasts, by municipality and by area: the expected value and the variance that is left."""

    municipality: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    area: Mapping[int, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Mixed:
    """A fitted model.

    Parameters
    ----------
    coefficients, covariance
        Of the columns of X, and their covariance matrix.
    variances
        By part: `municipality`, `area`, `step` (of a municipality in one step) and `rest`. A part that could
        not be estimated, or was estimated at nothing, is zero.
    effects
        The lasting effect by municipality and by area (the area's holds that of its municipality).
    """

    coefficients: Floats
    covariance: Floats
    variances: Mapping[str, float]
    effects: Effects


@dataclass(frozen=True, eq=False)
class Groups:
    """For every row: the number of its municipality, its area and its step."""

    municipality: Integers
    area: Integers
    step: Integers

    def parts(self, *, lasting: bool) -> list[str]:
        """The parts of the variance that these rows can tell apart."""
        municipalities, steps = (len(np.unique(one)) for one in (self.municipality, self.step))
        told = [MUNICIPALITY] if lasting and municipalities > 1 and steps > 1 else []
        told += [AREA] if lasting and steps > 1 else []
        return told + ([STEP] if municipalities > 1 or steps > 1 else [])


def fit_mixed(change: Floats, predictors: Floats, groups: Groups, *, lasting: bool) -> Mixed:
    """Fit by REML; a part of the variance that comes out at nothing is left out and the rest fitted again.

    Parameters
    ----------
    change
        By row, in points.
    predictors
        Rows by columns, the first of ones; columns are best standardised.
    groups
        The municipality, area and step of every row.
    lasting
        Whether to look for effects that last over steps.

    Raises
    ------
    AbsentError
        When there are too few rows, or the variances cannot be found.
    """
    rows, columns = predictors.shape
    unit = float(change.std())
    if rows < 2 * columns or unit == 0.0:
        raise AbsentError(
            N_("livability is known of too few areas to learn from ({count} changes)"),
            expected=N_("at least {least} changes that are not all the same"),
            remedy=N_("take a larger region, or more periods"),
            count=rows,
            least=2 * columns,
        )
    start = _from_products(change / unit, predictors, groups)
    parts = [part for part in groups.parts(lasting=lasting) if start[part] > _NOTHING]
    while parts:
        sizes = {part: start[part] for part in parts}
        found = _fitted(change / unit, predictors, groups, sizes)
        nothing = [
            part for part, size in zip(parts, found.vcomp, strict=True) if size < _NOTHING * found.scale
        ]
        if not nothing:
            return _read(found, groups, parts, unit)
        parts = [part for part in parts if part not in nothing]
    return _without_groups(change, predictors)


def _without_groups(change: Floats, predictors: Floats) -> Mixed:
    from statsmodels.regression.linear_model import OLS

    found = OLS(change, predictors).fit()
    variances = dict.fromkeys((MUNICIPALITY, AREA, STEP), 0.0) | {REST: float(found.scale)}
    return Mixed(np.asarray(found.params), np.asarray(found.cov_params()), variances, Effects())


def _from_products(change: Floats, predictors: Floats, groups: Groups) -> dict[str, float]:
    """A first look at each part, as a share of the rest, from products of pairs of residuals.

    Two areas of a municipality in two steps share the municipality; one area in two steps also the area; two
    areas in one step also the step. A part that comes out at or below zero cannot be seen (Searle, Casella
    and McCulloch 1992, *Variance Components*, 4.4). To start REML from here saves most of its time.
    """
    left = change - predictors @ np.linalg.lstsq(predictors, change, rcond=None)[0]
    by_step = groups.municipality * (groups.step.max() + 1) + groups.step
    itself = float(left @ left), float(len(left))
    area, step, town = (_pairs(left, key) for key in (groups.area, by_step, groups.municipality))
    shared = max(_mean_product(town, area, step, back=itself), 0.0)
    parts = {
        MUNICIPALITY: shared,
        AREA: max(_mean_product(area, itself) - shared, 0.0),
        STEP: max(_mean_product(step, itself) - shared, 0.0),
    }
    rest = max(itself[0] / itself[1] - sum(parts.values()), _NOTHING)
    return {part: size / rest for part, size in parts.items()}


def _pairs(left: Floats, key: Integers) -> tuple[float, float]:
    """The sum of products of all pairs within a group, each with itself included, and their number."""
    sums, counts = np.bincount(key, weights=left), np.bincount(key)
    return float(sums @ sums), float(counts @ counts)


def _mean_product(
    pairs: tuple[float, float], *without: tuple[float, float], back: tuple[float, float] = (0.0, 0.0)
) -> float:
    """The mean over pairs that are not among others; what was taken away twice is put back."""
    total, number = (pairs[place] - sum(one[place] for one in without) + back[place] for place in (0, 1))
    return total / number if number > 0 else 0.0


def _fitted(change: Floats, predictors: Floats, groups: Groups, sizes: dict[str, float]) -> Any:
    """The result of statsmodels, whose warnings are replaced by a look at what it found."""
    from statsmodels.regression.mixed_linear_model import MixedLM, MixedLMParams

    start = MixedLMParams.from_components(
        fe_params=np.zeros(predictors.shape[1]), cov_re=np.zeros((0, 0)), vcomp=np.array(list(sizes.values()))
    )
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            model = MixedLM(
                change, predictors, groups=groups.municipality, exog_vc=_components(groups, list(sizes))
            )
            found = model.fit(reml=True, start_params=start, method=["lbfgs", "bfgs", "powell"])
        except np.linalg.LinAlgError as error:
            raise _not_found() from error
    if not found.converged or not np.isfinite([*found.fe_params, *found.vcomp, found.scale]).all():
        raise _not_found()
    return found


def _not_found() -> AbsentError:
    return AbsentError(
        N_("the variances of the changes in livability cannot be told apart in these figures"),
        remedy=N_("take a larger region, or more periods"),
    )


def _components(groups: Groups, parts: list[str]) -> Any:
    """Per part and municipality: which rows belong to which effect."""
    from statsmodels.regression.mixed_linear_model import VCSpec

    keys = {MUNICIPALITY: groups.municipality, AREA: groups.area, STEP: groups.step}
    order = np.argsort(groups.municipality, kind="stable")
    starts = np.flatnonzero(np.diff(groups.municipality[order])) + 1
    rows_of = np.split(order, starts)
    names, indicators = [], []
    for part in parts:
        own = [np.unique(keys[part][rows]) for rows in rows_of]
        names.append([[str(key) for key in keys_here] for keys_here in own])
        indicators.append(
            [
                (keys[part][rows][:, None] == here).astype(float)
                for rows, here in zip(rows_of, own, strict=True)
            ]
        )
    return VCSpec(parts, names, indicators)


def _read(found: Any, groups: Groups, parts: list[str], unit: float) -> Mixed:
    columns = len(found.fe_params)
    variances = dict.fromkeys((MUNICIPALITY, AREA, STEP), 0.0)
    variances |= {part: float(size) * unit**2 for part, size in zip(parts, found.vcomp, strict=True)}
    variances[REST] = float(found.scale) * unit**2
    return Mixed(
        np.asarray(found.fe_params) * unit,
        np.asarray(found.cov_params())[:columns, :columns] * unit**2,
        variances,
        _effects(found, groups, parts, unit) if set(LASTING) & set(parts) else Effects(),
    )


def _effects(found: Any, groups: Groups, parts: list[str], unit: float) -> Effects:
    """The lasting effects with their conditional variances, in points."""
    areas_in = {
        int(key): np.unique(groups.area[groups.municipality == key]) for key in np.unique(groups.municipality)
    }
    of_municipality: dict[int, tuple[float, float]] = {}
    of_area: dict[int, tuple[float, float]] = {}
    for key, series in found.random_effects.items():
        mean = np.asarray(series) * unit
        covariance = np.asarray(found.random_effects_cov[key]) * unit**2
        first = 1 if MUNICIPALITY in parts else 0
        shared = (float(mean[0]), float(covariance[0, 0])) if first else (0.0, 0.0)
        of_municipality[int(key)] = shared
        for place, area in enumerate(areas_in[int(key)], start=first):
            if AREA not in parts:
                of_area[int(area)] = shared
                continue
            between = 2 * float(covariance[0, place]) if first else 0.0
            variance = shared[1] + float(covariance[place, place]) + between
            of_area[int(area)] = (shared[0] + float(mean[place]), variance)
    return Effects(of_municipality, of_area)
