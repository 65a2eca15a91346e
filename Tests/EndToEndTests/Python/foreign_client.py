"""What people do with a Stellar network, done with the Python SDK, which nobody here wrote.

Usage: foreign_client.py BASE_URL TOKEN_WASM. Each step prints its name; the first that fails ends
the run with a traceback and a code other than 0.
"""

import sys
import time

import requests
from stellar_sdk import (
    Asset,
    Keypair,
    Network,
    Server,
    SorobanDataBuilder,
    SorobanServer,
    TransactionBuilder,
    scval,
    xdr,
)
from stellar_sdk.contract import ContractClient
from stellar_sdk.contract.exceptions import SimulationFailedError
from stellar_sdk.exceptions import BadRequestError, NotFoundError
from stellar_sdk.soroban_rpc import (
    EventFilter,
    EventFilterType,
    GetTransactionStatus,
    SendTransactionStatus,
)
from stellar_sdk.soroban_server import Durability

BASE = sys.argv[1]
WASM = open(sys.argv[2], "rb").read()
PASSPHRASE = "Standalone Network ; February 2017"
assert PASSPHRASE == Network.STANDALONE_NETWORK_PASSPHRASE

rpc = SorobanServer(f"{BASE}/rpc")
horizon = Server(BASE)
anna, ben, issuer = (Keypair.random() for _ in range(3))


def step(name):
    print(f"step: {name}", flush=True)


def control(method, **params):
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    answer = requests.post(f"{BASE}/rpc", json=body, timeout=300).json()
    assert "error" not in answer, answer
    return answer["result"]


def builder(source):
    account = rpc.load_account(source.public_key)
    return TransactionBuilder(account, PASSPHRASE, base_fee=100).set_timeout(300)


def send(transaction):
    """Sends over RPC and waits until it is in a ledger."""
    sent = rpc.send_transaction(transaction)
    assert sent.status == SendTransactionStatus.PENDING, sent
    found = rpc.poll_transaction(sent.hash)
    assert found.status == GetTransactionStatus.SUCCESS, found
    return found


def token_balance(client, who):
    call = client.invoke(
        "balance",
        [scval.to_address(who.public_key)],
        source=anna.public_key,
        parse_result_xdr_fn=scval.from_int128,
    )
    assert call.is_read_call()
    return call.result()


def fund():
    for account in (anna, ben, issuer):
        answer = requests.get(f"{BASE}/friendbot", params={"addr": account.public_key}, timeout=30)
        assert answer.status_code == 200, answer.text
        found = rpc.get_transaction(answer.json()["hash"])
        assert found.status == GetTransactionStatus.SUCCESS
    again = requests.get(f"{BASE}/friendbot", params={"addr": anna.public_key}, timeout=30)
    assert again.status_code == 400
    assert again.json()["detail"] == "account already funded to starting balance"


def look_around():
    root = horizon.root().call()
    assert root["network_passphrase"] == PASSPHRASE
    network = rpc.get_network()
    assert network.passphrase == PASSPHRASE
    assert network.friendbot_url == f"{BASE}/friendbot"
    assert rpc.get_health().status == "healthy"
    assert rpc.get_version_info().protocol_version == network.protocol_version
    latest = rpc.get_latest_ledger()
    assert xdr.LedgerHeader.from_xdr(latest.header_xdr).ledger_seq.uint32 == latest.sequence
    xdr.LedgerCloseMeta.from_xdr(latest.metadata_xdr)
    assert horizon.fetch_base_fee() == 100
    assert horizon.fee_stats().call()["last_ledger_base_fee"] == "100"
    assert int(rpc.get_fee_stats().inclusion_fee.max) >= 100
    newest = horizon.ledgers().order(desc=True).limit(2).call()["_embedded"]["records"]
    assert newest[0]["prev_hash"] == newest[1]["hash"]
    assert horizon.ledgers().ledger(newest[0]["sequence"]).call()["hash"] == newest[0]["hash"]
    try:
        horizon.accounts().account_id(Keypair.random().public_key).call()
        raise AssertionError("an unknown account is found")
    except NotFoundError as error:
        assert error.title == "Resource Missing"


