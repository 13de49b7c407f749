import BusMatching
import BusWire
import Foundation
import Testing

/// The decisions that the Ruby gem made under MRI 3.1.2 (vectors/README.md).
@Suite(.timeLimit(.minutes(1))) struct MatcherVectorTests {
    struct Vector {
        let line: Int
        let filters: [SubscriptionFilter]
        let attributes: [JSONMember]
        let match: Bool
        let tags: String
        let text: String
    }

    /// Lines of matcher.jsonl that we decide differently on purpose, all of them `regex-exotic`, and why.
    static let deviations: [Int: String] = [:]

    static func vectors() throws -> [Vector] {
        let file = try #require(
            Bundle.module.url(forResource: "matcher", withExtension: "jsonl", subdirectory: "vectors"))
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        return try lines.enumerated().map { number, text in
            let vector = try JSONValue.parse(String(text))
            return Vector(
                line: number + 1,
                filters: try #require(vector["filters"]?.members).map {
                    SubscriptionFilter(name: $0.key, pattern: try #require($0.value.string))
                },
                attributes: try #require(vector["attributes"]?.members),
                match: vector["match"] == .bool(true),
                tags: try #require(vector["class"]?.string), text: String(text))
        }
    }

    @Test("Every vector but the listed deviations is decided as Ruby decided it")
    func index() throws {
        let vectors = try Self.vectors()
        #expect(vectors.count == 1596)
        for vector in vectors {
            let outcome = FilterTrial(vector.filters).outcome(for: vector.attributes)
            let expected = Self.deviations[vector.line] == nil ? vector.match : !vector.match
            #expect(outcome == .matches(expected), "line \(vector.line): \(vector.text)")
            #expect(Self.deviations[vector.line] == nil || vector.tags == "regex-exotic")
        }
        #expect(Self.deviations.count <= 5)
    }

    @Test("The same through the scanner of incoming elements, as far as Ruby could write the event")
    func scanned() throws {
        let scan = EventScan()
        let scratch = MatchScratch()
        var count = 0
        for vector in try Self.vectors() where Self.deviations[vector.line] == nil {
            let inner = JSONValue.object(vector.attributes).setting("bus_class_proxy", to: "QueueBus::Driver")
            // Infinity cannot be written.
            guard let text = try? inner.encoded() else { continue }
            let element = try JSONValue.object([
                JSONMember("class", "QueueBus::Worker"),
                JSONMember("args", .array([.string(String(decoding: text, as: UTF8.self))])),
            ]).encoded()
            let subscription = Subscription(
                appKey: "app", key: "key", queue: "app_default", className: "::QueueBus::Rider",
                filters: vector.filters)
            let index = SubscriptionIndex(subscriptions: [subscription])
            element.withUnsafeBytes { element in
                #expect(scan.scan(element) == .event)
                index.match(scan, using: scratch)
                #expect(scratch.matches.isEmpty == !vector.match, "line \(vector.line): \(vector.text)")
            }
            count += 1
        }
        #expect(count >= 1590)
    }
}
