"""The law and local policy by date: values with their article, source and grade."""

from ongedeeld.rules.parameters import Dated, Parameter, Parameters, load_parameters

__all__ = ["Dated", "Parameter", "Parameters", "load_parameters"]
