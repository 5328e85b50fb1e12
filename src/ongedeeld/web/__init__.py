"""The workbench: the Django project in which people see and judge together.

Its apps, low to high: audit, jobs, accounts, cities, plans | knowledge, areas, oversight, site. Inside each:
models < queries < actions < forms < views < urls.
"""
