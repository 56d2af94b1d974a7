"""Every workflow end to end through the real n8n, against the real app and stand-ins for the outside.

One file, so that one n8n serves the run. What a test leaves behind, the next one finds: each uses days of its own.
"""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.n8n.conftest import TEAMS_SECRET, Chat, wait_for

pytestmark = pytest.mark.slow


def days_ago(days: int) -> str:
    return (date.today() - timedelta(days=days)).isoformat()


def mention(
    text: str, event: str, *, thread: str = "1700.1", channel: str = "C_MARKETING", **more: Any
) -> dict[str, Any]:
    said = {
        "type": "app_mention",
        "user": "UANN",
        "text": f"<@UBOT> {text}",
        "ts": thread,
        "channel": channel,
        **more,
    }
    ours = [{"user_id": "UBOT", "is_bot": True}]
    return {"type": "event_callback", "team_id": "T1", "event_id": event, "authorizations": ours, "event": said}


# -- files ---------------------------------------------------------------------------------------------------------
def test_a_file_of_the_import_folder_is_loaded(app: Any, n8n: Any) -> None:
    path = app.write("june.csv", "2025-06-01,Meta,Main,120.5,4")
    job = app.finished(app.ask_for("ingest-file", import_path=path)["number"])
    assert job["state"] == "succeeded", f"{job}"
    assert (job["result"]["status"], job["result"]["totals"]["spend"]) == ("loaded", 120.5)
    assert job["execution"]


def test_a_file_at_an_address_is_loaded(app: Any, n8n: Any, tmp_path: Any) -> None:
    header = "date,spend,revenue,clicks,impressions,conversions"
    (tmp_path / "export.csv").write_text(f"{header}\n2025-06-03,77,99,5,100,1\n")

    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(tmp_path))

        def log_message(self, *_: Any) -> None:
            pass

    files = ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=files.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{files.server_port}/export.csv"
    job = app.finished(app.ask_for("ingest-file", address=address, platform="TikTok", account="Shop")["number"])
    files.shutdown()
    assert job["state"] == "succeeded", f"{job}"
    assert (job["result"]["platform"], job["result"]["totals"]["spend"]) == ("TikTok", 77)


def test_a_path_outside_the_import_folder_fails_with_step_and_reason(app: Any, n8n: Any, slack: Any) -> None:
    job = app.finished(app.ask_for("ingest-file", import_path="../secrets.csv")["number"])
    assert (job["state"], job["step"]) == ("failed", "loading the file")
    assert "import folder" in job["reason"]
    told = wait_for(lambda: [m for m in slack.posted if m["channel"] == "C_ALERTS"], bool)
    assert "Load a file" in told[0]["text"]
    assert f"/executions/{job['execution']}" in told[0]["text"], "the error workflow gives the run's link"


def test_503_is_tried_again_with_growing_pauses_under_one_key(app: Any, n8n: Any, front: Any) -> None:
    path = app.write("busy.csv", "2025-06-02,Meta,Main,10,1")
    front.answer_next("/api/ingest", 503, 503)
    before = len(front.of("/api/ingest"))
    job = app.finished(app.ask_for("ingest-file", import_path=path)["number"])
    assert job["state"] == "succeeded", f"{job}"
    calls = front.of("/api/ingest")[before:]
    assert [status for *_, status in calls] == [503, 503, 200]
    assert len({key for _, _, key, _ in calls}) == 1
    first, second = calls[1][0] - calls[0][0], calls[2][0] - calls[1][0]
    assert first >= 0.9
    assert second >= 1.8


def test_4xx_is_not_tried_again(app: Any, n8n: Any, front: Any) -> None:
    front.answer_next("/api/ingest", 422)
    before = len(front.of("/api/ingest"))
    job = app.finished(app.ask_for("ingest-file", import_path="any.csv")["number"])
    assert job["state"] == "failed"
    assert job["reason"] == "told to fail"
    assert len(front.of("/api/ingest")) == before + 1


def test_the_schedule_loads_new_files_once(app: Any, n8n: Any) -> None:
    app.write("drop/first.csv", "2025-05-01,Google,Main,11,1")
    loaded = lambda: [batch for batch in app.batches() if batch["file"] == "first.csv"]  # noqa: E731
    wait_for(loaded, lambda found: len(found) == 1, 60)
    runs = len([run for run in n8n.executions() if run["workflowId"] == "scheduled-ingest"])
    later = lambda: [run for run in n8n.executions() if run["workflowId"] == "scheduled-ingest"]  # noqa: E731
    wait_for(later, lambda found: len(found) > runs, 60)
    time.sleep(2)
    assert len(loaded()) == 1, "another run of the schedule loads nothing again"


