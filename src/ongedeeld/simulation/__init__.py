"""Years of rounds: where load goes, who gains and who waits, under a policy that was not tried yet."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ongedeeld.simulation.assuming.assumptions import Assumptions, load_assumptions
    from ongedeeld.simulation.comparing.comparison import Comparison, compare
    from ongedeeld.simulation.futures.results import Results, open_results
    from ongedeeld.simulation.futures.scenario import Scenario, read_scenario
    from ongedeeld.simulation.futures.simulating import Progress, simulate

__all__ = [
    "Assumptions",
    "Comparison",
    "Progress",
    "Results",
    "Scenario",
    "compare",
    "load_assumptions",
    "open_results",
    "read_scenario",
    "simulate",
]
# Each is loaded when it is asked for: the kernel takes a second, which a comparison need not wait for.
_MODULES = {
    "Assumptions": "assuming.assumptions",
    "Comparison": "comparing.comparison",
    "Progress": "futures.simulating",
    "Results": "futures.results",
    "Scenario": "futures.scenario",
    "compare": "comparing.comparison",
    "load_assumptions": "assuming.assumptions",
    "open_results": "futures.results",
    "read_scenario": "futures.scenario",
    "simulate": "futures.simulating",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module 'ongedeeld.simulation' has no attribute '{name}'")
    return getattr(import_module(f"ongedeeld.simulation.{_MODULES[name]}"), name)
