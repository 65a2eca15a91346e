"""Lets schemathesis ask a started server what its OpenAPI document allows, and what it does not:
first as nobody, then as somebody who is signed in and has a booking.

Usage: check_document.py SCHEMATHESIS API_URL FRIENDBOT_URL ADMIN_KEY. Every answer must be documented, and none
may be the server's fault; the first run that finds another ends with its report and code 1.
"""

import datetime
import json
import subprocess
import sys
import uuid

import requests
from stellar_sdk import Keypair

SCHEMATHESIS, API, FRIENDBOT, ADMIN_KEY = sys.argv[1:5]
# What is valid by form may be refused for what it says: a signature, a date that is over.
NOT_ASKED = "positive_data_acceptance"
# To a wrong token a booking looks like none: 404, not 401.
NOT_ASKED_OF_BOOKINGS = NOT_ASKED + ",ignored_auth"
OPTIONS = ["--phases", "examples,coverage,fuzzing", "--generation-deterministic",
           "--suppress-health-check", "all", "--warnings", "off", "--no-color",
           "-H", f"X-Admin-Key: {ADMIN_KEY}"]


# What rests while the service is maintained would answer nothing else: that is asked last.
MAINTENANCE = "/api/v1/admin/maintenance"
BUT_MAINTENANCE = ["--exclude-path", MAINTENANCE]


def check(what, document, *options):
    run = subprocess.run(
        [SCHEMATHESIS, "run", document, *OPTIONS, *options], capture_output=True, text=True)
    lines = run.stdout.splitlines()
    print(what, *[line.strip() for line in lines if "generated" in line])
    if run.returncode != 0:
        print(run.stdout, run.stderr)
        sys.exit(1)


def post(path, body, headers=None):
    answer = requests.post(f"{API}{path}", json=body, headers=headers, timeout=30)
    assert answer.ok, answer.text
    return answer.json()


def sign_in(key):
    challenge = post("/api/v1/auth/challenge", {"account": key.public_key})
    signature = key.sign_message(challenge["message"]).hex()
    return post("/api/v1/auth/verify", {"id": challenge["id"], "signature": signature})


def booking_request(key):
    day = datetime.date.today() + datetime.timedelta(days=40)
    query = {"origin": "LIS", "destination": "LHR", "date": day.isoformat()}
    found = requests.get(f"{API}/api/v1/flights/search", params=query, timeout=30).json()
    name = {"given": "Ada", "family": "Lovelace"}
    ada = {"name": name, "type": "adult", "born_on": "1985-12-10"}
    offer = found["offers"][0]
    return query, {"offer_id": offer["id"], "total": offer["total"], "passengers": [ada],
                   "payer": key.public_key}


def for_one_who_is_known(document, key, booking):
    """The same document with examples that are real, without what signs out, and without the
    stream of all that the ledger says of an account, which never ends."""
    paths = document["paths"]
    del paths["/api/v1/auth/logout"]
    del paths["/api/v1/events"]
    query, wanted = booking_request(key)
    for parameter in paths["/api/v1/flights/search"]["get"]["parameters"]:
        parameter["example"] = query.get(parameter["name"], parameter["example"])
    content = paths["/api/v1/bookings"]["post"]["requestBody"]["content"]
    content["application/json"]["example"] = wanted
    for path, operations in paths.items():
        if path.startswith("/api/v1/bookings/{id}"):
            for operation in operations.values():
                for parameter in operation["parameters"]:
                    if parameter["name"] == "id":
                        parameter["schema"] = {"const": booking}
                        parameter["example"] = booking
    return document


check("nobody:", f"{API}/openapi.json", "--max-examples", "10",
      "--exclude-checks", NOT_ASKED, *BUT_MAINTENANCE)

key = Keypair.random()
requests.get(FRIENDBOT, params={"addr": key.public_key}, timeout=30).raise_for_status()
post("/api/v1/test-dollars", {"account": key.public_key})
token = f"Bearer {sign_in(key)['access_token']}"
_, wanted = booking_request(key)
booking = post("/api/v1/bookings", wanted,
               {"Authorization": token, "Idempotency-Key": str(uuid.uuid4())})["booking"]["id"]
document = requests.get(f"{API}/openapi.json", timeout=30).json()
with open("known.json", "w", encoding="utf-8") as file:
    json.dump(for_one_who_is_known(document, key, booking), file)
check("somebody:", "known.json", "--url", API, "--max-examples", "10",
      "--exclude-checks", NOT_ASKED_OF_BOOKINGS, "-H", f"Authorization: {token}",
      *BUT_MAINTENANCE)
check("maintenance:", f"{API}/openapi.json", "--max-examples", "10",
      "--exclude-checks", NOT_ASKED, "--include-path", MAINTENANCE)
requests.delete(f"{API}{MAINTENANCE}", headers={"X-Admin-Key": ADMIN_KEY}, timeout=30)
print("done")