def test_the_daily_import_as_a_job_says_what_it_found(app: Any, n8n: Any) -> None:
    app.write("drop/second.csv", "2025-05-02,Google,Main,12,1")
    job = app.finished(app.ask_for("scheduled-ingest")["number"])
    assert job["state"] == "succeeded", f"{job}"
    for child in job["result"]["jobs"]:
        assert app.finished(child)["state"] == "succeeded"
    assert "second.csv" in {batch["file"] for batch in app.batches()}


def test_asking_twice_under_one_key_is_one_job(app: Any, n8n: Any) -> None:
    path = app.write("once.csv", "2025-06-05,Meta,Main,10,1")
    first = app.ask_for("ingest-file", key="once", import_path=path)
    second = app.ask_for("ingest-file", key="once", import_path=path)
    assert first["number"] == second["number"]
    assert app.finished(first["number"])["state"] == "succeeded"


def test_our_webhooks_ask_for_their_token(app: Any, n8n: Any) -> None:
    assert n8n.hook("ingest-file", json={}).status_code == 403
    assert n8n.hook("slack-post", json={}, headers={"X-Webhook-Token": "wrong"}).status_code == 403


# -- the chat ------------------------------------------------------------------------------------------------------
def test_the_chat_names_what_will_happen_follows_it_and_ends_with_the_report(app: Any, n8n: Any) -> None:
    monday = date.today() - timedelta(days=date.today().weekday() + 7)
    name = f"sample-export-{monday}-to-{monday + timedelta(days=6)}.csv"
    app.write(f"./{name}", f"{monday},Pinterest,Main,21,2", settled=False)  # left alone by the schedule
    chat = Chat(app)
    chat.say("load last week's sample export")
    assert name in chat.hears("Run it?")
    chat.say("yes")
    chat.hears("is on its way")
    chat.say("what is CAC?")
    chat.hears("CAC:")
    chat.hears("is done", 90)
    assert "batch" in chat.hears(f"{name} is loaded**")
    assert wait_for(lambda: chat.chips, lambda chips: "Spend by campaign in these days" in chips)
    chat.close()


def test_in_the_chat_a_failure_tells_step_and_reason_and_can_be_tried_again(app: Any, n8n: Any, front: Any) -> None:
    monday = date.today() - timedelta(days=date.today().weekday() + 7)
    app.write(f"./sample-export-{monday}-to-{monday}.csv", f"{monday},Pinterest,Main,22,2", settled=False)
    front.answer_next("/api/ingest", 422)
    chat = Chat(app)
    chat.say(f"load the sample export of {monday}")
    chat.hears("Run it?")
    chat.say("yes")
    assert "told to fail" in chat.hears("failed at “loading the file”", 90)
    wait_for(lambda: chat.chips, lambda chips: "Try again" in chips)
    chat.say("what failed?")
    chat.hears("failed.")
    number = app.api.get("/api/jobs?limit=1").json()[0]["number"]
    chat.say(f"try job {number} again")
    chat.hears(f"(job {number}) is done", 90)
    chat.close()


# -- Slack ---------------------------------------------------------------------------------------------------------
def test_slack_challenge_is_answered(n8n: Any) -> None:
    challenge = {"type": "url_verification", "challenge": "3eZbrw1aB", "token": "x"}
    answer = n8n.hook("slack", json=challenge)
    assert (answer.status_code, answer.text) == (200, "3eZbrw1aB")


def test_a_mention_is_answered_in_its_thread_with_table_buttons_and_chart(app: Any, n8n: Any, slack: Any) -> None:
    path = app.write("may.csv", "2025-05-10,Meta,Main,40,4", "2025-05-11,Google,Main,60,2")
    app.finished(app.ask_for("ingest-file", import_path=path)["number"])
    assert n8n.slack(mention("spend by platform in May 2025", "Ev_first", thread="1700.7")) == 200
    posted = wait_for(lambda: [m for m in slack.posted if m.get("thread_ts") == "1700.7"], bool)
    message = posted[0]
    assert message["channel"] == "C_MARKETING"
    table = next(b["text"]["text"] for b in message["blocks"] if "```" in b.get("text", {}).get("text", ""))
    assert "Meta" in table
    assert "40.00" in table
    assert any(block["type"] == "actions" for block in message["blocks"])
    picture = wait_for(lambda: [f for f in slack.files if f["thread_ts"] == "1700.7"], bool)
    assert picture[0]["content"].startswith(b"\x89PNG")
    assert not slack.refused, slack.refused


