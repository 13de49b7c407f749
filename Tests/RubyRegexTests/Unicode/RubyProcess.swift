import Foundation
import Testing

/// Debian's Ruby 3.1, which the tables and rules of this module follow.
enum RubyProcess {
    static let isInstalled = (try? run("print RUBY_VERSION", input: []).first?.hasPrefix("3.1.")) == true
    static let absence: Comment = "/usr/bin/ruby 3.1 is not installed"

    struct Failure: Error {
        var status: Int32
    }

    /// Runs a script whose standard input is these lines, and answers the lines that it writes.
    static func run(_ script: String, input: [String]) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ruby-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (input, lines) = (folder.appending(path: "input"), input.map { $0 + "\n" }.joined())
        try Data(lines.utf8).write(to: input)
        let output = folder.appending(path: "output")
        try Data().write(to: output)

        let ruby = Process()
        ruby.executableURL = URL(filePath: "/usr/bin/ruby")
        ruby.arguments = ["-W0", "-Ku", "-e", script]
        ruby.environment = ["LANG": "C.UTF-8"]
        ruby.standardInput = try FileHandle(forReadingFrom: input)
        ruby.standardOutput = try FileHandle(forWritingTo: output)
        try ruby.run()
        ruby.waitUntilExit()
        guard ruby.terminationStatus == 0 else { throw Failure(status: ruby.terminationStatus) }
        return try String(contentsOf: output, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }
}
