/// What was published, and where each event must end: the model's own matcher, as simple as arithmetic.
struct EventBook {
    enum Shape {
        case plain
        /// Broken: it belongs into `failed`.
        case poison
        /// A publisher job: it first comes back as a new event.
        case delayed
    }

    /// Every queue, and which event numbers its subscription matches.
    static let destinations = ["a", "b", "c"]

    static func matches(_ number: Int, _ destination: String) -> Bool {
        switch destination {
        case "a": true
        case "b": number % 2 == 0
        default: number % 3 == 0
        }
    }

    /// The subscriptions that make a driver decide so.
    static let records: [(app: String, record: String)] = [
        ("app_a", #"{"queue_name":"a","key":"all","class":"::Rider","matcher":{"bus_event_type":"tick"}}"#),
        ("app_b", #"{"queue_name":"b","key":"even","class":"::Rider","matcher":{"even":"(?-mix:^y)"}}"#),
        (
            "app_c",
            #"{"queue_name":"c","key":"third","class":"::Rider","matcher":{"third":"bus_special_value_present"}}"#
        ),
    ]

    private(set) var published = 0
    /// How often the event was published whose bytes are always the same: number 0.
    private(set) var equals = 0
    /// Every event that Redis has not forgotten, with its shape.
    private(set) var shapes: [Int: Shape] = [:]
    /// What riders have taken, in order.
    var taken: [String: [Int]] = [:]
    /// What a Ruby driver has taken from the incoming list and handed on.
    var driven: [Int] = []

    /// The next event as Ruby writes it.
    mutating func next(_ shape: Shape) -> String {
        published += 1
        shapes[published] = shape
        return Self.element(published, shape)
    }

    /// The event that is always the same.
    mutating func nextEqual() -> String {
        equals += 1
        return Self.element(0, .plain)
    }

    private static func element(_ number: Int, _ shape: Shape) -> String {
        var inner = #"{"bus_published_at":1,"bus_event_type":"tick","bus_id":"\#(number)""#
        if matches(number, "b") { inner += #","even":"yes""# }
        if matches(number, "c") { inner += #","third":"\#(number)""# }
        let proxy = shape == .delayed ? "Publisher" : "Driver"
        inner += shape == .poison ? " broken" : #","bus_class_proxy":"QueueBus::\#(proxy)"}"#
        return #"{"class":"QueueBus::Worker","args":["\#(inner.replacing("\"", with: "\\\""))"]}"#
    }

    /// Redis' history lost its end: what it still holds is all that was ever published.
    mutating func forget(except survivors: [Int]) {
        let known = Set(survivors)
        shapes = shapes.filter { known.contains($0.key) }
        equals = survivors.count { $0 == 0 }
    }

    /// Each event is in one place: waiting, in flight, or handed over (I1).
    func checkConservation(_ snapshot: Snapshot) throws {
        let found = Tally(snapshot.whole + driven + (taken["a"] ?? []))
        try found.require(Array(shapes.keys), equals: equals, "I1 conservation")
    }

    /// What is handed over to one subscriber is handed over to all, or waits for the janitor.
    func checkFanOut(_ snapshot: Snapshot) throws {
        let driven = (taken["a"] ?? []) + (snapshot.lists["a"] ?? [])
        for destination in Self.destinations {
            let found = (taken[destination] ?? []) + (snapshot.lists[destination] ?? [])
            let reached = Set(found + (snapshot.failedCopies[destination] ?? []) + snapshot.kept)
            let missing = driven.filter { Self.matches($0, destination) && !reached.contains($0) }
            if !missing.isEmpty { throw Broken("I2 fan-out: \(missing.prefix(8)) did not reach \(destination)") }
        }
    }

    /// Each subscriber got what it must, once (I2).
    func checkDeliveries(_ snapshot: Snapshot) throws {
        let elsewhere = Set(snapshot.failed + driven)
        let equals = equals - (snapshot.failed + driven).count { $0 == 0 }
        for destination in Self.destinations {
            let expected = shapes.keys.filter { Self.matches($0, destination) && !elsewhere.contains($0) }
            let found = (taken[destination] ?? []) + (snapshot.lists[destination] ?? [])
            try Tally(found + (snapshot.failedCopies[destination] ?? [])).require(
                expected, equals: equals, "I2 deliveries to \(destination)")
        }
        let poisoned = shapes.filter { $0.value == .poison }.map(\.key)
        guard Set(poisoned).isSubset(of: elsewhere) else { throw Broken("I2: a broken event is not in failed") }
    }

    /// The order of publishing is the order of delivery (I6).
    func checkOrder(_ snapshot: Snapshot) throws {
        for destination in Self.destinations where destination != "c" {
            let all = ((taken[destination] ?? []) + (snapshot.lists[destination] ?? [])).filter { $0 > 0 }
            for (earlier, later) in zip(all, all.dropFirst()) where earlier > later {
                throw Broken("I6 order: \(earlier) before \(later) on \(destination)")
            }
        }
    }
}

/// A multiset of event numbers.
private struct Tally {
    private var counts: [Int: Int] = [:]

    init(_ numbers: [Int]) {
        for number in numbers { counts[number, default: 0] += 1 }
    }

    func require(_ expected: [Int], equals: Int, _ name: String) throws {
        let expected = Set(expected)
        var counts = counts
        guard counts.removeValue(forKey: 0) ?? 0 == equals else {
            throw Broken("\(name): \(self.counts[0] ?? 0) of \(equals) equal events")
        }
        let lost = expected.filter { counts[$0] == nil }.sorted()
        let doubled = counts.filter { $0.value > 1 }.map(\.key).sorted()
        let strange = counts.keys.filter { !expected.contains($0) }.sorted()
        guard lost.isEmpty, doubled.isEmpty, strange.isEmpty else {
            throw Broken("\(name): lost \(lost.prefix(8)), doubled \(doubled.prefix(8)), unknown \(strange.prefix(8))")
        }
    }
}