def pay_over_horizon():
    account = horizon.load_account(anna.public_key)
    transaction = (
        TransactionBuilder(account, PASSPHRASE, base_fee=horizon.fetch_base_fee())
        .add_text_memo("rent")
        .append_payment_op(ben.public_key, Asset.native(), "12.5")
        .set_timeout(30)
        .build()
    )
    transaction.sign(anna)
    sent = horizon.submit_transaction(transaction)
    assert sent["successful"] and sent["hash"] == transaction.hash_hex()
    found = horizon.transactions().transaction(transaction.hash_hex()).call()
    assert found["memo"] == "rent" and found["fee_charged"] == "100"
    balances = horizon.accounts().account_id(ben.public_key).call()["balances"]
    assert balances[-1]["balance"] == "10012.5000000", balances


def fail_over_horizon():
    account = horizon.load_account(anna.public_key)
    transaction = (
        TransactionBuilder(account, PASSPHRASE, base_fee=100)
        .append_payment_op(ben.public_key, Asset("USD", issuer.public_key), "1")
        .set_timeout(30)
        .build()
    )
    transaction.sign(anna)
    try:
        horizon.submit_transaction(transaction)
        raise AssertionError("it was paid without trust")
    except BadRequestError as error:
        codes = {"transaction": "tx_failed", "operations": ["op_no_trust"]}
        assert error.extras["result_codes"] == codes, error.extras


def trust():
    dollar = Asset("USD", issuer.public_key)
    opened = builder(ben).append_change_trust_op(dollar, limit="1000").build()
    opened.sign(ben)
    send(opened)
    paid = builder(issuer).append_payment_op(ben.public_key, dollar, "250.25").build()
    paid.sign(issuer)
    send(paid)
    line = horizon.accounts().account_id(ben.public_key).call()["balances"][0]
    assert line["balance"] == "250.2500000" and line["limit"] == "1000.0000000"
    assert line["asset_code"] == "USD" and line["is_authorized"]


def code_entry(wasm_id):
    key = xdr.LedgerKey(
        xdr.LedgerEntryType.CONTRACT_CODE,
        contract_code=xdr.LedgerKeyContractCode(xdr.Hash(wasm_id)),
    )
    return key, rpc.get_ledger_entries([key]).entries[0]


def archive(wasm_id):
    """Lets so many ledgers pass that the code is archived."""
    until = code_entry(wasm_id)[1].live_until_ledger
    control("sandbox_advanceLedgers", count=until - rpc.get_latest_ledger().sequence + 1)
    assert code_entry(wasm_id)[1].live_until_ledger == 0


def upload():
    wasm_id = ContractClient.upload_contract_wasm(WASM, anna.public_key, anna, rpc)
    assert rpc.get_contract_wasm_by_hash(wasm_id) == WASM
    return wasm_id


def restore(wasm_id):
    archive(wasm_id)
    data = SorobanDataBuilder().set_read_write([code_entry(wasm_id)[0]]).build()
    transaction = builder(anna).append_restore_footprint_op().set_soroban_data(data).build()
    transaction = rpc.prepare_transaction(transaction)
    transaction.sign(anna)
    applied = send(transaction)
    assert code_entry(wasm_id)[1].live_until_ledger > applied.ledger


def deploy(wasm_id):
    """The code is archived once more: creating the contract brings it back by itself."""
    archive(wasm_id)
    arguments = [
        scval.to_address(anna.public_key),
        scval.to_string("Test dollar"),
        scval.to_string("TUSD"),
        scval.to_uint32(7),
        scval.to_int128(1_000_000),
        scval.to_vec([]),
    ]
    contract = ContractClient.create_contract(
        wasm_id, anna.public_key, anna, rpc, constructor_args=arguments
    )
    assert code_entry(wasm_id)[1].live_until_ledger > rpc.get_latest_ledger().sequence
    assert rpc.get_contract_wasm(contract) == WASM
    assert any(
        entry.function_v0 and entry.function_v0.name.sc_symbol == b"transfer"
        for entry in rpc.get_contract_spec(contract).entries
    )
    return ContractClient(contract, f"{BASE}/rpc", PASSPHRASE)


def invoke(client):
    client.invoke(
        "mint",
        [scval.to_address(ben.public_key), scval.to_int128(1_000)],
        source=anna.public_key,
        signer=anna,
    ).sign_and_submit()
    assert token_balance(client, ben) == 1_000


