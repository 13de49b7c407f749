import Foundation
import RedisTestSupport

/// What a run of the built `busdriver` said, and how it ended.
struct CommandResult {
    let status: Int32
    let output: String
    let errors: String

    /// The lines of the output.
    var lines: [String] { output.split(separator: "\n").map(String.init) }

    /// The output as one line: sentences that were broken at the edge of the terminal are whole again.
    var unwrapped: String { output.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}

/// The executable that was built together with these tests.
enum BuiltCommand {
    static let url: URL = {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("busdriver")
    }()

    /// Starts it; the caller ends it, in less than a minute.
    ///
    /// - Parameter environment: variables besides those of this process.
    static func start(
        _ words: [String], input: Pipe? = nil, output: Pipe? = nil, errors: Pipe? = nil,
        environment: [String: String] = [:]
    ) throws -> Process {
        let process = Process()
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.executableURL = url
        process.arguments = words
        process.standardInput = input ?? FileHandle.nullDevice
        process.standardOutput = output ?? FileHandle.nullDevice
        process.standardError = errors ?? FileHandle.nullDevice
        try process.run()
        process.killLate()
        return process
    }

    /// Runs it to its end.
    static func run(_ words: String..., input: String = "") throws -> CommandResult {
        try runAll(words, input: input)
    }

    /// Runs it to its end.
    static func runAll(
        _ words: [String], input: String = "", environment: [String: String] = [:]
    ) throws -> CommandResult {
        let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
        let process = try start(
            words, input: stdin, output: stdout, errors: stderr, environment: environment)
        stdin.fileHandleForWriting.write(Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        let output = stdout.fileHandleForReading.readDataToEndOfFile()
        let errors = stderr.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return CommandResult(
            status: process.terminationStatus, output: String(decoding: output, as: UTF8.self),
            errors: String(decoding: errors, as: UTF8.self))
    }
}
