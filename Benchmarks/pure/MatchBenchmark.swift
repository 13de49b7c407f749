import BusMatching
import BusWire

/// Matching alone: events that are scanned already against an index.
func matchBenchmark() -> [Figure] {
    [1_000, 10_000, 100_000].flatMap { count in
        let workload = PureWorkload(subscriptions: count)
        let index = SubscriptionIndex(subscriptions: workload.subscriptions)
        return [0, 1, 5].map { matches in measureMatching(workload, index, matches: matches) }
    }
}

private func measureMatching(_ workload: PureWorkload, _ index: SubscriptionIndex, matches: Int) -> Figure {
    let events = PermanentEvents(workload.events(matches: matches))
    let scans = events.elements.map { element in
        let scan = EventScan()
        guard case .event = scan.scan(element) else { fatalError("the benchmark's event is not one") }
        return scan
    }
    let scratch = MatchScratch()
    return .measure("match, \(matches) per event", subscriptions: index.subscriptions.count) {
        var found = 0
        for number in 0..<$0 {
            index.match(scans[number % scans.count], using: scratch)
            found += scratch.matches.count
        }
        precondition(found == $0 * matches, "\(found) matches instead of \($0 * matches)")
    }
}
