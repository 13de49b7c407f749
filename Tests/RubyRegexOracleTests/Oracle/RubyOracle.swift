import Foundation

/// What Ruby says of one pattern and its texts.
enum RubyAnswer: Hashable {
    case refused(String)
    /// For each text whether it matches; nil where the search took too long.
    case matches([Bool?])
    /// Ruby crashed or did not come back from reading the pattern.
    case silent
}

/// A Ruby that judges patterns, as a process of its own. One thread at a time uses it.
final class RubyOracle {
    /// Why there is none; nil where Ruby 3.1 is installed.
    static let absence: String? = {
        guard let version = try? output(of: ["ruby", "-e", "print RUBY_VERSION"]) else {
            return "ruby is not installed"
        }
        return version.hasPrefix("3.1.") ? nil : "the installed ruby is not 3.1 but \(version)"
    }()

    private static let program = Bundle.module.path(forResource: "oracle", ofType: "rb", inDirectory: "fixtures") ?? ""
    /// How long Ruby may think over one pattern with its texts, in milliseconds.
    private static let patience: Int32 = 10_000

    private var process = Process()
    private var requests = Pipe()
    private var answers = Pipe()
    private var unread: [UInt8] = []

    init() throws { try start() }

    deinit { end() }

    /// Asks Ruby about all samples while `meanwhile` runs.
    ///
    /// The answers to a batch must fit into a pipe (64 KiB): Ruby writes them while nobody reads.
    func judge(_ samples: ArraySlice<Sample>, meanwhile: () throws -> Void = {}) throws -> [RubyAnswer] {
        send(samples)
        try meanwhile()
        var results: [RubyAnswer] = []
        while results.count < samples.count {
            if let line = nextLine() {
                results.append(Self.answer(line))
            } else {
                results.append(.silent)
                end()
                try start()
                send(samples.dropFirst(results.count))
            }
        }
        return results
    }

    private static func answer(_ line: [UInt8]) -> RubyAnswer {
        let rest = line.dropFirst()
        guard line.first == UInt8(ascii: "=") else { return .refused(String(decoding: rest, as: UTF8.self)) }
        return .matches(rest.map { $0 == UInt8(ascii: "t") ? nil : $0 == UInt8(ascii: "1") })
    }

    private func send(_ samples: ArraySlice<Sample>) {
        var lines: [UInt8] = []
        for sample in samples {
            for (number, bytes) in ([sample.pattern] + sample.texts).enumerated() {
                if number > 0 { lines.append(UInt8(ascii: ",")) }
                for byte in bytes { lines += [Self.digits[Int(byte >> 4)], Self.digits[Int(byte & 15)]] }
            }
            lines.append(UInt8(ascii: "\n"))
        }
        // A Ruby that is gone is noticed when its answer is missing.
        try? requests.fileHandleForWriting.write(contentsOf: Data(lines))
    }

    private static let digits = Array("0123456789abcdef".utf8)

    /// Nil when Ruby has ended, or says nothing for too long.
    private func nextLine() -> [UInt8]? {
        while true {
            if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
                defer { unread.removeSubrange(...end) }
                return Array(unread[..<end])
            }
            let descriptor = answers.fileHandleForReading.fileDescriptor
            var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&event, 1, Self.patience) > 0 else { return nil }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return nil }
            unread += buffer[..<count]
        }
    }

    private func start() throws {
        signal(SIGPIPE, SIG_IGN)
        process = Process()
        requests = Pipe()
        answers = Pipe()
        unread = []
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["ruby", "--disable-gems", Self.program]
        process.standardInput = requests
        process.standardOutput = answers
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    private func end() {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    private static func output(of arguments: [String]) throws -> String? {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? data.map { String(decoding: $0, as: UTF8.self) } : nil
    }
}
