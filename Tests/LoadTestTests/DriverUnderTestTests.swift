import BusWire
import Foundation
import GuardedProcess
import LibevExecutor
import RedisConnection
import RedisTestSupport
import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1)))
final class DriverUnderTestTests {
    private let executor = LibevExecutor(name: "test")

    deinit { executor.stop() }

    @Test func aProgramThatIsNotThereIsSaid() async throws {
        let driver = try start("/no/such/driver --fast")
        let error = await driver.waitUntilEnd()
        #expect(error?.description.hasPrefix("The driver cannot be started; its last words: ") == true)
        #expect(error?.description.contains("/no/such/driver") == true)
        await driver.stop()
    }

    @Test func aDriverThatEndsIsSaidWithItsLastWords() async throws {
        let driver = try start("for n in 1 2 3 4; do echo line $n; done >&2; exit 3")
        let error = await driver.waitUntilEnd()
        #expect(
            error?.description
                == "The driver ended by itself with exit code 3; its last words: line 2 | line 3 | line 4")
        await driver.stop()
    }

    @Test func aDriverThatIsKilledIsSaid() async throws {
        let driver = try start("kill -9 $$")
        #expect(await driver.waitUntilEnd()?.description == "The driver was ended by signal 9; it said nothing")
        await driver.stop()
    }

    @Test func whatWasToldToEndIsNoFailure() async throws {
        let driver = try start("exec sleep 1000")
        async let failure = driver.waitUntilEnd()
        #expect(await driver.stop())
        #expect(await failure == nil)
    }

    @Test func waitingCanBeGivenUp() async throws {
        for driver in [try start("exec sleep 1000"), try start(.external)] {
            let waiting = Task { await driver.waitUntilEnd() }
            waiting.cancel()
            #expect(await waiting.value == nil)
            await driver.stop()
        }
    }

    /// A connection of ours that a driver held would live on after our end.
    @Test func itHoldsNoDescriptorOfOurs() async throws {
        var ends: [CInt] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        let driver = try start("exec sleep 1000")
        let process = try #require(driver.processID)
        try await pollUntil("the program runs") {
            try String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8) == "sleep\n"
        }
        #expect(Set(try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd")) == ["0", "1", "2"])
        await driver.stop()
    }

    @Test func oneThatRunsAlreadyIsLeftAlone() async throws {
        let driver = try start(.external)
        #expect(driver.processID == nil)
        #expect(await driver.stop())
    }

    @Test func oneThatDoesNotListenIsKilled() async throws {
        let folder = try TemporaryFolder.make("test")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let driver = try start(
            "trap '' TERM; touch \(folder)/ready; while :; do sleep 0.05; done", patience: .milliseconds(200))
        try await pollUntil("the trap is set") { FileManager.default.fileExists(atPath: folder + "/ready") }
        let process = try #require(driver.processID)
        #expect(await !driver.stop())
        #expect(!LocalHost.runs(process))
    }

    @Test func whatItStartedEndsWithIt() async throws {
        let folder = try TemporaryFolder.make("test")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let driver = try start(Self.family(folder))
        let family = try await Self.members(in: folder)
        await driver.stop()
        try await Self.expectEnd(of: family)
    }

    @Test func whatItStartedEndsWhenItDies() async throws {
        let folder = try TemporaryFolder.make("test")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let driver = try start(Self.family(folder))
        let family = try await Self.members(in: folder)
        kill(try #require(driver.processID), SIGKILL)
        #expect(await driver.waitUntilEnd() != nil)
        try await Self.expectEnd(of: family)
        await driver.stop()
    }

    /// The child of this test is the load test, which is killed; what it has started must not stay.
    @Test func allEndsWhenTheLoadTestIsKilled() async throws {
        let folder = "/tmp/loadtest-killed-\(getpid())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        await #expect(processExitsWith: .signal(SIGKILL)) {
            let folder = "/tmp/loadtest-killed-\(getppid())"
            let executor = LibevExecutor(name: "test")
            let command = DriverUnderTestTests.family(folder)
            let driver = try DriverUnderTest.start(
                .spawn(command), by: DriverUnderTestTests.command, patience: .milliseconds(500), executor: executor)
            _ = try await DriverUnderTestTests.members(in: folder)
            let redis = try await TestRedis.open(url: nil, executor: executor)
            let path = redis.configuration.endpoint.description.dropFirst("unix://".count)
            try String(path).write(toFile: folder + "/socket", atomically: true, encoding: .utf8)
            withExtendedLifetime(driver) { _ = kill(getpid(), SIGKILL) }
        }
        try await Self.expectEnd(of: try await Self.members(in: folder))
        let socket = try String(contentsOfFile: folder + "/socket", encoding: .utf8)
        let redisFolder = (socket as NSString).deletingLastPathComponent
        try await pollUntil("the private Redis and its folder are gone") {
            (try? RawRedis(unixSocket: socket)) == nil && !FileManager.default.fileExists(atPath: redisFolder)
        }
    }

    /// The real driver dies in the middle, and nothing of it or of the test stays in Redis.
    @Test func busdriverDrivesAndItsTracesGo() async throws {
        let server = try RedisServer()
        let raw = try server.connect()
        let redis = try await TestRedis.open(url: server.url, executor: executor)
        let bus = BusKeys(namespace: "lt")
        let keyGuard = KeyGuard(
            connection: try await redis.connect(executor: executor), bus: bus, incoming: "bus_incoming",
            ownsDatabase: false)
        let workload = try GeneratedWorkload(Scenario.Shape(), seed: 1)
        let stamp = EventStamp(run: "0a1b2c3d")
        try await keyGuard.begin(force: false)
        try await keyGuard.writeSubscriptions(of: workload)
        try await keyGuard.note(stamp)
        let command = DriverCommand(
            redis: redis.url, endpoint: redis.configuration.endpoint, namespace: "lt", incoming: "bus_incoming")
        let driver = try DriverUnderTest.start(.busdriver, by: command, executor: executor)
        let process = try #require(driver.processID)
        try await keyGuard.note(driver: process)
        for sequence in 0..<200 {
            var element: [UInt8] = []
            workload.append(sequence, stamp: stamp, to: &element)
            try raw.call([Array("RPUSH".utf8), Array(bus.queue("bus_incoming").utf8), element])
        }
        try await pollUntil("copies arrive") {
            try workload.queues.contains { try raw.call("LLEN", bus.queue($0)) != .integer(0) }
        }
        #expect((driver.meter?.read()?.cpuSeconds ?? 0) > 0)
        kill(process, SIGKILL)
        #expect(await driver.waitUntilEnd()?.description.contains("signal 9") == true)
        await driver.stop()
        #expect(try raw.call("EXISTS", bus.drivers, bus.workers) == .integer(2))
        try await keyGuard.cleanUp()
        #expect(try raw.call("KEYS", "*").strings == [])
    }

    // MARK: - Support

    static let command = DriverCommand(
        redis: "unix:///tmp/none", endpoint: RedisEndpoint(address: .unix(path: "/tmp/none")), namespace: "resque",
        incoming: "bus_incoming")

    private func start(_ driver: Scenario.Driver, patience: Duration = .seconds(15)) throws -> DriverUnderTest {
        try DriverUnderTest.start(driver, by: Self.command, patience: patience, executor: executor)
    }

    private func start(_ command: String, patience: Duration = .seconds(15)) throws -> DriverUnderTest {
        try start(.spawn(command), patience: patience)
    }

    /// A shell with a child and a grandchild that do not listen to SIGTERM; it writes down their ids and its own.
    private static func family(_ folder: String) -> String {
        let member = "trap \"\" TERM; sleep 1000 & echo $! >> \(folder)/ids; wait"
        return "sh -c '\(member)' & echo $$ $! >> \(folder)/ids; wait"
    }

    private static func members(in folder: String) async throws -> [pid_t] {
        var ids: [pid_t] = []
        try await pollUntil("all ids are written down") {
            let text = (try? String(contentsOfFile: folder + "/ids", encoding: .utf8)) ?? ""
            ids = text.split { $0 == " " || $0 == "\n" }.compactMap { pid_t($0) }
            return ids.count == 3
        }
        return ids
    }

    private static func expectEnd(of processes: [pid_t]) async throws {
        for process in processes {
            try await pollUntil("process \(process) has ended") {
                // Whoever inherited it may be slow to bury it.
                let state = SystemFile.text("/proc/\(process)/stat")?.split(separator: ") ").last?.first
                return state == nil || state == "Z"
            }
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct DriverCommandTests {
    private let local = DriverUnderTestTests.command

    @Test func placesAreFilledIn() throws {
        var remote = local
        remote.redis = "redis://:a&b@h:7/1"
        remote.endpoint = RedisEndpoint(address: .tcp(host: "h", port: 7))
        let text = "drive {redis} {host}:{port} -n {namespace} '{incoming}' {other}"
        #expect(
            try remote.words(for: .spawn(text)) == [
                "sh", "-c", "drive 'redis://:a&b@h:7/1' h:7 -n resque 'bus_incoming' {other}",
            ])
        #expect(try local.words(for: .spawn("drive {socket}")) == ["sh", "-c", "drive /tmp/none"])
    }

    @Test func placesThatThisRedisHasNotAreRefused() {
        let error = #expect(throws: SetupError.self) { try local.words(for: .spawn("drive {host}")) }
        #expect(error?.description.contains("{host}") == true)
    }

    @Test func nothingIsStartedWhereOneRuns() throws {
        #expect(try local.words(for: .external) == nil)
    }

    @Test func busdriverIsTheOneOfThisBuild() throws {
        let words = try #require(try local.words(for: .busdriver))
        #expect(words[0].hasSuffix("/busdriver"))
        #expect(FileManager.default.isExecutableFile(atPath: words[0]))
        #expect(words.contains("warning"))
    }
}
