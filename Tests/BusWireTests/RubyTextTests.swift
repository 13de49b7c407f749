import Foundation
import Testing

@testable import BusWire

@Suite(.timeLimit(.minutes(1))) struct RubyTextTests {
    @Test(arguments: [
        ("1.0", "1.0"), ("1.10", "1.1"), ("-0.0", "-0.0"), ("1e5", "100000.0"), ("100.0", "100.0"),
        ("1e15", "1.0e+15"), ("2e15", "2.0e+15"), ("1e14", "100000000000000.0"),
        ("123456789012345.6", "123456789012345.6"), ("1e16", "1.0e+16"), ("1e20", "1.0e+20"), ("1.5e300", "1.5e+300"),
        ("9007199254740993.0", "9.007199254740992e+15"), ("12345678901234567890.0", "1.2345678901234567e+19"),
        ("0.0001", "0.0001"), ("0.00012345", "0.00012345"), ("0.00001", "1.0e-05"), ("1.5e-7", "1.5e-07"),
        ("1e-100", "1.0e-100"), ("5e-324", "5.0e-324"), ("1.7976931348623157e308", "1.7976931348623157e+308"),
        ("0.1", "0.1"), ("3.14159", "3.14159"), ("-2.5", "-2.5"), ("1e400", "Infinity"), ("-1e400", "-Infinity"),
        ("1e-400", "0.0"), ("-0", "0"), ("0", "0"), ("12345678901234567890123", "12345678901234567890123"),
        ("1E2", "100.0"),
        ("1e22", "1.0e+22"), ("10.0", "10.0"), ("0.5", "0.5"), ("9999999999999998.0", "9.999999999999998e+15"),
        ("1234567890123456.7", "1234567890123456.8"),
        ("1234567890123456.0", "1.234567890123456e+15"), ("999999999999999.0", "999999999999999.0"),
    ])
    func numbers(json: String, ruby: String) {
        #expect(RubyText.number(json) == ruby)
    }

    @Test(arguments: [
        ("null", ""), ("true", "true"), (#""a\"b""#, "a\"b"), (#"[1,"a",null]"#, #"[1, "a", nil]"#), ("[]", "[]"),
        ("{}", "{}"),
        (#"{"k":1}"#, #"{"k"=>1}"#), (#"{"a":{"b":[null,1.0,1e20]}}"#, #"{"a"=>{"b"=>[nil, 1.0, 1.0e+20]}}"#),
        (#"["\u0000\u0007\b\t\n\u000b\f\r\u001b\u001f"]"#, #"["\u0000\a\b\t\n\v\f\r\e\u001F"]"#),
        (##"["#{x} #$x #@x #x #"]"##, ##"["\#{x} \#$x \#@x #x #"]"##), (#"["\"\\"]"#, #"["\"\\"]"#),
        (#"["é😀\u200b\u007f\u0085\u2028"]"#, "[\"é😀\u{200B}\\u007F\u{85}\\u2028\"]"),
        (#"["\udbff\udfff"]"#, #"["\u{10FFFF}"]"#),
        ("[-0,-0.0,1e400]", "[0, -0.0, Infinity]"),
    ])
    func texts(json: String, ruby: String) throws {
        #expect(RubyText.text(of: try JSONValue.parse(json)) == ruby)
    }

    /// The table in the source is the one that Ruby was asked for.
    @Test func inspectEscapesAreThoseOfTheVectors() throws {
        struct Vectors: Decodable { let ranges: [[UInt32]] }
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../ReferenceVectorTests/vectors/inspect_escapes.json")
        let vectors = try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file))
        #expect(inspectEscapes == vectors.ranges.flatMap { $0 })
        let edges = vectors.ranges.flatMap { [($0[0], true), ($0[1], true), ($0[1] + 1, false)] }
        #expect(edges.allSatisfy { $0.0 > 0x10FFFF || RubyText.isEscapedByInspect($0.0) == $0.1 })
    }

    @Test func stripTakesOnlyASCIISpaceAndNUL() {
        let stripped = (UInt8.min...UInt8.max).filter(RubyText.isStripped)
        #expect(stripped == [0, 9, 10, 11, 12, 13, 32])
    }

    @Test(arguments: [
        ("12", 12), (" 12x", 12), ("-5", -5), ("+5", 5), ("1_000", 1000), ("1__0", 1), ("_1", 0), ("", 0), ("x", 0),
        ("12.9", 12),
        ("99999999999999999999", Int.max), ("-99999999999999999999", Int.min),
    ])
    func integers(text: String, value: Int) {
        #expect(RubyText.integer(text) == value)
    }

    @Test(arguments: [
        ("App-B", "app_b"), ("app b", "app_b"), ("APP_B", "app_b"), ("Ünï", "_n_"), ("e\u{301}", "e_"), ("😀", "_"),
        ("", ""), ("a1_", "a1_"),
        ("\r\n", "__"),
    ])
    func names(name: String, normalized: String) {
        #expect(BusName.normalize(name) == normalized)
    }

    @Test func namesWithoutLettersAreNoApplications() {
        #expect(BusName.applicationKey("__") == nil)
        #expect(BusName.applicationKey("é-") == nil)
        #expect(BusName.applicationKey("") == nil)
        #expect(BusName.applicationKey("_A") == "_a")
    }
}
