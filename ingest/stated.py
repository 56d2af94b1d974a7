"""What the person says about a file, in our spelling."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.format import DateOrder
from ingest.rules import Rules
from kpi.errors import LoadRefused


@dataclass(frozen=True)
class Stated:
    platform: str | None
    account: str | None
    currency: str | None
    date_order: DateOrder | None = None
    recalled: tuple[str, ...] = ()  # of platform and account those that were said of an earlier file


def read_stated(
    rules: Rules, platform: str | None, account: str | None, currency: str | None, date_order: DateOrder | None
) -> Stated:
    """Raises LoadRefused for a currency that is none."""
    code = currency.strip().upper() if currency and currency.strip() else None
    if code and code not in rules.vocabulary.currencies:
        raise LoadRefused("mixed_currency", f"{code} is no currency code; write one such as EUR or USD.")
    return Stated(
        platform=rules.platform(platform) if platform and platform.strip() else None,
        account=account.strip() if account and account.strip() else None,
        currency=code,
        date_order=date_order,
    )
