/// The constant parts of rider jobs, already escaped, for every subscription of one registry version.
///
/// Immutable, and one block of memory, so that writing a job is a few copies and touches no reference count. A job is
/// the driver's five members, then the event's own, then `bus_class_proxy`. Ruby merges the event over the driver's
/// members (contract §2.3), so of the five only those are written that the event does not carry.
package final class JobTemplates: Sendable {
    /// The number of templates: one per subscription, in the order given.
    package let count: Int

    // Written in `init`, freed in `deinit`, only read in between.
    nonisolated(unsafe) private let text: UnsafeMutableRawPointer
    nonisolated(unsafe) private let layouts: UnsafeMutablePointer<JobLayout>

    /// How every job begins, up to the time it was driven at.
    static let opening: StaticString = #"{"class":"QueueBus::Worker","args":["{\"bus_driven_at\":"#

    package init(subscriptions: [Subscription]) {
        count = subscriptions.count
        layouts = .allocate(capacity: max(count, 1))
        var bytes: [UInt8] = []
        for (index, subscription) in subscriptions.enumerated() {
            (layouts + index).initialize(to: JobLayout(of: subscription, appendingTo: &bytes))
        }
        text = .allocate(byteCount: max(bytes.count, 1), alignment: 1)
        bytes.withUnsafeBytes { source in
            if let start = source.baseAddress { text.copyMemory(from: start, byteCount: source.count) }
        }
    }

    deinit {
        text.deallocate()
        layouts.deallocate()
    }

    /// Appends the job that hands the event of `scan` to a subscription.
    /// - Parameters:
    ///   - index: which subscription.
    ///   - scan: an event; it must not have judged its element to be poison.
    ///   - drivenAt: epoch seconds, not negative.
    ///   - buffer: takes the job as a RESP bulk string.
    @inline(__always)
    package func appendJob(_ index: Int, of scan: EventScan, drivenAt: Int, to buffer: JobBuffer) {
        precondition(index >= 0 && index < count && drivenAt >= 0)
        if scan.known.isSubset(of: .classProxy) {
            append(layouts[index], event: EventBody(scan), drivenAt: drivenAt, to: buffer)
        } else {
            append(layouts[index], eventWithOwnMembers: scan, drivenAt: drivenAt, to: buffer)
        }
    }

    private func append(_ layout: JobLayout, event: EventBody, drivenAt: Int, to buffer: JobBuffer) {
        let opening = Self.opening
        let digits = ByteWriter.digitCount(of: drivenAt)
        let payload = opening.utf8CodeUnitCount &+ digits &+ layout.byteCount &+ event.byteCount
        var writer = buffer.beginBulk(byteCount: payload)
        writer.write(opening.utf8Start, count: opening.utf8CodeUnitCount)
        writer.write(decimal: drivenAt)
        writer.write(text + layout.start, count: layout.headerCount)
        event.write(to: &writer)
        writer.write(text + layout.closing, count: layout.closingCount)
        buffer.endBulk(writer)
    }

    /// The rare case of an event that was driven before: its own values stay, so the header has gaps.
    private func append(
        _ layout: JobLayout, eventWithOwnMembers scan: EventScan, drivenAt: Int, to buffer: JobBuffer
    ) {
        let event = EventBody(scan)
        var header: [UInt8] = []
        header.append(#"{"class":"QueueBus::Worker","args":["{"#)
        if !scan.known.contains(.drivenAt) {
            header.append(#"\"bus_driven_at\":"#)
            header.append(contentsOf: String(drivenAt).utf8)
            header.append(.comma)
        }
        for (place, name) in JobLayout.riderMembers.enumerated() where !scan.known.contains(name) {
            let span = layout.riderMember(place)
            header.append(contentsOf: UnsafeRawBufferPointer(start: text + span.lowerBound, count: span.count))
        }
        var writer = buffer.beginBulk(byteCount: header.count + event.byteCount + layout.closingCount)
        header.withUnsafeBytes { writer.write($0.baseAddress!, count: $0.count) }
        event.write(to: &writer)
        writer.write(text + layout.closing, count: layout.closingCount)
        buffer.endBulk(writer)
    }
}

/// Where a subscription's pieces are in the templates' text:
/// `,\"bus_rider_queue\":\"…\",` three more members, then `\"bus_class_proxy\":\"…\"}"]}`.
private struct JobLayout {
    let start: Int
    /// Behind the comma that ends each of the four members.
    let memberEnds: (Int, Int, Int, Int)
    /// Where the piece behind the event's members begins.
    var closing: Int { memberEnds.3 }
    let end: Int

    var headerCount: Int { closing &- start }
    var closingCount: Int { end &- closing }
    var byteCount: Int { end &- start }

    static let riderMembers: [KnownMembers] = [.riderQueue, .riderAppKey, .riderSubKey, .riderClassName]

    /// One of the four members with the comma behind it.
    func riderMember(_ place: Int) -> Range<Int> {
        switch place {
        case 0: start + 1..<memberEnds.0
        case 1: memberEnds.0..<memberEnds.1
        case 2: memberEnds.1..<memberEnds.2
        default: memberEnds.2..<memberEnds.3
        }
    }

    init(of subscription: Subscription, appendingTo output: inout [UInt8]) {
        start = output.count
        output.append(.comma)
        func append(_ name: StaticString, _ value: String) -> Int {
            output.append(#"\""#)
            output.append(name)
            output.append(#"\":\""#)
            DoublyEscaped.append(value, to: &output)
            output.append(#"\","#)
            return output.count
        }
        memberEnds = (
            append("bus_rider_queue", subscription.queue),
            append("bus_rider_app_key", subscription.appKey),
            append("bus_rider_sub_key", subscription.key),
            append("bus_rider_class_name", subscription.className)
        )
        _ = append("bus_class_proxy", subscription.className)
        output.removeLast()
        output.append(#"}"]}"#)
        end = output.count
    }
}

/// What an event contributes to a job: its members but for `bus_class_proxy`, each followed by a comma.
struct EventBody {
    private let before: UnsafeRawBufferPointer
    private let after: UnsafeRawBufferPointer

    /// The number of bytes that ``write(to:)`` writes.
    var byteCount: Int { before.count &+ after.count &+ (after.count > 0 ? 1 : 0) }

    @inline(__always)
    init(_ scan: EventScan) {
        let start = MemberFinder.opening.utf8CodeUnitCount
        let end = scan.bytes.count &- MemberFinder.closing.utf8CodeUnitCount
        guard scan.proxyIndex >= 0 else {
            before = UnsafeRawBufferPointer(start: nil, count: 0)
            after = UnsafeRawBufferPointer(rebasing: scan.bytes[start..<end])
            return
        }
        let proxy = scan.members[scan.proxyIndex]
        // From the \" before the key to behind the value, with its \" if it is a string.
        let proxyStart = Int(proxy.keyStart) &- 2
        let proxyEnd = Int(proxy.valueEnd) &+ (proxy.kind == .string ? 2 : 0)
        before = UnsafeRawBufferPointer(rebasing: scan.bytes[start..<proxyStart])
        after = UnsafeRawBufferPointer(rebasing: scan.bytes[min(proxyEnd &+ 1, end)..<end])
    }

    @inline(__always)
    func write(to writer: inout ByteWriter) {
        if let start = before.baseAddress { writer.write(start, count: before.count) }
        guard let start = after.baseAddress, after.count > 0 else { return }
        writer.write(start, count: after.count)
        writer.write(byte: .comma)
    }
}
