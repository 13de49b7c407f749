import BusMatching
import BusWire

extension PureOperation {
    /// How many events, each with another text, are judged in turn.
    private static let texts = 1_000

    /// One event against many regular expressions on one attribute. What 1 000 cost beside 10 is the point.
    static let matchingPatterns = PatternWorkload.Shape.allCases.flatMap { shape in
        [10, 1_000].map { patterns in
            PureOperation(
                part: .match, name: "match, \(shape.description)", subscriptions: patterns, repetitions: texts
            ) {
                let workload = PatternWorkload(shape, patterns: patterns)
                return match(
                    workload.events(texts), by: SubscriptionIndex(subscriptions: workload.subscriptions)
                ) { shape.matches(amongEvents: $0) }
            }
        }
    }

    /// From the subscriptions to the first event judged, with nothing compiled before.
    static let indexingPatterns = [1_000, 10_000].map { patterns in
        PureOperation(
            part: .index, name: "compile and index regular expressions, judge one event", subscriptions: patterns,
            repetitions: max(1, 1_000 / patterns)
        ) {
            let workload = PatternWorkload(.last, patterns: patterns)
            let judging = workload.events(1)
            return { times in
                for _ in 0..<times {
                    let index = SubscriptionIndex(subscriptions: workload.subscriptions)
                    match(judging, by: index) { _ in 0 }(1)
                }
            }
        }
    }
}
