import BusWire
import Foundation
import RedisTestSupport
import Testing

/// A `busdriver tail` as a process of its own.
private struct TailProcess {
    let process: Process
    private let output = Pipe()
    private let errors: URL

    init(on server: RedisServer, _ words: String...) throws {
        errors = URL(fileURLWithPath: "\(server.directory)/tail-\(UUID().uuidString).err")
        try Data().write(to: errors)
        process = Process()
        process.executableURL = BuiltCommand.url
        process.arguments = ["tail", "--redis", server.url] + words
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.killLate()
    }

    /// What it has said on standard error.
    var notes: String { (try? String(contentsOf: errors, encoding: .utf8)) ?? "" }

    func awaitSubscription() async throws {
        try await pollUntil("it watches") { notes.contains("watching") }
    }

    /// Its output to the end.
    func lines() -> [String] {
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.split(separator: "\n").map(String.init)
    }

    /// As `head` does when it has seen enough.
    func stopReading() throws { try output.fileHandleForReading.close() }

    func kill(_ signal: Int32) { Foundation.kill(process.processIdentifier, signal) }
}

@Suite(.timeLimit(.minutes(1))) struct TailCommandTests {
    /// Everything of watchers that is in Redis.
    private static func traces(_ raw: RawRedis) throws -> [String] {
        try raw.call("KEYS", "*tail*").strings
            + raw.call("SMEMBERS", "resque:queues").strings.filter { $0.contains("tail") }
            + raw.call("SMEMBERS", "resque:bus_apps").strings.filter { $0.contains("tail") }
    }

    @Test func eventsAreShownAsTheyPassAndNothingStays() async throws {
        let server = try RedisServer()
        let raw = try server.connect()
        let driver = try BusDriverProcess(on: server)
        try await pollUntil("the driver is registered") {
            try raw.call("ZCARD", "resque:busdriver:drivers").integer == 1
        }
        let tail = try TailProcess(on: server, "--count", "3", "--json", "user:present")
        try await tail.awaitSubscription()
        #expect(!tail.notes.contains("nobody drives"))
        let client = RubyClient(raw)
        var ids: [String] = []
        for number in 1...3 {
            try client.publish("unseen", ["n": .integer(number)])
            ids.append(try client.publish("seen", ["user": "Zoë", "n": .integer(number)]))
        }
        let events = try tail.lines().map { try JSONValue.parse($0) }
        #expect(tail.process.terminationStatus == 0)
        #expect(events.map { $0["bus_id"]?.string } == ids)
        #expect(events.map { $0["n"] } == [1, 2, 3])
        #expect(events.allSatisfy { $0["user"] == "Zoë" && $0["bus_driven_at"] != nil })
        #expect(events.allSatisfy { $0["bus_rider_queue"] == nil && $0["bus_class_proxy"] == nil })
        #expect(try Self.traces(raw).isEmpty)
        withExtendedLifetime(driver) {}
    }

    @Test func aSignalEndsItAndNothingStays() async throws {
        for signal in [SIGINT, SIGTERM] {
            let server = try RedisServer()
            let raw = try server.connect()
            let tail = try TailProcess(on: server)
            try await tail.awaitSubscription()
            #expect(tail.notes.contains("nobody drives bus_incoming"))
            #expect(try !Self.traces(raw).isEmpty)
            tail.kill(signal)
            #expect(tail.lines().isEmpty)
            #expect(tail.process.terminationStatus == 0)
            #expect(try Self.traces(raw).isEmpty)
        }
    }

    @Test func aReaderThatGoesEndsItAndNothingStays() async throws {
        let server = try RedisServer()
        let raw = try server.connect()
        let driver = try BusDriverProcess(on: server)
        let tail = try TailProcess(on: server)
        try await tail.awaitSubscription()
        try tail.stopReading()
        try RubyClient(raw).publish("seen")
        tail.process.waitUntilExit()
        #expect(tail.process.terminationReason == .exit)
        #expect(try Self.traces(raw).isEmpty)
        withExtendedLifetime(driver) {}
    }

    @Test func aLineShowsTheEventAndCannotHurtTheTerminal() async throws {
        let server = try RedisServer()
        let driver = try BusDriverProcess(on: server)
        let tail = try TailProcess(on: server, "--count", "1")
        try await tail.awaitSubscription()
        let long = String(repeating: "x", count: 500)
        let id = try RubyClient(try server.connect()).publish(
            "order\u{1B}[31m", ["text": "a\nb", "long": .string(long), "list": [1, nil]])
        let line = try #require(tail.lines().first)
        #expect(line.contains("order\\x1b[31m  \(id)  text=a\\nb long=xxx"))
        #expect(line.contains("… list=[1,null]"))
        #expect(line.count < 400)
        withExtendedLifetime(driver) {}
    }

    @Test func theNextTailAndDoctorSeeWhatAKilledOneLeft() async throws {
        let server = try RedisServer(config: ["appendonly yes"])
        let raw = try server.connect()
        let killed = try TailProcess(on: server)
        try await killed.awaitSubscription()
        killed.kill(SIGKILL)
        killed.process.waitUntilExit()
        let lease = try #require(try raw.call("KEYS", "resque:busdriver:tail:*").strings.first)
        #expect((1...30_000).contains(try raw.call("PTTL", lease).integer ?? 0))
        let name = try #require(try raw.call("SMEMBERS", "resque:bus_apps").strings.first)
        #expect(try !BuiltCommand.run("doctor", "--redis", server.url).unwrapped.contains(name), "its lease still runs")
        try raw.call("DEL", lease)
        try raw.call("RPUSH", "resque:queue:\(name)", "x")
        let doctor = try BuiltCommand.run("doctor", "--redis", server.url).unwrapped
        #expect(doctor.contains("Killed busdriver tail: Events are gathered for nobody: \(name)."))
        // An application of somebody else whose name only resembles.
        try raw.call("SADD", "resque:bus_apps", "busdriver_tail_of_mine")
        let next = try TailProcess(on: server)
        try await next.awaitSubscription()
        #expect(try raw.call("EXISTS", "resque:bus_app:\(name)", "resque:queue:\(name)").integer == 0)
        next.kill(SIGTERM)
        _ = next.lines()
        #expect(try raw.call("SMEMBERS", "resque:bus_apps").strings == ["busdriver_tail_of_mine"])
    }

    @Test func aDriverRemovesWhatAKilledOneLeft() async throws {
        let server = try RedisServer()
        let raw = try server.connect()
        let driver = try BusDriverProcess(on: server)
        let killed = try TailProcess(on: server)
        try await killed.awaitSubscription()
        let name = try #require(try raw.call("SMEMBERS", "resque:bus_apps").strings.first)
        killed.kill(SIGKILL)
        killed.process.waitUntilExit()
        let alive = try TailProcess(on: server)
        try await alive.awaitSubscription()
        try RubyClient(raw).publish("for nobody")
        try await pollUntil("an event waits for nobody") {
            try raw.call("LLEN", "resque:queue:\(name)").integer == 1
        }
        try raw.call("DEL", "resque:busdriver:tail:\(name.suffix(16))")
        try await pollUntil("the driver has removed it") { driver.log.contains("application=\(name)") }
        #expect(try raw.call("SCARD", "resque:bus_apps").integer == 1)
        #expect(try raw.call("EXISTS", "resque:queue:\(name)", "resque:bus_app:\(name)").integer == 0)
        alive.kill(SIGTERM)
        #expect(alive.lines().count == 1)
        #expect(try Self.traces(raw).isEmpty)
    }

    @Test func theQueueIsBoundedAndALossIsTold() async throws {
        let server = try RedisServer()
        let raw = try server.connect()
        // Nobody reads the output, so it stops at a full pipe while its queue fills.
        let tail = try TailProcess(on: server)
        try await tail.awaitSubscription()
        let name = try #require(try raw.call("SMEMBERS", "resque:bus_apps").strings.first)
        let element = RubyClient.event("e", ["pad": .string(String(repeating: "x", count: 50))]).element
        let push = Array(
            repeating: ["RPUSH", "resque:queue:\(name)"] + Array(repeating: element, count: 1000), count: 103)
        try raw.pipeline(push)
        try await pollUntil("the loss is told") { tail.notes.contains("events were skipped") }
        #expect(try raw.call("LLEN", "resque:queue:\(name)").integer ?? 0 <= 100_000)
        tail.kill(SIGKILL)
        tail.process.waitUntilExit()
    }

    @Test func aTailThatWasTakenForDeadSubscribesAgain() async throws {
        let server = try RedisServer()
        let raw = try server.connect()
        let tail = try TailProcess(on: server)
        try await tail.awaitSubscription()
        let name = try #require(try raw.call("SMEMBERS", "resque:bus_apps").strings.first)
        try RubyClient(raw).unsubscribe(name)
        try await pollUntil("it has subscribed again") {
            try raw.call("SMEMBERS", "resque:bus_apps").strings == [name]
        }
        try await pollUntil("it says so") { tail.notes.contains("events are missing") }
        tail.kill(SIGTERM)
        _ = tail.lines()
        #expect(try Self.traces(raw).isEmpty)
    }

    @Test func wrongUsage() throws {
        #expect(try BuiltCommand.run("tail", "--count", "0").status == 64)
        #expect(try BuiltCommand.run("tail", "a=1", "a=2").status == 64)
        #expect(try BuiltCommand.run("tail", "=").status == 64)
        #expect(try BuiltCommand.run("tail", "--redis", "unix:///no/such").status == 69)
    }
}
