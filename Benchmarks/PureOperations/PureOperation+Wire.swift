import BusWire

extension PureOperation {
    static let reading = readingOfUsualEvents + readingOfHostileEvents

    private static let readingOfUsualEvents = sizes.flatMap { size in
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

    /// What keeps a reader of JSON busiest: objects that repeat a member, and one object of very many members.
    private static let readingOfHostileEvents = [
        hostile("scan of 64 KiB of repeated members") { _ in #"\"x\":{\"a\":1,\"a\":2},"# },
        hostile("scan of 64 KiB of members") { number in #"\"\#(number)\":1,"# },
    ]

    private static func hostile(_ name: String, member: @escaping @Sendable (Int) -> String) -> PureOperation {
        PureOperation(part: .wire, name: name, subscriptions: 10_000, repetitions: 20) {
            var text = #"{"class":"QueueBus::Worker","args":["{ "#
            var number = 0
            while text.utf8.count < 64 << 10 {
                text += member(number)
                number += 1
            }
            text += #"\"bus_class_proxy\":\"QueueBus::Driver\"}"]}"#
            let events = PermanentEvents([Array(text.utf8)])
            let scan = EventScan()
            return { times in
                for _ in 0..<times {
                    guard case .event = scan.scan(events.elements[0]) else { fatalError("not an event") }
                }
            }
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
