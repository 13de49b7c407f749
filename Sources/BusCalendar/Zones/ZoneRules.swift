/// What a time zone adds to UTC, and when that changes: daylight saving and every other change of the law.
///
/// A value, cheap to copy; `ZoneDirectory` reads it from the time zone database of the system.
package struct ZoneRules: Hashable, Sendable {
    /// `Europe/Paris`, or the offset as it was written, `+05:45`.
    package let name: String
    /// Epoch seconds at which the offset changes, ascending.
    private let changes: [Int]
    /// The offset before the first change, and after each, in seconds.
    private let offsets: [Int]

    /// What a zone may add to UTC, in seconds (RFC 8536).
    static let possibleOffsets = -25 * 3600 + 1...26 * 3600 - 1

    /// The zone without any rule.
    package static let utc = ZoneRules(name: "UTC", fixedOffset: 0)

    /// A zone whose offset never changes.
    ///
    /// - Parameter fixedOffset: seconds that it adds to UTC.
    package init(name: String, fixedOffset: Int) {
        self.init(name: name, firstOffset: fixedOffset, changes: [])
    }

    init(name: String, firstOffset: Int, changes: [OffsetChange]) {
        self.name = name
        self.changes = changes.map(\.epoch)
        offsets = [firstOffset] + changes.map(\.offset)
    }

    /// Seconds that the zone adds to UTC at an epoch second.
    package func offset(at epoch: Int) -> Int {
        span(at: epoch).offset
    }

    /// The time around `epoch` during which the offset stays the same.
    func span(at epoch: Int) -> OffsetSpan {
        var low = 0
        var high = changes.count
        while low < high {
            let middle = (low + high) / 2
            if changes[middle] <= epoch { low = middle + 1 } else { high = middle }
        }
        return span(low)
    }

    private func span(_ index: Int) -> OffsetSpan {
        OffsetSpan(
            start: index == 0 ? Int.min : changes[index - 1],
            end: index == changes.count ? Int.max : changes[index], offset: offsets[index])
    }

    /// Which instants show a local time.
    ///
    /// - Parameter local: the local time in seconds, as though it were UTC.
    func instants(ofLocal local: Int) -> LocalTime {
        let reach = Self.possibleOffsets.upperBound
        var current = span(at: local - reach)
        var found: [Int] = []
        while true {
            let epoch = local - current.offset
            if current.contains(epoch) { found.append(epoch) }
            guard current.end <= local + reach else { break }
            let next = span(at: current.end)
            if found.isEmpty, epoch >= current.end, local - next.offset < next.start {
                return .skipped(until: next.start)
            }
            current = next
        }
        // No offset is possible that reaches further, so that one of the spans has shown it.
        return found.count > 1 ? .repeated(first: found[0]) : .once(found[0])
    }

    /// The first instant that shows a local time, or from which on clocks show a later one.
    ///
    /// - Parameter local: the local time in seconds, as though it were UTC.
    func firstInstant(ofLocal local: Int) -> Int {
        switch instants(ofLocal: local) {
        case .once(let epoch), .repeated(let epoch), .skipped(let epoch): epoch
        }
    }
}

/// From `epoch` on, the zone adds `offset` seconds to UTC.
struct OffsetChange: Hashable, Sendable {
    let epoch: Int
    let offset: Int
}

/// From `start` until before `end`, the zone adds `offset` seconds to UTC.
struct OffsetSpan {
    let start: Int
    let end: Int
    let offset: Int

    func contains(_ epoch: Int) -> Bool {
        start <= epoch && epoch < end
    }
}

/// The instants at which clocks show a local time.
enum LocalTime: Hashable {
    case once(Int)
    /// Clocks are set back over it: it is shown twice, at `first` for the first time.
    case repeated(first: Int)
    /// Clocks are set forward over it, at the instant `until`.
    case skipped(until: Int)
}
