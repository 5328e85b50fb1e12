"""How mixed a neighbourhood is, beside its district and its city: for every set of groups."""

from __future__ import annotations

from collections.abc import Sequence

from ongedeeld.errors import N_
from ongedeeld.reporting.divided import DRAWS, SEED, Mixed
from ongedeeld.reporting.fewest import FEWEST
from ongedeeld.reporting.figures import Grid, Research, Section
from ongedeeld.reporting.ground import Ground
from ongedeeld.reporting.mix_tiles import Around, counted_as, is_unlike, mix_tile, singles_tile
from ongedeeld.reporting.text import Speech, capital

_RESEARCH = (
    N_("groups"),
    N_("diversity (entropy)"),
    N_("diversity of the city"),
    N_("distance from the city (local M)"),
    N_("by chance"),
    N_("estimate"),
    N_("between"),
    N_("p-value"),
    N_("part of M of the city"),
)


def mix_section(ground: Ground, code: str, speech: Speech) -> Section:
    """The mix of a neighbourhood for every set of published groups."""
    mixes = ground.divided.mixed
    enough = [mixed for mixed in mixes.values() if _enough(mixed, code)]
    title = speech.say("How mixed is it here?")
    if not enough:
        why = (
            N_("too few people and homes here to say anything of a mix")
            if mixes
            else N_("no figures on groups are in the sources that were used")
        )
        how_to = "" if mixes else more_figures(ground, speech)
        return Section("mix", title, why_empty=speech.say(why), how_to=how_to)
    around = Around(code, ground)
    several = [mixed for mixed in enough if len(mixed.groups.names) > 2]
    singles = [mixed for mixed in enough if mixed not in several]
    few = [speech.say(mixed.groups.title) for mixed in mixes.values() if mixed not in enough]
    tiles = [mix_tile(mixed, around, speech) for mixed in several]
    if singles:
        tiles.append(singles_tile(singles, around, speech))
    return Section(
        "mix",
        title,
        lead=_lead(enough, ground, code, speech),
        tiles=tuple(tiles),
        notes=(
            *([speech.say("Too few homes or people to say: {sets}.", sets=", ".join(few))] if few else []),
            speech.say(
                "These are counts of everybody, not a sample: the interval tells how far a share among so "
                "few people may lie from the chance behind it, the rounding of the figures included."
            ),
        ),
        research=_research(enough, ground, code, speech),
    )


def _enough(mixed: Mixed, code: str) -> bool:
    return sum(mixed.rows.get(code, ())) >= FEWEST[counted_as(mixed.groups)[1]]


def _lead(mixes: Sequence[Mixed], ground: Ground, code: str, speech: Speech) -> tuple[str, ...]:
    """Which mixes differ most from the city, and for how many chance would do as well."""
    unlike = sorted(
        (mixed for mixed in mixes if is_unlike(mixed, code)), key=lambda one: -_distance(one, code)
    )
    alike = len(mixes) - len(unlike)
    told = []
    if unlike:
        names = speech.listing([speech.say(mixed.groups.title) for mixed in unlike[:2]])
        told.append(
            speech.say(
                "Compared with {city} this neighbourhood differs most in: {sets}.",
                city=ground.name,
                sets=names,
            )
        )
    if alike:
        told.append(
            speech.ngettext(
                "In one of the {all} mixes it differs no more than chance gives.",
                "In {count} of the {all} mixes it differs no more than chance gives.",
                alike,
                all=len(mixes),
            )
        )
    told.append(
        speech.say(
            "A mix unlike that of the city is neither good nor bad: it tells who lives here, not why, and "
            "nothing about any resident."
        )
    )
    return tuple(told)


def _distance(mixed: Mixed, code: str) -> float:
    """How far the mix is from that of the city, as a part of the diversity of the city."""
    found = mixed.of(mixed.local, code)
    return (found.get("adjusted") or 0.0) / (mixed.entropies.whole or 1.0)


def _research(mixes: Sequence[Mixed], ground: Ground, code: str, speech: Speech) -> Research:
    rows = tuple(_research_row(mixed, code, speech) for mixed in mixes)
    grid = Grid(tuple(speech.say(text) for text in _RESEARCH), rows, "mix-research")
    notes = dict.fromkeys(speech.told(note) for mixed in mixes for note in mixed.local.notes)
    return Research(
        ((speech.say("The mix beside that of {city}", city=ground.name), grid),),
        (
            speech.say("{draws} random allotments, seed {seed}; in nats.", draws=DRAWS, seed=SEED),
            speech.say(
                "The number of groups of equal size is e to the power of the entropy (Hill 1973). What "
                "stands under 'between' in the tables of the mixes is Wilson's interval of the share, with "
                "the rounding of the figures."
            ),
            *notes,
        ),
    )


def _research_row(mixed: Mixed, code: str, speech: Speech) -> tuple[str, ...]:
    local, diverse = mixed.of(mixed.local, code), mixed.of(mixed.entropies, code)
    whole = float(mixed.local.table["contribution"].sum()) or 1.0
    low, high = (number_or_dash(local.get(name), 4, speech) for name in ("low", "high"))
    return (
        capital(speech.say(mixed.groups.title)),
        number_or_dash(diverse.get("value"), 3, speech),
        number_or_dash(mixed.entropies.whole, 3, speech),
        *(number_or_dash(local.get(name), 4, speech) for name in ("value", "expected_by_chance", "adjusted")),
        speech.say("{low} to {high}", low=low, high=high),
        p_value(local.get("p_value"), DRAWS, speech),
        speech.figure((local.get("contribution") or 0.0) / whole, "share"),
    )


def number_or_dash(value: float | None, decimals: int, speech: Speech) -> str:
    """A number as it is written; a dash where it is not known."""
    return "–" if value is None else speech.number(value, decimals)


def p_value(value: float | None, draws: int, speech: Speech) -> str:
    """A p-value as it is written; that of no draw at all is only the least that the draws can tell."""
    if value is None:
        return "–"
    least = value <= 1.0 / (1 + draws) + 1e-12
    return f"≤\N{NO-BREAK SPACE}{speech.number(value, 3)}" if least else speech.number(value, 3)


def more_figures(ground: Ground, speech: Speech) -> str:
    """How a City gets figures on groups: of another year where it holds those of one already."""
    has_some = any(source.reader == "kwb" for source in ground.city.manifest.sources)
    return speech.say(
        N_("Add the key figures of CBS of another year with --kwb FILE.")
        if has_some
        else N_("Add the key figures of CBS with --kwb FILE.")
    )
