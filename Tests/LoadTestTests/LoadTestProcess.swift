import Foundation
import RedisTestSupport

/// The `loadtest` that was built together with these tests, as a process of its own.
final class LoadTestProcess {
    /// What it said, and how it ended.
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    private let process = Process()
    private let output = Pipe()
    private let errors = Pipe()

    /// What `awaitError` has read so far.
    private var readErrors = ""

    init(_ words: [String]) throws {
        process.executableURL = URL(fileURLWithPath: try Self.program("loadtest"))
        process.arguments = words
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        process.killLate()
    }

    deinit { kill() }

    /// The path of a program that was built together with these tests.
    static func program(_ name: String) throws -> String {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(fileURLWithPath: tests).deletingLastPathComponent().appending(path: name).path
    }

    /// Ctrl-C.
    func interrupt() { process.interrupt() }

    func kill() {
        if process.isRunning { Glibc.kill(process.processIdentifier, SIGKILL) }
    }

    /// Nobody reads any more what it says on standard error.
    func stopReadingErrors() throws { try errors.fileHandleForReading.close() }

    /// Returns when it has said `text` on standard error.
    ///
    /// - Throws: `Unsaid` when it ends without.
    func awaitError(_ text: String) throws {
        while !readErrors.contains(text) {
            let data = errors.fileHandleForReading.availableData
            guard !data.isEmpty else { throw Unsaid(text: text, errors: readErrors) }
            readErrors += String(decoding: data, as: UTF8.self)
        }
    }

    struct Unsaid: Error {
        let text: String
        let errors: String
    }

    /// Waits for its end.
    func outcome() throws -> Outcome {
        let output = try output.fileHandleForReading.readToEnd() ?? Data()
        let rest = (try? errors.fileHandleForReading.readToEnd()) ?? Data()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: String(decoding: output, as: UTF8.self),
            errors: readErrors + String(decoding: rest, as: UTF8.self))
    }
}