def test_a_thread_is_one_conversation(app: Any, n8n: Any, slack: Any) -> None:
    n8n.slack(mention("and conversions?", "Ev_second", thread="1700.7"))
    posted = wait_for(lambda: [m for m in slack.posted if m.get("thread_ts") == "1700.7"], lambda m: len(m) == 2)
    assert "Conversions" in json.dumps(posted[1]["blocks"])
    assert "May 2025" in json.dumps(posted[1]["blocks"])


def test_a_click_on_a_button_asks_in_the_same_thread(app: Any, n8n: Any, slack: Any) -> None:
    click = {
        "type": "block_actions",
        "trigger_id": "click-1",
        "user": {"id": "UANN"},
        "team": {"id": "T1"},
        "channel": {"id": "C_MARKETING", "name": "marketing"},
        "message": {"ts": "1700.9", "thread_ts": "1700.7"},
        "container": {"type": "message"},
        "response_url": f"{slack.url}/response/1",
        "actions": [{"action_id": "ask_0", "value": "total spend in May 2025"}],
    }
    body = urlencode({"payload": json.dumps(click)}).encode()
    assert n8n.slack(body, "application/x-www-form-urlencoded") == 200
    wait_for(lambda: [m for m in slack.posted if m.get("thread_ts") == "1700.7"], lambda m: len(m) == 3)


def test_a_slash_command_is_answered_to_the_asker_alone(app: Any, n8n: Any, slack: Any) -> None:
    fields = {
        "command": "/numbers",
        "text": "total spend in May 2025",
        "trigger_id": "command-1",
        "team_id": "T1",
        "channel_id": "C_MARKETING",
        "channel_name": "marketing",
        "user_id": "UANN",
        "response_url": f"{slack.url}/response/2",
    }
    assert n8n.slack(urlencode(fields).encode(), "application/x-www-form-urlencoded") == 200
    answered = wait_for(lambda: slack.answered, bool)
    assert answered[0]["response_type"] == "ephemeral"
    assert "123" in answered[0]["text"], answered[0]["text"]  # 40 + 60 + 11 + 12


def test_bad_old_and_repeated_slack_requests_and_bots_get_no_reply(app: Any, n8n: Any, slack: Any) -> None:
    before = len(slack.posted)
    n8n.slack(mention("total spend", "Ev_bad"), secret="another secret")
    n8n.slack(mention("total spend", "Ev_old"), stamp=str(int(time.time()) - 600))
    n8n.slack(mention("spend by platform in May 2025", "Ev_first", thread="1700.7"))  # Slack repeats an event
    n8n.slack(mention("total spend", "Ev_bot", bot_id="B1"))
    n8n.slack(mention("total spend", "Ev_self", user="UBOT"))
    n8n.slack(mention("total spend in May 2025", "Ev_good", thread="1700.8"))
    wait_for(lambda: [m for m in slack.posted if m.get("thread_ts") == "1700.8"], bool)
    assert len(slack.posted) == before + 1


def test_a_channel_that_is_not_listed_gets_no_numbers(app: Any, n8n: Any, slack: Any) -> None:
    n8n.slack(mention("total spend in May 2025", "Ev_other", thread="1700.10", channel="C_OTHER"))
    posted = wait_for(lambda: [m for m in slack.posted if m["channel"] == "C_OTHER"], bool)
    assert "administrator" in posted[0]["text"]
    assert not any(digit in posted[0]["text"] for digit in "0123456789")


def test_slack_asks_for_patience_and_gets_it(app: Any, n8n: Any, slack: Any) -> None:
    slack.be_busy(1)
    n8n.slack(mention("total spend in May 2025", "Ev_busy", thread="1700.11"))
    wait_for(lambda: [m for m in slack.posted if m.get("thread_ts") == "1700.11"], lambda m: len(m) == 1)


# -- Teams ---------------------------------------------------------------------------------------------------------
def test_teams_is_answered_with_a_card_in_the_response(app: Any, n8n: Any) -> None:
    started = time.monotonic()
    answer = n8n.teams("spend by platform in May&nbsp;2025")
    assert answer.status_code == 200
    assert time.monotonic() - started < 5
    card = answer.json()["attachments"][0]["content"]
    assert card["type"] == "AdaptiveCard"
    assert any(element["type"] == "Table" for element in card["body"])
    assert "Meta" in json.dumps(card)
    assert len(answer.content) < 28_000


