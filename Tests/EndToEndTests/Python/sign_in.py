"""Signs in to the API with the Python SDK's own SEP-10 code, which nobody here wrote.

Usage: sign_in.py API_URL. The first step that fails ends the run with a traceback.
"""

import sys

import requests
from stellar_sdk import Keypair, Network
from stellar_sdk.sep.stellar_toml import fetch_stellar_toml
from stellar_sdk.sep.stellar_web_authentication import read_challenge_transaction
from stellar_sdk import TransactionEnvelope

API = sys.argv[1]


def sign_in(key, as_form):
    toml = fetch_stellar_toml(API.split("//")[1], use_http=True)
    assert toml["NETWORK_PASSPHRASE"] == Network.STANDALONE_NETWORK_PASSPHRASE
    domain = toml["WEB_AUTH_ENDPOINT"].split("//")[1].split("/")[0]
    given = requests.get(f"{API}/auth", params={"account": key.public_key}, timeout=30).json()
    challenge = read_challenge_transaction(
        given["transaction"], toml["SIGNING_KEY"], domain, domain, given["network_passphrase"])
    assert challenge.client_account_id == key.public_key
    envelope = TransactionEnvelope.from_xdr(given["transaction"], given["network_passphrase"])
    envelope.sign(key)
    body = {"transaction": envelope.to_xdr()}
    answer = requests.post(
        f"{API}/auth", timeout=30, **({"data": body} if as_form else {"json": body}))
    assert answer.status_code == 200, answer.text
    again = requests.post(f"{API}/auth", json=body, timeout=30)
    assert again.status_code == 400 and "error" in again.json(), again.text
    return answer.json()["token"]


def sessions(token):
    headers = {"Authorization": f"Bearer {token}"}
    return requests.get(f"{API}/api/v1/auth/sessions", headers=headers, timeout=30)


for as_form in (False, True):
    key = Keypair.random()
    token = sign_in(key, as_form)
    assert sessions(token).json()["account"] == key.public_key
    out = requests.post(
        f"{API}/api/v1/auth/logout", headers={"Authorization": f"Bearer {token}"}, timeout=30)
    assert out.status_code == 204, out.text
    assert sessions(token).status_code == 401

key = Keypair.random()
challenge = requests.post(
    f"{API}/api/v1/auth/challenge", json={"account": key.public_key}, timeout=30).json()
signature = key.sign_message(challenge["message"])
answer = requests.post(
    f"{API}/api/v1/auth/verify", json={"id": challenge["id"], "signature": signature.hex()},
    timeout=30)
assert answer.status_code == 200, answer.text
assert sessions(answer.json()["access_token"]).json()["account"] == key.public_key
print("done")
