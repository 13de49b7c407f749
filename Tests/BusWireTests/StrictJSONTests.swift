import BusWire
import Foundation
import Testing

/// F12: an entry of `failed` is JSON for every parser, whatever the element is that failed.
@Suite(.timeLimit(.minutes(1))) struct StrictJSONTests {
    private static let entry = FailureEntry(
        failedAt: 1_795_239_451, exception: "NameError", message: "no", worker: "host:1:bus_incoming",
        queue: "bus_incoming")

    private static func encoded(_ element: [UInt8]) -> [UInt8] {
        element.withUnsafeBytes { entry.encoded(for: $0) }
    }

    /// Text that Ruby's parser reads, or some other lenient one, and strict ones do not.
    static let lenient: [String] = [
        #"{"class":"X","args":["\M"]}"#, #"{"class":"X","args":["\'"]}"#, #"{"class":"X","args":["\u12G4"]}"#,
        #"{"\class":"X","args":[]}"#, #"{"class":"X","args":[] /* c */}"#, "{\"class\":\"X\"} // c\n",
        "//\n{\"class\":\"X\"}",
        "{\"class\":\"a\u{1}b\"}", "{\"class\":\"a\nb\"}", #"{"class":"X","args":["\ud83d"]}"#,
        #"{"class":"X","args":["\ude00\ud83d"]}"#, #"{"class":"X","args":[NaN]}"#, #"{"class":"X","args":[-Infinity]}"#,
        #"{"class":"X","args":[01]}"#, #"{"class":"X","args":[+1]}"#, #"{"class":"X","args":[1.]}"#,
        #"{"class":"X","args":[.5]}"#, #"{"class":"X","args":[-]}"#, #"{"class":"X","args":[1e]}"#,
        #"{"class":"X","args":[1,]}"#, #"{"class":"X","args":[],}"#, #"{"class":"X" "args":[]}"#, "{'class':'X'}",
        #"{"class":"X","args":[1e999]}"#, #"{"class":"X","args":[-1e309]}"#,
        #"{"class":"X","args":["# + String(repeating: "9", count: 400) + "]}", #"{"class":"X"}{}"#, #"{"class":"X"} x"#,
        "{\"class\":\"X\"}\u{0}", "\u{FEFF}{\"class\":\"X\"}", #"{"class":"X","class":5}"#,
        #"{"class":"X","args":[tru]}"#, "{\"class\":\"X\",\u{C}\"args\":[]}",
        #"{"class":"X","a":"\#u{0}"}"#, "{\"class\":\"X\",\"a\":\"\u{0}\"}", #"{"class":"X"#, #"{"class":"X\"}"#,
    ]

    @Test(arguments: lenient) func whatOnlyLenientParsersReadIsNoPayload(text: String) throws {
        let entry = try Self.checked(Array(text.utf8))
        #expect(entry["busdriver_raw"] as? String == Data(text.utf8).base64EncodedString())
        #expect(try FailureEntry.element(of: JSONValue.parse(Self.encoded(Array(text.utf8)))) == Array(text.utf8))
    }

    static let strict: [String] = [
        #"{"class":"X","args":["\"\\\/\b\f\n\r\tA😀é€"]}"#, #"{"cl\u0061ss":"X","args":[]}"#,
        "\t{ \"class\" :\r\n\"X\" , \"args\" : [ 1 , -0 , 0.5e-7 , 1E+2 , true , false , null , { } , [ ] ] }\n",
        #"{"class":5,"class":"X"}"#,
        #"{"class":"X","args":[1e308,-1e-999,"#
            + String(repeating: "9", count: 308) + "]}",
        "{\"class\":\"X\",\"a\":\"\u{7F}\u{2028}\"}", #"{"class":"\u0000"}"#,
    ]

    @Test(arguments: strict) func whatEveryParserReadsIsThePayload(text: String) throws {
        let encoded = Self.encoded(Array(text.utf8))
        #expect(try Self.checked(Array(text.utf8))["busdriver_raw"] == nil)
        #expect(String(decoding: encoded, as: UTF8.self).contains(text))
    }

    /// A job's class is a member of the outermost object.
    @Test(arguments: [#"{"args":[{"class":"X"}]}"#, #"{"class":5,"args":[{"class":"X"}]}"#])
    func theClassOfAnArgumentIsNotTheJobs(text: String) throws {
        #expect(try Self.checked(Array(text.utf8))["busdriver_raw"] != nil)
    }

    /// What holds the payload is itself an object, so that the entry is one level deeper.
    @Test(arguments: [("[", "]"), (#"{"a":"#, "}")])
    func whatIsTooDeepIsNoPayload(opening: String, closing: String) throws {
        for (depth, isPayload) in [(98, true), (99, false)] {
            let inner = String(repeating: opening, count: depth) + "1" + String(repeating: closing, count: depth)
            let entry = try Self.checked(Array((#"{"class":"X","args":"# + inner + "}").utf8))
            #expect((entry["busdriver_raw"] == nil) == isPayload, "\(depth)")
        }
    }

    private static let broken: [[UInt8]] = [
        [0x80], [0xC0, 0x80], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98],
        [0xF5, 0x80, 0x80, 0x80], [0xFF],
    ]

    @Test(arguments: broken) func bytesThatAreNotUTF8AreNoPayload(bytes: [UInt8]) throws {
        let element = Array(#"{"class":"X","a":""#.utf8) + bytes + Array(#""}"#.utf8)
        #expect(try Self.checked(element)["busdriver_raw"] != nil)
    }

    /// The last page of memory that may be read ends with the text.
    @Test(arguments: broken) func nothingBehindTheEndIsLookedAt(bytes: [UInt8]) throws {
        let page = sysconf(Int32(_SC_PAGESIZE))
        let memory = try #require(
            mmap(nil, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
        defer { munmap(memory, 2 * page) }
        try #require(mprotect(memory + page, page, PROT_NONE) == 0)
        let element = Array(#"{"class":"X"#.utf8) + bytes
        let text = UnsafeMutableRawBufferPointer(start: memory + page - element.count, count: element.count)
        text.copyBytes(from: element)
        #expect(Self.entry.encoded(for: UnsafeRawBufferPointer(text)) == Self.encoded(element))
    }

    /// Good elements with some bytes changed: each entry passes two parsers that share nothing with ours, and where the
    /// payload is the element, so does the element.
    @Test func oddElementsMakeStrictEntries() throws {
        var json = RandomJSON(generator: .announced(for: "oddElementsMakeStrictEntries"))
        let texts = [#"\M"#, "\\", "\"", "/*", "//", "\u{0}", "\n", "NaN", "+", "0", "1e999", ",", "\\ud800", "}"]
        let kinds: [[UInt8]] = texts.map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80]]
        for _ in 0..<4000 {
            let job: JSONValue = ["class": .string(json.string()), "args": .array([json.value(depth: 0)])]
            var element = Array(json.spell(job).utf8)
            for _ in 0..<Int.random(in: 0...2, using: &json.generator) {
                let place = Int.random(in: 0...element.count, using: &json.generator)
                let end = Int.random(in: place...min(place + 2, element.count), using: &json.generator)
                element.replaceSubrange(place..<end, with: kinds.randomElement(using: &json.generator) ?? [])
            }
            let entry = try Self.checked(element)
            let isPayload = StrictChecker.accepts(element) && Self.isJob(element)
            #expect((entry["busdriver_raw"] == nil) == isPayload, "\(String(decoding: element, as: UTF8.self))")
        }
    }

    private static func isJob(_ element: [UInt8]) -> Bool {
        guard let value = try? JSONSerialization.jsonObject(with: Data(element)) as? [String: Any] else { return false }
        return value["class"] is String
    }

    /// The entry for an element, which must be strict JSON.
    private static func checked(_ element: [UInt8]) throws -> [String: Any] {
        let encoded = encoded(element)
        #expect(StrictChecker.accepts(encoded), "\(String(decoding: element, as: UTF8.self))")
        return try #require(try JSONSerialization.jsonObject(with: Data(encoded)) as? [String: Any])
    }
}

/// RFC 8259 once more, by regular expressions: nothing of it is shared with what it checks.
private enum StrictChecker {
    static func accepts(_ bytes: [UInt8]) -> Bool {
        guard let text = String(validating: bytes, as: UTF8.self) else { return false }
        var rest = Substring(text)
        guard value(&rest, depth: 0) else { return false }
        blanks(&rest)
        return rest.isEmpty
    }

    private static func blanks(_ rest: inout Substring) {
        rest = rest[rest.unicodeScalars.drop { " \t\n\r".unicodeScalars.contains($0) }.startIndex...]
    }

    private static func take(_ pattern: String, _ rest: inout Substring) -> Substring? {
        guard let range = rest.range(of: "^(?:\(pattern))", options: .regularExpression) else { return nil }
        defer { rest = rest[range.upperBound...] }
        return rest[range]
    }

    private static let pair = #"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"#
    private static let unit = #"\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4}|"# + pair
    private static let string = #""(?:[^\x00-\x1F"\\]|\\["\\/bfnrt]|"# + unit + #")*+""#
    private static let number = #"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"#

    private static func value(_ rest: inout Substring, depth: Int) -> Bool {
        blanks(&rest)
        if take(#"\{"#, &rest) != nil { return elements(&rest, closing: #"\}"#, hasKeys: true, depth) }
        if take(#"\["#, &rest) != nil { return elements(&rest, closing: #"\]"#, hasKeys: false, depth) }
        if take("null|true|false|\(string)", &rest) != nil { return true }
        return take(number, &rest).flatMap { Double($0) }?.isFinite ?? false
    }

    private static func elements(_ rest: inout Substring, closing: String, hasKeys: Bool, _ depth: Int) -> Bool {
        guard depth < 100 else { return false }
        blanks(&rest)
        if take(closing, &rest) != nil { return true }
        repeat {
            if hasKeys {
                blanks(&rest)
                guard take(string, &rest) != nil else { return false }
                blanks(&rest)
                guard take(":", &rest) != nil else { return false }
            }
            guard value(&rest, depth: depth + 1) else { return false }
            blanks(&rest)
            if take(closing, &rest) != nil { return true }
        } while take(",", &rest) != nil
        return false
    }
}
