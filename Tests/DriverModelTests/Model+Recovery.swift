import BusOperations
import BusProtocol
import BusWire
import Foundation
import RedisTestSupport

/// Recoveries by others than the drivers, and of Redis itself.
extension Model {
    /// Begins to recover some registered driver, as `busdriver recover` would; it advances as its link is delivered.
    func recoverSomeone() throws {
        guard recoveries.count < 3 else { return }
        let ids = try network.redis.call("ZRANGE", network.keys.drivers, "0", "-1").strings
        guard let id = network.chance.pick(ids) else { return }
        _ = try beginRecovery(of: id)
    }

    private func beginRecovery(of id: String) throws -> SlowLink {
        let link = try SlowLink("recovery of \(id)", role: .recoverer, network: network) { nil }
        let recovery = DriverRecovery(
            connection: link, bus: network.keys, digests: ScriptDigests(), fallbackQueue: "bus_incoming")
        recoveries.append(link)
        Task {
            // A recovery whose link breaks is one that died half-way.
            let outcome = try? await recovery.recover(id, leases: .respected, suspecting: true)
            if case .recovered = outcome { network.count("recovered") }
            recoveries.removeAll { $0 === link }
            await link.close()
        }
        return link
    }

    /// In the strict mode a dead driver is recovered before its successor claims, by another or by the successor
    /// itself; meanwhile the dead one's bytes go on arriving.
    func recoverStrictly(_ id: String) async throws {
        guard network.chance.happens(50) else { return }
        let link = try beginRecovery(of: id)
        try await settle()
        while recoveries.contains(where: { $0 === link }) {
            for zombie in drivers where zombie.isZombie {
                if let other = network.chance.pick(zombie.sending) { try network.deliver(1, on: other) }
            }
            try network.deliverLate(1)
            try network.deliver(1, on: link)
            link.answer()
            try await settle()
        }
    }

    /// Kills Redis and takes away the end of its history, as a power cut would. What is left is the truth from then on.
    func cutHistory() async throws {
        try book.checkConservation(snapshot())
        try network.restartServer {
            let folder = network.server.directory + "/appendonlydir/"
            let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".incr.aof") }
            guard let newest = files.max(by: { Self.part($0) < Self.part($1) }) else { return }
            let handle = try FileHandle(forUpdating: URL(filePath: folder + newest))
            let length = try handle.seekToEnd()
            let cut = UInt64(network.chance.number(0...(network.chance.happens(30) ? 30_000 : 4_000)))
            try handle.truncate(atOffset: length > cut ? length - cut : 0)
            try handle.close()
        }
        // Otherwise a torn transaction comes to life at the next start (protocol §2.8).
        try rewriteHistory()
        let snapshot = try snapshot()
        book.forget(except: snapshot.whole)
        try book.checkConservation(snapshot)
    }

    func rewriteHistory() throws {
        try network.redis.call("BGREWRITEAOF")
        while try isRewriting() {}
    }

    private func isRewriting() throws -> Bool {
        let state = try network.redis.call("INFO", "persistence").string ?? ""
        return ["aof_rewrite_in_progress:1", "aof_rewrite_scheduled:1"].contains { state.contains($0) }
    }

    /// `appendonly.aof.17.incr.aof` is part 17.
    private static func part(_ file: String) -> Int {
        file.split(separator: ".").compactMap { Int($0) }.first ?? 0
    }
}
