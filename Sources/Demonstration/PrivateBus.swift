import BusProtocol
import BusSession
import BusWire
import Foundation
import GuardedProcess
import LibevExecutor
import Logging
import RedisConnection

/// `busdriver run` with a Redis of its own, in a temporary folder.
struct PrivateBus: Sendable {
    /// The command beside this program.
    static let busdriver =
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("busdriver")
        .relativePath

    let keys = BusKeys()
    let folder: String
    var socket: String { folder + "/redis.sock" }
    var log: String { folder + "/busdriver.log" }
    private let driver: GuardedProcess
    private let executor: LibevExecutor

    /// Starts the driver, which starts its Redis.
    init(executor: LibevExecutor) throws {
        folder = try TemporaryFolder.make("busdriver-demo")
        self.executor = executor
        driver = try GuardedProcess(
            [Self.busdriver, "run", "--embedded-redis", folder], output: folder + "/busdriver.log",
            executor: executor)
    }

    /// A connection of its own for the caller, as soon as Redis listens.
    func connect() async throws -> RedisConnection {
        let endpoint = RedisEndpoint(address: .unix(path: socket))
        let connection = RedisConnection(
            configuration: RedisConfiguration(endpoint: endpoint), executor: executor,
            logger: Logger(label: "demonstration") { _ in SwiftLogNoOpLogHandler() })
        while true {
            do throws(RedisError) {
                _ = try await connection.connect()
                return connection
            } catch {
                guard error.code == .unreachable, driver.status == nil else { throw error }
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Waits until the driver is listed among Resque's workers: it takes events from then on.
    func waitForDriver(over connection: RedisConnection) async throws {
        while try await connection.call("SCARD", keys.workers).integer == 0 {
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Has the driver finish what it holds; its Redis ends with it.
    ///
    /// - Returns: whether it left nothing in flight.
    func stop() async -> Bool {
        driver.stop()
        await driver.waitUntilEnd()
        return driver.status == 0
    }

    /// The last lines that the driver wrote.
    var lastWords: String {
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").suffix(5).joined(separator: "\n")
    }

    func removeFolder() {
        try? FileManager.default.removeItem(atPath: folder)
    }
}
