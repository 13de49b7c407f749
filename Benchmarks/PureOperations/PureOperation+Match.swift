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
        let index = SubscriptionIndex(subscriptions: workload.subscriptions)
        let events = PermanentEvents(workload.events(matches: matches))
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
            precondition(found == times * matches, "\(found) matches instead of \(times * matches)")
            withExtendedLifetime(events) {}
        }
    }
}
