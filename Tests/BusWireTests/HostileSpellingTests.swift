import Foundation
import Testing

@testable import BusWire

/// Events whose spelling is meant to take long (F10): they are read as any other, and in a time that their size bounds.
@Suite(.timeLimit(.minutes(1))) struct HostileSpellingTests {
    // MARK: - What is read

    @Test func hostileSpellingsAreReadAsTrees() {
        var random = HostileJSON(generator: .announced(for: "hostileSpellingsAreReadAsTrees"))
        let scan = EventScan()
        for _ in 0..<3000 {
            let text = random.event()
            expectAgreement(about: element(text), text, with: scan)
            // The old shape has no text in a text.
            expectAgreement(
                about: Array(#"{"args" : [\#(text)],"class":"QueueBus::Driver"}"#.utf8), text, with: scan)
        }
    }

    private func expectAgreement(about element: [UInt8], _ text: String, with scan: EventScan) {
        element.withUnsafeBytes { bytes in
            let incoming = scan.scan(bytes)
            do throws(Poison) {
                let tree = try EventTree(bytes)
                try tree.requireEncodable()
                #expect(incoming == tree.incoming, "\(text)")
                #expect(scan.members.count == tree.attributes.count, "\(text)")
                for (place, attribute) in tree.attributes.enumerated() {
                    var key: [UInt8] = []
                    scan.appendKey(of: place, to: &key)
                    #expect(key == Array(attribute.key.utf8), "\(text)")
                    var value: [UInt8] = []
                    scan.appendText(of: place, to: &value)
                    #expect(String(decoding: value, as: UTF8.self) == RubyText.text(of: attribute.value), "\(text)")
                }
            } catch {
                #expect(incoming == .poison(error), "\(text)")
            }
        }
    }

    @Test func numbersOfFewDigitsAreTheirOwnShortestForm() {
        var random = HostileJSON(generator: .announced(for: "numbersOfFewDigitsAreTheirOwnShortestForm"))
        var shortest = 0
        for _ in 0..<20_000 {
            var text = random.number()
            text.withUTF8 { bytes in
                let bytes = UnsafeRawBufferPointer(bytes)
                let number = DecimalNumber(bytes)
                let double = Double(String(decoding: bytes, as: UTF8.self))!
                #expect(number.isFinite(spelled: bytes) == double.isFinite)
                guard number.isShortest(spelled: bytes), number.digits > 0 else { return }
                shortest += 1
                var description = double.description
                let reference = description.withUTF8 { DecimalNumber(UnsafeRawBufferPointer($0)) }
                #expect((number.digits, number.point) == (reference.digits, reference.point))
            }
        }
        #expect(shortest > 2000)
    }

    /// Digits that differ from few ones only behind many zeros; the end of Double's range, told by the twentieth digit;
    /// exponents that no Int holds.
    @Test(arguments: [
        ("142135814769864.00009e4", "1.4213581476986401e+18"), ("557787847274312.00009e-16", "0.055778784727431203"),
        ("1.79769313486231580791e308", "1.7976931348623157e+308"), ("1.797693134862315807999e308", "Infinity"),
        ("1e18446744073709551617", "Infinity"), ("1e-18446744073709551617", "0.0"), ("0e18446744073709551617", "0.0"),
    ])
    func numbersOfManyDigitsAreReadToTheLast(text: String, expected: String) {
        #expect(RubyText.number(text) == expected)
        var text = text
        text.withUTF8 { bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            #expect(DecimalNumber(bytes).isFinite(spelled: bytes) == (expected != "Infinity"))
        }
    }

    // MARK: - How long it takes

    /// What the value of `x` is full of, and how it begins and ends.
    static let fillings: [(name: String, opening: String, piece: String, closing: String)] = [
        ("floats with exponents", "[", "1e9,", "0]"), ("floats and blanks", "[", "1.5 ,", "0]"),
        ("integers", "[", "1,", "0]"),
        ("large exponents", "[", "1e308,", "0]"), ("many digits", "[", "0.12345678901234567,", "0]"),
        ("empty arrays", "[", "[],", "0]"), ("empty objects", "[", "{},", "0]"), ("comments", "[", "/**/1,", "0]"),
        ("objects", "[", #"{"a":1},"#, "0]"), ("repeated members", "[", #"{"a":1,"a":2},"#, "0]"),
        ("empty strings", "[", #""","#, "0]"), ("one number", "1", "0", ""), ("one number's fraction", "1.", "0", "1"),
        ("deep arrays", "[", String(repeating: "[", count: 97) + String(repeating: "]", count: 97) + ",", "0]"),
        ("quotes", #"""#, #"\""#, #"""#), ("backslashes", #"["#, #""\\\\","#, #"0]"#),
        ("escapes", #"""#, #"\u0041"#, #"""#),
        ("pairs of surrogates", #"""#, #"\ud83d\ude00"#, #"""#), ("line ends", #"""#, #"x\n"#, #"""#),
        ("beyond ASCII", #"["#, #""é","#, #"0]"#), ("not printable", #"[""#, "\u{7F}\u{378}", #""]"#),
    ]

    static let size = 512 << 10

    /// Generous, for a build without optimisation: what takes longest here needs a tenth of it, and needed ten times as
    /// much once.
    private static let limit = Duration.milliseconds(1500)

    @Test(arguments: fillings.map(\.name), [false, true])
    func timeIsBoundedBySize(of name: String, withBlank: Bool) throws {
        let filling = try #require(Self.fillings.first { $0.name == name })
        let head = (withBlank ? "{ " : "{") + #""x":"# + filling.opening
        let tail = filling.closing + #","bus_class_proxy":"QueueBus::Driver"}"#
        let count = (Self.size - element(head + tail).count) / (element(filling.piece).count - element("").count)
        try expectBoundedTime(of: element(head + String(repeating: filling.piece, count: count) + tail))
    }

    @Test(arguments: [1, 3000, 100_000])
    func timeOfManyMembersIsBounded(names: Int) throws {
        var members = ""
        var number = 0
        while members.utf8.count < Self.size * 3 / 4 {
            members += #""\#(number % names)":\#(number),"#
            number += 1
        }
        let event = #"{\#(members)"x":{\#(members)"y":1},"bus_class_proxy":"QueueBus::Driver"}"#
        try expectBoundedTime(of: element(event))
    }

    /// Each of a hundred objects holds a large value twice.
    @Test func timeOfNestedRepetitionsIsBounded() throws {
        let large = "[" + String(repeating: "1,", count: Self.size / 4) + "0]"
        let opening = String(repeating: #"{"a":1,"a":"#, count: 97)
        let value = opening + large + String(repeating: "}", count: 97)
        try expectBoundedTime(of: element(#"{ "x":\#(value),"bus_class_proxy":"QueueBus::Driver"}"#))
    }

    /// Everything that a driver does with an event, but for matching.
    private func expectBoundedTime(of element: [UInt8]) throws {
        let scan = EventScan()
        let templates = JobTemplates(subscriptions: [
            Subscription(appKey: "app", key: "k", queue: "q", className: "::QueueBus::Rider", filters: [])
        ])
        let buffer = JobBuffer()
        let elapsed = threadTime {
            element.withUnsafeBytes { bytes in
                guard case .event = scan.scan(bytes) else {
                    Issue.record("it is no event")
                    return
                }
                var text: [UInt8] = []
                for place in 0..<min(scan.members.count, 3) { scan.appendText(of: place, to: &text) }
                templates.appendJob(0, of: scan, drivenAt: 1, to: buffer)
            }
        }
        #expect(elapsed < Self.limit)
    }

    private func threadTime(_ body: () -> Void) -> Duration {
        func now() -> Duration {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        }
        let start = now()
        body()
        return now() - start
    }

    /// An element that cannot be driven, too, is put into its entry in bounded time.
    @Test func timeOfAnEntryIsBounded() throws {
        let element = element(#"{"x":["# + String(repeating: "1,", count: Self.size / 2))
        let entry = FailureEntry(failedAt: 0, exception: "E", message: "m", worker: "w", queue: "q")
        let elapsed = threadTime {
            _ = element.withUnsafeBytes { entry.encoded(for: $0) }
        }
        #expect(elapsed < Self.limit)
    }
}
