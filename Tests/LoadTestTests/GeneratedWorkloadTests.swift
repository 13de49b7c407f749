import BusMatching
import BusWire
import RubyRegex
import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct GeneratedWorkloadTests {
    private let stamp = EventStamp(run: "0a1b2c3d")

    private func shape(_ change: (inout Scenario.Shape) -> Void) -> Scenario.Shape {
        var shape = Scenario.Shape()
        change(&shape)
        return shape
    }

    // MARK: What is published

    @Test(arguments: [
        Scenario.Shape(),
        Scenario.Shape(applications: 1, subscriptionsPerApplication: 1, regex: 1),
        Scenario.Shape(
            applications: 7, subscriptionsPerApplication: 30, matchesPerEvent: 3, unmatched: 0.2, regex: 0.5,
            malformed: 0.1, payload: .lognormal(median: 600, sigma: 1)),
        Scenario.Shape(applications: 20, subscriptionsPerApplication: 3, matchesPerEvent: 20, unmatched: 0.5),
    ])
    func everyEventGoesWhereTheDriversMatcherSays(_ shape: Scenario.Shape) throws {
        let workload = try GeneratedWorkload(shape, seed: 7)
        let judge = WorkloadJudge(workload)
        for sequence in 0..<10_000 {
            let element = workload.element(sequence, stamp: stamp)
            let (incoming, destinations) = judge.judge(element)
            #expect(destinations == workload.destinations(of: sequence))
            #expect(element.withUnsafeBytes { stamp.sequence(in: $0) } == sequence)
            switch workload.kind(of: sequence) {
            case .matched:
                #expect(incoming == .event)
                #expect(destinations.count == shape.matchesPerEvent)
                #expect(Set(destinations).count == destinations.count)
            case .unmatched:
                #expect(incoming == .event)
                #expect(destinations.isEmpty)
            case .malformed:
                guard case .poison = incoming else {
                    Issue.record("the driver takes \(String(decoding: element, as: UTF8.self))")
                    return
                }
            }
        }
    }

    @Test func theSharesAreThoseAskedFor() throws {
        let count = 100_000
        let workload = try GeneratedWorkload(
            shape {
                $0.unmatched = 0.2
                $0.malformed = 0.01
            }, seed: 3)
        var seen: [WorkloadKind: Int] = [:]
        for sequence in 0..<count { seen[workload.kind(of: sequence), default: 0] += 1 }
        for (kind, share) in [(WorkloadKind.matched, 0.79), (.unmatched, 0.2), (.malformed, 0.01)] {
            let expected = Double(count) * share
            let deviation = (expected * (1 - share)).squareRoot()
            #expect(abs(Double(seen[kind] ?? 0) - expected) < 4 * deviation, "\(kind)")
        }
    }

    @Test(arguments: [0.0, 1]) func aShareOfNoneOrAllIsExact(share: Double) throws {
        let malformed = try GeneratedWorkload(shape { $0.malformed = share }, seed: 3)
        let unmatched = try GeneratedWorkload(shape { $0.unmatched = share }, seed: 3)
        for sequence in 0..<10_000 {
            #expect((malformed.kind(of: sequence) == .malformed) == (share == 1))
            #expect((unmatched.kind(of: sequence) == .unmatched) == (share == 1))
        }
    }

    @Test func everyApplicationAndTypeGetsItsShare() throws {
        let count = 100_000
        let workload = try GeneratedWorkload(shape { $0.matchesPerEvent = 2 }, seed: 5)
        var copies = [Int](repeating: 0, count: workload.queues.count)
        for sequence in 0..<count {
            for queue in workload.destinations(of: sequence) { copies[Int(queue)] += 1 }
        }
        let expected = count * 2 / workload.queues.count
        for count in copies { #expect(abs(count - expected) < expected / 20) }
    }

    @Test func malformedElementsAreOfEveryVariety() throws {
        let workload = try GeneratedWorkload(shape { $0.malformed = 1 }, seed: 5)
        var exceptions: Set<String> = []
        var isTruncated = false
        let judge = WorkloadJudge(workload)
        for sequence in 0..<1000 {
            let element = workload.element(sequence, stamp: stamp)
            #expect(element.count == 385)
            isTruncated = isTruncated || (element.first == UInt8(ascii: "{") && element.last != UInt8(ascii: "}"))
            if case .poison(let poison) = judge.judge(element).incoming { exceptions.insert(poison.exception) }
        }
        #expect(isTruncated)
        #expect(exceptions == ["Resque::Helpers::DecodeException", "QueueBus::Util::DecodeException"])
    }

    // MARK: Sizes

    @Test(arguments: [385, 1000, 65_536]) func aFixedSizeIsExact(size: Int) throws {
        let workload = try GeneratedWorkload(
            shape {
                $0.payload = .fixed(size)
                $0.malformed = 0.3
            }, seed: 1)
        for sequence in 0..<1000 { #expect(workload.element(sequence, stamp: stamp).count == size) }
    }

    @Test func logNormalSizesHaveTheirMedianAndSpread() throws {
        let workload = try GeneratedWorkload(shape { $0.payload = .lognormal(median: 2000, sigma: 0.5) }, seed: 1)
        let sizes = (0..<20_000).map { workload.element($0, stamp: stamp).count }.sorted()
        #expect((1950...2050).contains(sizes[10_000]))
        // A normal distribution has 84.13 % below one deviation above its mean: 2000 · e^0.5 = 3297.
        #expect((3200...3400).contains(sizes[16_827]))
    }

    @Test func anElementFollowsWhatTheBufferHoldsAlready() throws {
        let workload = try GeneratedWorkload(shape { $0.malformed = 0.5 }, seed: 1)
        for sequence in 0..<100 {
            var bytes = Array("before".utf8)
            workload.append(sequence, stamp: stamp, to: &bytes)
            #expect(bytes == Array("before".utf8) + workload.element(sequence, stamp: stamp))
        }
    }

    // MARK: Subscriptions

    @Test func subscriptionsHaveRubysShape() throws {
        let workload = try GeneratedWorkload(
            Scenario.Shape(applications: 1, subscriptionsPerApplication: 1, regex: 0), seed: 1)
        #expect(workload.queues == ["lt_app_01_default"])
        #expect(
            workload.applications == [
                WorkloadApplication(
                    name: "lt_app_01",
                    records: [
                        "lt_event_000000":
                            #"{"queue_name":"lt_app_01_default","key":"lt_event_000000","class":"::QueueBus::Rider","#
                            + #""matcher":{"bus_event_type":"lt_event_000000"}}"#
                    ])
            ])
    }

    @Test func filtersAreMixedAsAskedFor() throws {
        let workload = try GeneratedWorkload(
            Scenario.Shape(applications: 10, subscriptionsPerApplication: 100, regex: 0.2), seed: 1)
        let subscriptions = WorkloadJudge(workload).index.subscriptions
        #expect(subscriptions.count == 1000)
        #expect(subscriptions.count { $0.filters.count == 2 } == 100)
        let patterns = subscriptions.map { Predicate.classify($0.filters[0].pattern) }
        let isAnchored = subscriptions.map { $0.filters[0].pattern.hasPrefix("(?-mix:^") }
        #expect(isAnchored.count { $0 } == 200)
        let mustRun = patterns.count { if case .regex(let pattern) = $0 { pattern.plain == nil } else { false } }
        #expect((80...120).contains(mustRun))
    }

    @Test func theSameSeedIsTheSameWorkload() throws {
        let first = try GeneratedWorkload(shape { $0.regex = 0.5 }, seed: 9)
        let again = try GeneratedWorkload(shape { $0.regex = 0.5 }, seed: 9)
        let other = try GeneratedWorkload(shape { $0.regex = 0.5 }, seed: 10)
        #expect(first.applications == again.applications)
        #expect(first.applications != other.applications)
        let elements = { (workload: GeneratedWorkload) in (0..<100).map { workload.element($0, stamp: stamp) } }
        let isSame = elements(first) == elements(again)
        let isOther = elements(first) != elements(other)
        #expect(isSame && isOther)
    }

    // MARK: Shapes that cannot be

    @Test(arguments: [
        (Scenario.Shape(applications: 2, matchesPerEvent: 3), "3 matches per event need 3 applications"),
        (Scenario.Shape(applications: 0), "choose 1 to 65536"),
        (Scenario.Shape(subscriptionsPerApplication: 0), "choose 1 or more"),
        (Scenario.Shape(applications: 1001, subscriptionsPerApplication: 1000), "are too many"),
        (Scenario.Shape(applications: 100, matchesPerEvent: 65), "choose 64 or fewer"),
        (Scenario.Shape(matchesPerEvent: 0), "a share of 100% for unmatched"),
        (Scenario.Shape(unmatched: 1.1), "The share of unmatched events is 1.1"),
        (Scenario.Shape(regex: -0.1), "The share of regular expressions is -0.1"),
        (Scenario.Shape(malformed: .nan), "The share of malformed elements is nan"),
        (Scenario.Shape(unmatched: 0.6, malformed: 0.5), "together above 100%"),
        (Scenario.Shape(payload: .fixed(100)), "The payload size is 100 bytes; choose"),
        (Scenario.Shape(payload: .fixed(2 << 20)), "The payload size is 2097152 bytes; choose"),
        (Scenario.Shape(payload: .lognormal(median: 10, sigma: 1)), "The median of the payload size is 10.0"),
        (Scenario.Shape(payload: .lognormal(median: 500, sigma: -1)), "The sigma of the payload size is -1.0"),
    ])
    func anImpossibleShapeIsRefused(shape: Scenario.Shape, sentence: String) {
        let error = #expect(throws: ScenarioError.self) { try GeneratedWorkload(shape, seed: 1) }
        #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "nothing")")
    }
}
