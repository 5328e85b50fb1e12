"""From a figure to action: area plans and complex plans."""
