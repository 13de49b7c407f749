import BusWire
import Foundation
import RedisTestSupport
import Testing

@testable import LoadTest

/// `loadtest capture` of this build, on a Redis of the test's own.
@Suite(.timeLimit(.minutes(1))) struct CaptureTests {
    private let server: RedisServer
    private let redis: RawRedis
    private var file: String { server.directory + "/day.jsonl" }

    private static let record =
        #"{"queue_name":"shop_default","key":"order","class":"::QueueBus::Rider","matcher":{"bus_event_type":"order"}}"#
    private static let list = "resque:queue:bus_incoming"

    init() throws {
        server = try RedisServer()
        redis = try server.connect()
        _ = try redis.call("HSET", "resque:bus_app:shop", "order", Self.record)
        _ = try redis.call("SADD", "resque:bus_apps", "shop")
    }

    private func element(_ number: Int) throws -> [UInt8] {
        let event = PublishedEvent(type: "order", attributes: [JSONMember("number", .integer(number))])
        return try PublishedEvent.element(of: event.completed(now: 1, uuid: "u\(number)", hostname: "h"))
    }

    private func publish(_ numbers: Range<Int>) throws {
        for number in numbers {
            _ = try redis.call([Array("RPUSH".utf8), Array(Self.list.utf8), element(number)])
        }
    }

    private func capture(_ words: String...) throws -> LoadTestProcess.Outcome {
        try start(words).outcome()
    }

    private func start(_ words: [String]) throws -> LoadTestProcess {
        try LoadTestProcess(["capture", "--redis", server.url] + words + [file])
    }

    @Test func itCopiesWhatIsThereAndChangesNothing() throws {
        try publish(0..<250)
        // The same bytes once more, and bytes that are no text.
        try publish(0..<1)
        _ = try redis.call([Array("LPUSH".utf8), Array(Self.list.utf8), [0x7B, 0xFF]])
        let before = try redis.call("DEBUG", "DIGEST")
        let outcome = try capture("--for", "300ms")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("Wrote \(file). Events: 250, subscriptions: 1, applications: 1.\n"))
        #expect(outcome.output.contains("real data"))
        #expect(outcome.output.contains("not UTF-8: 1."))
        #expect(try redis.call("DEBUG", "DIGEST") == before)

        let captured = try CaptureFile(path: file)
        #expect(captured.applications == [WorkloadApplication(name: "shop", records: ["order": Self.record])])
        #expect(try captured.elements == (0..<250).map(element))
        let permissions = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(permissions == 0o600)
        let workload = try Scenario.Shape(eventsFile: file).workload(seed: 1)
        #expect(workload.queues == ["shop_default"])
        #expect(workload.destinations(of: 0) == [0])
    }

    @Test func theCountEndsIt() throws {
        try publish(0..<250)
        let outcome = try capture("--for", "1h", "--count", "120")
        #expect(outcome.status == 0)
        #expect(try CaptureFile(path: file).elements == (0..<120).map(element))
    }

    @Test func whatComesLaterIsSeenAndControlCKeepsIt() async throws {
        try publish(0..<3)
        let process = try start(["--for", "1h"])
        // It writes each element as it sees it.
        func lines() throws -> Int { try Data(contentsOf: URL(fileURLWithPath: file)).count { $0 == 0x0A } }
        try await pollUntil("the first events are in the file") { (try? lines()) == 4 }
        _ = try redis.call("LPOP", Self.list)
        try publish(3..<5)
        try await pollUntil("the later events are in the file") { (try? lines()) == 6 }
        process.interrupt()
        let outcome = try process.outcome()
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("Events: 5,"))
        #expect(try CaptureFile(path: file).elements == (0..<5).map(element))
    }

    @Test func whenRedisGoesAwayTheFileStays() async throws {
        try publish(0..<3)
        let process = try start(["--for", "1h"])
        try await pollUntil("the events are in the file") {
            (try? Data(contentsOf: URL(fileURLWithPath: file)).count { $0 == 0x0A }) == 4
        }
        server.kill()
        let outcome = try process.outcome()
        #expect(outcome.status == 69)
        #expect(outcome.output.contains("Events: 3,"))
        #expect(outcome.errors.hasPrefix("loadtest: "))
        #expect(try CaptureFile(path: file).elements.count == 3)
    }

    // MARK: Nothing to capture

    @Test func withoutEventsThereIsNoFile() throws {
        let outcome = try capture("--for", "50ms")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("No event was to be seen on bus_incoming"))
        #expect(!FileManager.default.fileExists(atPath: file))
    }

    @Test func aListThatIsNoneIsRefused() throws {
        _ = try redis.call("SET", Self.list, "x")
        let outcome = try capture()
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("\(Self.list) has another type of value than it should"))
        #expect(!FileManager.default.fileExists(atPath: file))
    }

    @Test func aFileThatIsThereIsLeftAlone() throws {
        try publish(0..<1)
        try "mine".write(toFile: file, atomically: false, encoding: .utf8)
        let outcome = try capture()
        #expect(outcome.status == 1)
        #expect(outcome.errors == "loadtest: \(file) is there already; choose another name.\n")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
    }

    @Test func aRedisThatIsAwayIsOneSentence() throws {
        server.kill()
        let outcome = try capture()
        #expect(outcome.status == 69)
        #expect(outcome.errors.split(separator: "\n").count == 1)
        #expect(!FileManager.default.fileExists(atPath: file))
    }

    @Test(arguments: [["--for", "30"], ["--count", "0"], ["--count", "x"]]) func wrongFlagsAreUsage(words: [String])
        throws
    {
        let outcome = try start(words).outcome()
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains(words[0]))
    }
}
