extension EventScan {
    /// Appends the event that a publisher element asks for (contract §5, publisher job): Ruby's
    /// `publish(attributes["bus_event_type"], attributes)`. What the element carries stays as it is; what a new event
    /// must have and the element lacks is added. Valid after ``scan(_:)`` said `.publisher`.
    /// - Parameters:
    ///   - now: epoch seconds, for `bus_published_at` and `bus_id`.
    ///   - uuid: a new lower-case UUID, for `bus_id`.
    ///   - hostname: for `bus_app_hostname`.
    ///   - buffer: takes the element as a RESP bulk string.
    package func appendPublishedEvent(now: Int, uuid: String, hostname: String, to buffer: JobBuffer) {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + 256)
        output.append(MemberFinder.opening)
        var placed: Set<Int> = proxyIndex >= 0 ? [proxyIndex] : []

        func append(_ name: StaticString, else value: @autoclosure () -> JSONValue) {
            if let index = index(ofMember: name) {
                placed.insert(index)
                output.append(contentsOf: text(ofMember: index))
            } else {
                let member = JSONValue.object([JSONMember("\(name)", value())])
                guard let encoded = try? member.encoded() else { preconditionFailure("\(name) is a finite value") }
                JSONEscape.append(encoded.dropFirst().dropLast(), to: &output)
            }
            output.append(.comma)
        }
        append("bus_published_at", else: .integer(now))
        append("bus_event_type", else: .null)
        append("bus_id", else: .string(PublishedEvent.identifier(now: now, uuid: uuid)))
        append("bus_app_hostname", else: .string(hostname))
        for index in members.indices where !placed.contains(index) {
            output.append(contentsOf: text(ofMember: index))
            output.append(.comma)
        }
        output.append(#"\"bus_class_proxy\":\"QueueBus::Driver\""#)
        output.append(MemberFinder.closing)
        buffer.append(element: output)
    }

    private func index(ofMember name: StaticString) -> Int? {
        let bytes = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        let hash = KeyHash.hash(bytes)
        return members.indices.first { members[$0].keyHash == hash && key(of: $0, equals: bytes) }
    }

    /// A whole member, quotes included.
    private func text(ofMember index: Int) -> UnsafeRawBufferPointer {
        let member = members[index]
        let end = Int(member.valueEnd) + (member.kind == .string ? 2 : 0)
        return UnsafeRawBufferPointer(rebasing: bytes[Int(member.keyStart) - 2..<end])
    }
}
