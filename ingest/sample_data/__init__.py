"""Sample data: 18 months of a fictitious retailer's advertising on five platforms, as ordinary canonical CSV files.

What there is to find (all of it is set in ``story.yml``; "back" counts from the last day of the data):

- **Growth and season**: budgets grow 1.5 % a month; summers dip, autumns are strong.
- **Weekdays**: LinkedIn and Microsoft rest at weekends, TikTok and Meta are strongest then.
- **A sale peak**: in Black Friday week spend more than doubles, prices rise, and conversions rise more.
- **A tracking outage**: on TikTok, 40 to 36 days back, spend and clicks go on while hardly a conversion is recorded.
- **A campaign going bad**: Meta's ``Prospecting_Lookalike`` wears out over the last 42 days; its CAC about triples.
- **A launch and an end**: TikTok's ``Creator_Collab`` starts 90 days back, LinkedIn's ``Message_Ads`` stops
  120 days back.

Files depend on the story and the last day only, so the same ``--end`` always gives the same bytes.
"""

from ingest.sample_data.generate import write

__all__ = ["write"]
