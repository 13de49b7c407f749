import Foundation
import RedisTestSupport
import Testing

@testable import LoadTest

/// The ceiling in C finds an event's queues by the number in its type, without any subscription: it must agree with the
/// workload.
@Suite(.timeLimit(.minutes(1))) struct RelayTests {
    @Test func sendsGeneratedEventsWhereTheirSubscriptionsAre() async throws {
        let server = try RedisServer()
        defer { server.stop() }
        let redis = try server.connect()
        var shape = Scenario.Shape()
        shape.applications = 7
        shape.matchesPerEvent = 3
        shape.unmatched = 0.1
        shape.malformed = 0.05
        let workload = try GeneratedWorkload(shape, seed: 5)
        let relay = try start(on: server.url, shape: shape, queues: workload.queues)
        defer { relay.terminate() }

        // Alone, in small groups and in bursts, to a relay that waits and to one that is busy.
        let stamp = EventStamp(run: "0a1b2c3d")
        let sizes = [1, 1, 2, 1, 30, 1, 700, 3, 1, 2_000]
        var published = 0
        for size in sizes {
            let elements = (published..<published + size).map { sequence in
                var element: [UInt8] = []
                workload.append(sequence, stamp: stamp, to: &element)
                return element
            }
            try redis.call([Array("RPUSH".utf8), Array("resque:queue:bus_incoming".utf8)] + elements)
            published += size
        }
        try await pollUntil("everything is driven") {
            try redis.call("GET", "resque:stat:processed").string == String(published)
        }
        relay.terminate()
        try await pollUntil("the relay has ended") { !relay.isRunning }
        #expect(relay.terminationReason == .exit && relay.terminationStatus == 0)

        var expected = [[Int]](repeating: [], count: workload.queues.count)
        for sequence in 0..<published {
            workload.withDestinations(of: sequence) { for queue in $0 { expected[Int(queue)].append(sequence) } }
        }
        for (queue, sequences) in zip(workload.queues, expected) {
            let copies = try redis.call("LRANGE", "resque:queue:\(queue)", "0", "-1").strings
            #expect(copies.map { Array($0.utf8).withUnsafeBytes { stamp.sequence(in: $0) } } == sequences)
        }
        #expect(try redis.call("KEYS", "resque:busdriver:*").strings.isEmpty)
        #expect(try redis.call("LLEN", "resque:queue:bus_incoming").integer == 0)
    }

    /// Compiles the relay and starts it; it ends by itself when its Redis is gone.
    private func start(on redis: String, shape: Scenario.Shape, queues: [String]) throws -> Process {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let programs = root.appending(path: ".build/ceiling").path
        let make = try Process.run(
            URL(filePath: "/usr/bin/env"),
            arguments: [
                "make", "--silent", "-C", root.appending(path: "Benchmarks/ceiling").path, "OUT=\(programs)",
                "\(programs)/relay",
            ])
        make.waitUntilExit()
        try #require(make.terminationStatus == 0, "the relay does not compile")
        let scripts = "\(programs)/scripts"
        let join = try Process.run(root.appending(path: "script/join-lua"), arguments: [scripts])
        join.waitUntilExit()
        try #require(join.terminationStatus == 0)
        let relay = Process()
        relay.executableURL = URL(filePath: "\(programs)/relay")
        relay.arguments = [redis, scripts, String(shape.matchesPerEvent)] + queues
        relay.standardOutput = FileHandle.nullDevice
        try relay.run()
        return relay
    }
}
