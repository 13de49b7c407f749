import BusWire
import Foundation
import RedisTestSupport
import Testing

/// `busdriver publish --file` with files that end midway.
@Suite(.timeLimit(.minutes(1))) struct PublishFileTests {
    private static func lines(_ numbers: ClosedRange<Int>) -> String {
        numbers.map { #"{"bus_event_type":"e","n":\#($0)}"# + "\n" }.joined()
    }

    @Test func whatIsNoFileIsNamed() throws {
        let server = try RedisServer()
        for words in [["publish", "--file"], ["trace", "id", "--log"]] {
            let folder = try BuiltCommand.runAll(words + [server.directory, "--redis", server.url])
            #expect(folder.status == 1)
            #expect(folder.errors.contains("\(server.directory) is a directory; name a file."))
            let absent = try BuiltCommand.runAll(words + ["/no/such/file", "--redis", server.url])
            #expect(absent.status == 1)
            #expect(absent.errors.contains("/no/such/file cannot be read: No such file or directory."))
        }
    }

    /// Each line at fault comes with lines before it, and must leave none of them out.
    @Test(arguments: [
        ("not json", "Line 601 of standard input is not JSON"),
        ("[]", "Line 601 of standard input is not a JSON object."),
        (#"{"n":1}"#, "Line 601 of standard input has no bus_event_type."),
    ])
    func aLineAtFaultIsNamedAndThoseBeforeItArePublished(_ line: String, _ message: String) throws {
        let server = try RedisServer()
        let result = try BuiltCommand.run(
            "publish", "--file", "-", "--redis", server.url,
            input: "\n" + Self.lines(2...600) + line + "\n" + Self.lines(602...700))
        #expect(result.status == 1)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains(message))
        #expect(
            result.errors.contains("599 events (lines 1–600) are published; mend it and publish from there."),
            "\(result.errors)")
        #expect(try server.connect().call("LLEN", "resque:queue:bus_incoming").integer == 599)
    }

    @Test func anEventThatTheBusRefusesIsNamed() throws {
        let server = try RedisServer()
        let deep = String(repeating: "[", count: 99) + String(repeating: "]", count: 99)
        let result = try BuiltCommand.run(
            "publish", "--file", "-", "--redis", server.url,
            input: Self.lines(1...520) + #"{"bus_event_type":"e","n":\#(deep)}"# + "\n" + Self.lines(522...600))
        #expect(result.status == 1)
        #expect(
            result.errors.contains(
                "520 events (lines 1–520) are published; line 521 is not: mend it and publish from there."),
            "\(result.errors)")
        #expect(try server.connect().call("LLEN", "resque:queue:bus_incoming").integer == 520)
    }

    @Test func aRefusalLeavesLinesUncertain() throws {
        let server = try RedisServer()
        try server.connect().call("SET", "resque:queue:bus_incoming", "text")
        let result = try BuiltCommand.run(
            "publish", "--file", "-", "--redis", server.url, input: Self.lines(1...3))
        #expect(result.status == 1)
        #expect(result.errors.contains("No event is published; of lines 1–3 some may be."), "\(result.errors)")
    }

    @Test func aCutConnectionLeavesLinesUncertain() async throws {
        let server = try RedisServer()
        let (stdin, stderr) = (Pipe(), Pipe())
        let process = try BuiltCommand.start(
            ["publish", "--file", "-", "--redis", server.url], input: stdin, errors: stderr)
        stdin.fileHandleForWriting.write(Data(Self.lines(1...512).utf8))
        let raw = try server.connect()
        try await pollUntil("a batch is published") {
            try raw.call("LLEN", "resque:queue:bus_incoming").integer == 512
        }
        // Redis takes the next batch and does not answer any more.
        server.suspend()
        defer { server.resume() }
        stdin.fileHandleForWriting.write(Data(Self.lines(513...1024).utf8))
        try stdin.fileHandleForWriting.close()
        let errors = String(decoding: stderr.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 69)
        #expect(
            errors.contains("512 events (lines 1–512) are published; of lines 513–1024 some may be."), "\(errors)")
    }
}
