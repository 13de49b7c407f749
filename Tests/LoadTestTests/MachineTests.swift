import BusWire
import Foundation
import LibevExecutor
import RedisConnection
import RedisTestSupport
import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1)))
final class MachineTests {
    private let executor = LibevExecutor(name: "test")

    deinit { executor.stop() }

    // MARK: - Processes

    @Test func aMeterSeesWhatThisProcessUses() throws {
        let before = ProcessReading.ofThisProcess
        #expect(before.memoryBytes > 1 << 20)
        #expect(before.peakMemoryBytes >= before.memoryBytes / 2)
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        #expect(abs(try #require(before.descriptors) - open) < 20)
        let score = ComputeScore.measure(for: .milliseconds(60))
        #expect(score > 0)
        let use = ProcessUse(from: before, to: .ofThisProcess)
        // Others may have the processor too, so some of it is enough.
        #expect(use.cpuSeconds > 0.01)
        #expect(use.contextSwitches >= 0)
    }

    @Test func aProcessThatIsNotThereHasNoReading() {
        #expect(ProcessMeter(process: 1 << 23).read() == nil)
    }

    @Test func theMeterOfRedisIsThatOfItsProcess() async throws {
        let server = try RedisServer(tcp: true)
        let redis = try await TestRedis.open(url: server.url, executor: executor)
        let meter = try await ProcessMeter.ofRedis(over: redis.connect(executor: executor))
        #expect(meter?.process == server.processID)
        #expect(try #require(meter?.read()).memoryBytes > 1 << 20)
    }

    // MARK: - Redis

    @Test func redisIsReported() async throws {
        let server = try RedisServer(config: ["appendonly yes", "appendfsync always", "maxmemory-policy allkeys-lru"])
        let redis = try await TestRedis.open(url: server.url, executor: executor)
        let report = try await RedisReport.read(over: redis.connect(executor: executor), isPrivate: false)
        #expect(report.version.contains("."))
        #expect(report.transport == "unix socket")
        #expect(report.appendOnly == "always")
        #expect(report.maxmemoryPolicy == "allkeys-lru")
    }

    @Test func aUserWhoMayNotReadTheConfigurationGetsAReportToo() async throws {
        let server = try RedisServer(config: ["appendonly yes"], tcp: true)
        try server.connect().call("ACL", "SETUSER", "tester", "on", ">pw", "~*", "&*", "+@all", "-config")
        let url = "redis://tester:pw@127.0.0.1:\(try #require(server.port))"
        let redis = try await TestRedis.open(url: url, executor: executor)
        let report = try await RedisReport.read(over: redis.connect(executor: executor), isPrivate: false)
        #expect(report.transport == "TCP on this host")
        #expect(report.appendOnly == "unknown")
        #expect(report.maxmemoryPolicy == "noeviction")
    }

    @Test func aPrivateRedisKeepsNothing() async throws {
        let redis = try await TestRedis.open(url: nil, executor: executor)
        let connection = try await redis.connect(executor: executor)
        let report = try await RedisReport.read(over: connection, isPrivate: redis.isPrivate)
        #expect(report.isPrivate)
        #expect(report.appendOnly == "off")
        guard case .unix(let socket) = redis.configuration.endpoint.address else {
            Issue.record("\(redis.url) is no socket")
            return
        }
        await redis.stop()
        #expect(!FileManager.default.fileExists(atPath: (socket as NSString).deletingLastPathComponent))
    }

    @Test func calibratingLeavesNothingBehind() async throws {
        let server = try RedisServer()
        let redis = try await TestRedis.open(url: server.url, executor: executor)
        let calibration = try await Calibration.measure(
            over: redis.connect(executor: executor), bus: BusKeys(namespace: "lt"))
        #expect(calibration.roundTripsPerSecond > 100)
        #expect(calibration.roundTripMedianMicroseconds > 1)
        #expect(calibration.pushesPerSecond > calibration.roundTripsPerSecond)
        #expect(calibration.popsPerSecond > calibration.roundTripsPerSecond)
        #expect(calibration.computeScore > 0)
        #expect(try server.connect().call("DBSIZE") == .integer(0))
    }

    // MARK: - The machine

    @Test func thisMachineIsReported() {
        let report = HostReport.current()
        #expect(report.cores >= 1)
        #expect(report.kernel.hasPrefix("Linux "))
        #expect(report.memoryBytes > 1 << 28)
        #expect(!report.cpu.isEmpty)
    }

    @Test func aCalmMachineOfOnesOwnHasNoWarning() {
        #expect(Self.calm.warnings == [])
    }

    @Test(
        arguments: [
            (
                "allkeys-lru",
                { @Sendable (preflight: inout Preflight) in preflight.redis.maxmemoryPolicy = "allkeys-lru" }
            ),
            ("allows 1.5 of 4 cores", { $0.state.coreLimit = 1.5 }),
            ("load average is 2.1", { $0.host.loadAverage = 2.1 }),
            ("3 MiB are swapped out", { $0.state.swapUsedBytes = 3 << 20 }),
            ("powersave", { $0.host.governor = "powersave" }),
            ("huge pages", { $0.state.transparentHugePages = "[always] madvise never" }),
            ("share 4 cores", { $0.redis.transport = "unix socket" }),
        ] as [(String, @Sendable (inout Preflight) -> Void)])
    func whatSpoilsAMeasurementIsSaid(_ words: String, _ spoil: @Sendable (inout Preflight) -> Void) {
        var preflight = Self.calm
        spoil(&preflight)
        #expect(preflight.warnings.count == 1)
        #expect(preflight.warnings.first?.contains(words) == true)
    }

    private static let calm = Preflight(
        host: HostReport(
            cpu: "c", cores: 4, kernel: "Linux", memoryBytes: 1 << 33, governor: "performance", loadAverage: 2),
        state: HostState(transparentHugePages: "always [madvise] never", coreLimit: 4),
        redis: RedisReport(
            version: "7.0.15", transport: "TCP", appendOnly: "off", maxmemoryPolicy: "noeviction", isPrivate: false))
}
