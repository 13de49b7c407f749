import BusWire

/// Reading an event and writing its copies.
func wireBenchmark() -> [Figure] {
    [1_000, 10_000, 100_000].flatMap { count in
        let workload = PureWorkload(subscriptions: count)
        let templates = JobTemplates(subscriptions: workload.subscriptions)
        let events = PermanentEvents(workload.events(matches: 1))
        let strange = PermanentEvents(workload.events(matches: 1).map(spelledUnlikeRuby))
        return [
            measure("scan", events, templates, copies: 0),
            measure("scan and 1 copy", events, templates, copies: 1),
            measure("scan and 5 copies", events, templates, copies: 5),
            measure("scan of another spelling, 1 copy", strange, templates, copies: 1),
        ]
    }
}

/// With a blank that Ruby does not write, so that the event takes the slow path.
private func spelledUnlikeRuby(_ event: [UInt8]) -> [UInt8] { [event[0], UInt8(ascii: " ")] + event.dropFirst() }

private func measure(
    _ name: String, _ events: PermanentEvents, _ templates: JobTemplates, copies: Int
) -> Figure {
    let scan = EventScan()
    let jobs = JobBuffer(capacity: 1 << 20)
    let elements = events.elements
    return .measure(name, subscriptions: templates.count) {
        var written = 0
        for number in 0..<$0 {
            guard case .event = scan.scan(elements[number % elements.count]) else { fatalError("not an event") }
            for copy in 0..<copies {
                // Strides over all templates, as events of many types would.
                templates.appendJob(
                    (number * 7919 + copy) % templates.count, of: scan, drivenAt: 1_795_254_919, to: jobs)
            }
            if number % 256 == 255 {
                written += jobs.count
                jobs.removeAll()
            }
        }
        written += jobs.count
        jobs.removeAll()
        precondition(written == $0 * copies, "\(written) copies instead of \($0 * copies)")
    }
}