def transfer(client, amount, **options):
    return client.invoke(
        "transfer",
        [
            scval.to_address(ben.public_key),
            scval.to_address(anna.public_key),
            scval.to_int128(amount),
        ],
        source=anna.public_key,
        signer=anna,
        **options,
    )


def authorize(client):
    """Anna sends, Ben's tokens move: Ben signs an entry of his own, in both forms."""
    for upgraded, amount in ((True, 100), (False, 50)):
        call = transfer(client, amount, use_upgraded_auth=upgraded)
        assert call.needs_non_invoker_signing_by() == {ben.public_key}
        call.sign_auth_entries(ben)
        call.sign_and_submit()
    assert token_balance(client, anna) == 150
    assert token_balance(client, ben) == 850


def be_refused(client):
    try:
        transfer(client, 10_000)
        raise AssertionError("more moved than there is")
    except SimulationFailedError as error:
        assert "Error(Contract, #" in str(error), error


def read_events(client):
    topics = [
        scval.to_symbol("transfer").to_xdr(),
        scval.to_address(ben.public_key).to_xdr(),
        "*",
    ]
    found = rpc.get_events(
        1,
        filters=[
            EventFilter(
                event_type=EventFilterType.CONTRACT,
                contract_ids=[client.contract_id],
                topics=[topics],
            )
        ],
        limit=10,
    )
    amounts = [scval.from_int128(event.value) for event in found.events]
    assert amounts == [100, 50], amounts
    ours = [EventFilter(contract_ids=[client.contract_id])]
    page = rpc.get_events(1, filters=ours, limit=2)
    rest = rpc.get_events(filters=ours, cursor=page.cursor)
    every = [event.id for event in rpc.get_events(1, filters=ours, limit=100).events]
    assert len(page.events) == 2 and len(rest.events) > 0
    assert [event.id for event in page.events + rest.events] == every


def read_history():
    latest = rpc.get_latest_ledger().sequence
    ledgers = rpc.get_ledgers(latest - 2, limit=3)
    assert [ledger.sequence for ledger in ledgers.ledgers] == [latest - 2, latest - 1, latest]
    for ledger in ledgers.ledgers:
        xdr.LedgerHeaderHistoryEntry.from_xdr(ledger.header_xdr)
        xdr.LedgerCloseMeta.from_xdr(ledger.metadata_xdr)
    transactions = rpc.get_transactions(latest - 2, limit=10)
    for transaction in transactions.transactions:
        xdr.TransactionEnvelope.from_xdr(transaction.envelope_xdr)
        xdr.TransactionMeta.from_xdr(transaction.result_meta_xdr)


def instance(client):
    entry = rpc.get_contract_data(
        client.contract_id,
        xdr.SCVal(xdr.SCValType.SCV_LEDGER_KEY_CONTRACT_INSTANCE),
        Durability.PERSISTENT,
    )
    assert entry is not None
    return entry


def fund_contract(client):
    answer = requests.get(f"{BASE}/friendbot", params={"addr": client.contract_id}, timeout=30)
    assert answer.status_code == 200, answer.text
    found = rpc.get_sac_balance(client.contract_id, Asset.native())
    assert found.balance_entry.amount == 10_000 * 10**7, found


def extend(client):
    before = instance(client)
    key = xdr.LedgerKey.from_xdr(before.key)
    data = SorobanDataBuilder().set_read_only([key]).build()
    transaction = (
        builder(anna)
        .append_extend_footprint_ttl_op(3_000_000)
        .set_soroban_data(data)
        .build()
    )
    transaction = rpc.prepare_transaction(transaction)
    transaction.sign(anna)
    applied = send(transaction)
    until = instance(client).live_until_ledger
    assert until == applied.ledger + 3_000_000 > before.live_until_ledger


def main():
    started = time.monotonic()
    for action in (fund, look_around, pay_over_horizon, fail_over_horizon, trust):
        step(action.__name__)
        action()
    step("upload")
    wasm_id = upload()
    step("restore")
    restore(wasm_id)
    step("deploy")
    client = deploy(wasm_id)
    for action in (invoke, authorize, be_refused, read_events, fund_contract, extend):
        step(action.__name__)
        action(client)
    step("read_history")
    read_history()
    print(f"done in {time.monotonic() - started:.1f} s")


main()
