/// Reads one element of an incoming list after another and finds the members of the event in it.
///
/// An element is JSON in a string in JSON. The scan works on the doubly escaped text and builds no tree: the spans it
/// finds are spliced into rider jobs as they are. Text in another spelling than Ruby's own (white space, `\u0022`,
/// the old `ResqueBus::*` shapes, repeated members) is parsed, judged and rewritten first, and then scanned in the
/// same way, so there is one format of spans. An element is an event exactly when Ruby's driver could read it and
/// write the jobs.
///
/// One instance serves one thread; what it found is valid until the next scan, and no longer than the element's
/// memory.
package final class EventScan {
    // Exclusivity is unchecked for what changes per event: no method hands out a reference to it or calls back, and
    // the dynamic checks would be a tenth of the driver's work.

    /// Elements above this size are poison.
    package static let maximumByteCount = 8 << 20

    /// The text that the spans of ``members`` refer to: the element, or its rewritten form.
    @exclusivity(unchecked) package private(set) var bytes = UnsafeRawBufferPointer(start: nil, count: 0)

    /// Whether the element had to be parsed and rewritten.
    @exclusivity(unchecked) package private(set) var isRewritten = false

    /// The members of the event in their order, without repetitions. Empty for poison.
    package var members: UnsafeBufferPointer<EventMember> {
        UnsafeBufferPointer(start: storage, count: memberCount)
    }

    /// Which of the members that the driver writes the event already has.
    @exclusivity(unchecked) private(set) var known: KnownMembers = []
    /// Where `bus_class_proxy` is among ``members``; -1 when it is missing.
    @exclusivity(unchecked) private(set) var proxyIndex = -1

    @exclusivity(unchecked) private var storage: UnsafeMutablePointer<EventMember>
    @exclusivity(unchecked) private var capacity = MemberFinder.memberLimit
    @exclusivity(unchecked) private var memberCount = 0
    private var rewritten = ByteOutput(capacity: 0)

    package init() {
        storage = .allocate(capacity: capacity)
    }

    deinit {
        storage.deallocate()
    }

    /// Reads `element`, which must stay where it is while the result is used.
    package func scan(_ element: UnsafeRawBufferPointer) -> Incoming {
        guard element.count <= Self.maximumByteCount else {
            clear()
            return .poison(.tooLarge(byteCount: element.count))
        }
        isRewritten = false
        if findMembers(in: element, isCanonical: false), let incoming = incomingByProxy() {
            return incoming
        }
        return scanRewritten(element)
    }

    /// Forgets the event, and gives back the memory that a large one took.
    package func removeAll() {
        clear()
        rewritten = ByteOutput(capacity: 0)
        makeRoom(for: 0)
    }

    private func clear() {
        memberCount = 0
        known = []
        proxyIndex = -1
        bytes = UnsafeRawBufferPointer(start: nil, count: 0)
    }

    /// The slow path.
    private func scanRewritten(_ element: UnsafeRawBufferPointer) -> Incoming {
        clear()
        isRewritten = true
        do throws(Poison) {
            let event = try CanonicalEvent(element)
            keepRewritten(event.attributes.text)
            makeRoom(for: event.attributes.memberCount)
            guard findMembers(in: rewritten.bytes, isCanonical: true) else {
                preconditionFailure("a rewritten event is always readable")
            }
            let incoming =
                if let incoming = event.incoming { incoming } else { try CanonicalEvent.incoming(byProxy: proxy) }
            try event.requireFiniteNumbers()
            return incoming
        } catch {
            clear()
            return .poison(error)
        }
    }

    /// The value of the event's `bus_class_proxy`. Of an array or an object only the sort.
    private var proxy: JSONValue? {
        guard proxyIndex >= 0 else { return nil }
        return switch storage[proxyIndex].kind {
        case .array: []
        case .object: .object([])
        default: value(of: proxyIndex)
        }
    }

    /// Writes the event as ``MemberFinder`` reads it, to memory that stays where it is until the next rewriting.
    private func keepRewritten(_ attributes: [UInt8]) {
        let (opening, closing) = (MemberFinder.opening, MemberFinder.closing)
        attributes.withUnsafeBytes { attributes in
            // The braces are a part of the opening and the closing.
            let inner = UnsafeRawBufferPointer(rebasing: attributes[1..<attributes.count - 1])
            // Half of the bytes may be quotes and backslashes; memory that is not written to costs nothing.
            var output = ByteOutput(capacity: 2 * attributes.count + 64)
            output.write(opening)
            JSONEscape.write(inner, to: &output)
            output.reserve(closing.utf8CodeUnitCount)
            output.write(closing)
            rewritten = output
        }
    }

    /// Makes room for the members of a rewritten event, and gives back what an unusually large one needed.
    private func makeRoom(for count: Int) {
        let needed = max(count, MemberFinder.memberLimit)
        guard needed != capacity else { return }
        storage.deallocate()
        storage = .allocate(capacity: needed)
        capacity = needed
    }

    /// Finds the members of an element in Ruby's own spelling. False leaves the element to the parser.
    @inline(__always)
    private func findMembers(in element: UnsafeRawBufferPointer, isCanonical: Bool) -> Bool {
        guard
            var finder = MemberFinder(
                element, members: storage, capacity: isCanonical ? capacity : MemberFinder.memberLimit,
                isCanonical: isCanonical),
            finder.find()
        else { return false }
        bytes = element
        memberCount = finder.count
        known = finder.known
        proxyIndex = finder.proxyIndex
        return true
    }

    /// What the event's `bus_class_proxy` says, nil unless it is one of the names that Ruby publishes.
    private func incomingByProxy() -> Incoming? {
        guard proxyIndex >= 0 else { return nil }
        let proxy = storage[proxyIndex]
        guard proxy.kind == .string, proxy.valueIsVerbatim else { return nil }
        let value = Int(proxy.valueStart)..<Int(proxy.valueEnd)
        let name = bytes.baseAddress! + value.lowerBound
        switch value.count {
        case 16: return KnownMembers.isEqual(name, "QueueBus::Driver") ? .event : nil
        case 18: return KnownMembers.isEqual(name, "::QueueBus::Driver") ? .event : nil
        case 19: return KnownMembers.isEqual(name, "QueueBus::Publisher") ? .publisher : nil
        case 21:
            if KnownMembers.isEqual(name, "::QueueBus::Heartbeat") { return .heartbeat }
            return KnownMembers.isEqual(name, "::QueueBus::Publisher") ? .publisher : nil
        default: return nil
        }
    }
}
