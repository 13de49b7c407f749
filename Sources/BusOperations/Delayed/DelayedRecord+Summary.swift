package import BusProtocol
package import BusWire

extension DelayedRecord {
    /// As a JSON object in a list; what is no job stands as text.
    package var summary: JSONValue {
        guard let payload, let queue else {
            return ["time": .integer(time), "raw": .string(String(decoding: bytes, as: UTF8.self))]
        }
        return [
            "time": .integer(time), "queue": .string(queue), "class": .string(payload.className),
            "args": .array(payload.arguments),
        ]
    }
}
