/// What texts without a type of their own look like, by the name of the field they stand in.
enum Examples {
    static let texts = [
        "account": account, "address": account, "proposer": account, "voter": account,
        "passenger": account, "delegatee": account, "payer": account, "actor": account,
        "signer": account,
        "subject": "d41d8cd98f00b204e9800998ecf8427e",
        "action": "auth.signed_in",
        "contract": contract, "token": contract,
        "network": passphrase, "network_passphrase": passphrase,
        "transaction": "AAAAAgAAAAA=", "signature": "c2lnbmF0dXJl",
        "hash": "3389e9f0f1a65f19736cacf544c2e825313e8447f569233bb8db39aa607c8889",
        "amount": "355.34", "currency": "USD",
        "given": "Ada", "family": "Lovelace", "name": "London Heathrow", "city": "London",
        "country": "GB", "zone": "Europe/London", "time_zone": "Europe/London",
        "supplier": "simulator", "source": "simulator", "brand": "Economy Light",
        "code": "BA", "token_type": "Bearer", "device": "Firefox on Linux",
        "access_token": "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl",
        "refresh_token": "cmVmcmVzaA", "id": "4f1d2c3b5a69788796a5b4c3d2e1f00f",
        "session_id": "4f1d2c3b5a69788796a5b4c3d2e1f00f",
        "message": "traqora.example wants you to sign in",
        "airline_reference": "X7K2LM", "tickets": "125-2400000001", "detail": "sqlite, schema 9",
        "complaint": "Eleven hours late.", "answer": "A strike.",
        "summary": "Pays 355.34 TUSD into escrow.", "airports.key": "LHR", "airlines.key": "BA",
        "type": "/problems/flights.same_airport", "title": "A flight cannot end where it begins",
        "parameter": "date", "field": "passengers[0].born_on", "limit_bytes": "1048576",
        "new_total": "365.34 USD", "new_offer_id": "sim1.LHR-JFK.2026-12-24.1",
        "number": "X1234567", "ticketed": "LOVELACE/ADA",
        "notes": "Who sits here must be able to open the door.",
        "airlines": "British Airways", "failure": "The account has too little money.",
    ]

    private static let account = "GAAZI4TCR3TY5OJHCTJC2A4QSY6CJWJH5IAJTGKIN2ER7LBNVKOCCWN7"
    private static let contract = "CAS3J7GYLGXMF6TDJBBYYSE3HQ6BBSMLNUQ34T6TZMYMW2EVH34XOWMA"
    private static let passphrase = "Test SDF Network ; September 2015"
}
