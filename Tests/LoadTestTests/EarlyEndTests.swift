import Foundation
import RedisTestSupport
import Testing

/// Tests that end before their time: by the user, by a driver or a Redis that dies, or because they cannot begin.
/// Nothing may stay behind, and one sentence says why.
@Suite(.serialized, .timeLimit(.minutes(1)))
final class EarlyEndTests {
    private let folder = NSTemporaryDirectory() + "loadtest-" + UUID().uuidString

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    @Test func ctrlCInTheMiddleLeavesAReportAndNoKeys() throws {
        let server = try RedisServer()
        let process = try LoadTestProcess(load(server, "--duration", "60s"))
        try process.awaitError("repeat 1 of 1  0/60 s")
        process.interrupt()
        let outcome = try process.outcome()
        #expect(outcome.status == 130)
        #expect(outcome.output.contains("INTERRUPTED"))
        #expect(FileManager.default.fileExists(atPath: folder + "/result.json"))
        try expectNoKeys(server)
    }

    @Test func ctrlCWhileABacklogIsPublished() throws {
        let server = try RedisServer()
        let process = try LoadTestProcess([
            "drain", "--events", "5000000", "--redis", server.url, "--out", folder,
        ])
        try process.awaitError("publishes")
        process.interrupt()
        let outcome = try process.outcome()
        #expect(outcome.status == 130)
        #expect(outcome.output.contains("INTERRUPTED: Nothing was measured"))
        try expectNoKeys(server)
    }

    @Test func theNextTestCleansUpBehindAKilledOne() throws {
        let server = try RedisServer()
        let process = try LoadTestProcess(load(server, "--duration", "60s"))
        try process.awaitError("repeat 1 of 1  0/60 s")
        process.kill()
        _ = try process.outcome()
        #expect(try !server.connect().call("KEYS", "*").strings.isEmpty)

        let next = try LoadTestProcess(load(server, "--duration", "1s", "--quiet")).outcome()
        #expect(next.status != 1, "\(next.errors)")
        try expectNoKeys(server)
    }

    @Test func aDriverThatIsKilledLosesNothing() throws {
        let server = try RedisServer()
        let busdriver = try LoadTestProcess.program("busdriver")
        let driver = "spawn:\(busdriver) run --redis {redis} & sleep 2; kill -9 $!"
        let outcome = try LoadTestProcess(
            load(server, repeats: 2, "--rate", "2k", "--duration", "60s", "--driver", driver, "--json")
        ).outcome()
        #expect(outcome.status == 1)
        let result = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        let runs = try #require(result?["runs"] as? [[String: Any]])
        #expect(runs.count == 1)
        #expect((runs.first?["counts"] as? [String: Any])?["lost"] as? Int == 0)
        #expect((runs.first?["problem"] as? String)?.contains("The driver") == true)
        try expectNoKeys(server)
    }

    @Test func aRedisThatDiesIsSaid() throws {
        let server = try RedisServer()
        let process = try LoadTestProcess(load(server, "--duration", "60s"))
        try process.awaitError("repeat 1 of 1  0/60 s")
        server.kill()
        let outcome = try process.outcome()
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("repeat 1 of 1 ended early: Redis failed: "))
    }

    @Test(arguments: ["run", "drain", "saturate", "soak"]) func aRedisThatIsAwayIsSaid(_ command: String) throws {
        let outcome = try LoadTestProcess([command, "--redis", "unix:///nowhere", "--out", folder]).outcome()
        #expect(outcome.status == 69)
        #expect(outcome.errors == "loadtest: Connecting to /nowhere failed: No such file or directory.\n")
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test func aWrongPasswordIsSaid() throws {
        let server = try RedisServer()
        try server.connect().call("CONFIG", "SET", "requirepass", "right")
        let url = "unix://:wrong@" + server.socketPath
        let outcome = try LoadTestProcess(["run", "--redis", url, "--out", folder]).outcome()
        #expect(outcome.status == 78)
        #expect(outcome.errors.hasPrefix("loadtest: Redis refused the user or password"))
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test(arguments: ["calibrate", "capture file.jsonl", "compare busdriver busdriver"])
    func aRedisThatIsAwayIs69(_ command: String) throws {
        let words = command.split(separator: " ").map(String.init)
        let outcome = try LoadTestProcess(words + ["--redis", "unix:///nowhere"]).outcome()
        #expect(outcome.status == 69, "\(outcome.errors)")
        #expect(outcome.errors == "loadtest: Connecting to /nowhere failed: No such file or directory.\n")
    }

    @Test(arguments: ["run", "drain", "calibrate"]) func aRedisThatTakesNoWritesForNowIs69(_ command: String) throws {
        let server = try RedisServer(config: ["maxmemory 1"])
        let words = command == "calibrate" ? [] : ["--out", folder, "--force"]
        let outcome = try LoadTestProcess([command, "--redis", server.url] + words).outcome()
        #expect(outcome.status == 69, "\(outcome.errors)")
        #expect(outcome.errors.contains("wait for used memory below maxmemory"), "\(outcome.errors)")
    }

    @Test(arguments: ["run", "calibrate"]) func aReplicaIs78(_ command: String) throws {
        let server = try RedisServer(config: ["replicaof 127.0.0.1 1"])
        let words = command == "calibrate" ? [] : ["--out", folder, "--force"]
        let outcome = try LoadTestProcess([command, "--redis", server.url] + words).outcome()
        #expect(outcome.status == 78, "\(outcome.errors)")
        #expect(outcome.errors.contains("Give --redis the address of the master"), "\(outcome.errors)")
    }

    @Test func aGeneratorThatCannotKeepUpIsInvalid() throws {
        let server = try RedisServer()
        let outcome = try LoadTestProcess(load(server, "--rate", "10M", "--duration", "60s", "--nomatch", "100%"))
            .outcome()
        #expect(outcome.status == 4)
        #expect(outcome.output.contains("INVALID"))
        try expectNoKeys(server)
    }

    @Test func aClosedStandardErrorDoesNotDisturb() throws {
        let server = try RedisServer()
        let process = try LoadTestProcess(load(server, "--duration", "1s"))
        try process.stopReadingErrors()
        #expect(try process.outcome().output.contains("run of busdriver"))
        #expect(FileManager.default.fileExists(atPath: folder + "/report.html"))
    }

    // MARK: -

    /// The words of a `run`, at a low rate unless there is another one among them.
    private func load(_ server: RedisServer, repeats: Int = 1, _ words: String...) -> [String] {
        ["run", "--redis", server.url, "--warmup", "0s", "--repeats", String(repeats), "--out", folder]
            + (words.contains("--rate") ? [] : ["--rate", "200"]) + words
    }

    private func expectNoKeys(_ server: RedisServer) throws {
        #expect(try server.connect().call("KEYS", "*").strings == [])
    }
}
