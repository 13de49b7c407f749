import Foundation
import RedisTestSupport
import Testing

/// The files of `--embedded-redis` hold payloads: they are this user's alone (F23).
@Suite(.timeLimit(.minutes(1))) final class EmbeddedRedisTests {
    private let parent = FileManager.default.temporaryDirectory.appending(path: "embedded-\(UUID().uuidString)").path

    init() throws { try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: parent) }

    /// Writes some events to a private Redis in this folder, and ends it.
    private func use(_ folder: String) async throws -> CommandResult {
        let url = "unix://\(folder)/redis.sock"
        let driver = try BusDriverProcess(running: "busdriver", ["run", "--embedded-redis", folder], in: parent)
        try await pollUntil("the private Redis answers") {
            try !driver.isRunning || BuiltCommand.run("publish", "x", "--redis", url).status == 0
        }
        if driver.isRunning {
            // One that is asked to end before it is connected says that Redis was not reached.
            let redis = try RawRedis(unixSocket: folder + "/redis.sock")
            try await pollUntil("it drives") { try redis.call("LLEN", "resque:queue:bus_incoming").integer == 0 }
            driver.signal(SIGTERM)
        }
        try await pollUntil("it has ended") { !driver.isRunning }
        guard case .exit(let status) = driver.ending else { throw TestSupportError("it was killed: \(driver.log)") }
        return CommandResult(status: status, output: "", errors: driver.log)
    }

    private func mode(_ path: String) -> mode_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
    }

    private func expectPrivacy(of folder: String) throws {
        #expect(mode(folder) == 0o700)
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
        #expect(names.contains("redis.log") && names.contains { $0.hasPrefix("appendonlydir/") }, "\(names)")
        for name in names {
            #expect(mode("\(folder)/\(name)") & 0o077 == 0, "\(name) is open to others")
        }
    }

    /// As when the terminal closes; and what Resque's workers survive besides. The server's group is sent what the
    /// server survives: whoever watches over it must survive that too, and still end it when the driver is killed.
    @Test func signalsToTheWholeFamilyEndNeitherDriverNorServer() async throws {
        let folder = parent + "/data"
        let url = "unix://\(folder)/redis.sock"
        let driver = try BusDriverProcess(running: "busdriver", ["run", "--embedded-redis", folder], in: parent)
        try await pollUntil("the private Redis answers") {
            try BuiltCommand.run("publish", "x", "--redis", url).status == 0
        }
        let redis = try RawRedis(unixSocket: folder + "/redis.sock")
        let info = try redis.call("INFO", "server").string ?? ""
        let server = try #require(info.firstMatch(of: /process_id:(\d+)/).flatMap { pid_t($0.output.1) })
        func driven() throws -> String? { try redis.call("GET", "resque:stat:processed").string }
        try await pollUntil("it drives") { try driven() == "1" }
        #expect(getpgid(server) != getpgid(driver.id), "Ctrl-C would reach it")

        for number in [SIGHUP, SIGUSR1, SIGUSR2, SIGCONT] { driver.signal(number) }
        kill(-getpgid(server), SIGHUP)
        #expect(try BuiltCommand.run("publish", "x", "--redis", url).status == 0)
        try await pollUntil("it drives on") { try !driver.isRunning || driven() == "2" }
        #expect(driver.isRunning && kill(server, 0) == 0)

        driver.signal(SIGKILL)
        try await pollUntil("the server has ended") { (try? RawRedis(unixSocket: folder + "/redis.sock")) == nil }
    }

    @Test func aNewFolderIsPrivate() async throws {
        let folder = parent + "/data"
        #expect(try await use(folder).status == 0)
        try expectPrivacy(of: folder)
    }

    /// Versions before have left it so.
    @Test func anOldFolderIsMadePrivateAndServesOn() async throws {
        let folder = parent + "/data"
        #expect(try await use(folder).status == 0)
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
        chmod(folder, 0o755)
        for name in names { chmod("\(folder)/\(name)", name == "appendonlydir" ? 0o755 : 0o644) }
        #expect(try await use(folder).status == 0)
        try expectPrivacy(of: folder)
    }

    @Test(arguments: ["redis.log", "appendonlydir", "appendonlydir/appendonly.aof.1.incr.aof", "redis.sock", ""])
    func aLinkIsRefusedAndWhatItLeadsToStays(name: String) async throws {
        let folder = parent + "/data"
        let victim = parent + "/victim"
        let isFolder = name == "" || name == "appendonlydir"
        if isFolder {
            try FileManager.default.createDirectory(atPath: victim, withIntermediateDirectories: false)
        } else {
            try "mine\n".write(toFile: victim, atomically: true, encoding: .utf8)
        }
        chmod(victim, 0o755)
        let link = name.isEmpty ? folder : "\(folder)/\(name)"
        try FileManager.default.createDirectory(
            atPath: (link as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: victim)
        let result = try await use(folder)
        #expect(result.status == 78)
        #expect(result.errors.contains("\(link) cannot be used for a private Redis: it is a link"), "\(result.errors)")
        #expect(mode(victim) == 0o755)
        if !isFolder { #expect(try String(contentsOfFile: victim, encoding: .utf8) == "mine\n") }
    }

    @Test func aSecondNameOfAFileIsRefused() async throws {
        let folder = parent + "/data"
        let victim = parent + "/victim"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try "mine\n".write(toFile: victim, atomically: true, encoding: .utf8)
        #expect(link(victim, folder + "/redis.log") == 0)
        let result = try await use(folder)
        #expect(result.status == 78 && result.errors.contains("hard link"))
    }

    /// A name such as /tmp or one's home must not be closed to others by mistake.
    @Test func aFolderWithSomethingElseIsLeftAsItIs() async throws {
        let folder = parent + "/data"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try "mine\n".write(toFile: folder + "/notes", atomically: true, encoding: .utf8)
        chmod(folder, 0o755)
        let result = try await use(folder)
        #expect(result.status == 78)
        #expect(result.errors.contains("others may look into it, and it holds something else (notes)"))
        #expect(mode(folder) == 0o755)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["notes"])
        chmod(folder, 0o700)
        #expect(try await use(folder).status == 0)
    }
}
