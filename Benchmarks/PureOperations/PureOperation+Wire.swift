import BusWire

extension PureOperation {
    static let reading = sizes.flatMap { size in
        [
            reading("scan", size, copies: 0),
            reading("scan and 1 copy", size, copies: 1),
            reading("scan and 5 copies", size, copies: 5),
            reading("scan of another spelling, 1 copy", size, copies: 1, spelling: spelledUnlikeRuby),
        ]
    }

    private static func reading(
        _ name: String, _ size: Int, copies: Int, spelling: @escaping @Sendable ([UInt8]) -> [UInt8] = { $0 }
    ) -> PureOperation {
        PureOperation(part: .wire, name: name, subscriptions: size, repetitions: 5_000) {
            let workload = PureWorkload(subscriptions: size)
            let events = PermanentEvents(workload.events(matches: 1).map(spelling))
            return read(events, JobTemplates(subscriptions: workload.subscriptions), copies: copies)
        }
    }

    /// With a blank that Ruby does not write, so that the event takes the slow path.
    @Sendable private static func spelledUnlikeRuby(_ event: [UInt8]) -> [UInt8] {
        [event[0], UInt8(ascii: " ")] + event.dropFirst()
    }

    private static func read(_ events: PermanentEvents, _ templates: JobTemplates, copies: Int) -> (Int) -> Void {
        let scan = EventScan()
        let jobs = JobBuffer(capacity: 1 << 20)
        return { times in
            let elements = events.elements
            var written = 0
            for number in 0..<times {
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
            precondition(written == times * copies, "\(written) copies instead of \(times * copies)")
        }
    }
}
