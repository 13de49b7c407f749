import BusProtocol
import Foundation
package import RedisConnection

extension Diagnosis {
    /// Whether what Redis acknowledged outlives a crash, and whether the append-only file was cut in a transaction.
    ///
    /// - Parameter isLocal: Redis runs on this machine, so that its files may be looked at.
    package func persistence(isLocal: Bool) async throws(RedisError) -> [Finding] {
        let name = "Persistence"
        let report: ServerReport
        do {
            report = try await ServerReport(connection: connection)
        } catch  where error.isRefusal {
            return [Finding(name, .warning, "It cannot be read: \(error.message)", remedy: "Allow this user +info.")]
        }
        guard report["aof_enabled"] == "1" else {
            return [
                Finding(
                    name, .warning, "No append-only file: a crash of Redis loses what came after the last snapshot.",
                    remedy: "CONFIG SET appendonly yes, and the same line in redis.conf.")
            ]
        }
        guard report["aof_last_write_status"] == "ok" else {
            return [
                Finding(
                    name, .problem, "The last write to the append-only file failed; Redis refuses writes.",
                    remedy: "Look at the disk that Redis' dir is on.")
            ]
        }
        let fsync = try await setting("appendfsync") ?? "unknown"
        let detail = fsync == "everysec" ? "everysec; a power cut loses up to two seconds" : fsync
        return [Finding(name, .ok, "Append-only file, fsync \(detail)."), try await tornTail(isLocal: isLocal)]
    }

    private func tornTail(isLocal: Bool) async throws(RedisError) -> Finding {
        let name = "Append-only file"
        let remedy = "BGREWRITEAOF, before Redis is restarted."
        guard isLocal, let files = try await appendOnlyFiles() else {
            return Finding(
                name, .ok,
                "Not visible from here. If Redis logged at its last start that the file was truncated, call BGREWRITEAOF."
            )
        }
        for file in files {
            guard let condition = try? AppendOnlyFile.examine(file) else { continue }
            if case .openTransaction(let offset) = condition {
                return Finding(
                    name, .problem,
                    "A transaction was cut off at byte \(offset) of \(file): the next restart would execute half of it.",
                    remedy: remedy)
            }
        }
        return Finding(name, .ok, "No transaction is cut off.")
    }

    /// The files of commands that Redis would read at its next start; nil where they cannot be found.
    private func appendOnlyFiles() async throws(RedisError) -> [String]? {
        guard let directory = try await setting("dir"), let file = try await setting("appendfilename") else {
            return nil
        }
        guard let folder = try await setting("appenddirname") else { return ["\(directory)/\(file)"] }
        let base = "\(directory)/\(folder)"
        guard let manifest = try? String(contentsOfFile: "\(base)/\(file).manifest", encoding: .utf8) else {
            return nil
        }
        return manifest.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count >= 6, words[0] == "file", words[5] == "i" else { return nil }
            return "\(base)/\(words[1])"
        }
    }

    private func setting(_ name: String) async throws(RedisError) -> String? {
        do throws(RedisError) {
            return try await connection.call("CONFIG", "GET", name).elements.last?.string
        } catch  where error.isRefusal {
            return nil
        }
    }
}