def test_bad_and_old_teams_messages_are_refused(app: Any, n8n: Any) -> None:
    import base64

    assert n8n.teams("total spend", secret=base64.b64encode(b"another").decode()).status_code == 401
    assert n8n.teams("total spend", timestamp="2025-06-01T00:00:00+00:00").status_code == 401
    assert n8n.teams("total spend", secret=TEAMS_SECRET).status_code == 200


# -- what comes by itself ------------------------------------------------------------------------------------------
def test_an_alert_is_posted_once(app: Any, n8n: Any, slack: Any) -> None:
    cheap = [f"{days_ago(day)},Reddit,Main,100,10" for day in range(8, 15)]  # CAC 10
    dear = [f"{days_ago(day)},Reddit,Main,100,5" for day in range(1, 8)]  # CAC 20
    path = app.write("reddit.csv", *cheap, *dear)
    assert app.finished(app.ask_for("ingest-file", import_path=path)["number"])["state"] == "succeeded"
    about = lambda: [m for m in slack.posted if "CAC up" in m["text"]]  # noqa: E731
    for _ in range(2):
        seen = len([run for run in n8n.executions() if run["workflowId"] == "kpi-alert"])
        n8n.alert()
        done = lambda: [r for r in n8n.executions() if r["workflowId"] == "kpi-alert" and r["finished"]]  # noqa: E731
        wait_for(done, lambda runs, seen=seen: len(runs) > seen)
        time.sleep(1)
    assert len(about()) == 1
    assert "Reddit" in about()[0]["text"]
    assert "+100.0 %" in about()[0]["text"]


def test_the_digest_is_posted_with_a_chart(app: Any, n8n: Any, slack: Any) -> None:
    charts = len(slack.files)
    job = app.finished(app.ask_for("daily-digest")["number"])
    assert job["state"] == "succeeded", f"{job}"
    posted = [m for m in slack.posted if m["text"].startswith("Your marketing numbers")]
    assert len(posted) == 1
    assert posted[0]["channel"] == "C_MARKETING"
    assert len(slack.files) == charts + 1


# -- many at once, and a power cut ---------------------------------------------------------------------------------
def test_a_burst_of_fifty_is_acknowledged_in_time_and_none_is_lost(
    app: Any, n8n: Any, slack: Any, record_property: Any
) -> None:
    def post(number: int) -> float:
        started = time.monotonic()
        event = mention("total spend in May 2025", f"Ev_burst_{number}", thread=f"1800.{number}")
        assert n8n.slack(event) == 200
        return time.monotonic() - started

    with ThreadPoolExecutor(50) as pool:
        seconds = sorted(pool.map(post, range(50)))
    record_property("n8n: 50 Slack events at once, acknowledged (p95)", f"{seconds[47]:.2f} s")
    threads = lambda: [m["thread_ts"] for m in slack.posted if str(m.get("thread_ts")).startswith("1800.")]  # noqa: E731
    wait_for(threads, lambda found: len(found) >= 50, 120)
    assert len(threads()) == len(set(threads())) == 50


def test_thirty_loads_survive_a_power_cut_of_n8n_and_none_is_loaded_twice(app: Any, n8n: Any, front: Any) -> None:
    front.slow_down("/api/ingest", 1)
    first = date(2025, 3, 1)
    paths = [app.write(f"cut-{n}.csv", f"{first + timedelta(days=n)},Snapchat,Main,10,1") for n in range(30)]
    started = len(front.of("/api/ingest"))
    numbers = [app.ask_for("ingest-file", import_path=path)["number"] for path in paths]
    wait_for(lambda: front.of("/api/ingest"), lambda calls: len(calls) >= started + 3)
    n8n.kill()
    states = [app.job(number)["state"] for number in numbers]
    assert states.count("succeeded") < 30
    n8n.start_again()
    jobs = [app.finished(number, 120) for number in numbers]
    front.slow_down("/api/ingest", 0)
    assert {job["state"] for job in jobs} == {"succeeded"}, [job for job in jobs if job["state"] != "succeeded"]
    files = [batch["file"] for batch in app.batches() if batch["file"].startswith("cut-")]
    assert len(files) == len(set(files)) == 30


def test_with_n8n_away_jobs_wait_and_the_api_answers(app: Any, n8n: Any) -> None:
    n8n.kill()
    path = app.write("later.csv", "2025-06-20,Meta,Main,10,1")
    number = app.ask_for("ingest-file", import_path=path)["number"]
    wait_for(lambda: app.job(number), lambda job: job["step"] == "waiting for n8n")
    assert app.api.post("/api/ask", json={"question": "what is loaded?"}).json()["status"] == "answered"
    n8n.start_again()
    assert app.finished(number, 90)["state"] == "succeeded"
