import BusMatching
import BusWire

extension PureOperation {
    static let matching = sizes.flatMap { size in
        [0, 1, 5].map { matches in
            PureOperation(
                part: .match, name: "match, \(matches) per event", subscriptions: size, repetitions: 5_000
            ) {
                match(PureWorkload(subscriptions: size), matches: matches)
            }
        }
    }

    private static func match(_ workload: PureWorkload, matches: Int) -> (Int) -> Void {
        match(workload.events(matches: matches), by: SubscriptionIndex(subscriptions: workload.subscriptions)) {
            $0 * matches
        }
    }

    /// Matches one event after the other.
    /// - Parameter wanted: how many matches there must be among the first so many of `events`, or rounds of them.
    static func match(
        _ events: [[UInt8]], by index: SubscriptionIndex, wanted: @escaping (Int) -> Int
    ) -> (Int) -> Void {
        let events = PermanentEvents(events)
        let scans = events.elements.map { element in
            let scan = EventScan()
            guard case .event = scan.scan(element) else { fatalError("the benchmark's event is not one") }
            return scan
        }
        let scratch = MatchScratch()
        return { times in
            var found = 0
            for number in 0..<times {
                index.match(scans[number % scans.count], using: scratch)
                found += scratch.matches.count
            }
            precondition(found == wanted(times), "\(found) matches instead of \(wanted(times))")
            withExtendedLifetime(events) {}
        }
    }
}
