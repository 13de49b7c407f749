import BusWire
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1))) struct FailureEntryTests {
    private let entry = FailureEntry(
        failedAt: 1_795_239_451, exception: "NameError", message: "say \"no\"", backtrace: ["a", "b\n"],
        worker: "host:1:bus_incoming", queue: "bus_incoming")

    private func encoded(_ element: some Collection<UInt8>) -> [UInt8] {
        Array(element).withUnsafeBytes { entry.encoded(for: $0) }
    }

    @Test func goodJobIsEmbeddedAsItIs() {
        let text = String(decoding: encoded(#"{"class":"No::Such", "args":["{}"]}"#.utf8), as: UTF8.self)
        #expect(
            text == #"{"failed_at":"2026/11/21 05:37:31 UTC","payload":{"class":"No::Such", "args":["{}"]},"#
                + #""exception":"NameError","error":"say \"no\"","backtrace":["a","b\n"],"#
                + #""worker":"host:1:bus_incoming","queue":"bus_incoming"}"#)
    }

    static let unshowable: [[UInt8]] = [
        Array("garbage".utf8), Array("".utf8), Array("[1]".utf8), Array(#"{"args":[]}"#.utf8),
        Array(#"{"class":5}"#.utf8),
        Array(#"{"class":"X","args":[1e400]}"#.utf8), Array(#"{"class":"X","args":["\ud800"]}"#.utf8),
        Array(#"{"class":"X","args":[""#.utf8) + [0xFF] + Array(#""]}"#.utf8), [0, 1, 2, 255], Array("\"\\\u{1}".utf8),
        Array(
            (#"{"class":"X","args":"# + String(repeating: "[", count: 99) + String(repeating: "]", count: 99) + "}")
                .utf8),
    ]

    /// The entry is JSON that Ruby can read, and the exact bytes come back out of it.
    @Test(arguments: unshowable)
    func otherElementsKeepTheirBytes(element: [UInt8]) throws {
        let value = try JSONValue.parse(encoded(element))
        #expect(
            value.members?.map(\.key) == [
                "failed_at", "payload", "exception", "error", "backtrace", "busdriver_raw", "worker", "queue",
            ])
        #expect(value["payload"]?["class"] == "QueueBus::Worker")
        #expect(value["payload"]?["args"] == [.string(String(decoding: element, as: UTF8.self))])
        #expect(value["busdriver_raw"]?.string == Data(element).base64EncodedString())
        #expect(FailureEntry.element(of: value) == element)
    }

    @Test func deepestElementThatCanBeEmbedded() throws {
        let element =
            #"{"class":"X","args":"# + String(repeating: "[", count: 98) + String(repeating: "]", count: 98) + "}"
        let value = try JSONValue.parse(encoded(element.utf8))
        #expect(value["busdriver_raw"] == nil)
    }

    @Test func largeElementsAreShownInPart() throws {
        let (head, tail) = (Array(#"{"class":"X","args":[""#.utf8), Array(#""]}"#.utf8))
        let rest = EventScan.maximumByteCount + 1 - head.count - tail.count
        let element = head + Array(repeating: UInt8(ascii: "x"), count: rest) + tail
        let value = try JSONValue.parse(encoded(element))
        let shown = try #require(value["payload"]?["args"]?.elements?.first?.string)
        #expect(shown.utf8.count < 70_000 && shown.hasSuffix("… (\(element.count) bytes)"))
        #expect(FailureEntry.element(of: value) == element)
    }

    @Test func entriesOfRubyWorkersGiveClassAndArgs() throws {
        let value = try JSONValue.parse(#"{"payload":{"class":"A","args":["é"]},"retried_at":"x"}"#)
        #expect(FailureEntry.element(of: value) == Array(#"{"class":"A","args":["é"]}"#.utf8))
        #expect(FailureEntry.element(of: ["payload": nil]) == nil)
        #expect(FailureEntry.element(of: ["busdriver_raw": "A"]) == nil)
        #expect(FailureEntry.element(of: ["busdriver_raw": "AA=A"]) == nil)
        #expect(FailureEntry.element(of: ["busdriver_raw": "A==="]) == nil)
    }

    @Test func base64OfEveryLength() throws {
        for count in 0...40 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 200) }
            let value = try JSONValue.parse(encoded(bytes))
            #expect(value["busdriver_raw"]?.string == Data(bytes).base64EncodedString())
            #expect(FailureEntry.element(of: value) == bytes)
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct CivilTimeTests {
    /// Against Foundation, over eight centuries and in a zone.
    @Test func agreesWithFoundation() throws {
        var generator = SeededGenerator.announced(for: "agreesWithFoundation")
        var calendar = Calendar(identifier: .gregorian)
        let edges = [0, -1, 951_782_399, 951_782_400, 951_868_800, 1_709_164_800, 4_107_542_400]
        for round in 0..<2000 {
            let epoch =
                round < edges.count ? edges[round] : Int.random(in: -12_000_000_000...12_000_000_000, using: &generator)
            let offset = Int.random(in: -12...12, using: &generator) * 3600
            calendar.timeZone = try #require(TimeZone(secondsFromGMT: offset))
            let date = Date(timeIntervalSince1970: Double(epoch))
            let expected = calendar.dateComponents(
                [.year, .month, .day, .hour, .minute, .second, .weekday, .dayOfYear], from: date)
            let time = CivilTime(epoch: epoch, offset: offset)
            #expect([time.year, time.month, time.day] == [expected.year, expected.month, expected.day])
            #expect([time.hour, time.minute, time.second] == [expected.hour, expected.minute, expected.second])
            #expect([time.weekday + 1, time.yearDay] == [expected.weekday, expected.dayOfYear])
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct BusKeysTests {
    @Test func namespaceIsAPrefix() {
        let keys = BusKeys()
        #expect(keys.queue("bus_incoming") == "resque:queue:bus_incoming")
        #expect(keys.app("app_b") == "resque:bus_app:app_b" && keys.apps.hasPrefix(keys.appPrefix))
        #expect(keys.inFlight("h:1:ab", 7) == "resque:busdriver:inf:h:1:ab:7")
        #expect(keys.schedulerLock == "resque:resque:resque_scheduler_master_lock")
        #expect(keys.stat("processed", worker: "w") == "resque:stat:processed:w")
    }

    @Test func emptyNamespaceHasNoColon() {
        let keys = BusKeys(namespace: "")
        #expect(keys.queues == "queues" && keys.failed == "failed" && keys.drivers == "busdriver:drivers")
        #expect(keys.schedulerLock == "resque_scheduler_master_lock")
    }
}
