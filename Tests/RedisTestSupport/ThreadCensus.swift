import Foundation

/// Fails a test run, at its very end, when threads of finished tests are still there: loops that nobody has stopped.
enum ThreadCensus {
    /// The runtime's own threads come and go; a suite that leaves its loops behind leaves a hundred.
    private static let most = 40

    /// Evaluated once, it has the census taken when the process exits.
    static let isAnnounced: Bool = atexit { take() } == 0

    private static func take() {
        for _ in 0..<250 {
            guard names.count > most else { return }
            poll(nil, 0, 20)
        }
        let counts = names.reduce(into: [:]) { $0[$1, default: 0] += 1 }.filter { $1 > 1 }
        let text = counts.map { "\($1) × \($0)" }.sorted().joined(separator: ", ")
        FileHandle.standardError.write(Data("✘ Tests have left threads behind: \(text). Stop their loops.\n".utf8))
        _exit(1)
    }

    /// The names of all threads of this process.
    private static var names: [String] {
        let folder = "/proc/self/task"
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return threads.compactMap { thread in
            (try? String(contentsOfFile: "\(folder)/\(thread)/comm", encoding: .utf8))?
                .trimmingCharacters(in: .newlines)
        }
    }
}
