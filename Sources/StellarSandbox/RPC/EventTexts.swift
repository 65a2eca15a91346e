internal import StellarXDR

/// Writes events as RPC tells them. What many of them share is made into text once: the time of
/// their ledger, the contract, the transaction.
struct EventTexts {
    private var closed: (time: UInt64, text: String) = (0, "")
    private var contract: (id: Hash?, text: String) = (nil, "")
    private var transaction: (hash: Hash?, text: String) = (nil, "")

    /// Writes an event.
    mutating func write(
        _ record: EventRecord, _ form: XDRForm, to json: inout JSONWriter
    ) throws {
        note(record)
        let content = record.content
        try json.object { json in
            json.name("type")
            json.plain(record.event.type == .system ? "system" : "contract")
            json.name("ledger")
            json.number(record.cursor.ledger)
            json.name("ledgerClosedAt")
            json.plain(closed.text)
            json.name("contractId")
            json.plain(contract.text)
            json.name("id")
            json.plain(record.cursor.text)
            json.name("operationIndex")
            json.number(record.cursor.operation)
            json.name("transactionIndex")
            json.number(record.cursor.transaction)
            json.name("txHash")
            json.plain(transaction.text)
            json.name("inSuccessfulContractCall")
            json.value(true)
            try write(content, form, to: &json)
        }
    }

    private mutating func note(_ record: EventRecord) {
        if closed.time != record.closeTime || closed.text.isEmpty {
            closed = (record.closeTime, record.closeTime.timestamp)
        }
        let id = record.event.contractID
        if contract.id != id {
            contract = (id, id.map { StrKey.encode(.contract($0)) } ?? "")
        }
        if transaction.hash != record.transactionHash {
            transaction = (record.transactionHash, record.transactionHash.description)
        }
    }

    private func write(
        _ content: ContractEventV0, _ form: XDRForm, to json: inout JSONWriter
    ) throws {
        switch form {
        case .base64:
            if let topics = try form.texts(content.topics) {
                json.name("topic")
                json.array { json in for topic in topics { json.plain(topic) } }
            }
            json.name("value")
            json.plain(try content.data.base64())
        case .json:
            if let topics = try form.jsons(content.topics) {
                json.name("topicJson")
                json.value(.array(topics))
            }
            json.name("valueJson")
            json.value(try content.data.json())
        }
    }
}
