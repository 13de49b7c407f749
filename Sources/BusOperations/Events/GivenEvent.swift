package import BusWire

/// An event as somebody gives it: its attributes as a JSON object, or a job that carries them, as it stands on a queue.
package enum GivenEvent {
    /// Its attributes.
    ///
    /// - Parameters:
    ///   - bytes: JSON.
    ///   - place: what to call it within a sentence: `standard input`.
    /// - Throws: `OperationError` for what is no event.
    package static func attributes(of bytes: [UInt8], from place: String) throws(OperationError) -> [JSONMember] {
        guard let value = try? JSONValue.parse(bytes), let members = value.members else {
            throw OperationError(
                "\(place.prefix(1).uppercased() + place.dropFirst()) is not a JSON object: give the attributes of an event, or a job."
            )
        }
        guard let arguments = value["args"]?.elements, value["class"] != nil else { return members }
        let inner = arguments.last.flatMap { $0.string.flatMap { try? JSONValue.parse($0) } ?? $0 }
        guard let attributes = inner?.members else {
            throw OperationError("The job on \(place) does not carry the attributes of an event.")
        }
        return attributes
    }
}
