package import BusWire

extension FailureRecord {
    /// As a JSON object in a list.
    package var summary: JSONValue {
        [
            "id": .string(id), "list": .string(list), "index": .integer(index), "failed_at": .string(failedAt),
            "queue": .string(queue),
            "class": .string(className), "exception": .string(exception), "error": .string(error),
            "worker": .string(worker), "retried_at": retriedAt.map { .string($0) } ?? nil,
        ]
    }
}
