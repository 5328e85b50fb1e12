"""The page on which results of a simulation stand side by side."""

from ongedeeld.reporting.comparison.comparison_page import comparison_html, write_comparison

__all__ = ["comparison_html", "write_comparison"]
