extension JobPayload {
    /// The attributes of the event that a job of the bus carries, with what the driver has added: the one argument,
    /// which is JSON text or, in the old format, the object itself (contract §2.1, §2.5). Nil for any other job.
    package var event: [JSONMember]? {
        guard arguments.count == 1 else { return nil }
        switch arguments[0] {
        case .string(let text): return (try? JSONValue.parse(text))?.members
        case .object(let members): return members
        default: return nil
        }
    }
}
