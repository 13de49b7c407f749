import ArgumentParser
import BusWire
import CommandInterface
import Testing

@testable import BusDriverCommand

@Suite(.timeLimit(.minutes(1))) struct DurationTextTests {
    @Test(arguments: [
        ("500ms", 500), ("15s", 15_000), ("5m", 300_000), ("1h30m", 5_400_000), ("2d", 172_800_000),
        ("1w", 604_800_000),
        ("1h1m1s1ms", 3_661_001), ("0s", 0),
    ])
    func reads(_ text: String, milliseconds: Int) throws {
        #expect(try DurationText.parse(text) == .milliseconds(milliseconds))
    }

    @Test(arguments: ["", "5", "m", "5x", "-5m", "1.5h", "5 m", "99999999999999999999s", "9999999999999999w"])
    func refuses(_ text: String) {
        #expect(throws: ValidationError.self) { try DurationText.parse(text) }
    }

    @Test func saysWhatToWriteForABareNumber() {
        #expect(#expect(throws: ValidationError.self) { try DurationText.parse("90") }?.message.contains("90s") == true)
    }

    @Test(arguments: ["0s", "1ms", "14s200ms", "1h30m", "2d1s"])
    func writesWhatItReads(_ text: String) throws {
        #expect(DurationText.text(try DurationText.parse(text)) == text)
    }
}

@Suite(.timeLimit(.minutes(1))) struct TimeTextTests {
    @Test(arguments: [
        ("1795240800", 1_795_240_800), ("2026-11-21T06:00:00Z", 1_795_240_800),
        ("2026-11-21T07:00+01:00", 1_795_240_800),
        ("2026-11-21 01:30:00.9-0430", 1_795_240_800), ("1970-01-01T00:00:00z", 0),
        ("2024-02-29T12:00:00Z", 1_709_208_000),
        ("1969-12-31T23:59:59Z", -1), ("-5", -5),
    ])
    func reads(_ text: String, epoch: Int) throws {
        #expect(try TimeText.parse(text) == epoch)
    }

    @Test(arguments: [
        "", "tomorrow", "2026-11-21", "2026-11-21T06:00:00", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z",
        "2026-11-21T24:00:00Z", "1.5",
    ])
    func refuses(_ text: String) {
        #expect(throws: ValidationError.self) { try TimeText.parse(text) }
    }

    @Test func writesWhatItReads() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let epoch = Int.random(in: -60_000_000_000...200_000_000_000, using: &generator)
            #expect(try TimeText.parse(TimeText.text(epoch)) == epoch, "epoch \(epoch)")
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct AttributeTextTests {
    @Test func textIsText() throws {
        #expect(try AttributeText.parse("name=Ann") == JSONMember("name", "Ann"))
        #expect(try AttributeText.parse("empty=") == JSONMember("empty", ""))
        #expect(try AttributeText.parse("a=b=c") == JSONMember("a", "b=c"))
        #expect(try AttributeText.parse("n=42") == JSONMember("n", "42"))
    }

    @Test func jsonIsRead() throws {
        #expect(try AttributeText.parse("n:=42") == JSONMember("n", 42))
        #expect(try AttributeText.parse(#"tags:=["a",null]"#) == JSONMember("tags", ["a", nil]))
        #expect(
            try AttributeText.parse("big:=123456789012345678901234567890").value
                == .number("123456789012345678901234567890"))
    }

    @Test(arguments: ["name", "=x", ":=1", "n:=", "n:=Ann", "n:=NaN"])
    func refuses(_ text: String) {
        #expect(throws: ValidationError.self) { try AttributeText.parse(text) }
    }
}

@Suite(.timeLimit(.minutes(1))) struct FilterTextTests {
    @Test func readsWhatOperatorsWrite() throws {
        #expect(try FilterText.parse("page=/^home/") == SubscriptionFilter(name: "page", pattern: "(?-mix:^home)"))
    }

    /// ArgumentParser shows the message of its own error alone.
    @Test func aRefusalSaysHowToWriteIt() {
        let error = #expect(throws: ValidationError.self) { try FilterText.parse("page") }
        #expect(error?.message == "'page' is not a filter; write name=text, name=/regex/ or name:present.")
    }
}
