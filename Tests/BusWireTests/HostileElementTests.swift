import BusWire
import Foundation
import Testing

/// Event texts that somebody might send, in the manner of JSONTestSuite, and what Ruby's json 2.6.1 makes of them.
@Suite(.timeLimit(.minutes(1))) struct HostileElementTests {
    /// What stands in for `…` in `{"bus_class_proxy":"QueueBus::Driver","a":…}` and whether that is an event.
    static let values: [(String, Bool)] = [
        // Numbers.
        ("0", true), ("-0", true), ("-0.0", true), ("1E5", true), ("1e+5", true), ("1e-5", true), ("0e0", true),
        ("123456789012345678901234567890", true), ("1e308", true), ("1e309", false), ("1e400", false),
        ("-1e400", false),
        ("1e-400", true), ("[1e400]", false), ("0.00000001e310", true), ("1e99999999999999999999", false),
        ("1e-99999999999999999999", true), ("01", false), ("-01", false), ("-", false), ("+1", false), (".5", false),
        ("1.", false), ("1.e5", false), ("1e", false), ("1e+", false), ("0x1F", false), ("1_000", false),
        ("--1", false),
        ("1.5.5", false), ("1-2", false), ("NaN", false), ("Infinity", false), ("-Infinity", false), ("٣", false),
        // Words.
        ("null", true), ("true", true), ("false", true), ("nul", false), ("nulll", false), ("True", false),
        ("undefined", false),
        // Strings.
        (#""""#, true), (#""\u0000""#, true), (#""\u00E9""#, true), (#""\ud83d\ude00""#, true),
        (#""\uD83D\uDE00""#, true),
        (#""\/""#, true), (#""\q""#, true), (#""\é""#, true), ("\"\u{7F}\u{2028}\"", true), (#""\ud83d""#, false),
        (#""\ude00""#, false), (#""\ud83dx""#, false), (#""\ud83d\u0041""#, false), (#""\ud83d\ud83d""#, false),
        (#""\u12""#, false), (#""\u12G4""#, false), (#""\u""#, false), (#""\""#, false), ("'a'", false), ("\"a", false),
        ("\"\n\"", false), ("\"\t\"", false), ("\"\u{0}\"", false), ("\"\u{1F}\"", false),
        // Arrays and objects.
        ("[]", true), ("{}", true), ("[[],{}]", true), (#"{"a":{"a":[]}}"#, true), ("[1,]", false), ("[,1]", false),
        ("[1 2]", false), ("[1", false), ("]", false), ("[}", false), ("{]", false), (#"{"a"}"#, false),
        (#"{"a":}"#, false),
        (#"{"a":1,}"#, false), (#"{,"a":1}"#, false), ("{a:1}", false), ("{1:1}", false), (#"{"a" 1}"#, false),
        (#"{"a":1 "b":2}"#, false), (#"{"a":1,"a":2}"#, true),
        // White space and comments.
        (" 1 ", true), ("\t\r\n1", true), ("\u{0C}1", false), ("\u{A0}1", false), ("\u{FEFF}1", false),
        ("/* c */1", true),
        ("1// c\n", true), ("1// c", false), ("/* c 1", false), ("/*/1", false), ("/1", false), ("# c\n1", false),
    ]

    @Test(arguments: values)
    func value(_ value: String, isEvent: Bool) {
        let scanned = Scanned(inner: #"{"bus_class_proxy":"QueueBus::Driver","a":\#(value)}"#)
        expect(scanned.incoming, isEvent: isEvent)
    }

    /// Whole event texts.
    static let inners: [(String, Bool)] = [
        (#"{"bus_class_proxy":"QueueBus::Driver"}"#, true), (#" {"bus_class_proxy":"QueueBus::Driver"} "#, true),
        (#"{"bus_class_proxy":"QueueBus::Driver"}}"#, false), (#"{"bus_class_proxy":"QueueBus::Driver"}1"#, false),
        (#"{"bus_class_proxy":"QueueBus::Driver"}{}"#, false), (#"{"bus_class_proxy":"QueueBus::Driver"}//"#, false),
        (#"{"bus_class_proxy":"QueueBus::Driver"}/**/"#, true), (#"{"bus_class_proxy":"QueueBus::Driver",}"#, false),
        (#"{"bus_class_proxy":"QueueBus::Driver""#, false), (#"{"bus_class_proxy":"QueueBus::\u0044river"}"#, true),
        (#"{"bus_class_prox\u0079":"QueueBus::Driver"}"#, true),
        (#"{"bus_class_proxy":"X","bus_class_proxy":"QueueBus::Driver"}"#, true),
        (#"{"bus_class_proxy":"QueueBus::Driver","bus_class_proxy":"X"}"#, false),
        (#"{"bus_class_proxy":"QueueBus::Driver","bus_class_prox\u0079":"X"}"#, false),
        (#"{"bus_class_proxy":"ResqueBus::Driver"}"#, true), (#"{"bus_class_proxy":"::ResqueBus::Driver"}"#, true),
        (#"{"bus_class_proxy":"queuebus::driver"}"#, false), (#"{"bus_class_proxy":" QueueBus::Driver"}"#, false),
        (#"{"bus_class_proxy":"QueueBus::Rider"}"#, false), (#"{"bus_class_proxy":"QueueBus::Worker"}"#, false),
        (#"{"bus_class_proxy":null}"#, false), (#"{"bus_class_proxy":1}"#, false),
        (#"{"bus_class_proxy":["QueueBus::Driver"]}"#, false), ("{}", false), ("[]", false), ("null", false),
        ("true", false),
        ("5", false), (#""text""#, false), ("", false), (" ", false), ("\u{FEFF}{}", false),
    ]

    @Test(arguments: inners)
    func inner(_ inner: String, isEvent: Bool) {
        expect(Scanned(inner: inner).incoming, isEvent: isEvent)
    }

    /// Whole elements, as bytes that may be no text.
    static let elements: [(String, Bool)] = [
        ("", false), (" ", false), ("garbage", false), ("null", false), ("[]", false), ("{}", false), (#""x""#, false),
        (#"{"class":null,"args":[]}"#, false), (#"{"class":5,"args":[]}"#, false), (#"{"class":"","args":[]}"#, false),
        (#"{"class":"Other","args":["{}"]}"#, false), (#"{"class":"QueueBus::Rider","args":["{}"]}"#, false),
        (#"{"class":"QueueBus::Worker","args":[null]}"#, false), (#"{"class":"QueueBus::Worker","args":"x"}"#, false),
        (#"{"class":"QueueBus::Worker","args":["{\"bus_class_proxy\":\"QueueBus::Driver\"}"]"#, false),
        (#"{"class":"QueueBus::Worker","args":["{\"bus_class_proxy\":\"QueueBus::Driver\"}"]}x"#, false),
        (#"{"class":"QueueBus::Worker","args":["{\"bus_class_proxy\":\"QueueBus::Driver\"}"]} "#, true),
        (#"{"args":["{\"bus_class_proxy\":\"QueueBus::Driver\"}"],"class":"QueueBus::Worker"}"#, true),
        (#"{"class":"QueueBus::Worker","args":["{\u0022bus_class_proxy\u0022:\u0022QueueBus::Driver\u0022}"]}"#, true),
        (#"{"class":"X","args":["{\"bus_class_proxy\":\"QueueBus::Driver\"}"],"class":"QueueBus::Worker"}"#, true),
        (#"{"class":"QueueBus::Worker","args":["{\"a\":\"\"],\"bus_class_proxy\":\"QueueBus::Driver\"}"]}"#, false),
        (#"{"class":"QueueBus::Worker","args":["{\"a\":\"\\\"}"]}"#, false),
        (#"{"class":"QueueBus::Worker","args":["{"a":1,\"bus_class_proxy\":\"QueueBus::Driver\"}"]}"#, false),
        (#"{"class":"QueueBus::Worker","args":"{\"bus_class_proxy\":\"QueueBus::Driver\"}"}"#, true),
        (#"{"class":"QueueBus::Worker","args":1}"#, false), (#"{"class":"QueueBus::Worker","args":true}"#, false),
        (#"{"class":"QueueBus::Worker","args":false}"#, false),
        (#"{"class":"QueueBus::Driver","args":{"a":1}}"#, false),
        (#"{"class":"Object::QueueBus::Worker","args":["{\"bus_class_proxy\":\"QueueBus::Driver\"}"]}"#, true),
        (#"{"class":"QueueBus::Worker","args":["{\"bus_class_proxy\":\"::Object::QueueBus::Driver\"}"]}"#, true),
        (#"{"class":"Object::Object::QueueBus::Driver","args":[{"a":1}]}"#, true),
        (#"{"class":"QueueBus::Driver::","args":[{"a":1}]}"#, true),
        (#"{"class":"Object::::QueueBus::Driver","args":[{"a":1}]}"#, false),
        (#"{"class":"::::QueueBus::Driver","args":[{"a":1}]}"#, false),
        (#"{"class":"QueueBus::Object::Driver","args":[{"a":1}]}"#, false),
        (#"{"class":"::QueueBus::Driver","args":[{"a":1}]}"#, true),
        (#"{"class":"QueueBus::Driver","args":[{}]}"#, false),
        (#"{"class":"QueueBus::Driver","args":[{"a":1},{"b":2}]}"#, false),
        (#"{"class":"ResqueBus::Driver","args":{"a":1}}"#, false),
        (#"{"class":"ResqueBus::Driver","args":[[1]]}"#, false),
        (#"{"class":"ResqueBus::Driver","args":[{"a":1e400}]}"#, false),
        (#"{"class":"ResqueBus::Driver","args":[{"bus_class_proxy":"X"}]}"#, true),
        (#"{"class":"ResqueBus::Publisher","args":[]}"#, false),
        (#"{"class":"ResqueBus::Publisher","args":["t",5]}"#, false),
        (#"{"class":"QueueBus::Publisher","args":["t"]}"#, false),
    ]

    @Test(arguments: elements)
    func element(_ element: String, isEvent: Bool) {
        expect(Scanned(Array(element.utf8)).incoming, isEvent: isEvent)
    }

    private func expect(_ incoming: Incoming, isEvent: Bool) {
        if case .poison(let poison) = incoming {
            #expect(!isEvent, "\(poison)")
            #expect(!poison.exception.isEmpty && !poison.message.isEmpty)
        } else {
            #expect(isEvent && incoming == .event)
        }
    }

    @Test(arguments: [
        [0x80], [0xC0, 0x80], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xEF, 0xBF],
        [0xF0, 0x80, 0x80, 0x80],
        [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xFE, 0xFF],
    ])
    func bytesThatAreNotUTF8(bytes: [UInt8]) {
        for place in [
            #"{"a":"?","bus_class_proxy":"QueueBus::Driver"}"#, #"{"?":1,"bus_class_proxy":"QueueBus::Driver"}"#,
        ] {
            let whole = BusWireTests.element(place)
            let mark = whole.firstIndex(of: UInt8(ascii: "?"))!
            let damaged = whole[..<mark] + bytes + whole[(mark + 1)...]
            guard case .poison(let poison) = Scanned(Array(damaged)).incoming else {
                Issue.record("taken for a job")
                continue
            }
            #expect(poison.exception == "JSON::GeneratorError")
        }
    }

    /// The limit counts the event's own object: 99 arrays in it are allowed, 100 are not.
    @Test(arguments: [(99, true), (100, false)])
    func nesting(arrays: Int, isEvent: Bool) {
        for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
            let value =
                String(repeating: open, count: arrays) + (open == "[" ? "" : "1")
                + String(repeating: close, count: arrays)
            expect(Scanned(inner: #"{"bus_class_proxy":"QueueBus::Driver","d":\#(value)}"#).incoming, isEvent: isEvent)
            // The same through the parser, which the space sends it to.
            expect(Scanned(inner: #"{"bus_class_proxy":"QueueBus::Driver", "d":\#(value)}"#).incoming, isEvent: isEvent)
        }
    }

    /// A million brackets must not need a stack of their own, on either path.
    @Test func depthNeedsNoStack() {
        let brackets = String(repeating: "[", count: 1_000_000)
        let hostile = [
            BusWireTests.element(#"{"d":\#(brackets)}"#), BusWireTests.element(brackets), Array(brackets.utf8),
            BusWireTests.element(String(repeating: #"{"d":"#, count: 500_000) + "}"),
        ]
        let done = DispatchSemaphore(value: 0)
        let thread = Thread {
            for element in hostile {
                if case .poison = Scanned(element).incoming { done.signal() }
            }
        }
        thread.stackSize = 256 << 10
        thread.start()
        for _ in hostile { #expect(done.wait(timeout: .now() + 60) == .success) }
    }

    @Test func sizeIsLimited() {
        func event(ofSize size: Int) -> [UInt8] {
            let empty = BusWireTests.element(#"{"s":"","bus_class_proxy":"QueueBus::Driver"}"#).count
            let filling = String(repeating: "x", count: size - empty)
            return BusWireTests.element(#"{"s":"\#(filling)","bus_class_proxy":"QueueBus::Driver"}"#)
        }
        expect(Scanned(event(ofSize: EventScan.maximumByteCount)).incoming, isEvent: true)
        let tooLarge = Scanned(event(ofSize: EventScan.maximumByteCount + 1)).incoming
        guard case .poison(let poison) = tooLarge else {
            Issue.record("judged \(tooLarge)")
            return
        }
        #expect(poison.exception == "BusDriver::ElementTooLarge")
    }

    @Test(arguments: ["[]", "[1,2]", "{}", "null"])
    func heartbeatTakesAnyArguments(arguments: String) {
        for name in ["QueueBus::Heartbeat", "::QueueBus::Heartbeat", "ResqueBus::Heartbeat"] {
            #expect(Scanned(Array(#"{"class":"\#(name)","args":\#(arguments)}"#.utf8)).incoming == .heartbeat)
        }
    }

    /// What is quoted from an element must not make a megabyte of a sentence.
    @Test func reasonsAreShort() {
        let long = String(repeating: "9", count: 1_000_000)
        for element in [
            BusWireTests.element(#"{"bus_class_proxy":"\#(long)"}"#),
            BusWireTests.element(#"{"bus_class_proxy":"QueueBus::Driver","n":\#(long).5}"#),
            Array(#"{"class":"\#(long)","args":[]}"#.utf8), Array(#"{"class":"\#(long)","args":{}}"#.utf8),
        ] {
            guard case .poison(let poison) = Scanned(element).incoming else {
                Issue.record("taken for a job")
                continue
            }
            #expect(poison.message.utf8.count < 500)
        }
    }

    @Test(arguments: [64, 65, 5000])
    func manyMembers(count: Int) throws {
        let members = (1..<count).map { JSONMember("k\($0)", .integer($0)) }
        let event = JSONValue.object(members + [JSONMember("bus_class_proxy", "QueueBus::Driver")])
        let scanned = Scanned(inner: String(decoding: try event.encoded(), as: UTF8.self))
        #expect(scanned.incoming == .event)
        #expect(scanned.attributes == event.members)
        #expect(scanned.isRewritten == (count > 64))
    }

    /// What was found is forgotten with the next element, also when that is poison.
    @Test func scansDoNotLeakIntoEachOther() {
        let scan = EventScan()
        let event = BusWireTests.element(#"{"bus_driven_at":1,"bus_class_proxy":"QueueBus::Driver"}"#)
        #expect(Scanned(event, with: scan).attributes.count == 2)
        #expect(Scanned(BusWireTests.element("5"), with: scan).attributes.isEmpty)
        #expect(Scanned(BusWireTests.element("{}"), with: scan).attributes.isEmpty)
        #expect(Scanned(event, with: scan).attributes.count == 2)
    }
}
