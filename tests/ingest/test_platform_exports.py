"""Exports of every platform as it writes them: title lines, languages, totals, number marks, dates, footers."""

# ruff: noqa: E501  (a line of an export is as long as it is)

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

import ingest
from ingest.format import Measure
from kpi.workspace import Workspace


@dataclass(frozen=True)
class Export:
    """A file's text, and what loading it must give. ``totals`` names what is judged."""

    text: str
    format: str
    rows: int
    totals: dict[Measure, float | None]
    currency: str | None = None
    period: tuple[str, str] = ("2026-06-01", "2026-06-02")
    skipped: int | None = None
    encoding: str = "utf-8"
    named: dict[str, list[str]] = field(default_factory=dict)


EXPORTS = {
    "google english, thousands marks, three kinds of totals": Export(
        'Campaign report\n"June 1, 2026 - June 2, 2026"\n'
        "Day,Campaign,Campaign ID,Currency code,Cost,Impr.,Clicks,Conversions,Conv. value\n"
        '2026-06-01,Spring & Co,1,CAD,12.34,"1,234",7,1.00,50.5\n'
        '2026-06-02,Spring & Co,1,CAD,"1,020.50","10,500",88,2.50,0\n'
        'Total: Account, --, --,CAD,"1,032.84","11,734",95,3.50,50.5\n'
        'Total: Search, --, --,CAD,"1,032.84","11,734",95,3.50,50.5\n',
        "google_ads",
        2,
        {"spend": 1032.84, "impressions": 11734, "conversions": 3.5, "revenue": 50.5},
        "CAD",
        skipped=2,
    ),
    "google french, semicolons, narrow spaces": Export(
        'Rapport sur les campagnes\n"1 juin 2026 - 2 juin 2026"\n'
        "Jour;Campagne;Code de la devise;Coût;Impr.;Clics;Conversions\n"
        "2026-06-01;Toitures;CAD;12,34;1\u202f234;7;1,00\n2026-06-02;Toitures;CAD;1\u202f020,50;10\u202f500;88;2,50\n"
        "Total : compte;--;CAD;1\u202f032,84;11\u202f734;95;3,50\n",
        "google_ads",
        2,
        {"spend": 1032.84, "impressions": 11734, "clicks": 95, "conversions": 3.5},
        "CAD",
        skipped=1,
    ),
    "google german, points as thousands": Export(
        "Kampagnenbericht\nTag,Kampagne,Währungscode,Kosten,Impr.,Klicks,Conversions\n"
        '2026-06-01,Dach Frühling,USD,"1.234,56","12.345",120,"3,00"\n2026-06-02,Dach Frühling,USD,"99,90",900,9,"0,50"\n'
        'Gesamt: Konto,--,USD,"1.334,46","13.245",129,"3,50"\n',
        "google_ads",
        2,
        {"spend": 1334.46, "impressions": 13245, "conversions": 3.5},
        "USD",
        skipped=1,
    ),
    "google japanese in shift-jis": Export(
        "キャンペーン レポート\n2026年6月1日～2026年6月2日\n日,キャンペーン,通貨コード,費用,表示回数,クリック数,コンバージョン\n"
        '2026-06-01,ブランド,JPY,"1,200","3,000",12,1.00\n2026-06-02,ブランド,JPY,800,"2,000",8,0.00\n合計: アカウント,--,JPY,"2,000","5,000",20,1.00\n',
        "google_ads",
        2,
        {"spend": 2000, "impressions": 5000, "clicks": 20, "conversions": 1},
        "JPY",
        encoding="cp932",
        skipped=1,
    ),
    "google spanish in windows-1252": Export(
        "Informe de campaña\nDía;Campaña;Código de moneda;Coste;Impr.;Clics;Conversiones;Valor de conv.\n"
        "01/06/2026;Búsqueda;EUR;10,50;1.000;5;1,00;20,00\n13/06/2026;Búsqueda;EUR;2,00;500;2;0,00;0,00\n",
        "google_ads",
        2,
        {"spend": 12.5, "impressions": 1500, "revenue": 20},
        "EUR",
        ("2026-06-01", "2026-06-13"),
        encoding="cp1252",
    ),
    "meta english, a row of totals without a name first": Export(
        "Campaign name,Day,Amount spent (GBP),Impressions,Link clicks,Clicks (all),Results,Result indicator,Purchases,Purchases conversion value,Reporting starts,Reporting ends\n"
        ",,30.00,300,6,9,,,2,80,2026-06-01,2026-06-02\n"
        "A,2026-06-01,10.00,100,2,3,5,actions:link_click,,,2026-06-01,2026-06-01\n"
        "B,2026-06-02,20.00,200,4,6,2,actions:offsite_conversion.fb_pixel_purchase,2,80,2026-06-02,2026-06-02\n",
        "meta_ads",
        2,
        {"spend": 30, "clicks": 6, "conversions": 2, "revenue": 80},
        "GBP",
        skipped=1,
    ),
    "meta german with semicolons": Export(
        "Tag;Kampagnenname;Ausgegebener Betrag (EUR);Impressionen;Link-Klicks;Käufe;Conversion-Wert für Käufe\n"
        "2026-06-01;Sommer;1.012,50;12.000;40;2;150,00\n2026-06-02;Sommer;12,00;1.500;3;;\n;Ergebnisse von 1 Kampagne;1.024,50;13.500;43;2;150,00\n",
        "meta_ads",
        2,
        {"spend": 1024.5, "impressions": 13500, "clicks": 43, "conversions": 2, "revenue": 150},
        "EUR",
        skipped=1,
    ),
    "meta french, headers read in the wrong encoding": Export(
        "Jour,Nom de la campagne,Montant dÃ©pensÃ© (EUR),Impressions,Clics sur un lien,Achats\n"
        '2026-06-01,Été,"10,50",100,2,1\n2026-06-02,Été,"1,00",50,1,\n',
        "meta_ads",
        2,
        {"spend": 11.5, "impressions": 150, "clicks": 3, "conversions": 1},
        "EUR",
    ),
    "meta brazilian": Export(
        "Dia,Nome da campanha,Valor usado (BRL),Impressões,Cliques no link,Compras\n"
        '2026-06-01,Verão,"1.234,56","10.000",30,2\n2026-06-02,Verão,"0,44",10,0,\n',
        "meta_ads",
        2,
        {"spend": 1235, "impressions": 10010, "clicks": 30, "conversions": 2},
        "BRL",
    ),
    "meta italian and dutch": Export(
        'Giorno,Nome della campagna,Importo speso (EUR),Impression,Clic sul link,Acquisti\n2026-06-01,A,"1,5",10,1,1\n2026-06-02,A,"2,5",20,2,\n',
        "meta_ads",
        2,
        {"spend": 4, "impressions": 30, "clicks": 3, "conversions": 1},
        "EUR",
    ),
    "meta dutch": Export(
        "Dag;Campagnenaam;Advertentienaam;Platform;Weergaven;Linkklikken;Besteed bedrag (EUR)\n"
        '2026-06-01;C;nl;facebook;1.200;24;"12,50"\n2026-06-02;C;nl;instagram;3.400;51;"20,10"\n',
        "meta_ads",
        2,
        {"spend": 32.6, "impressions": 4600, "clicks": 75},
        "EUR",
    ),
    "meta japanese": Export(
        "日,キャンペーン名,広告セット名,インプレッション,リンクのクリック,消化金額 (JPY),結果,購入\n"
        '2026-06-01,認知,東京,"5,000",120,"1,500",3,1\n2026-06-02,認知,東京,100,2,50,,\n',
        "meta_ads",
        2,
        {"spend": 1550, "impressions": 5100, "clicks": 122, "conversions": 1},
        "JPY",
    ),
    "meta by reporting dates that are one day": Export(
        "Reporting starts,Reporting ends,Campaign name,Amount spent (USD),Impressions\n2026-06-01,2026-06-01,A,1.5,10\n2026-06-02,2026-06-02,A,2,20\n",
        "meta_ads",
        2,
        {"spend": 3.5, "impressions": 30},
        "USD",
    ),
    "tiktok by day, a dash for nothing, total at the end": Export(
        "Campaign name,By Day,Cost,CPC,Impressions,Clicks (destination),CTR (destination),Conversions,Total complete payment value,Currency\n"
        "K,2026-06-01,12.50,0.31,1000,40,4.00%,2,99.9,USD\nK,2026-06-02 00:00:00,7.50,-,500,0,0.00%,0,0,USD\nTotal of 2 results,-,20.00,0.50,1500,40,2.7%,2,99.9,USD\n",
        "tiktok_ads",
        2,
        {"spend": 20, "clicks": 40, "conversions": 2, "revenue": 99.9},
        "USD",
        skipped=1,
    ),
    "linkedin, utf-16 with tabs, day first by evidence": Export(
        "Campaign Performance Report (in UTC)\nReport Start: 01/06/2026\t Report End: 13/06/2026\nDate Generated: 14/06/2026\n\n"
        "Start Date (in UTC)\tAccount Name\tCampaign Group Name\tCampaign Name\tTotal Spent\tImpressions\tClicks\tConversions\tCurrency\n"
        "01/06/2026\tAcme\tBrand group\tLeads, June\t1,234.50\t10,000\t200\t3\tEUR\n13/06/2026\tAcme\tBrand group\tLeads, June\t10.50\t500\t4\t0\tEUR\n",
        "linkedin_ads",
        2,
        {"spend": 1245, "impressions": 10500, "clicks": 204},
        "EUR",
        ("2026-06-01", "2026-06-13"),
        encoding="utf-16",
        named={"campaign": ["Brand group"], "ad_group": ["Leads, June"]},
    ),
    "microsoft with title block, account currency, copyright": Export(
        "Report Name: Campaign performance\nReport Time: 6/1/2026,6/2/2026\nTime Zone: GMT\nLast Completed Available Day: 6/2/2026\n\n"
        '"Gregorian date","Account name","Currency code","Campaign name","Device type","Impressions","Clicks","Spend","Conversions","Revenue"\n'
        '"6/1/2026","Acme","GBP","Brand","Computer","1,000","20","64.10","2.00","100.00"\n"6/2/2026","Acme","GBP","Brand","Smartphone","90","3","9.00","0.00","0.00"\n'
        '"©2026 Microsoft Corporation. All rights reserved. "\n',
        "microsoft_ads",
        2,
        {"spend": 73.1, "impressions": 1090, "conversions": 2, "revenue": 100},
        "GBP",
        skipped=1,
        named={"device": ["Desktop", "Mobile"]},
    ),
    "pinterest with bracketed results": Export(
        "Date,Campaign name,Spend in account currency,Impressions,Result,Pin clicks,Outbound clicks,Total conversions (Checkout),Total order value (Checkout),Total conversions (Add to cart)\n"
        "2026-06-01,P,0.76,100,[0],2,1,1,25.5,9\n2026-06-02,P,1.24,50,[0.37],3,2,0,0,4\n",
        "pinterest_ads",
        2,
        {"spend": 2, "clicks": 3, "conversions": 1, "revenue": 25.5},
    ),
    "snapchat with start and end times": Export(
        "Start Time,End Time,Ad Account Name,Campaign Name,Ad Set Name,Amount Spent,Paid Impressions,Swipe Ups,Purchases,Purchases Value,Currency\n"
        "2026-06-01T00:00:00.000-07:00,2026-06-02T00:00:00.000-07:00,Acme,S,T,US$3.38,1000,10,1,20,USD\n"
        "2026-06-02T00:00:00.000-07:00,2026-06-03T00:00:00.000-07:00,Acme,S,T,US$1.62,500,4,0,0,USD\n",
        "snapchat_ads",
        2,
        {"spend": 5, "impressions": 1500, "clicks": 14, "conversions": 1, "revenue": 20},
        "USD",
    ),
    "x by time period": Export(
        "Time period,Campaign name,Campaign ID,Funding source,Objective,Impressions,Spend,Link clicks,Clicks,Currency\n"
        "2026-06-01,Launch,abc1,Visa,WEBSITE_CLICKS,1000,12.5,20,30,USD\n2026-06-02,Launch,abc1,Visa,WEBSITE_CLICKS,500,7.5,10,15,USD\n",
        "x_ads",
        2,
        {"spend": 20, "impressions": 1500, "clicks": 30},
        "USD",
    ),
    "reddit with dollars": Export(
        'Date,Campaign Name,Ad Group Name,Spend,Impressions,Clicks,eCPM,CPC,CTR\n2026-06-01,L,I,$120.50,"8,000",40,$15.06,$3.01,0.50%\n2026-06-02,L,I,$9.50,100,1,$95.0,$9.5,1.00%\n',
        "reddit_ads",
        2,
        {"spend": 130, "impressions": 8100, "clicks": 41},
    ),
    "amazon with month names": Export(
        "Date,Portfolio name,Currency,Campaign Name,Impressions,Clicks,Click-Thru Rate (CTR),Cost Per Click (CPC),Spend,7 Day Total Sales ,Total Advertising Cost of Sales (ACOS) ,7 Day Total Orders (#)\n"
        '"Jun 01, 2026",No Portfolio,USD,SP | Auto,1000,20,2.00%,$0.50,$10.00,"$1,040.00",25%,2\n"Jun 02, 2026",No Portfolio,USD,SP | Auto,500,5,1.00%,$1.00,$5.00,$0.00,,0\n',
        "amazon_ads",
        2,
        {"spend": 15, "impressions": 1500, "conversions": 2, "revenue": 1040},
        "USD",
    ),
    "spotify": Export(
        "Date,Ad Account Name,Campaign Name,Ad Set Name,Spend (EUR),Impressions,Reach,Frequency,Clicks,Completion Rate,Completes\n"
        "2026-06-01,Acme,S,T,10.5,1000,900,1.1,5,95%,950\n2026-06-02,Acme,S,T,4.5,500,450,1.1,1,96%,480\n",
        "spotify_ads",
        2,
        {"spend": 15, "impressions": 1500, "clicks": 6},
        "EUR",
    ),
    "dv360 with nameless totals and settings below": Export(
        "Date,Advertiser,Advertiser Currency,Insertion Order,Line Item,Impressions,Clicks,Total Conversions,Revenue (Adv Currency),Media Cost (Advertiser Currency)\n"
        "2026/06/01,Acme,EUR,IO 1,LI 1,1000,10,1.00,12.50,10.0\n2026/06/02,Acme,EUR,IO 1,LI 2,500,5,0.00,7.50,6.0\n"
        ',,,,,1500,15,1.00,20.00,16.0\n\nReport Time:,2026/06/03 03:00 GMT\nDate Range:,2026/06/01 to 2026/06/02\nGroup By:,Date\nMRC Accredited Metrics,"Clicks, impressions"\n',
        "dv360",
        2,
        {"spend": 20, "impressions": 1500, "conversions": 1},
        "EUR",
        named={"campaign": ["IO 1"], "ad_group": ["LI 1", "LI 2"]},
    ),
    "cm360 with settings above and a grand total": Export(
        "Campaign Manager 360\nReport name,Weekly\nAccount ID,123\nDate/Time Generated,6/3/26 3:12 AM\nReport Time Zone,America/New_York\nDate Range,6/1/26 - 6/2/26\n\nReport Fields\n"
        "Advertiser,Campaign,Site (CM360),Placement,Date,Impressions,Clicks,Total Conversions,Media Cost\n"
        "Acme,C,Site,Pl,2026-06-01,1000,10,1.0,12.5\nAcme,C,Site,Pl,2026-06-02,500,5,0.0,7.5\nGrand Total:,---,---,---,---,1500,15,1.0,20.0\n",
        "cm360",
        2,
        {"spend": 20, "impressions": 1500, "clicks": 15, "conversions": 1},
        skipped=1,
    ),
    "plain german table with a total in the middle": Export(
        "Datum;Plattform;Kampagne;Ausgaben (EUR);Klicks;Impressionen\n01.06.2026;Facebook;Total Rewards Brand;10,50;5;100\n"
        "Summe;;;12,50;7;150\n02.06.2026;Facebook;B;2,00;2;50\n13.06.2026;Facebook;B;0;0;0\n",
        "canonical",
        3,
        {"spend": 12.5, "clicks": 7},
        "EUR",
        ("2026-06-01", "2026-06-13"),
        skipped=1,
        named={"platform": ["Meta"], "campaign": ["B", "Total Rewards Brand"]},
    ),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_loads_right(workspace: Workspace, write: Any, name: str) -> None:
    expected = EXPORTS[name]
    report = ingest.load(workspace, write(expected.text, encoding=expected.encoding))
    assert report.status == "loaded", (report.message, report.rejected)
    assert (report.format, report.rows_loaded, report.currency) == (expected.format, expected.rows, expected.currency)
    for measure, value in expected.totals.items():
        assert report.totals[measure] == pytest.approx(value), measure
    assert report.period and (str(report.period.start), str(report.period.end)) == expected.period
    if expected.skipped is not None:
        assert report.rows_skipped == expected.skipped
        assert all(total.matches for total in report.checksum.values())
    for dimension, members in expected.named.items():
        found = workspace.warehouse.query(f"SELECT DISTINCT {dimension} AS name FROM facts ORDER BY name")
        assert [row["name"] for row in found] == members


REFUSED = {
    "google period totals": ("Campaign,Cost,Impr.,Clicks\nA,10,100,1\n", {"no_daily_date"}),
    "google by week": ("Week,Campaign,Currency code,Cost,Impr.\n2026-06-01,A,CAD,70,100\n", {"no_daily_date"}),
    "meta over several days": (
        "Reporting starts,Reporting ends,Campaign name,Amount spent (USD),Impressions\n2026-06-01,2026-06-30,A,1.5,10\n",
        {"no_daily_date"},
    ),
    "snapchat over a month": (
        "Start Time,End Time,Paid Impressions,Swipe Ups,Spend\n2026-06-01 00:00:00,2026-06-30 23:59:59,5000,40,300\n",
        {"no_daily_date"},
    ),
    "amazon summary": (
        "Start Date,End Date,Campaign Name,Impressions,Clicks,Spend,7 Day Total Sales,7 Day Total Orders (#)\n"
        '"Jun 01, 2026","Jun 30, 2026",A,1,1,1,1,1\n',
        {"no_daily_date"},
    ),
    "shopify orders": (
        "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Total\n#1,a@example.com,paid,2026-06-01,fulfilled,USD,1,1\n",
        {"not_ad_data"},
    ),
    "shopify sales over time": (
        "Day,Orders,Gross sales,Discounts,Returns,Net sales,Shipping,Taxes,Total sales\n2026-06-01,1,1,0,0,1,0,0,1\n",
        {"not_ad_data"},
    ),
    "ga4 with comment lines": (
        "# ----------------------------------------\n# Traffic acquisition\n# Start date: 20260601\n# End date: 20260602\n# ----------------------------------------\n"
        "Session source / medium,Date,Sessions,Engaged sessions,Event count,Key events,Total revenue\ngoogle / cpc,20260601,1,1,1,0,0\n",
        {"not_ad_data"},
    ),
    "google search terms, even with days": (
        "Search term,Match type,Day,Campaign,Cost,Impr.,Clicks\nshoes,Broad,2026-06-01,A,1,10,1\n",
        {"not_ad_data"},
    ),
    "google searches card": ("Search,Cost,Clicks,CTR\nshoes,1.5,3,2%\n", {"not_ad_data"}),
    "google hour card": ("Day,Start Hour,Impr.\nMonday,0,10\n", {"no_daily_date", "not_ad_data"}),
    "google demographics card": (
        "Gender,Age Range,Impressions,Percent of known total\nMale,18 to 24,10,5%\n",
        {"not_ad_data"},
    ),
    "auction insights": (
        "Display URL domain,Impression share,Overlap rate,Outranking share\nexample.com,20%,10%,5%\n",
        {"not_ad_data"},
    ),
    "billing": ("Date,Transaction ID,Payment method,Amount,Currency\n2026-06-01,1,Visa,10,EUR\n", {"not_ad_data"}),
    "budgets": ("Budget name,Budget type,Budget period,Budget,Status\nB,Daily,Day,10,Enabled\n", {"not_ad_data"}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_ad_data_by_day_is_refused_with_what_to_export(workspace: Workspace, write: Any, name: str) -> None:
    text, reasons = REFUSED[name]
    report = ingest.load(workspace, write(text))
    assert (report.status, report.rows_loaded) == ("refused", 0)
    assert report.reason in reasons, report.message
    assert "export" in report.message.lower() or "download" in report.message or "time breakdown" in report.message
